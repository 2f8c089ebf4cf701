"""Code tables as CSV text, for the package's data and for a book's own `codes/`: in and out."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from yusuan.ledger.classification.codes import SHAPE_TEXT
from yusuan.ledger.classification.codes import Scheme
from yusuan.ledger.classification.codes import level
from yusuan.ledger.classification.codes import path
from yusuan.ledger.classification.codes import well_formed
from yusuan.ledger.classification.errors import CodeTableError
from yusuan.ledger.classification.subject import CERTIFIED
from yusuan.ledger.classification.subject import RECALLED_LOW
from yusuan.ledger.classification.subject import USER_CERTIFIED
from yusuan.ledger.classification.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

_COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to", "confidence", "note")
_CONFIDENCES = frozenset(
    {CERTIFIED, USER_CERTIFIED, "recalled-high", "recalled-medium", RECALLED_LOW}
)
_BOUND = re.compile(r"(?:([0-9]{4})(-[0-9]{2}-[0-9]{2})?(\?)?)?")


def parse(text: str, scheme: Scheme, source: str, year: int | None = None) -> list[Subject]:
    """Read the rows of one scheme from CSV text with a header; `source` names it in messages.

    Columns `code` and `name` are required. A year stands for its first day in `valid_from` and
    its last in `valid_to`. A missing confidence is user-certified, since only a book's own table
    may leave it out. With `year` the text is the whole table of that year: its rows are in
    force in that year unless they say less, and never outside it. Raises CodeTableError.
    """
    found = [_subject(record, scheme, where, year) for where, record in records(text, source)]
    if year and not found:
        # Read as a complete table it would make every code of the year absent.
        raise CodeTableError(source, "科目表是空的", "请重新导入当年的科目表，或删除这个文件")
    return found


def records(
    text: str, source: str, required: tuple[str, ...] = ("code", "name")
) -> Iterator[tuple[str, dict[str, str]]]:
    """Give each CSV record with the place it stands at; every record has every column."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        for column in required:
            if column not in header:
                raise CodeTableError(f"{source} 第1行", f"表头没有{column}列", "请补上表头")
        for cells in reader:
            if not any(cells):
                continue
            where = f"{source} 第{reader.line_num}行"
            if len(cells) != len(header):
                fault = f"有{len(cells)}格，表头有{len(header)}格"
                raise CodeTableError(where, fault, "请补齐或删去多余的逗号")
            yield where, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        fault = f"不是完整的CSV（{error}）"
        raise CodeTableError(f"{source} 第{reader.line_num}行", fault, "请检查引号") from None


def dump(subjects: Iterable[Subject]) -> str:
    """Write rows as the CSV text of a book's own table, readable by `parse`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in subjects:
        writer.writerow(
            (
                row.code,
                row.name,
                row.level,
                row.parent or "",
                row.valid_from or "",
                row.valid_to or "",
                row.confidence,
                row.note,
            )
        )
    return out.getvalue()


def _subject(record: dict[str, str], scheme: Scheme, where: str, year: int | None) -> Subject:
    get = record.get
    code, name = get("code", ""), get("name", "")
    if not well_formed(scheme, code):
        fault = f"编码“{code}”不是{SHAPE_TEXT[scheme]}"
        raise CodeTableError(where, fault, "请在code列填写半角编码")
    if not name:
        raise CodeTableError(where, f"编码{code}没有名称", "请在name列填写科目名称")
    start, end, doubt = _validity(record, year, where)
    confidence = get("confidence") or USER_CERTIFIED
    if confidence not in _CONFIDENCES:
        fault = f"置信度“{confidence}”不认识"
        raise CodeTableError(where, fault, "请填user-certified、certified或recalled-high等")
    note = get("note", "")
    if doubt:
        # A doubted year lowers the row as a whole: neither its start nor its end may decide.
        confidence = RECALLED_LOW
        note = f"{note}；{doubt}" if note else doubt
    return Subject(
        scheme=scheme,
        code=code,
        name=name,
        level=get("level") or level(code),
        parent=get("parent") or _parent(scheme, code),
        valid_from=start,
        valid_to=end,
        confidence=confidence,
        fund=get("fund") or None,
        default_class=get("default_class") or None,
        note=note,
        gov_admin=get("gov_code_if_admin_unit") or None,
        gov_institution=get("gov_code_if_public_institution") or None,
    )


def _validity(
    record: dict[str, str], year: int | None, where: str
) -> tuple[date | None, date | None, str]:
    """Read both ends of a row's validity, and what the table itself doubts about them."""
    whole = f"{year:04d}" if year else ""
    since, until = record.get("valid_from") or whole, record.get("valid_to") or whole
    try:
        start, start_doubted = _bound(since, "-01-01")
        end, end_doubted = _bound(until, "-12-31")
    except ValueError:
        fault = f"起止日期“{since}”“{until}”不认识"
        raise CodeTableError(where, fault, "请写成2020或2020-01-01") from None
    if start and end and start > end:
        raise CodeTableError(where, "起始日期晚于终止日期", "请更正起止日期")
    if year and not (start and end and start.year == end.year == year):
        fault = f"起止日期超出{year}年"
        raise CodeTableError(where, fault, "请更正日期，或把该行放到不带年份的文件里")
    doubted = start_doubted or end_doubted
    return start, end, f"起止年份待核实：{since}—{until}" if doubted else ""


def _parent(scheme: Scheme, code: str) -> str | None:
    if scheme is Scheme.SOURCE or len(code) == len("201"):
        return None
    return path(code)[-2]


@lru_cache(maxsize=256)
def _bound(text: str, day: str) -> tuple[date | None, bool]:
    """Read one end of a row's validity, and whether the table itself doubts it.

    Raises ValueError.
    """
    match = _BOUND.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, exact, doubt = match.groups()
    if year is None:
        return None, False
    return date.fromisoformat(year + (exact or day)), doubt is not None
