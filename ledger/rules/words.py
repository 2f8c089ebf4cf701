"""The words family: what an entry says of itself, it says in words that the rules know (S12).

A rule looks for `event: "refund"`; where it says "Refund", or is flagged “?”, the rule would look
past it in silence. Spending by another name is S02's.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from yusuan.ledger.budget.authorisation import KIND as AUTHORISATION
from yusuan.ledger.budget.line import CLASSES
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.entries import SPENDING_PLAN
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beancount.core.data import Custom
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

#: What rules compare with words of their own: a text, without blanks around it.
TELLING = frozenset(
    {"event", "line", "class", "commitment", "procurement", "method", "payee-type", "of"}
)
#: What every posting of a file says.
_PLACE = frozenset({"filename", "lineno"})
#: What else rules read.
KNOWN = TELLING | {"id", "doc", "approver", "reason", "authorisation"}
#: What no rule compares with anything.
_PLAIN = _PLACE | (KNOWN - TELLING)
CUSTOMS = frozenset({SPENDING_PLAN, AUTHORISATION})
_REVIEWED = frozenset({None, "*"})
FLAGS = frozenset("*!")
_EVENTS = frozenset(kind.value for kind in Kind)
#: How alike two words are that were probably meant to be the same. Source: project decision.
_LIKE = 0.85


class Worded(Family):
    """Looks for words that are none of ours, where a rule goes by words."""

    RULES: ClassVar[tuple[str, ...]] = ("S12",)
    STATE: ClassVar[tuple[str, ...]] = ("_findings",)

    def __init__(self, ground: Ground) -> None:
        """Start."""
        super().__init__(ground)
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Judge the flags and the metadata of an entry and of its postings."""
        if not entry.postings:
            text = "凭证没有分录，什么也没有记；请补上分录，备忘的改用 note"
            self._findings.append(finding("S12", entry, text, Severity.WARN))
        spends = event is not None and bool(event.spendings)
        self._add(entry, _flags(entry))
        self._add(entry, _said(entry.meta, spends=spends))
        for posting in entry.postings:
            if posting.meta and not posting.meta.keys() <= _PLACE:
                self._add(entry, _said(posting.meta, spends=False))

    def learn(self, kin: Kin) -> object:
        """Entries that are alike say the same, and no more than these rules know."""
        del kin
        return None

    def custom(self, entry: Custom) -> None:
        """Judge the name of a directive: a plan of a name almost right would bind nobody."""
        meant = _meant(entry.type, CUSTOMS)
        if meant:
            text = f"custom 指令“{entry.type}”应是“{meant}”，现不起作用；请改正"
            self._findings.append(finding("S12", entry, text))

    def finish(self) -> list[Finding]:
        """Give the findings."""
        return self._findings

    def _add(self, entry: Transaction, said: Iterator[tuple[str, Severity | None]]) -> None:
        self._findings.extend(finding("S12", entry, text, severity) for text, severity in said)


def _flags(entry: Transaction) -> Iterator[tuple[str, Severity | None]]:
    if entry.flag not in FLAGS:
        yield f"凭证标志写作“{entry.flag}”；已复核的写“*”，未复核的写“!”", None
    for flag in {posting.flag for posting in entry.postings} - _REVIEWED:
        yield f"分录标有“{flag}”，规则不理会；未复核的，请在凭证日期后写“!”", None


def _said(meta: dict[str, Any], *, spends: bool) -> Iterator[tuple[str, Severity | None]]:
    for key in sorted(meta.keys() - _PLAIN):
        value = meta[key]
        if key == "event" and spends:
            continue  # S02 says it
        if key in TELLING:
            if not isinstance(value, str) or value != value.strip():
                yield f"{key} 应为引号中的文字，前后没有空格，现为“{value}”；请改正", None
            elif key == "event" and value not in _EVENTS:
                yield f"event 写作“{value}”，不是任何事项；应为 {'、'.join(sorted(_EVENTS))}", None
            elif key == "class" and value and value not in CLASSES:
                yield f"class 写作“{value}”，应为 {'、'.join(CLASSES)} 之一", None
        elif meant := _meant(key, KNOWN):
            yield f"元数据 {key} 可能是 {meant} 的误写，现不起作用；请核对", Severity.WARN


@cache
def _meant(word: str, known: frozenset[str]) -> str:
    """Give the known word that a word was probably meant to be; nothing for one that is known itself."""
    if word in known:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 -- few entries say what no rule knows

    plain = word.strip().lower().replace("_", "-")
    return next(iter(get_close_matches(plain, known, 1, _LIKE)), "")
