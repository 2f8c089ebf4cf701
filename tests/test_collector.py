"""The paused collector: off within, back as it was, nothing held for ever."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from yusuan.ledger.collector import paused
from yusuan.ledger.collector import thaw

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    thaw()
    gc.enable()


def test_a_pause_ends_and_puts_what_was_made_out_of_sight() -> None:
    with paused():
        assert not gc.isenabled()
        with paused():
            assert not gc.isenabled()
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
