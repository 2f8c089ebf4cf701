"""One cell of a 指标 list: its code and name, its word, its amount, its day."""

from __future__ import annotations

import re
from datetime import date
from decimal import Inexact
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.allotments.words import plain
from yusuan.importers.budget import words as budget_words
from yusuan.ledger import money
from yusuan.ledger.classification import Scheme
from yusuan.ledger.classification.codes import SHAPE_TEXT
from yusuan.ledger.classification.codes import well_formed

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.importers.allotments.words import Words

_JOINED = re.compile(r"(?P<code>[0-9A-Za-z]+)\s*(?:[-－—_:：]|\s)\s*(?P<name>.*[^\x00-\x7f].*)")
_CODE = re.compile(r"[0-9A-Za-z]+")
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]+")
_DAY = re.compile(
    r"(20[0-9]{2})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2})(?:[0-9]{6})?)"
)
#: The time of a day, which databases print behind it.
_TIME = re.compile(r"(?:\s+|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?$")
_MONTH = re.compile(r"(?:(?P<year>20[0-9]{2})[-/.年]?)?(?P<month>[0-9]{1,2})月?份?")
_MONTHS = 12
_YEAR = re.compile(r"(20[0-9]{2})(?:年度?)?")
#: Project codes are long; a short number before a hyphen belongs to the name (2020-2022年规划).
PROJECT_DIGITS = 6
_DIGITS = {Scheme.FUNCTIONAL: 7, Scheme.ECONOMIC: 5}
_LEVEL = {Scheme.FUNCTIONAL: "项（7位）", Scheme.ECONOMIC: "款（5位）"}
#: The words for the columns whose values are a choice.
CHOICES = {
    "fund": "资金性质",
    "class": "类别",
    "source": "指标来源",
    "method": "支付方式",
    "procurement": "政府采购标识",
    "change_kind": "调整类型",
    "side": "借贷标志",
}


class ValueProblem(ValueError):  # noqa: N818 -- a sentence about a cell, said with others
    """A cell that cannot be read; the message is the end of a sentence that begins with its place."""


class Coded(NamedTuple):
    """A value that is a code with its name; either may be blank."""

    code: str
    name: str


def coded(text: str, name: str = "", least: int = 1) -> Coded:
    """Split `code-name`, `code name`, `code##name##id` or `id##code##name`.

    `name` is the text of the column beside. Raises ValueProblem where a spreadsheet has rounded a
    long code to an exponent.
    """
    if _EXPONENT.fullmatch(text):
        raise ValueProblem(f"编码“{text}”已被表格软件改成科学计数法，请把该列设为文本后重新导出")
    if "##" in text:
        code, own, *more = (part.strip() for part in text.split("##"))
        if more and _CODE.fullmatch(own) and not _CODE.fullmatch(more[0]):
            code, own = own, more[0]  # the system's own id comes first
        return Coded(code, name or own)
    joined = _JOINED.fullmatch(text)
    if joined and len(joined["code"]) >= least:
        return Coded(joined["code"], name or joined["name"].strip())
    if _CODE.fullmatch(text):
        return Coded(text, name)
    return Coded("", name or text)


def subject(scheme: Scheme, text: str, name: str) -> Coded:
    """Read a leaf code of a scheme. Raises ValueProblem."""
    found = coded(text, name)
    if not (well_formed(scheme, found.code) and len(found.code) == _DIGITS[scheme]):
        what = f"“{text}”不是{scheme.chinese}的{_LEVEL[scheme]}编码"
        raise ValueProblem(f"{what}，应为{SHAPE_TEXT[scheme]}，到{_LEVEL[scheme]}为止")
    return found


def choice(column: str, text: str, name: str, words: Words) -> str:
    """Read a word that means one of a few things; code and name must mean the same.

    Raises ValueProblem with the words that are known.
    """
    known = words.values[column]
    if not name and plain(text) in known:
        return known[plain(text)]
    found = coded(text, name)
    said, by_code = known.get(plain(found.name)), known.get(plain(found.code))
    shown = " ".join(dict.fromkeys(part for part in (text, name) if part))
    if found.name and said and by_code and said != by_code:
        raise ValueProblem(f"{CHOICES[column]}“{shown}”的编码和名称不是一回事，请核对")
    # Where there is a name it must be known: provinces number unlike things alike.
    meaning = said if found.name else by_code
    if meaning is None:
        known_words = "、".join(words.written[column])
        what = f"不认识的{CHOICES[column]}“{shown}”，可用的有：{known_words}"
        raise ValueProblem(f"{what}；其他的词可写进账套的 words.toml")
    return meaning


def amount(text: str, measure: str) -> Decimal:
    """Read an amount into 元; blank is not zero. Raises ValueProblem."""
    if budget_words.is_blank(text):
        raise ValueProblem("金额是空白的，空白不等于零；请填写金额，没有额度的行请删去")
    printed = budget_words.squeeze(text)
    try:
        return money.from_wan(money.parse(printed)) if measure == "万元" else money.yuan(printed)
    except money.MoneyError as error:
        raise ValueProblem(str(error)) from None
    except Inexact:
        raise ValueProblem(f"“{text}”万元折合到分以下，请核对") from None


def day(text: str) -> date:
    """Read a day. Raises ValueProblem."""
    found = _DAY.fullmatch(budget_words.squeeze(_TIME.sub("", text.strip())))
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        return date(*parts)
    except (TypeError, ValueError):
        raise ValueProblem(f"“{text}”不是日期，应写作 2020-01-20") from None


def month(text: str) -> tuple[int, int]:
    """Read a month and its year, 0 where it says none. Raises ValueProblem."""
    found = _MONTH.fullmatch(budget_words.squeeze(text))
    number = int(found["month"]) if found else 0
    if not found or not 1 <= number <= _MONTHS:
        raise ValueProblem(f"“{text}”不是月份，应写作 3 或 2020-03")
    return int(found["year"] or 0), number


def deleted(text: str) -> bool:
    """Tell whether a row is marked as deleted: 1 means it is, 2 and 0 that it is not."""
    return text.strip().casefold() in {"1", "是", "y", "true", "已删除"}


def year(text: str) -> int:
    """Read a year. Raises ValueProblem."""
    found = _YEAR.fullmatch(budget_words.squeeze(text))
    if not found:
        raise ValueProblem(f"“{text}”不是年份，应写作 2020")
    return int(found[1])
