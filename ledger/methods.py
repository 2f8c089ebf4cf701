"""The payment methods (支付方式) and the days on which there is each: data that a book may overrule."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = Path(__file__).parent / "data" / "methods.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """A method's official name, and its first and last day; None where it has none.

    Source: 财会〔2022〕25号 解释第5号; the days are recalled, so a book may set its own.
    """

    name: str
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether there is the method on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def covers_year(self, year: int) -> bool:
        """Tell whether there is the method on every day of a year."""
        return self.covers(date(year, 1, 1)) and self.covers(date(year, 12, 31))


@cache
def terms() -> Mapping[str, Term]:
    """Give the methods by the words that stand in `--method` and in the metadata `method`."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    return MappingProxyType({word: Term(**said) for word, said in data.items()})


def unavailable(word: str, day: date, known: Mapping[str, Term]) -> str:
    """Say why a method cannot be used on a day, and what can; nothing where it can."""
    term = known.get(word)
    if term is not None and term.covers(day):
        return ""
    there = "、".join(f"{each}（{known[each].name}）" for each in known if known[each].covers(day))
    if term is None:
        return f"没有支付方式“{word}”；当日可用的有 {there}"
    begins = f"自 {term.since} 起" if term.since else ""
    ends = f"至 {term.until} 止" if term.until else ""
    return (
        f"不能用{term.name}（{word}），该支付方式{begins}{ends}；当日可用的有 {there}，"
        f"起止日期与此不同的，在 yusuan.toml 的 [methods.{word}] 中设置"
    )
