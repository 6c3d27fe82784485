from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from sandbox.clock import Clock
from sandbox.store import Store

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_frozen_clock_moves_only_when_moved() -> None:
    store = Store(None)
    clock = Clock(store, NINE)
    assert clock.mode == "frozen"
    assert clock.now() == NINE
    clock.advance(90)
    assert clock.now() == datetime(2026, 3, 2, 9, 1, 30, tzinfo=UTC)
    clock.set(datetime(2026, 3, 3, 8, 0, tzinfo=timezone(timedelta(hours=7))))
    assert clock.now() == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    store.close()


def test_a_running_clock_runs_beside_the_real_one() -> None:
    store = Store(None)
    with time_machine.travel(NINE, tick=False) as real:
        clock = Clock(store)
        assert clock.mode == "running"
        assert clock.now() == NINE
        clock.set(NINE + timedelta(days=30))
        real.shift(60)
        assert clock.now() == NINE + timedelta(days=30, minutes=1)
        clock.advance(1)
        assert clock.now() == NINE + timedelta(days=30, minutes=1, seconds=1)
    store.close()


def test_a_store_that_has_a_clock_keeps_it() -> None:
    store = Store(None)
    Clock(store, NINE).advance(3600)
    assert Clock(store, NINE).now() == NINE + timedelta(hours=1)
    assert Clock(store).mode == "frozen"
    store.close()


def test_no_clock_goes_back() -> None:
    store = Store(None)
    clock = Clock(store, NINE)
    with pytest.raises(ValueError, match=r"The clock cannot go back from 2026-03-02T09:00:00\+00:00"):
        clock.set(NINE - timedelta(seconds=1))
    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(-1)
    clock.set(NINE)
    assert clock.now() == NINE
    store.close()


def test_a_moment_without_a_time_zone_is_no_moment() -> None:
    store = Store(None)
    with pytest.raises(ValueError, match="has no time zone"):
        Clock(store, NINE).set(datetime(2026, 3, 3, 8, 0))  # noqa: DTZ001 - the mistake under test
    store.close()
