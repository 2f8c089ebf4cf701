"""Proposals for rows that cannot be coded: from what was paid alike, and from a book's own rules."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.execution.vocabulary import HeadingsError
from yusuan.importers.persons import PERSON
from yusuan.importers.toml import written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    from yusuan.importers.execution.record import Record
    from yusuan.ledger.budget.line import Line

RULES_FILE = "coding.toml"
_KEYS = {"payee", "text", "line", "economic", "class"}
#: Month and day, ordinals and amounts make texts differ that mean the same.
_NUMBERS = re.compile(r"[0-9０-９年月日号第期一二三四五六七八九十\s]+")
#: Nothing below is proposed; nor what leads by less. Both are decisions of this project.
_LEAST, _LEAD = 0.5, 0.2
#: So many of the latest payments of a payee, or with a text, are looked at.
_MOST = 200


class Target(NamedTuple):
    """What a payment was, or is to be, booked to."""

    line: str
    economic: str
    klass: str = ""


class Past(NamedTuple):
    """A payment of the book, or a part of one."""

    id: str
    payee: str
    text: str
    target: Target


class Rule(NamedTuple):
    """A user's rule: what payee and text have in them, and what follows."""

    number: int
    payee: str
    text: str
    target: Target


class Proposal(NamedTuple):
    """What might be booked, how sure that is (0 to 1), and why; no target where it is ambiguous."""

    target: Target | None
    score: float
    reason: str


@dataclass(slots=True)
class Memory:
    """What a book has paid, by payee and by text, and the rules of its user."""

    rules: tuple[Rule, ...] = ()
    _payees: defaultdict[str, list[Past]] = field(default_factory=lambda: defaultdict(list))
    _texts: defaultdict[str, list[Past]] = field(default_factory=lambda: defaultdict(list))

    def add(self, past: Iterable[Past]) -> None:
        """Remember payments."""
        for each in past:
            if each.payee and each.payee != PERSON:
                self._payees[each.payee].append(each)
            self._texts[_bare(each.text)].append(each)

    def propose(self, record: Record, lines: Mapping[str, Line]) -> Proposal:
        """Propose what a row may be booked to; what it says itself is not contradicted."""
        payee, text = record.get("payee"), record.get("text")
        ruled = [
            rule for rule in self.rules
            if rule.payee in payee and rule.text in text and _allowed(record, rule.target, lines)
        ]  # fmt: skip
        targets = {rule.target for rule in ruled}
        if len(targets) == 1:
            return Proposal(ruled[0].target, 1.0, f"{RULES_FILE} 第 {ruled[0].number} 条规则")
        if targets:
            numbers = "、".join(str(rule.number) for rule in ruled)
            return Proposal(None, 0.0, f"{RULES_FILE} 第 {numbers} 条规则互相矛盾")
        known = self._payees[payee][-_MOST:] if payee in self._payees else []
        bare = _bare(text)
        known = [*known, *(self._texts[bare][-_MOST:] if bare and bare in self._texts else [])]
        return _voted(record, dict.fromkeys(known), lines)


def load_rules(folder: Path) -> tuple[Rule, ...]:
    """Read the rules of a book's folder. Raises HeadingsError."""
    path = folder / RULES_FILE
    if not path.is_file():
        return ()
    data = written(path, HeadingsError)
    said = data.get("rule", [])
    if set(data) - {"rule"} or not isinstance(said, list):
        raise HeadingsError(str(path), "只能写 [[rule]] 各节")
    rules = []
    for number, each in enumerate(said, 1):
        if not isinstance(each, dict) or set(each) - _KEYS or not all(map(_is_text, each.values())):
            raise HeadingsError(
                str(path), f"第 {number} 条规则只能有 {'、'.join(sorted(_KEYS))}，都是加引号的文字"
            )
        if not ({"payee", "text"} & set(each) and {"line", "economic"} <= set(each)):
            raise HeadingsError(
                str(path), f"第 {number} 条规则须有 payee 或 text，以及 line 和 economic"
            )
        target = Target(each["line"], each["economic"], each.get("class", ""))
        rules.append(Rule(number, each.get("payee", ""), each.get("text", ""), target))
    return tuple(rules)


def _voted(record: Record, known: Iterable[Past], lines: Mapping[str, Line]) -> Proposal:
    votes: defaultdict[Target, list[tuple[float, Past]]] = defaultdict(list)
    for past in known:
        if _allowed(record, past.target, lines):
            votes[past.target].append((_alike(record, past), past))
    if not votes:
        return Proposal(None, 0.0, "账上没有相近的支付")
    total = sum(score for each in votes.values() for score, _ in each)
    ranked = sorted(
        ((sum(s for s, _ in each) / total, max(each), len(each), target)
         for target, each in votes.items()),
        key=lambda vote: (-vote[0], vote[3]),
    )  # fmt: skip
    share, (best, past), count, target = ranked[0]
    score = round(best * share, 2)
    lead = share - (ranked[1][0] if len(ranked) > 1 else 0.0)
    told = f"与 {past.id}（{past.payee}，{past.text}）相近，相近的支付中 {count} 笔如此"
    if score < _LEAST or lead < _LEAD:
        shown = "；".join(f"{each.line} {each.economic}（{n} 笔）" for _, _, n, each in ranked[:3])
        return Proposal(
            None, score, f"相近的支付有几种记法：{shown}" if ranked[1:] else f"{told}，但不够相近"
        )
    return Proposal(target, score, told)


def _alike(record: Record, past: Past) -> float:
    same = record.get("payee") == past.payee != PERSON
    texts = SequenceMatcher(None, _bare(record.get("text")), _bare(past.text), autojunk=False)
    return (0.5 if same else 0.0) + 0.5 * texts.ratio()


def _allowed(record: Record, target: Target, lines: Mapping[str, Line]) -> bool:
    line = lines.get(target.line)
    return (
        line is not None
        and record.get("line") in {"", target.line}
        and record.get("economic") in {"", target.economic}
        and record.get("fund") in {"", line.fund}
        and record.get("function") in {"", line.function}
    )


def _bare(text: str) -> str:
    return _NUMBERS.sub("", text)


def _is_text(value: object) -> bool:
    return isinstance(value, str)
