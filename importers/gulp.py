"""Execution files as beangulp importers, for fava's import page and beangulp's own commands.

A book's `import.py`, which `yusuan init` writes, says `CONFIG = importers(Path(__file__).parent)`;
fava finds it by the option `import-config`. What is recorded is what `yusuan import` would record:
`yusuan web` tries it out and opens the accounts that it needs; pasted by hand, it is judged when
the book is loaded.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import beangulp
from beancount.core import data
from beancount.core.amount import Amount
from beancount.parser import parser
from beangulp.importer import Importer

from yusuan.importers.execution.booked import drafted
from yusuan.importers.execution.payments import plan
from yusuan.importers.execution.record import Kind
from yusuan.importers.readings import Readings
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import account_name
from yusuan.ledger.classification import load
from yusuan.ledger.config import CONFIG_FILE
from yusuan.ledger.config import load_settings
from yusuan.ledger.draft import Draft
from yusuan.ledger.entries import event_id
from yusuan.ledger.entries import register
from yusuan.ledger.events.ids import FreeIds
from yusuan.ledger.events.names import BookNames

if TYPE_CHECKING:
    from yusuan.importers.execution.booked import Waiting
    from yusuan.importers.execution.record import Execution
    from yusuan.ledger.config import Settings

_CHART = "chart.beancount"
#: For the names of accounts where a book does not say its years.
_ANY_YEAR = 2020
#: The kinds that are transactions; fava's import page knows none of a plan's directives.
KINDS = (
    Kind.PAYMENT, Kind.DETAIL, Kind.PAYROLL, Kind.INSURANCE, Kind.EXPORT, Kind.QUOTA,
    Kind.ADJUSTMENT,
)  # fmt: skip


class UnreadableError(ValueError):
    """A file that does not tie out, or a payment that cannot be made of it."""


def importers(book: Path | str) -> list[Importer]:
    """Give the importers of a book, one for each kind of file; they share what they read."""
    readings = Readings(Path(book))
    return [Executions(Path(book), kind, readings) for kind in KINDS]


def command(config: list[Importer]) -> None:
    """Run beangulp's commands (identify, extract, archive) with the importers of a book."""
    ingest: Any = beangulp.Ingest
    ingest(config)()


class Executions(Importer):
    """Extracts the payments or receipts of one kind of file; rows that cannot be coded become notes."""

    def __init__(self, book: Path, kind: Kind, readings: Readings | None = None) -> None:
        """Take the book's folder, for its settings and its words."""
        self.book = book
        self.kind = kind
        self._readings = readings or Readings(book)

    @property
    def name(self) -> str:
        """Name the importer by its kind."""
        return f"yusuan.{self.kind.value}"

    def identify(self, filepath: str) -> bool:
        """Tell whether a file is of the kind, by its headings."""
        return self._readings.kind(filepath) is self.kind

    def account(self, filepath: str) -> str:  # noqa: ARG002 -- beangulp's signature
        """Give the account that files are archived under: the zero-balance account's means."""
        names = BookNames(load(self.book), _first_day(self._settings().years), {})
        return account_name(Means("8001", "01"), names)

    def date(self, filepath: str) -> dt.date | None:
        """Give the last day of a file; of one with faults too, whose `extract` says what they are.

        An exception here would take fava's whole import page down.
        """
        days = [record.day for record in self._readings.read(filepath)[0].records if record.day]
        return max(days, default=None)

    def filename(self, filepath: str) -> str:
        """Give the name to archive a file under: its own, without what no name should have."""
        name = Path(filepath).name
        return "".join(ch if ch.isprintable() else "_" for ch in name)

    def extract(self, filepath: str, existing: list[Any]) -> list[Any]:
        """Extract what the existing entries do not have. Raises UnreadableError."""
        existing = existing or self._chart()
        settings = self._settings()
        execution = self._read(filepath)
        planned = plan(execution, existing, settings)
        if planned.problems:
            raise UnreadableError("\n".join(planned.problems))
        lines = {line.id: line.name for line in register(existing).lines.values()}
        free = FreeIds({event_id(e) for e in existing if isinstance(e, data.Transaction)})
        found: list[Any] = []
        for number, booked in enumerate(planned.new):
            year = booked.day.year
            names = BookNames(load(self.book), _first_day((year,)), lines)
            id_ = free.next(booked.prefix, year)
            draft = drafted(booked, id_, names, execution, planned.batch)
            if isinstance(draft, Draft):  # no kind here is recorded as a directive of another sort
                found.append(_transaction(draft, filepath, number))
        day = self.date(filepath)
        for waiting in planned.waiting:
            on = waiting.record.day or day
            if on is None:
                raise UnreadableError(
                    f"{waiting.record.where}：没有日期，请用 yusuan import --date 导入"
                )
            found.append(_note(waiting, on, self.account(filepath), filepath))
        return found

    def deduplicate(self, entries: list[Any], existing: list[Any]) -> None:
        """Do nothing: what the book has was left out by its number or key, and equal rows are two."""

    def _read(self, filepath: str) -> Execution:
        execution, findings = self._readings.read(filepath)
        if findings:
            raise UnreadableError("\n".join(finding.message for finding in findings))
        return execution

    def _settings(self) -> Settings:
        return load_settings(self.book / CONFIG_FILE)

    def _chart(self) -> list[Any]:
        """Give the openings of the book where no ledger is at hand, as in beangulp's tests."""
        chart = self.book / _CHART
        entries: list[Any] = parser.parse_file(str(chart))[0] if chart.is_file() else []
        return entries


def _transaction(draft: Draft, filepath: str, number: int) -> data.Transaction:
    meta = data.new_metadata(filepath, number, {"id": draft.id, **draft.meta})
    postings = [
        data.Posting(
            each.account, Amount(each.amount, each.commodity), None, None, None, dict(each.meta)
        )
        for each in draft.postings
    ]
    links = frozenset({draft.id, *draft.links})
    return data.Transaction(
        meta, draft.date, draft.flag, draft.payee, draft.narration, frozenset(), links, postings
    )


def _note(waiting: Waiting, day: dt.date, account: str, filepath: str) -> data.Note:
    record, target = waiting.record, waiting.proposal.target
    proposed = f"；提议 {' '.join(target).strip()}（{waiting.proposal.reason}）" if target else ""
    said = f"{record.get('payee')} {record.get('text')} {record.amount} 元".strip()
    text = f"待核对：{said}，{waiting.why}{proposed}"
    return data.Note(data.new_metadata(filepath, 0), day, account, text, None, None)


def _first_day(years: tuple[int, ...]) -> dt.date:
    return dt.date(min(years, default=_ANY_YEAR), 1, 1)
