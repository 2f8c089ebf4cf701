"""S11 against an oracle in fen: whatever is committed, paid, refunded and released, in any order of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.ledgers import load

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

PLUGIN = "yusuan.plugins.contracts"
CONTRACTS = ("ht-1", "ht-2")


class Step(NamedTuple):
    """One entry: on a day, so many fen more (less, where negative) on a contract."""

    day: int
    what: str
    contract: str
    fen: int

    @property
    def sign(self) -> int:
        return 1 if self.what in {"commit", "refund"} else -1


STEPS = st.builds(
    Step,
    st.integers(min_value=1, max_value=3),
    st.sampled_from(["commit", "pay", "refund", "release"]),
    st.sampled_from(CONTRACTS),
    st.sampled_from([1, 50, 99, 100, 101]),
)


def entry(at: int, step: Step) -> str:
    """Write a step; the first of a contract's own entries is no different from the others."""
    amount = f"{step.fen / 100:.2f}"
    head = f'\n2020-02-0{step.day} * "{step.what}" ^e-{at}\n  commitment: "{step.contract}"\n'
    if step.what == "commit":
        return f"{head}  可用 2020X01    -{amount}\n  占用 2020X01    {amount}\n"
    if step.what == "release":
        return f"{head}  占用 2020X01    -{amount}\n  可用 2020X01    {amount}\n"
    event = '  event: "refund"\n' if step.what == "refund" else ""
    minus, plus = ("", "-") if step.what == "pay" else ("-", "")
    spent = f"  支出 2010302 30213    {minus}{amount}\n  零余额    {plus}{amount}\n"
    return f'{head}{event}  line: "2020X01"\n{spent}'


def short(steps: Iterable[tuple[int, Step]]) -> Iterator[str]:
    """Name the entries that take more than a contract holds, or name one that there is not."""
    steps = list(steps)
    for contract in CONTRACTS:
        own = [(at, step) for at, step in steps if step.contract == contract]
        if not any(step.what == "commit" for _, step in own):
            yield from (f"e-{at}" for at, _ in own)
            continue
        held = 0
        for at, step in sorted(own, key=lambda s: (s[1].day, -s[1].sign, f"e-{s[0]}")):
            held += step.sign * step.fen
            if step.sign < 0 and held < 0:
                yield f"e-{at}"


@settings(max_examples=60)
@given(data=st.data(), steps=st.lists(STEPS, min_size=1, max_size=9))
def test_each_contract_is_held_to_itself(data: st.DataObject, steps: list[Step]) -> None:
    numbered = list(enumerate(steps))
    written = data.draw(st.permutations(numbered))
    found = load("".join(entry(at, step) for at, step in written), [PLUGIN])
    assert {error.rule for error in found.errors} <= {"S11"}
    assert sorted(min(e.entry.links) for e in found.errors) == sorted(short(numbered))
