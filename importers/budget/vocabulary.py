"""The words of published tables as data: the package's own, and those that a user adds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from yusuan.importers.budget import words
from yusuan.importers.toml import TomlError
from yusuan.importers.toml import packaged
from yusuan.importers.toml import written
from yusuan.ledger.tables.keys import COMPARED
from yusuan.ledger.tables.keys import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

FUNCTIONAL: Final = "functional"
ECONOMIC: Final = "economic"
SIDES: Final = "sides"
SINGLE: Final = "single"
_SHAPES: Final = frozenset({FUNCTIONAL, ECONOMIC, SIDES, SINGLE})

_OF_THESE: Final = re.compile(r"^其中[:：]")
_YEAR: Final = r"(?:\d{4}年(?:度)?)?"


class VocabularyError(TomlError):
    """A file of words that cannot be used; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The amount columns that a table may have, by the words that name them."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def key(self, text: str) -> str | None:
        """Give the amount key that a header names."""
        for said in (text, _OF_THESE.sub("", text)):
            found = next((key for key, pattern in self.patterns if pattern.fullmatch(said)), None)
            if found is not None:
                return found
        return None

    @property
    def keys(self) -> tuple[str, ...]:
        """Give all keys, in the order in which their words are tried."""
        return tuple(key for key, _ in self.patterns)

    def __contains__(self, key: object) -> bool:
        """Say whether there may be such a column."""
        return any(key == own for own, _ in self.patterns)

    def only(self, keys: Iterable[str]) -> Columns:
        """Give some of the columns."""
        wanted = frozenset(keys)
        return Columns(tuple(pair for pair in self.patterns if pair[0] in wanted))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table: how its title is known, its shape, and which columns it may have."""

    id: str
    title: re.Pattern[str]
    shape: str
    columns: Columns


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All kinds of tables, all columns, and the words for the versions of one column."""

    kinds: tuple[Kind, ...]
    columns: Columns
    versions: Columns

    def kind_of_title(self, text: str) -> Kind | None:
        """Give the kind of table that a title names, or None."""
        title = words.squeeze(text)
        if not words.may_be_title(title):
            return None
        return next((kind for kind in self.kinds if kind.title.search(title)), None)

    def revenue_key(self, name: str) -> str:
        """Say which revenue an item of T1 or T4 is; an unknown item has an empty key."""
        income = next(kind.columns for kind in self.kinds if kind.id == "T2")
        item = words.plain_name(name).strip('“”"')
        known = Columns(tuple(pair for pair in income.patterns if pair[0] != "total"))
        key = known.key(item) or income.key(item + "收入") or ""
        return "other" if key == "own" else key


def load(extra: Path | None = None) -> Vocabulary:
    """Read the package's words, and before them those of a user's file. Raises VocabularyError."""
    files = [packaged("yusuan.importers.budget")]
    if extra is not None:
        files.insert(0, written(extra, VocabularyError))
    name = extra.name if extra is not None else "words.toml"
    try:
        return _vocabulary(files)
    except (re.error, KeyError, TypeError, AttributeError, ValueError) as error:
        why = f"写法不对（{error}），请照程序自带的 words.toml 改正"
        raise VocabularyError(name, why) from error


def _vocabulary(files: list[dict[str, Any]]) -> Vocabulary:
    columns = _columns([each.get("columns", {}) for each in files])
    versions = _columns([each.get("versions", {}) for each in files])
    unknown = {key for key, _ in columns.patterns} - set(LABELS)
    if unknown:
        raise ValueError("没有这样的列：" + "、".join(sorted(unknown)))
    tables = [table for each in files for table in each.get("table", [])]
    return Vocabulary(tuple(_kind(table, columns) for table in tables), columns, versions)


def _columns(files: list[Mapping[str, list[str]]]) -> Columns:
    """Put the words of several files together; the order of the last, the package's own, holds."""
    keys = dict.fromkeys([*files[-1], *(key for each in files for key in each)])
    patterns = []
    for key in keys:
        texts = [text for each in files for text in each.get(key, [])]
        patterns.append((key, re.compile(f"{_YEAR}(?:{'|'.join(texts)})")))
    return Columns(tuple(patterns))


def _kind(table: Mapping[str, Any], columns: Columns) -> Kind:
    if table["shape"] not in _SHAPES:
        raise ValueError(f"没有这样的 shape：{table['shape']}")
    own = columns.only([*table["columns"], *COMPARED])
    if "total" in table:
        named = ("total", re.compile(f"{_YEAR}(?:{'|'.join(table['total'])})"))
        own = Columns((named, *own.patterns))
    return Kind(table["id"], re.compile(table["title"]), table["shape"], own)
