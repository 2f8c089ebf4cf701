"""beancount's stages one by one, below its cache, watching what plugins do to what was written.

Its own loader unpickles a cache before anything else, which runs code from a planted file, and
lets a plugin end the program, raise, or drop entries without a word (TRAPS part 2).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from typing import Any

from beancount import loader
from beancount.core import data
from beancount.core.interpolate import AUTOMATIC_META

from yusuan.ledger.books import shortcuts
from yusuan.ledger.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Entries, errors of beancount's and findings of ours, options.
Loaded = tuple[list[Any], list[Any], dict[str, Any]]


def load(main: Path) -> Loaded:
    """Load a guarded ledger; whatever goes wrong in beancount or in a plugin is a finding."""
    try:
        return _load(main)
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- plugins are anybody's code
        what = f"{type(error).__name__}: {error}".strip()
        text = f"[L09] 载入中断（{what}），没有任何规则可以作数；请检查 {main.name} 中的插件"
        return [], [Finding({"filename": str(main), "lineno": 0}, text, None, "L09")], {}


def _load(main: Path) -> Loaded:
    entries, errors, options = loader._parse_recursive([(str(main), True)], None)  # noqa: SLF001 -- see above
    entries.sort(key=data.entry_sortkey)
    entries, unbalanced = shortcuts.book(entries, options)
    found: list[Any] = [*errors, *unbalanced, *_incomplete(entries)]
    written = [(entry, tuple(_postings(entry))) for entry in entries]
    path = list(sys.path)
    try:
        entries, reported = loader.run_transformations(entries, found, options, None)
    finally:
        sys.path[:] = path
    found = [*reported, *_meddling(written, entries), *shortcuts.validate(entries, options)]
    return entries, found, options


def _incomplete(entries: list[Any]) -> Iterator[Finding]:
    """Report amounts that nobody wrote: beancount fills them in silently."""
    for entry in entries:
        if type(entry) is data.Pad:
            yield _finding(entry, "L03", "补齐指令 pad 会自动编造金额；请改记凭证")
        for posting in _postings(entry):
            if posting.meta and AUTOMATIC_META in posting.meta:
                yield _finding(entry, "L03", f"科目 {posting.account} 没有写金额；请写全金额和货币")


def _meddling(written: list[tuple[Any, tuple[Any, ...]]], entries: list[Any]) -> Iterator[Finding]:
    """Report what plugins took away, changed, or made up; adding postings to an entry is allowed."""
    if len(written) == len(entries) and all(
        now is entry and (not postings or tuple(now.postings) == postings)
        for (entry, postings), now in zip(written, entries, strict=True)
    ):
        return
    originals = {id(entry) for entry, _ in written}
    left: set[int] = set()
    new: dict[object, list[Any]] = {}
    for entry in entries:
        if id(entry) in left or id(entry) not in originals:
            new.setdefault(_place(entry), []).append(entry)
        left.add(id(entry))
    for entry, postings in written:
        now = entry
        if id(entry) not in left:
            others = new.get(_place(entry))
            now = others.pop() if others else None
        if now is None:
            yield _finding(entry, "L10", f"{entry.date} 的记录被插件删去；请停用该插件")
        elif now.date != entry.date or tuple(_postings(now)[: len(postings)]) != postings:
            yield _finding(entry, "L10", f"{entry.date} 的记录被插件改动；请停用该插件")
    for entry in (entry for others in new.values() for entry in others):
        if type(entry) in {data.Open, data.Transaction}:
            yield _finding(entry, "L10", f"{entry.date} 的记录由插件添加，账上没有；请停用该插件")


def _postings(entry: Any) -> list[Any]:  # noqa: ANN401 -- any directive
    return entry.postings if type(entry) is data.Transaction else []


def _place(entry: Any) -> tuple[object, object, object]:  # noqa: ANN401 -- any directive
    return entry.meta["filename"], entry.meta["lineno"], type(entry)


def _finding(entry: Any, rule: str, text: str) -> Finding:  # noqa: ANN401 -- any directive
    return Finding(entry.meta, f"[{rule}] {text}", entry, rule)
