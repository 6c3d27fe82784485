"""Leases: one leader at a time, and a successor when it falls silent."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campaign.leases import hold, release
from tests.campaign.world import at

NOW, LONG = at(10, 1), timedelta(seconds=90)


def test_while_one_holds_the_lease_no_other_gets_it(session: Session) -> None:
    assert hold(session, "leader", "first", NOW, LONG) == 1
    assert hold(session, "leader", "second", NOW + LONG - timedelta(microseconds=1), LONG) is None


def test_renewing_keeps_the_fence_and_moves_the_end(session: Session) -> None:
    hold(session, "leader", "first", NOW, LONG)
    assert hold(session, "leader", "first", NOW + timedelta(seconds=60), LONG) == 1
    assert hold(session, "leader", "second", NOW + LONG, LONG) is None


def test_when_the_lease_has_run_out_another_takes_over_with_a_higher_fence(session: Session) -> None:
    hold(session, "leader", "first", NOW, LONG)
    assert hold(session, "leader", "second", NOW + LONG, LONG) == 2
    assert hold(session, "leader", "first", NOW + LONG, LONG) is None
    assert hold(session, "leader", "first", NOW + 2 * LONG, LONG) == 3


def test_a_lease_given_back_is_free_at_once(session: Session) -> None:
    hold(session, "leader", "first", NOW, LONG)
    release(session, "leader", "second", NOW)
    assert hold(session, "leader", "second", NOW, LONG) is None
    release(session, "leader", "first", NOW)
    assert hold(session, "leader", "second", NOW, LONG) == 2


def test_leases_of_other_names_are_independent(session: Session) -> None:
    assert [hold(session, name, name, NOW, LONG) for name in ("one", "two")] == [1, 1]
