"""What the sheets of an xlsx file refer to: their parts, the shared texts, which styles are dates."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import NamedTuple

from openpyxl.styles.numbers import builtin_format_code
from openpyxl.styles.numbers import is_date_format
from openpyxl.styles.numbers import is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900

from yusuan.importers.readers import xml

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime
    from zipfile import ZipFile

    from lxml.etree import _Element as Element

#: A character that XML cannot hold, as spreadsheets write it.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PERCENT = re.compile(r"[#,]*0(?:\.(0+))?_? ?%")

#: Number formats of Chinese spreadsheets, all of days and times, that files name and never define
#: (ECMA-376 part 1, 18.8.30).
_CHINESE_DATES = frozenset(map(str, (*range(27, 37), *range(50, 59))))


class _Relation(NamedTuple):
    """What one part says of another."""

    id: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """An open xlsx file; styles are the numbers that cells name them by, as texts."""

    #: The visible sheets: title and part.
    sheets: Sequence[tuple[str, str]]
    #: The titles of the others.
    hidden: Sequence[str]
    #: The texts that cells refer to by number.
    strings: Sequence[str]
    #: Styles that show a number as a day or a time, and those among them that show a span of time.
    dates: Collection[str]
    spans: Collection[str]
    #: Styles that show a number as a percent, and how many decimals each shows.
    percents: Mapping[str, int]
    #: The day that dates are counted from.
    epoch: datetime


def opened(archive: ZipFile) -> Workbook:
    """Read everything but the sheets themselves. Raises one of `archive.DAMAGED`."""
    top, *_ = _of(_relations(archive, ""), "officeDocument")
    related = _relations(archive, top)
    root = xml.root(archive.read(top))
    parts = {each.id: each.part for each in related if each.kind == "worksheet"}
    named = [
        (sheet.get("name", ""), parts[_id(sheet)], sheet.get("state", "visible") == "visible")
        for sheet in root.iterfind("{*}sheets/{*}sheet")
        if _id(sheet) in parts
    ]
    strings = [text for part in _of(related, "sharedStrings") for text in _strings(archive, part)]
    formats = [each for part in _of(related, "styles") for each in _formats(archive, part)]
    since_1904 = root.find("{*}workbookPr[@date1904]")
    flag = since_1904.get("date1904") if since_1904 is not None else ""
    return Workbook(
        [(title, part) for title, part, visible in named if visible],
        [title for title, _, visible in named if not visible],
        strings,
        frozenset(style for style, shown in formats if is_date_format(shown)),
        frozenset(style for style, shown in formats if is_timedelta_format(shown)),
        {
            style: len(found[1] or "")
            for style, shown in formats
            if (found := _PERCENT.match(shown))
        },
        CALENDAR_MAC_1904 if flag in {"1", "true"} else CALENDAR_WINDOWS_1900,
    )


def text_of(item: Element) -> str:
    """Give the text of a shared or an inline string, all its runs; how it is pronounced is none."""
    texts = []
    for part in item:
        name = xml.local(part)
        if name == "t":
            texts.append(part.text or "")
        elif name == "r":
            texts.append(text_of(part))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(texts))


def _relations(archive: ZipFile, part: str) -> list[_Relation]:
    folder, name = posixpath.split(part)
    root = xml.root(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    return [
        _Relation(
            each.get("Id", ""),
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in root
        if each.get("TargetMode") != "External"
    ]


def _of(related: Sequence[_Relation], kind: str) -> Iterator[str]:
    return (each.part for each in related if each.kind == kind)


def _id(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _strings(archive: ZipFile, part: str) -> Iterator[str]:
    with archive.open(part) as stream:
        for item in xml.elements(stream, "si", "sst"):
            yield " ".join(text_of(item).split())


def _formats(archive: ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """Give each style that a cell can name with how it shows numbers."""
    root = xml.root(archive.read(part))
    own = {
        each.get("numFmtId"): each.get("formatCode")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        id_ = style.get("numFmtId", "0")
        shown = own.get(id_) or (
            "yyyy-mm-dd" if id_ in _CHINESE_DATES else builtin_format_code(int(id_))
        )
        yield str(number), shown or ""
