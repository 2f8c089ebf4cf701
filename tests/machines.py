"""How the models of the budget year are run: on a seed that is printed, with their steps counted."""

from __future__ import annotations

import logging
import os
import random
from typing import ClassVar

from hypothesis import HealthCheck
from hypothesis import Phase
from hypothesis import seed as seeded
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import invariant
from hypothesis.stateful import run_state_machine_as_test

SEED_VARIABLE = "YUSUAN_SEED"
#: What a test notes of its seed; `conftest.py` prints it at the end, passed or not.
SEED_PROPERTY = "yusuan-seed"
_YEARS_AT_ONCE = 20
_log = logging.getLogger(__name__)


def fresh_seed() -> int:
    """Give the seed that is asked for, else one by chance: every run tries other years."""
    asked = os.environ.get(SEED_VARIABLE)
    return int(asked) if asked else random.SystemRandom().randrange(2**32)


class CountingMachine(RuleBasedStateMachine):
    """Counts the steps of all its years."""

    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self._begun = False

    @invariant()
    def one_step_more(self) -> None:
        """Count; what holds is looked at once before the first step too."""
        type(self).steps += self._begun
        self._begun = True


def run_machine(machine: type[CountingMachine], seed: int, *, steps: int, in_a_year: int) -> None:
    """Run years of a machine until it has made so many steps.

    No database and no derandomising: the seed says all. Hypothesis varies what it has drawn, so
    a few years at once on seeds that follow one another are more different than many on one.
    How far it has come is logged, for the long runs (`make soak` shows it).
    """
    chosen = settings(
        max_examples=min(_YEARS_AT_ONCE, -(-steps // in_a_year)),
        stateful_step_count=in_a_year,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    machine.steps = 0
    while machine.steps < steps:
        run_state_machine_as_test(seeded(seed)(machine), settings=chosen)
        _log.info("%s: %s of %s steps, seed %s done", machine.__name__, machine.steps, steps, seed)
        seed += 1
