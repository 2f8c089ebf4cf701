"""The words of budget tables: titles, column headers, revenue items, and how texts compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: No title and no name of a subject is longer; running text mostly is.
_LONGEST_NAME: Final = 40

_SPACE = re.compile(r"\s+")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.．、]\s*)"
)
_LONE_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]+|\d{1,2})[、.．]?")
_NUMBER = re.compile(r"[-−－+(（]?[¥￥]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?[)）]?")
_BLANK = re.compile(r"[-—–－/／]*")


def squeeze(text: str) -> str:
    """Take all white space out: 合 计 and 合计 are one word."""
    return _SPACE.sub("", text)


def plain_name(text: str) -> str:
    """Take the ordinal off a name: 一、财政拨款收入 and 财政拨款收入 are one item."""
    name = squeeze(text)
    name = name.removeprefix("其中：").removeprefix("其中:")
    return _ORDINAL.sub("", name)


def ordinal(text: str) -> str:
    """Give the ordinal that a name begins with, or an empty text."""
    found = _ORDINAL.match(squeeze(text))
    return found[0] if found else ""


def is_ordinal(text: str) -> bool:
    """Say whether a cell holds an ordinal alone, as in a column of 一、二、三、."""
    return bool(_LONE_ORDINAL.fullmatch(squeeze(text)))


def is_number(text: str) -> bool:
    """Say whether a cell looks like a number, well formed or not."""
    return bool(_NUMBER.fullmatch(squeeze(text)))


def is_blank(text: str) -> bool:
    """Say whether a cell is blank: empty, or a dash printed for nothing."""
    return bool(_BLANK.fullmatch(squeeze(text)))


def is_total(text: str) -> bool:
    """Say whether a row name is that of the last row."""
    return bool(re.fullmatch(r"(?:合计|总计|本年)?(?:收入|支出)?(?:合计|总计)", squeeze(text)))


def is_sentence(text: str) -> bool:
    """Say whether a text is prose rather than the name of something."""
    return len(text) > _LONGEST_NAME or bool(re.search(r"[。；，]|[:：]\S{15}", text))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table: how its title is known, its shape, and which columns it may have."""

    id: str
    title: re.Pattern[str]
    shape: str
    columns: frozenset[str]


_SPLIT = frozenset({"total", "basic", "project", "personnel", "operating"})
_INCOME = frozenset(
    {"total", "fiscal", "general", "fund", "capital", "special_account", "institution", "business"}
    | {"superior", "subordinate", "other", "opening"}
)
_SPENDING = _SPLIT | {"business", "remitted", "subsidy", "carried"}
_PUBLIC = frozenset(
    {"total", "abroad", "reception", "vehicle", "vehicle_purchase", "vehicle_running"}
    | {"running_costs"}
)

FUNCTIONAL: Final = "functional"
ECONOMIC: Final = "economic"
SIDES: Final = "sides"
SINGLE: Final = "single"

#: First match wins, so the narrower titles come first. Numbers as in HANDBOOK §5.1.
KINDS: Final = tuple(
    Kind(table_id, re.compile(title), shape, columns)
    for table_id, title, shape, columns in (
        ("T9", r"[“\"”]?三公[”\"“]?.*(?:预算|经费).*表", SINGLE, _PUBLIC),
        ("T8", r"一般公共预算(?!.*政府(?:预算)?(?:支出)?经济).*基本支出.*表", ECONOMIC, _SPLIT),
        ("T7", r"国有资本经营.*支出.*表", FUNCTIONAL, _SPLIT),
        ("T6", r"政府性基金.*支出.*表", FUNCTIONAL, _SPLIT),
        ("T5", r"一般公共预算(?!.*(?:经济|项目)).*支出.*表", FUNCTIONAL, _SPLIT),
        ("T4", r"财政拨款收支.*表", SIDES, frozenset({"total", "general", "fund", "capital"})),
        ("T1", r"收支(?:预算)?总表", SIDES, _SPENDING | _INCOME),
        ("T2", r"^(?!.*财政拨款).*收入(?:预算)?(?:总)?表", FUNCTIONAL, _INCOME),
        ("T3", r"^(?!.*(?:拨款|基本|项目)).*支出(?:预算)?(?:总)?表", FUNCTIONAL, _SPENDING),
    )
)

_FORM = re.compile(r"项目.*绩效目标.*表|绩效目标(?:申报|填报)表")
_ANY_TABLE = re.compile(r"[^。；，：:]{2,40}表(?:[(（].{1,20}[)）])?")
_CONTENTS = re.compile(r"[.…·]{3,}\s*\d*$")


def kind_of_title(text: str) -> Kind | None:
    """Give the kind of table that a title names, or None."""
    title = squeeze(text)
    if is_sentence(title) or _CONTENTS.search(title) or not _ANY_TABLE.search(title):
        return None
    return next((kind for kind in KINDS if kind.title.search(title)), None)


def is_form_title(text: str) -> bool:
    """Say whether a title is that of a project's performance form."""
    title = squeeze(text)
    return (
        not is_sentence(title) and bool(_FORM.search(title)) and title.endswith(("表", "）", ")"))
    )


def is_table_title(text: str) -> bool:
    """Say whether a short text is the title of some table, of whatever kind."""
    return bool(_ANY_TABLE.fullmatch(squeeze(text))) and not _CONTENTS.search(text)


#: Column headers; the whole text must match. Tried on ever shorter stacks of header cells.
_COLUMNS: Final = tuple(
    (key, re.compile(rf"(?:\d{{4}}年(?:度)?)?(?:{pattern})"))
    for key, pattern in (
        ("total", r"(?:本年)?(?:收入|支出)?(?:预算)?(?:合计|总计|小计)|(?:本年)?预算数|金额|总额"),
        ("basic", r"基本支出(?:预算)?(?:数)?"),
        ("project", r"项目支出(?:预算)?(?:数)?"),
        ("personnel", r"人员(?:经费|支出)(?:支出)?"),
        ("operating", r"(?:日常)?公用(?:经费|支出)(?:支出)?"),
        ("fiscal", r"财政拨款(?:收入|支出)?"),
        ("general", r"一般公共预算.*"),
        ("fund", r"政府性基金.*"),
        ("capital", r"国有资本经营.*"),
        ("special_account", r"财政专户.*"),
        ("institution", r"事业(?:预算)?收入"),
        ("business", r"(?:事业单位)?经营(?:预算)?(?:收入|支出)|事业单位经营"),
        ("superior", r"上级补助.*"),
        ("subordinate", r"附属单位(?:上缴|缴款).*"),
        ("remitted", r"上缴上级.*"),
        ("subsidy", r"对附属单位补助.*"),
        ("other", r"其他(?:预算)?收入|单位资金"),
        ("opening", r"(?:上年|年初).*(?:结转|结余).*|使用非财政拨款结余"),
        ("carried", r"结转下年|年末结转.*"),
        ("abroad", r"因公出国.*"),
        ("reception", r"公务接待费?.*"),
        ("vehicle", r"公务用?车(?:辆)?购置(?:及|和)运行(?:维护)?费?"),
        ("vehicle_purchase", r"(?:公务用?车)?购置费"),
        ("vehicle_running", r"(?:公务用?车)?运行(?:维护)?费"),
        ("running_costs", r"机关运行(?:经费)?(?:预算)?(?:数)?"),
    )
)

_CODE_HEADER = re.compile(r".*(?:编码|代码)|类款项?")
_NAME_HEADER = re.compile(r".*(?:名称|科目)|项目")


def column_key(text: str, allowed: frozenset[str]) -> str | None:
    """Give the amount key that a column header names, among those the table may have."""
    for key, pattern in _COLUMNS:
        if key in allowed and pattern.fullmatch(text):
            return key
    return None


def is_code_header(text: str) -> bool:
    """Say whether a header is that of a column of codes."""
    return bool(_CODE_HEADER.fullmatch(text))


def is_name_header(text: str) -> bool:
    """Say whether a header is that of a column of names."""
    return bool(_NAME_HEADER.fullmatch(text))


def revenue_key(name: str) -> str:
    """Say which revenue an item of T1 or T4 is; an unknown item has an empty key."""
    item = plain_name(name).strip('“”"')
    return column_key(item, _INCOME - {"total"}) or column_key(item + "收入", _INCOME) or ""
