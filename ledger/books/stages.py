"""beancount's stages one by one, below its cache, watching what plugins do to what was written.

Its own loader unpickles a cache before anything else, which runs code from a planted file, and
lets a plugin end the program, raise, or drop entries without a word (TRAPS part 2).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount import loader
from beancount.core import data

from yusuan.ledger.books import shortcuts
from yusuan.ledger.books import written
from yusuan.ledger.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Entries, errors of beancount's and findings of ours, options.
Loaded = tuple[list[Any], list[Any], dict[str, Any]]

#: The directives that rules go by: none may come out of nowhere.
_RULED_BY = frozenset({data.Open, data.Transaction, data.Custom})


class _Written(NamedTuple):
    """An entry, with what a plugin could change inside it."""

    entry: Any
    postings: tuple[Any, ...]
    meta: dict[str, Any]


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
    unfinished = shortcuts.unfinished(entries)
    found: list[Any] = [*errors, *written.gaps(unfinished), *written.strange(entries, main.parent)]
    if unfinished:
        entries, unbalanced = shortcuts.book(entries, options)
        found += unbalanced
    before = [_Written(entry, tuple(_postings(entry)), dict(entry.meta)) for entry in entries]
    path = list(sys.path)
    try:
        entries, reported = loader.run_transformations(entries, found, options, None)
    finally:
        sys.path[:] = path
    found = [*reported, *_meddling(before, entries), *shortcuts.validate(entries, options)]
    return entries, found, options


def _meddling(before: list[_Written], entries: list[Any]) -> Iterator[Finding]:
    """Report what plugins took away, changed, or made up; adding postings to an entry is allowed."""
    if len(before) == len(entries) and all(
        now is was.entry
        and (not was.postings or tuple(now.postings) == was.postings)
        and now.meta == was.meta
        for was, now in zip(before, entries, strict=True)
    ):
        return
    originals = {id(was.entry) for was in before}
    left: set[int] = set()
    new: dict[object, list[Any]] = {}
    for entry in entries:
        if id(entry) in left or id(entry) not in originals:
            new.setdefault(_place(entry), []).append(entry)
        left.add(id(entry))
    for was in before:
        now = was.entry
        if id(was.entry) not in left:
            others = new.get(_place(was.entry))
            now = others.pop() if others else None
        if now is None:
            yield _finding(was.entry, f"{was.entry.date} 的记录被插件删去；请停用该插件")
        elif not _kept(was, now):
            yield _finding(was.entry, f"{was.entry.date} 的记录被插件改动；请停用该插件")
    for entry in (entry for others in new.values() for entry in others):
        if type(entry) in _RULED_BY:
            yield _finding(entry, f"{entry.date} 的记录由插件添加，账上没有；请停用该插件")


def _kept(was: _Written, now: Any) -> bool:  # noqa: ANN401 -- any directive
    """Tell whether an entry says all that was written; it may say more, in tags or postings or metadata."""
    if not was.meta.items() <= now.meta.items():
        return False
    if type(now) is data.Transaction:
        said = (was.entry.date, was.entry.flag, was.entry.payee, was.entry.narration)
        links = was.entry.links or frozenset()
        return (
            (now.date, now.flag, now.payee, now.narration) == said
            and links <= (now.links or frozenset())
            and tuple(now.postings[: len(was.postings)]) == was.postings
        )
    # beancount itself notes by how much a balance fails.
    extra = {"diff_amount": None} if type(now) is data.Balance else {}
    return bool(now._replace(meta=None, **extra) == was.entry._replace(meta=None, **extra))


def _postings(entry: Any) -> list[Any]:  # noqa: ANN401 -- any directive
    return entry.postings if type(entry) is data.Transaction else []


def _place(entry: Any) -> tuple[object, object, object]:  # noqa: ANN401 -- any directive
    return entry.meta["filename"], entry.meta["lineno"], type(entry)


def _finding(entry: Any, text: str) -> Finding:  # noqa: ANN401 -- any directive
    return Finding(entry.meta, f"[L10] {text}", entry, "L10")
