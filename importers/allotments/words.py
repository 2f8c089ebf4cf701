"""The words of 指标 lists: the package's own, and those that a book adds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from yusuan.importers import toml
from yusuan.ledger.budget.line import CLASSES
from yusuan.ledger.chart import chart_data
from yusuan.ledger.events.payment import Method

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from pathlib import Path

WORDS_FILE = "words.toml"
_HEADERS = "headers"
_MEASURE = re.compile(r"\((?:元|万元|单位:元|单位:万元)\)$")
_IGNORED = re.compile(r"[\s_*\-—－、]")


class WordsError(toml.TomlError):
    """A `words.toml` that cannot be used."""


@dataclass(frozen=True, slots=True)
class Words:
    """Which column a header names, and what a word in a column means, both by plain words."""

    headers: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    #: The words as they were written, by column, for messages.
    written: Mapping[str, tuple[str, ...]]


def plain(text: str) -> str:
    """Reduce a header or a word to what identifies it: no blanks, no measure, one width, one case."""
    folded = _MEASURE.sub("", unicodedata.normalize("NFKC", text).strip())
    return _IGNORED.sub("", folded).casefold()


def load_words(folder: Path | None = None) -> Words:
    """Read the package's words, and after them those of a book's folder. Raises WordsError."""
    tables = [toml.packaged("yusuan.importers.allotments")]
    if folder is not None and (folder / WORDS_FILE).is_file():
        tables.append(_of_book(folder / WORDS_FILE, tables[0][_HEADERS]))
    allowed = _meanings()
    headers: dict[str, str] = {}
    values = {column: {plain(code): code for code in each} for column, each in allowed.items()}
    values["fund"] |= {plain(name): code for code, name in chart_data().funds.items()}
    written: dict[str, list[str]] = {column: [] for column in allowed}
    written["fund"] += [f"{code} {name}" for code, name in chart_data().funds.items()]
    for table in tables:
        for column, words in table.get(_HEADERS, {}).items():
            headers |= {plain(word): column for word in words}
        for column in allowed:
            said = table.get(column, {})
            values[column] |= {plain(word): meaning for word, meaning in said.items()}
            written[column] += said
    return Words(headers, values, {column: tuple(each) for column, each in written.items()})


def _meanings() -> dict[str, tuple[str, ...]]:
    return {
        "fund": tuple(chart_data().funds),
        "class": CLASSES[:4],
        "source": ("01", "03", "05"),
        "method": tuple(Method),
        "procurement": ("是", "否"),
        "change_kind": ("追加", "追减", "调剂"),
        "status": ("已支付",),
        "side": ("借", "贷"),
    }


def _of_book(path: Path, columns: Collection[str]) -> dict[str, Any]:
    data = toml.written(path, WordsError)
    allowed = _meanings()
    for name, table in data.items():
        if name != _HEADERS and name not in allowed:
            known = "、".join([_HEADERS, *allowed])
            raise WordsError(str(path), f"没有 [{name}] 这一节，可用的有 {known}")
        if not isinstance(table, dict):
            raise WordsError(str(path), f"{name} 应写成一节 [{name}]")
        for word, meaning in table.items():
            if name == _HEADERS and word not in columns:
                raise WordsError(
                    str(path), f"[headers] 没有“{word}”这一列，可用的有 {'、'.join(columns)}"
                )
            if name == _HEADERS and not _texts(meaning):
                raise WordsError(str(path), f"[headers] {word} 应为列名的列表")
            if name != _HEADERS and meaning not in allowed[name]:
                known = "、".join(allowed[name])
                raise WordsError(str(path), f"[{name}] “{word}”应为 {known} 之一，不是“{meaning}”")
    return data


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
