"""One sheet of an execution file: which of its rows are records, and whether they tie out."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from yusuan.importers.allotments import measures
from yusuan.importers.allotments import values
from yusuan.importers.allotments.cells import AMOUNT
from yusuan.importers.allotments.cells import HEADER
from yusuan.importers.allotments.cells import VALUE
from yusuan.importers.allotments.cells import Cells
from yusuan.importers.allotments.cells import finding
from yusuan.importers.allotments.columns import again
from yusuan.importers.allotments.columns import cell as cell_of
from yusuan.importers.allotments.columns import columns
from yusuan.importers.allotments.words import plain as plain_word
from yusuan.importers.budget.words import is_number
from yusuan.importers.execution import books
from yusuan.importers.execution import contra
from yusuan.importers.execution.controls import Controls
from yusuan.importers.execution.controls import filled
from yusuan.importers.execution.controls import is_count
from yusuan.importers.execution.controls import is_passed
from yusuan.importers.execution.controls import is_subtotal
from yusuan.importers.execution.controls import is_whole
from yusuan.importers.execution.fields import fields
from yusuan.importers.execution.record import Kind
from yusuan.importers.execution.record import Record
from yusuan.importers.footers import is_footer
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.importers.allotments.words import Words
    from yusuan.importers.execution.header import Heading
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.classification import Classification
    from yusuan.ledger.finding import Finding

#: The columns of amounts of each kind; a payroll has its wage items.
_AMOUNTS = {
    Kind.PAYMENT: ("amount", "paid"),
    Kind.DETAIL: ("amount", "paid"),
    Kind.INSURANCE: ("amount",),
    Kind.REQUEST: ("asked", "amount"),
    Kind.QUOTA: ("quota",),
    Kind.STATEMENT: ("debit", "credit", "amount"),
    Kind.EXPORT: ("debit", "credit"),
    Kind.PAYROLL: ("gross", "deducted", "net"),
    Kind.ADJUSTMENT: ("change",),
    Kind.PLAN: ("planned",),
}
#: What goes back is another event; an adjustment alone may go down.
_REFUNDED = "退回的请用 yusuan refund 登记"
_NEVER_DOWN = {kind: _REFUNDED for kind in _AMOUNTS if kind is not Kind.ADJUSTMENT}
_NEVER_DOWN[Kind.PLAN] = "调减的请用 yusuan plan --less 登记"
#: A record says more than one thing besides its amounts; a total mostly does not.
_ALONE = 1
_TWO_SIDED = frozenset({Kind.STATEMENT, Kind.EXPORT})


def _never_down(kind: Kind, amount: Decimal) -> str:
    """Say why what is not above zero waits."""
    return f"金额不大于零：{_NEVER_DOWN[kind]}" if amount <= ZERO and kind in _NEVER_DOWN else ""


@dataclass(slots=True)
class Sheet:
    """What one sheet says; what is wrong is a finding, what is passed over a note."""

    heading: Heading
    words: Words
    codes: Classification
    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)
    #: The units of its rows: their names, by their codes where they have any.
    units: dict[str, str] = field(default_factory=dict)
    #: In what amounts are printed, by the places of their columns, and where no heading says it.
    _measures: dict[int, str] = field(default_factory=dict)
    _above: str = "元"
    _totals: Controls = field(default_factory=Controls)
    _rows: list[books.Entry] = field(default_factory=list)
    _ends: list[books.Entry] = field(default_factory=list)
    #: The accounts of each voucher of another system.
    _accounts: dict[tuple[str, date | None], list[contra.Subject]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there were, recorded or not."""
        return self._totals.rows

    def read(self, rows: Sequence[GridRow]) -> None:
        """Read every row below the headings; nothing where the headings themselves are wrong."""
        header = self.heading.header
        self.findings += [finding(HEADER, where, why) for where, why in header.problems]
        if self.findings:
            return
        self.notes += [
            f"{cell.where}的列“{cell.text}”不认识，没有读取" for cell in self.heading.unknown
        ]
        self.notes += self.heading.notes
        self._measured(rows)
        if self.findings:
            return
        texts = [cell.text for cell in header.row.filled]
        self.notes += [
            f"列名“{text}”出现了 {texts.count(text)} 次，请核对是否写错"
            for text in dict.fromkeys(texts)
            if texts.count(text) > 1
        ]
        heads = columns(header.row, self.words)
        for row in rows[header.at + 1 :]:
            if not again(row, heads, self.words) and row.texts not in header.split:
                self._row(row)
        if not self.findings:
            self.findings += self._totals.compare()
        if not self.findings:
            self.findings += books.wrong(self.heading.signs.kind, self._rows, self._ends)
        if not self.findings:
            self.controls += self._totals.said()
            self.controls += books.controls(self.heading.signs.kind, self._rows)
            self._finish()

    def _row(self, row: GridRow) -> None:
        balance = self._measures.get(self.heading.header.codes.get("balance", -1), self._above)
        cells = Cells(self.heading.header, self.words, balance, row, notes=self.notes)
        if is_footer(row, self._measures):
            self.notes.append(f"{row.where}所在的一行是签章、时间或页码，不是记录")
        elif is_whole(row):
            self._totals.keep(cells, self._amounts(cells))
            self.notes.append(f"{row.where}所在的一行是合计，不是记录")
        elif is_subtotal(row):
            self._totals.close(row, self._amounts(cells))
            self.notes.append(f"{row.where}所在的一行是小计，不是记录")
        elif is_passed(row):
            if filled(cells.cell("balance")):
                self._ends.append(books.Entry(cells, ZERO, cells.amount("balance"), "", None))
            self.notes.append(f"{row.where}所在的一行是余额或累计，不是记录")
        elif is_count(row):
            self._totals.count(row)
        elif len(row.filled) == 1 and not is_number(row.filled[0].text):
            self.notes.append(f"{row.where}只有一格文字，是说明，没有读取")
        elif values.deleted(cells.cell("deleted").text):
            self.notes.append(f"{row.where}所在的一行已标记为删除，没有读取")
        else:
            self._stray(cells)
            self._rounded(cells)
            amounts = self._amounts(cells)
            self._totals.add(amounts)
            self._record(cells, amounts)
            self._suspect(cells, amounts)
        self.findings += cells.findings

    def _stray(self, cells: Cells) -> None:
        """Report what stands where there is no heading: a shifted row must not pass."""
        heads = self.heading.header.row.texts
        for place, cell in enumerate(cells.row.cells):
            if cell.text and (place >= len(heads) or not heads[place]):
                cells.report(VALUE, cell, "上面没有列名，请核对这一行是否错位")

    def _rounded(self, cells: Cells) -> None:
        """Report account numbers that a spreadsheet has rounded; they are kept nowhere."""
        for place in self.heading.accounts:
            cell = cell_of(cells.row, place)
            try:
                values.coded(cell.text)
            except values.ValueProblem as error:
                cells.report(VALUE, cell, str(error))

    def _suspect(self, cells: Cells, amounts: dict[int, Decimal]) -> None:
        """Report a row that looks like a total which lost its word: it must not be booked."""
        first = cells.row.filled[0]
        if "合计" in first.text or "总计" in first.text:
            cells.report(VALUE, first, "这一行像是合计，但写法不认识，请核对")
        elif len(cells.row.filled) - len(amounts) <= _ALONE < self._others(amounts):
            cells.report(VALUE, first, "这一行几乎只有金额，像是丢了“合计”二字，请核对")

    def _others(self, amounts: dict[int, Decimal]) -> int:
        """Count the columns besides those of a row's amounts."""
        return len(self.heading.header.row.filled) - len(amounts)

    def _places(self) -> dict[int, str]:
        codes = self.heading.header.codes
        roles = {role: codes[role] for role in _AMOUNTS[self.heading.signs.kind] if role in codes}
        return {place: role for role, place in roles.items()}

    def _amounts(self, cells: Cells) -> dict[int, Decimal]:
        """Read the amounts of a row by their places; blank ones are left out."""
        found: dict[int, Decimal] = {}
        for place in (*self._places(), *self.heading.wages, *self.heading.withheld):
            cell = cell_of(cells.row, place)
            if not filled(cell):
                continue
            try:
                found[place] = values.amount(cell.text, self._measures[place])
            except values.ValueProblem as error:
                cells.report(AMOUNT, cell, str(error))
        return found

    def _record(self, cells: Cells, amounts: dict[int, Decimal]) -> None:
        kind = self.heading.signs.kind
        said = {role: amounts[place] for place, role in self._places().items() if place in amounts}
        unit = cells.coded("unit")
        if any(unit):
            name = values.coded(unit.name).name or unit.name  # 101-某局 may stand under 名称
            self.units.setdefault(unit.code or name, name or unit.code)
        day = self._day(cells)
        texts, person = fields(cells, day, self.codes, self.heading.texts)
        if kind is Kind.PAYROLL:
            self._wages(cells, said, amounts)
            return
        reserved = ""
        if kind in _TWO_SIDED:
            two = {"debit", "credit"} <= set(self.heading.header.codes)
            amount = books.sided(cells, said) if two else books.signed(cells, said)
            balance = cells.amount("balance") if filled(cells.cell("balance")) else None
            self._rows.append(books.Entry(cells, amount, balance, texts.get("number", ""), day))
            if kind is Kind.EXPORT:
                account = contra.subject(cells)
                self._accounts.setdefault((texts.get("number", ""), day), []).append(account)
                if not account.spends:
                    return
                amount = -amount
                reserved = _never_down(kind, amount)
        else:
            amount, reserved = self._single(cells, said)
        self.records.append(
            Record(cells.row.where, amount, day, texts, person=person, reserved=reserved)
        )

    def _wages(self, cells: Cells, said: dict[str, Decimal], amounts: dict[int, Decimal]) -> None:
        """Check a person's row; without gross or net pay an amount under an unknown heading may be a wage."""
        wages, withheld = (
            [amounts[place] for place in places if place in amounts]
            for places in (self.heading.wages, self.heading.withheld)
        )
        books.check_wages(cells, said, wages, withheld)
        if {"gross", "net"} & set(self.heading.header.codes):
            return
        for head in self.heading.unknown:
            cell = cell_of(cells.row, self.heading.header.row.cells.index(head))
            if is_number(cell.text):
                why = f"“{head.text}”一列不认识，却有金额；没有应发、实发可以核对"
                cells.report(AMOUNT, cell, f"{why}，请在 headings.toml 写明是 wage 还是 withheld")

    def _single(self, cells: Cells, said: dict[str, Decimal]) -> tuple[Decimal, str]:
        """Give the one amount of a row, and why it is not to be recorded as it stands, if so."""
        roles = _AMOUNTS[self.heading.signs.kind]
        role = next((each for each in roles if each in self.heading.header.codes), roles[0])
        if role not in said:
            if not filled(cells.cell(role)):
                cells.amount(role)  # says that it is blank
            return ZERO, ""
        amount = said[role]
        codes = self.heading.header.codes
        status = cells.cell("status").text
        if status and plain_word(status) not in self.words.values["status"]:
            return amount, f"支付状态是“{status}”"
        for each in ("paid_day", "paid"):
            if each in codes and not filled(cells.cell(each)):
                return amount, "还没有实际支付"
        if "paid" in said and said["paid"] != amount:
            return amount, "支付金额与实际支付金额不同"
        return amount, _never_down(self.heading.signs.kind, amount)

    def _day(self, cells: Cells) -> date | None:
        days = [cells.optional(role, values.day) for role in ("paid_day", "day", "asked_day")]
        return next((day for day in days if day), None)

    def _measured(self, rows: Sequence[GridRow]) -> None:
        """Note in what the amounts of each column are printed; report what is not read."""
        header = self.heading.header
        above = [cell.text for row in rows[: header.at] for cell in row.filled]
        self._above = measures.measure("", above)
        balance = header.codes.get("balance")
        places = [*self._places(), *self.heading.wages, *self.heading.withheld]
        for place in places if balance is None else [*places, balance]:
            cell = header.row.cells[place]
            self._measures[place] = measures.measure(cell.text, (self._above,))
            if self._measures[place] not in measures.READ:
                why = measures.unknown(self._measures[place])
                self.findings.append(finding(HEADER, cell, why))

    def _finish(self) -> None:
        """Say what each voucher was paid from; make the records of a payroll."""
        if self.heading.signs.kind is Kind.EXPORT:
            self.records[:] = [self._paid(record) for record in self.records]
        if self.heading.signs.kind is Kind.PAYROLL:
            self._payroll()

    def _paid(self, record: Record) -> Record:
        """Say what a record of a voucher was paid from, or why it is none to be recorded."""
        source, why = contra.paid_from(self._accounts[record.get("number"), record.day])
        if record.reserved or (why and not record.get("method")):
            return replace(record, reserved=record.reserved or why)
        said = {"paid_from": source, "method": contra.METHODS.get(source, "")}
        said = {role: text for role, text in said.items() if text}
        return replace(record, fields={**said, **record.fields})

    def _payroll(self) -> None:
        """Make a record of each wage item, over all persons."""
        sums, cells = self._totals.sums, self.heading.header.row.cells
        for place in self.heading.wages:
            if sums.get(place):
                texts = {"text": cells[place].text, "payee": "在职职工"}
                self.records.append(Record(cells[place].where, sums[place], None, texts))
        net = sums.get(self.heading.header.codes.get("net", -1))
        gross = sum((record.amount for record in self.records), ZERO)
        if net is not None and net != gross:
            figures = f"应发 {plain(gross)} 元，实发 {plain(net)} 元，代扣 {plain(gross - net)} 元"
            self.notes.append(f"{figures}；按应发记账，缴纳代扣的部分时不要再记支出")
