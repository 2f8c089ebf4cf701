"""The paused collector: off within, back as it was, nothing held for ever."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from yusuan.ledger.collector import paused
from yusuan.ledger.collector import rest
from yusuan.ledger.collector import thaw

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    # A test before may have left its rest behind: one look of the collector ends it.
    gc.collect()
    yield
    gc.collect()
    thaw()
    gc.enable()


def test_a_pause_ends_where_it_began_and_holds_on_to_nothing() -> None:
    with paused():
        assert not gc.isenabled()
        with paused(settled=True):
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_is_settled_is_put_out_of_sight_until_the_next_load() -> None:
    with paused(settled=True):
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    thaw()
    assert gc.get_freeze_count() == 0
    thaw()
    assert gc.get_freeze_count() == 0


def test_a_pause_ends_when_a_load_fails() -> None:
    with pytest.raises(LookupError), paused():
        raise LookupError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    with paused():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_a_rest_lasts_until_the_collector_looks_again() -> None:
    usual, told = gc.get_threshold(), list(gc.callbacks)
    rest(100_000)
    rest(100_000)
    assert gc.isenabled()
    assert gc.get_threshold()[0] > 100_000
    gc.collect()
    assert gc.get_threshold() == usual
    assert gc.callbacks == told


def test_a_rest_is_over_once_so_many_objects_were_made() -> None:
    usual = gc.get_threshold()
    rest(1_000)
    made: list[object] = [[] for _ in range(8_100)]
    assert made
    assert gc.get_threshold() == usual


def test_little_or_nothing_to_go_over_gives_no_rest() -> None:
    usual = gc.get_threshold()
    rest(10)
    assert gc.get_threshold() == usual
    gc.disable()
    rest(100_000)
    assert gc.get_threshold() == usual
