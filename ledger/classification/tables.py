"""The five tables together, as the package supplies them and as a book lays its own over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.ledger.classification import rows
from yusuan.ledger.classification.codes import Scheme
from yusuan.ledger.classification.errors import CodeTableError
from yusuan.ledger.classification.subject import Verdict
from yusuan.ledger.classification.subject import folded
from yusuan.ledger.classification.table import CodeTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_DATA = Path(__file__).with_name("data")

#: 单位性质: an administrative unit, one under the civil-service law, or a public institution.
ADMINISTRATIVE_KINDS = frozenset({"行政", "参公"})
INSTITUTION_KIND = "事业"

#: A book's own tables: `codes/functional-2026.csv` is the whole table of a year,
#: `codes/functional.csv` adds single rows. Any other name would be ignored silently, so it is
#: an error.
_BOOK_FILE = re.compile(r"(functional|economic|government|income|source)(?:-([0-9]{4}))?\.csv")


class Unconfirmed(NamedTuple):
    """A code in use that no document or imported table stands behind, for the to-confirm list."""

    scheme: Scheme
    code: str
    name: str | None
    verdict: Verdict
    first_used: date

    @property
    def message(self) -> str:
        """One Chinese sentence: which code, why it is doubted, what to do."""
        named = f"{self.code}（{self.name}）" if self.name else self.code
        why = (
            "未经公开文件核实"
            if self.verdict is Verdict.UNVERIFIED
            else f"在{self.first_used.year}年的科目表中没有找到"
        )
        return (
            f"待确认：{self.scheme.chinese}科目{named}{why}；请核对编码，或导入当年的正式科目表。"
        )


@dataclass(frozen=True, slots=True)
class Classification:
    """政府收支分类科目: one dated table for each scheme."""

    functional: CodeTable
    economic: CodeTable
    government: CodeTable
    income: CodeTable
    source: CodeTable

    def table(self, scheme: Scheme) -> CodeTable:
        """Give the table of a scheme."""
        found: CodeTable = getattr(self, scheme.value)
        return found

    def government_for(self, economic: str, on: date, kind: str) -> str | None:
        """Map a department's economic code to the government's, for a kind of unit on a day.

        `kind` is 行政, 参公 or 事业; anything else raises ValueError. Many to one, never the
        reverse (HANDBOOK §1.3, most of it recalled). None where the table names no code
        (30107 for 行政), more than one (a 类 such as "507/508"), or one not in force that day.
        """
        if kind not in ADMINISTRATIVE_KINDS and kind != INSTITUTION_KIND:
            raise ValueError(f"单位性质“{kind}”不认识；请填行政、参公或事业。")
        row = self.economic.get(economic, on)
        if row is None:
            return None
        code = row.gov_institution if kind == INSTITUTION_KIND else row.gov_admin
        return code if code and self.government.get(code, on) else None

    def unconfirmed(self, uses: Iterable[tuple[Scheme, str, date]]) -> list[Unconfirmed]:
        """List each distinct code that is unverified or unknown once, at its earliest such use."""
        found: dict[tuple[Scheme, str], Unconfirmed] = {}
        for scheme, code, on in set(uses):
            table = self.table(scheme)
            verdict = table.verdict(code, on)
            if verdict not in {Verdict.UNVERIFIED, Verdict.UNKNOWN}:
                continue
            known = found.get((scheme, code))
            if known is None or on < known.first_used:
                name = table.name(code, on)
                found[scheme, code] = Unconfirmed(scheme, code, name, verdict, on)
        order = list(Scheme)
        return sorted(found.values(), key=lambda item: (order.index(item.scheme), item.code))


def load(book: Path | None = None) -> Classification:
    """Give the supplied tables, overlaid with the `codes/*.csv` of a book's directory.

    The supplied tables are read once and kept. Raises CodeTableError.
    """
    supplied = _supplied()
    files = code_files(book) if book else []
    if not files:
        return supplied
    tables = {scheme: supplied.table(scheme) for scheme in Scheme}
    for file in files:
        scheme, year = _file_name(file)
        own = rows.parse(_read(file), scheme, str(file), year)
        tables[scheme] = tables[scheme].overlay(own, year)
    return Classification(**{scheme.value: table for scheme, table in tables.items()})


def code_files(book: Path) -> list[Path]:
    """List a book's own code tables, in the order they are laid on: years first, then additions.

    fava reloads a book when one of them changes only if it is told of them.
    """
    # "-" sorts before "." so that additions, kept by hand, win over imported years.
    return sorted((book / "codes").glob("*.csv"), key=lambda file: file.name)


def book_file_name(scheme: Scheme, year: int) -> str:
    """Name the file of a year's imported table inside a book."""
    return f"codes/{scheme.value}-{year:04d}.csv"


@lru_cache(maxsize=1)
def _supplied() -> Classification:
    aliases = _aliases()
    return Classification(
        functional=_table(Scheme.FUNCTIONAL, "functional.csv", aliases),
        economic=_table(Scheme.ECONOMIC, "economic.csv", aliases),
        government=_table(Scheme.GOVERNMENT, "government.csv", aliases),
        income=_table(Scheme.INCOME, "income.csv", aliases),
        source=_table(Scheme.SOURCE, "source.csv", aliases),
    )


def _table(scheme: Scheme, file: str, aliases: dict[tuple[str, str], frozenset[str]]) -> CodeTable:
    return CodeTable.of(scheme, rows.parse(data(file), scheme, file), aliases)


def _aliases() -> dict[tuple[str, str], frozenset[str]]:
    """Key the variants by (code, official name); no two schemes share a code."""
    gathered: dict[tuple[str, str], frozenset[str]] = {}
    for _, record in rows.records(data("aliases.csv"), "aliases.csv"):
        key = (record["code"], folded(record["name"]))
        gathered[key] = gathered.get(key, frozenset()) | {folded(record["alias"])}
    return gathered


def data(file: str) -> str:
    """Read one of the package's data files."""
    return (_DATA / file).read_text(encoding="utf-8")


def _file_name(file: Path) -> tuple[Scheme, int | None]:
    match = _BOOK_FILE.fullmatch(file.name)
    if match is None:
        remedy = "请改名为functional-2026.csv这样的“体系-年份.csv”，或“体系.csv”"
        raise CodeTableError(str(file), "文件名不是科目表的名称", remedy)
    return Scheme(match[1]), int(match[2]) if match[2] else None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CodeTableError(str(file), f"读不出来（{error}）", "请另存为UTF-8编码的CSV") from None
