"""The digits of a code (科目编码): which scheme, how deep, and what stands above it."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from yusuan.ledger.classification.errors import CodeTableError


class Scheme(StrEnum):
    """The five code tables a department's budget and final accounts are written in."""

    FUNCTIONAL = "functional"  # 支出功能分类
    ECONOMIC = "economic"  # 部门预算支出经济分类
    GOVERNMENT = "government"  # 政府预算支出经济分类
    INCOME = "income"  # 收入分类
    SOURCE = "source"  # 部门收入口径: R1…, codes of this project

    @property
    def chinese(self) -> str:
        """The scheme's official name, for messages."""
        return _TITLE[self]


_TITLE = {
    Scheme.FUNCTIONAL: "支出功能分类",
    Scheme.ECONOMIC: "部门预算支出经济分类",
    Scheme.GOVERNMENT: "政府预算支出经济分类",
    Scheme.INCOME: "收入分类",
    Scheme.SOURCE: "部门收入口径",
}

#: The shapes of HANDBOOK §1.1, in ASCII digits only: a full-width digit is another character.
_SHAPE = {
    Scheme.FUNCTIONAL: re.compile(r"2[0-9]{2}(?:[0-9]{2}){0,2}"),
    Scheme.ECONOMIC: re.compile(r"3[0-9]{2}(?:[0-9]{2})?"),
    Scheme.GOVERNMENT: re.compile(r"5[0-9]{2}(?:[0-9]{2})?"),
    Scheme.INCOME: re.compile(r"1[0-9]{2}(?:[0-9]{2}){0,3}"),
    Scheme.SOURCE: re.compile(r"R[0-9]{1,2}"),
}

#: What a well-formed code of each scheme looks like, for messages.
SHAPE_TEXT = {
    Scheme.FUNCTIONAL: "以2开头的3、5或7位数字",
    Scheme.ECONOMIC: "以3开头的3或5位数字",
    Scheme.GOVERNMENT: "以5开头的3或5位数字",
    Scheme.INCOME: "以1开头的3、5、7或9位数字",
    Scheme.SOURCE: "R加1或2位数字",
}

_BY_FIRST_DIGIT = {
    "1": Scheme.INCOME,
    "2": Scheme.FUNCTIONAL,
    "3": Scheme.ECONOMIC,
    "5": Scheme.GOVERNMENT,
}
_LEVELS = {3: "类", 5: "款", 7: "项", 9: "目"}


def well_formed(scheme: Scheme, code: str) -> bool:
    """Tell whether a code has the digits its scheme asks for; no table is consulted."""
    return _SHAPE[scheme].fullmatch(code) is not None


def level(code: str) -> str:
    """Name the level of a numeric code: 类 (3 digits), 款 (5), 项 (7) or 目 (9)."""
    return _LEVELS.get(len(code), "")


@lru_cache(maxsize=4096)
def path(code: str) -> tuple[str, ...]:
    """Give the code and all codes above it, outermost first: 2010301 → 201, 20103, 2010301.

    By digits alone, needs no table. Raises CodeTableError where the code is malformed;
    the R codes of 部门收入口径 have no digits to go by, their rows name the parent.
    """
    scheme = _BY_FIRST_DIGIT.get(code[:1])
    if scheme is None or not well_formed(scheme, code):
        expected = SHAPE_TEXT[scheme] if scheme else "以1、2、3或5开头的半角数字"
        raise CodeTableError(f"科目编码“{code}”", f"不合规，应为{expected}", "请核对编码")
    return tuple(code[:width] for width in range(3, len(code) + 1, 2))
