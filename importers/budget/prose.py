"""Figures named in the prose: totals, subjects, 三公, procurement, changes against last year."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import words
from yusuan.importers.budget.sections import FORM
from yusuan.ledger import money
from yusuan.ledger.tables.model import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.importers.budget.sections import Section
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.tables.model import Where

_AMOUNT: Final = (
    r"(?:总额)?(?:共计|合计|为|是|共)?(?P<number>[\d,，]+(?:\.\d+)?)(?P<unit>亿元|万元|元)"
)
_UNITS: Final = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

#: A line shorter than this is a line of its own; a longer one without an end was wrapped.
_WRAPPED: Final = 40

_KEYS: Final = tuple(
    (key, re.compile(pattern + _AMOUNT))
    for key, pattern in (
        ("expenditure_total", r"(?:预算支出|支出预算|预算总支出|总支出)(?=总额|合计|共计|总计)"),
        ("revenue", r"(?<!拨款)(?<!基金)收入预算(?!总额)"),
        ("expenditure", r"(?<!拨款)(?<!基金)(?<!基本)(?<!项目)(?<!预算)支出预算(?!总额)"),
        ("fiscal_revenue", r"财政拨款收入(?:预算)?"),
        ("institution_revenue", r"事业收入(?:预算)?"),
        ("business_revenue", r"(?:事业单位)?经营收入(?:预算)?"),
        ("other_revenue", r"其他收入(?:预算)?"),
        ("fiscal_expenditure", r"(?<!经费)(?<!基金)(?<!预算)财政拨款支出预算"),
        ("general_expenditure", r"一般公共预算(?:财政)?拨款支出(?:预算)?"),
        ("fund_expenditure", r"政府性基金(?:预算)?(?:财政)?拨款支出(?:预算)?"),
        ("capital_expenditure", r"国有资本经营预算(?:财政)?拨款支出(?:预算)?"),
        ("three_public", r"[“”\"]三公[“”\"]经费(?:财政拨款)?(?:支出)?预算数?"),
        ("abroad", r"因公出国(?:[(（]境[)）])?费(?:用)?(?:预算)?数?"),
        ("vehicle", r"公务(?:用)?车(?:辆)?购置(?:及|和)运行(?:维护)?费(?:预算)?数?"),
        ("vehicle_purchase", r"公务用?车购置费(?:预算)?数?"),
        ("vehicle_running", r"公务用?车(?:用车)?运行(?:维护)?费(?:预算)?数?"),
        ("reception", r"公务接待费(?:预算)?数?"),
        ("running_costs", r"机关运行经费(?:财政拨款)?(?:预算)?数?"),
        ("procurement", r"(?<!国有)政府采购预算"),
        ("procurement_goods", r"政府采购货物(?:类)?预算"),
        ("procurement_works", r"政府采购工程(?:类)?预算"),
        ("procurement_services", r"政府采购服务(?:类)?预算"),
        ("procurement_sme", r"面向中小(?:微)?企业[^，。；]{0,20}?(?:金额|预算)"),
        ("procurement_small", r"(?:小型和微型|小微)企业[^，。；]{0,20}?(?:金额|预算)"),
        ("performance", r"涉及(?:的)?项目(?:支出)?预算资金"),
    )
)
_SUBJECT = re.compile(r"[“\"](?P<name>[^“”\"]{2,120})[”\"](?:科目)?(?:支出)?(?:预算)?" + _AMOUNT)
_COUNTS: Final = tuple(
    (key, unit, re.compile(pattern))
    for key, unit, pattern in (
        ("performance_projects", "个", r"绩效目标的项目(?:共)?(?P<number>\d+)个"),
        ("units_administrative", "家", r"行政(?:单位|机关)(?P<number>\d+)(?:家|个)"),
        ("units_reference", "家", r"参(?:照|公)[^，。；、]{0,12}?单位(?P<number>\d+)(?:家|个)"),
        (
            "units_institution",
            "家",
            r"(?<!管理)(?<!管理的)(?<!参公)事业单位(?P<number>\d+)(?:家|个)",
        ),
    )
)
#: The year that a figure is of, named right before it.
_YEAR_BEFORE = re.compile(r"(20\d{2})年度?[^，,。；、：\d]{0,8}$")
_CHANGE = re.compile(
    r"[，,]?(?:比|较|与)(?:上年|去年|\d{4}年)[^，。；\d]{0,14}?(?P<word>增加|增长|减少|下降|持平)"
    r"(?:了)?(?:(?P<number>[\d,，]+(?:\.\d+)?)(?P<unit>亿元|万元|元))?"
    r"(?:[，,]?(?:增加|增长|减少|下降)?(?:了)?(?P<percent>\d+(?:\.\d+)?)%)?"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text without white space, and where each of its lines began."""

    text: str
    starts: tuple[int, ...]
    places: tuple[Where, ...]

    def where(self, position: int) -> Where:
        """Give the line in which a position of the text stands."""
        return self.places[bisect_right(self.starts, position) - 1]


def figures(sections: list[Section], year: int | None = None) -> Iterator[Figure]:
    """Give the figures that the prose names, in print order; project forms are not prose.

    What it names of another year than `year` has a key of its own.
    """
    for section in sections:
        if section.type != FORM:
            for paragraph in paragraphs(section.rows):
                yield from _figures(paragraph, year)


def paragraphs(rows: list[GridRow]) -> Iterator[Paragraph]:
    """Give the rows that are a single text, lines that were wrapped put together again."""
    text, starts, places = "", [], []  # type: str, list[int], list[Where]
    for row in [*rows, None]:
        alone = row is not None and len(row.filled) == 1
        if text and not (alone and _wrapped(text)):
            yield Paragraph(text, tuple(starts), tuple(places))
            text, starts, places = "", [], []
        if row is not None and alone:
            starts.append(len(text))
            places.append(row.filled[0].where)
            text += words.squeeze(row.filled[0].text)


def _wrapped(text: str) -> bool:
    return len(text) >= _WRAPPED and not text.endswith(("。", "；", "：", "！", "？"))


def _figures(paragraph: Paragraph, year: int | None) -> Iterator[Figure]:
    found: list[tuple[int, Figure]] = []
    for key, pattern in _KEYS:
        for match in pattern.finditer(paragraph.text):
            named = _YEAR_BEFORE.search(paragraph.text[max(0, match.start() - 20) : match.start()])
            other = named is not None and year is not None and int(named[1]) != year
            found.extend(_with_change(f"prior_{key}" if other else key, "", match, paragraph))
    for match in _SUBJECT.finditer(paragraph.text):
        found.extend(_with_change("subject", match["name"], match, paragraph))
    for key, unit, pattern in _COUNTS:
        for match in pattern.finditer(paragraph.text):
            count = Decimal(match["number"])
            where = paragraph.where(match.start())
            found.append((match.start(), Figure(key, "", count, match[0], where, unit)))
    found.sort(key=lambda pair: pair[0])
    return (figure for _, figure in found)


def _with_change(
    key: str, subject: str, match: re.Match[str], paragraph: Paragraph
) -> Iterator[tuple[int, Figure]]:
    """Give a figure, and after it the change against last year in 元 and in percent."""
    amount = _yuan(match)
    if amount is None:
        return
    where = paragraph.where(match.start())
    yield match.start(), Figure(key, subject, amount, match[0], where)
    change = _CHANGE.match(paragraph.text, match.end())
    if change is None:
        return
    where = paragraph.where(change.start())
    sign = -1 if change["word"] in {"减少", "下降"} else 1
    moved = _yuan(change) if change["number"] else None
    if moved is not None:
        yield change.start(), Figure(f"{key}_change", subject, sign * moved, change[0], where)
    if change["percent"]:
        percent = sign * Decimal(change["percent"])
        yield change.start(), Figure(f"{key}_percent", subject, percent, change[0], where, "%")


def _yuan(match: re.Match[str]) -> Decimal | None:
    """Give the amount in 元; a text that is no amount (1,23万元) is no figure."""
    try:
        value = money.parse(match["number"]) * _UNITS[match["unit"]]
    except money.MoneyError:
        return None
    return value.quantize(money.CENT)
