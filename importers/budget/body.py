"""The rows of one table section: measure and unit lines, header, data, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from yusuan.importers.budget import words
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow

if TYPE_CHECKING:
    from yusuan.importers.budget.sections import Section
    from yusuan.importers.budget.vocabulary import Vocabulary

_MEASURE = re.compile(r"[(（]?(?:金额)?单位[:：](?:人民币)?(亿元|万元|千元|元)[)）]?")
_MAKER = re.compile(r"(?:编制|填报|公开|预算)?(?:部门|单位)(?:名称)?(?:[(（].*[)）])?[:：](.*)")
#: A longer text is prose, not the line with 编制部门.
_LONGEST_IMPRINT = 80
_NOTE = re.compile(r"^注|空表|本部门|本单位|备注|^说明[:：]|无数据|没有.*(?:预算|收入|支出)")
_AMOUNTS = re.compile(r"(?:.*\s)?[-−－(（]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)[)）]?")
#: 1, or 3＝1＋2 where a form says how a column comes about.
_COLUMN_NUMBER = re.compile(r"[(（]?(\d{1,2})[)）]?(?:[=＝].*)?")
_COLUMN_LETTER = re.compile(r"栏次|[类款项]|[甲乙丙丁*]+|[—－-]+")
_LINE_NUMBER = re.compile(r"行次|序号")
_HEADING = re.compile(
    r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|.*(?:情况)?说明$"
)


@dataclass(slots=True)
class Body:
    """A section sorted out; every row is trimmed to the width of the table."""

    measure: str | None = None
    maker: str = ""
    width: int = 0
    header: list[GridRow] = field(default_factory=list)
    data: list[GridRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: Cells of lines with amounts that stand in no ruled table.
    unruled: list[GridCell] = field(default_factory=list)


def sort_out(section: Section, vocabulary: Vocabulary, *, items_alone: bool = False) -> Body:
    """Sort the rows of a section; `items_alone`: a name without amounts is a row of data."""
    body = Body()
    ended = False
    for row in section.rows:
        if _is_imprint(row, body):
            continue
        alone = len(row.filled) == 1 or row.free
        if alone and not _is_data_alone(row, body, vocabulary, items_alone=items_alone):
            ended = ended or bool(body.header and _HEADING.match(row.filled[0].text))
            if row.free and not ended and len(row.filled) > 1:
                body.unruled += [cell for cell in row.filled if _AMOUNTS.fullmatch(cell.text)]
            if not _is_header_alone(row, body) and not ended and _NOTE.search(row.filled[0].text):
                body.notes.append(row.filled[0].text)
            continue
        _put(row, body)
    _trim(body)
    _without_covered(body)
    _without_line_numbers(body)
    return body


def measure_in(title: str) -> str | None:
    """Give the measure that a title names, as 支出总表（单位：万元） does."""
    found = _MEASURE.search(title)
    return found[1] if found else None


def _is_imprint(row: GridRow, body: Body) -> bool:
    """Take the line with 编制部门 and 单位, printed above a table and after a page break."""
    hit = False
    for cell in row.filled:
        text = words.squeeze(cell.text)
        measure = _MEASURE.search(text)
        if measure:
            body.measure = body.measure or measure[1]
            hit = True
            text = text[: measure.start()]
        maker = None if len(text) > _LONGEST_IMPRINT else _MAKER.fullmatch(text)
        if maker:
            body.maker = body.maker or maker[1]
            hit = True
    return hit and not any(words.is_number(cell.text) for cell in row.filled)


def _is_data_alone(row: GridRow, body: Body, vocabulary: Vocabulary, *, items_alone: bool) -> bool:
    """Say whether a row with one filled cell is data: 合计 without amounts, a lone amount."""
    text = row.filled[0].text
    if len(row.filled) > 1:
        return False
    if words.is_total(text) or words.is_number(text):
        return True
    if not items_alone or not body.data or words.is_sentence(text):
        return False
    revenue = bool(vocabulary.revenue_key(text))
    numbered = bool(words.ordinal(text))
    return numbered and revenue if row.free else numbered or revenue


def _is_header_alone(row: GridRow, body: Body) -> bool:
    """Keep a header row in which but one cell is filled (the lower half of a split header)."""
    alone = bool(body.header) and not body.data and not words.is_sentence(row.filled[0].text)
    if alone and not row.free:
        body.header.append(row)
    return alone


def _put(row: GridRow, body: Body) -> None:
    """Put a row under the header while no row with a number has come, else under the data."""
    numbers = any(words.is_number(cell.text) for cell in row.filled)
    total = all(words.is_total(cell.text) for cell in row.filled)  # 合计 also heads columns
    item = bool(words.ordinal(row.filled[0].text))
    if not (body.data or numbers or total or item):
        body.header.append(row)
    elif _is_column_numbers(row) or (not numbers and not total and _repeats(row, body)):
        return
    else:
        body.data.append(row)


def _is_column_numbers(row: GridRow) -> bool:
    """Recognise the line 栏次 1 2 3 that some tables print below the header, beside 类 款 项 too."""
    texts = [words.squeeze(cell.text) for cell in row.filled]
    numbers = [found[1] for text in texts if (found := _COLUMN_NUMBER.fullmatch(text))]
    beside = [text for text in texts if not _COLUMN_NUMBER.fullmatch(text)]
    named = [text for text in beside if not _COLUMN_LETTER.fullmatch(text)]
    return (
        len(numbers) > 1
        and numbers == [str(n + 1) for n in range(len(numbers))]
        and len(named) <= ("栏次" not in beside)
    )


def _without_line_numbers(body: Body) -> None:
    """Take out the columns 行次 and 序号: they count the rows and say nothing of them."""
    gone = {
        index
        for row in body.header
        for index, cell in enumerate(row.cells)
        if _LINE_NUMBER.fullmatch(words.squeeze(cell.text))
    }
    if all(_counts(row, gone) for row in body.data):
        _drop(body, gone)


def _without_covered(body: Body) -> None:
    """Take out the columns that every row merges into the one before, as another table's do."""
    rows = [*body.header, *body.data]
    covered = [{at for at, cell in enumerate(row.cells) if cell.span == 0} for row in rows]
    if covered:
        _drop(body, set.intersection(*covered))


def _drop(body: Body, gone: set[int]) -> None:
    if gone:
        body.header = [_without(row, gone) for row in body.header]
        body.data = [_without(row, gone) for row in body.data]
        body.width -= len(gone)


def _counts(row: GridRow, columns: set[int]) -> bool:
    """Say whether a row has nothing but small whole numbers in these columns, or 合计."""
    texts = [words.squeeze(row.cells[at].text) for at in columns if at < len(row.cells)]
    return all(re.fullmatch(r"\d{0,4}", text) or words.is_total(text) for text in texts)


def _without(row: GridRow, columns: set[int]) -> GridRow:
    """Leave columns out of a row; what was merged over one of them covers one less.

    The label of the total may be merged into a column of numbers: it is kept in the next one.
    """
    kept = []
    held = ""
    for at, cell in enumerate(row.cells):
        covered = sum(at < column < at + (cell.span or 1) for column in columns)
        span = cell.span - covered if cell.span else None
        text = cell.text
        if at in columns:
            held = text if words.is_total(words.squeeze(text)) else ""
        else:
            kept.append(GridCell(text or held, cell.where, span))
            held = ""
    return GridRow(tuple(kept), row.free)


def _repeats(row: GridRow, body: Body) -> bool:
    """Recognise a header printed again after a page break."""
    known = {words.squeeze(cell.text) for above in body.header for cell in above.filled}
    return all(words.squeeze(cell.text) in known for cell in row.filled)


def _trim(body: Body) -> None:
    """Cut the blank columns around the table, which a CSV pads and a sheet may have.

    Rows of different widths come from a reader without padding: there, a blank last cell
    is a cell of the table.
    """
    rows = [*body.header, *body.data]
    if not rows:
        return
    padded = len({len(row.cells) for row in rows}) == 1
    start = min(_first(row) for row in rows)
    end = max(_last(row) if padded else len(row.cells) for row in rows)
    body.width = end - start
    body.header = [GridRow(row.cells[start:end]) for row in body.header]
    body.data = [GridRow(row.cells[start:end]) for row in body.data]


def _first(row: GridRow) -> int:
    return next(index for index, cell in enumerate(row.cells) if cell.text)


def _last(row: GridRow) -> int:
    return max(index for index, cell in enumerate(row.cells, 1) if cell.text)
