"""The words of execution files: headings, and which of them tell what a file is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from yusuan.importers.allotments.words import Words
from yusuan.importers.allotments.words import load_words
from yusuan.importers.allotments.words import plain
from yusuan.importers.execution.record import Kind
from yusuan.importers.toml import TomlError
from yusuan.importers.toml import packaged
from yusuan.importers.toml import written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADINGS_FILE = "headings.toml"
_HEADINGS = "headings"


class HeadingsError(TomlError):
    """A `headings.toml` that cannot be used."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a kind of file: all of `needs`, and one of `any_of`."""

    kind: Kind
    name: str
    needs: frozenset[str]
    any_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Headings by their plain words, the words of single columns, and the signs of each kind."""

    words: Words
    signs: tuple[Signs, ...]
    #: Every role with the headings that are known for it, for proposals and messages.
    known: Mapping[str, tuple[str, ...]]


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read the package's words and those of a book's folder. Raises HeadingsError, WordsError."""
    data = packaged("yusuan.importers.execution")
    known: dict[str, list[str]] = {role: list(each) for role, each in data[_HEADINGS].items()}
    headings = {plain(word): role for role, each in known.items() for word in each}
    if folder is not None and (folder / HEADINGS_FILE).is_file():
        for role, each in _of_book(folder / HEADINGS_FILE, known).items():
            known[role] += each
            headings |= {plain(word): role for word in each}
    values = load_words(folder)
    signs = tuple(
        Signs(
            Kind(said.get("kind", kind)),
            said["name"],
            frozenset(said["needs"]),
            frozenset(said["any"]),
        )
        for kind, said in data["kinds"].items()
    )
    words = Words(headings, values.values, values.written)
    return Vocabulary(words, signs, {role: tuple(each) for role, each in known.items()})


def _of_book(path: Path, known: Mapping[str, Any]) -> dict[str, list[str]]:
    data = written(path, HeadingsError)
    said = data.get(_HEADINGS, {})
    if set(data) - {_HEADINGS} or not isinstance(said, dict):
        raise HeadingsError(str(path), "只能有 [headings] 一节")
    for role, each in said.items():
        if role not in known:
            roles = "、".join(known)
            raise HeadingsError(str(path), f"[headings] 没有“{role}”，可用的有 {roles}")
        if not isinstance(each, list) or not all(isinstance(word, str) for word in each):
            raise HeadingsError(str(path), f"[headings] {role} 应为列名的列表")
    return said
