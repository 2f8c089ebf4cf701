"""The authorised family: a recorded authorisation says all that it needs to be used (S09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from beancount.core.amount import Amount
from beancount.core.data import Custom

from yusuan.ledger.budget.authorisation import KIND
from yusuan.ledger.budget.authorisation import ZERO
from yusuan.ledger.budget.authorisation import Authorisation
from yusuan.ledger.chart import MONEY
from yusuan.ledger.money import quantized
from yusuan.ledger.money import shown
from yusuan.ledger.rules.catalogue import rules_by_id
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import CONFIGURABLE

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator

    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground

_TEXTS = {"id": "编号", "office": "授权单位", "doc": "文号", "reason": "理由"}
_VALUES = 2


class Authorised(Family):
    """Judges the directives that authorise exceptions. Source: project decision (0012)."""

    RULES: ClassVar[tuple[str, ...]] = ("S09",)
    STATE: ClassVar[tuple[str, ...]] = ("_by_id", "_findings")

    def __init__(self, ground: Ground) -> None:
        """Start with none."""
        super().__init__(ground)
        self._lines = ground.layers.register.lines
        self._by_id: dict[str, list[Custom]] = {}
        self._findings: list[Finding] = []

    def custom(self, entry: Custom) -> None:
        """Look at an authorisation; other custom directives are none of ours."""
        if entry.type != KIND:
            return
        self._by_id.setdefault(_text(entry, "id"), []).append(entry)
        said = [*faults(entry)]
        line = _values(entry)[1:]
        if line and line[0] and line[0] not in self._lines:
            said.append(f"没有编号为 {line[0]} 的指标")
        if said:
            self._findings.append(_finding(entry, said))

    def finish(self) -> list[Finding]:
        """Report ids that several have; give all findings."""
        twice = [each for id_, each in self._by_id.items() if id_ and len(each) > 1]
        return [
            *self._findings,
            *(
                _finding(entry, [f"有 {len(entries)} 份授权的编号相同，请各编编号"])
                for entries in twice
                for entry in entries
            ),
        ]

    def idle(self) -> Collection[str]:
        """A book without authorisations has none to judge."""
        return () if self._by_id else self.RULES


def _finding(entry: Custom, said: list[str]) -> Finding:
    name = _text(entry, "id") or "（无编号）"
    text = f"例外授权 {name} 要素不全或有误，不能放行：{'；'.join(said)}"
    return finding("S09", entry, text)


def recorded(entries: Iterable[Any]) -> dict[str, Authorisation]:
    """Collect the authorisations that are in order, by id; an id that several have authorises nothing."""
    found: dict[str, Authorisation] = {}
    seen: set[str] = set()
    for entry in entries:
        if type(entry) is Custom and entry.type == KIND:
            id_ = _text(entry, "id")
            if id_ in seen:
                found.pop(id_, None)
            elif not any(faults(entry)):
                found[id_] = _read(entry)
            seen.add(id_)
    return found


def faults(entry: Custom) -> Iterator[str]:
    """Say what an authorisation lacks or has wrong, whatever the book's lines are."""
    values = _values(entry)
    if len(values) != _VALUES:
        yield '应写作 custom "authorisation" "规则编号" "指标编号"，不限指标的写 ""'
    elif values[0] not in rules_by_id():
        yield f"没有规则 {values[0]}"
    elif not values[0].startswith(CONFIGURABLE):
        yield f"规则 {values[0]} 关系账套的完整，不能由例外授权放行"
    for key, name in _TEXTS.items():
        if not _text(entry, key):
            yield f"没有写{name}（{key}）"
    yield from _cap(entry.meta.get("cap"))
    expiry = entry.meta.get("expiry")
    if not isinstance(expiry, date):
        yield "没有写有效期（expiry），应为日期"
    elif expiry < entry.date:
        yield f"有效期 {expiry} 早于授权日期"


def _cap(cap: object) -> Iterator[str]:
    if not isinstance(cap, Amount) or cap.number is None or cap.currency != MONEY:
        yield f"没有写限额（cap），应为金额，例如 5000.00 {MONEY}"
        return
    try:
        amount = quantized(cap.number)
    except ArithmeticError:
        yield f"限额 {shown(cap.number)} 元多于两位小数"
        return
    if amount <= ZERO:
        yield f"限额应大于零，不是 {shown(amount)} 元"


def _read(entry: Custom) -> Authorisation:
    rule, line = _values(entry)
    id_, office, doc, reason = (_text(entry, key) for key in _TEXTS)
    meta = entry.meta
    cap = quantized(meta["cap"].number)
    return Authorisation(entry.date, id_, rule, line, cap, meta["expiry"], office, doc, reason)


def _values(entry: Custom) -> list[str]:
    """Give the texts that stand behind the kind; nothing where there is anything but texts."""
    values = [value.value for value in entry.values or ()]
    return values if all(isinstance(value, str) for value in values) else []


def _text(entry: Custom, key: str) -> str:
    value = entry.meta.get(key)
    return value.strip() if isinstance(value, str) else ""
