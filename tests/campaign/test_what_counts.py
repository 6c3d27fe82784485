"""Whatever comes in whatever order: at most one submission of a unit counts, and never one that may not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campaign.confirming import confirm, reject
from campaign.counting import authoritative, is_confirmed, submissions_of, that_counts
from campaign.database import Database
from campaign.filling import submit
from campaign.lateness import is_late, is_taken_late
from campaign.migrate import upgrade
from campaign.models import Campaign, Person, Reopening, ReopeningKind, Submission, Unit
from campaign.people import meet
from campaign.plan import due_of
from campaign.queries import unit_progress
from campaign.refusal import Refused
from campaign.reopening import extend, give_back
from campaign.roles import Role
from campaign.stages import Stage
from tests.campaign.world import (
    ACCEPTED,
    NOT_RANKED_LATE,
    PENALIZED,
    UNITS,
    at,
    by,
    collecting,
    filled,
    join,
    law,
    unit,
)

POLICIES = st.sampled_from([NOT_RANKED_LATE, ACCEPTED, PENALIZED])
MOMENTS = st.integers(0, 36 * 24 * 60).map(lambda minutes: at(10, 20, 0) + timedelta(minutes=minutes))
DAYS = st.dates(date(2026, 11, 1), date(2026, 11, 20))


@pytest.fixture(scope="module")
def own_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database into which nobody else commits."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('laws')}/xephang.sqlite3")
    upgrade(database)
    yield database
    database.close()


@dataclass(frozen=True)
class Came:
    """A submission: when it came, and whether the head has confirmed it."""

    at: datetime
    confirmed: bool


CAME = st.lists(st.builds(Came, MOMENTS, st.booleans()), max_size=6)


def a_unit(policy: tuple[str, str], until: date | None, *, head_confirms: bool) -> Unit:
    """A unit that stands in no database, with a day of its own where it has one."""
    regulation = law(policy)
    campaign = Campaign(
        year=2026,
        regulation_id=regulation.id,
        regulation_text=regulation.source,
        stage=Stage.COLLECTING,
        issue_on=date(2026, 9, 15),
        zone="Asia/Ho_Chi_Minh",
        head_confirms=head_confirms,
    )
    granted = [Reopening(kind=ReopeningKind.EXTENSION, until=until)] if until else []
    return Unit(campaign=campaign, code=UNITS[0].id, group="so", reopenings=granted)


def revisions(of: Unit, came: Sequence[Came]) -> list[Submission]:
    return [
        Submission(unit=of, number=number, came_at=each.at, confirmed_at=each.at if each.confirmed else None)
        for number, each in enumerate(came, 1)
    ]


@given(policy=POLICIES, until=st.none() | DAYS, head_confirms=st.booleans(), came=CAME)
def test_of_all_that_may_count_the_last_one_on_time_counts_else_the_last_late_one(
    *,
    policy: tuple[str, str],
    until: date | None,
    head_confirms: bool,
    came: list[Came],
) -> None:
    mot = a_unit(policy, until, head_confirms=head_confirms)
    due = due_of(mot)
    worth = {
        number: (not due.is_late(each.at), number)
        for number, each in enumerate(came, 1)
        if (each.confirmed or not head_confirms)
        and (each.at < due.deadline or (policy is not NOT_RANKED_LATE and each.at < due.closes_at))
    }
    counted = that_counts(revisions(mot, came))
    assert (counted.number if counted else None) == max(worth, key=lambda number: worth[number], default=None)


@given(policy=POLICIES, until=st.none() | DAYS, came=CAME, moment=MOMENTS)
def test_one_that_the_head_has_not_confirmed_changes_nothing_whenever_it_comes(
    policy: tuple[str, str], until: date | None, came: list[Came], moment: datetime
) -> None:
    mot = a_unit(policy, until, head_confirms=True)
    before = revisions(mot, came)
    after = [*before, Submission(unit=mot, number=len(before) + 1, came_at=moment, confirmed_at=None)]
    assert that_counts(after) is that_counts(before)


@given(policy=POLICIES, came=CAME, first=DAYS, second=DAYS)
def test_more_time_never_makes_late_what_was_on_time_nor_takes_away_what_counts(
    policy: tuple[str, str], came: list[Came], first: date, second: date
) -> None:
    shorter, longer = sorted((first, second))
    less, more = (revisions(a_unit(policy, until, head_confirms=False), came) for until in (shorter, longer))
    assert all(is_late(with_less) or not is_late(with_more) for with_less, with_more in zip(less, more, strict=True))
    assert that_counts(less) is None or that_counts(more) is not None


@dataclass(frozen=True)
class Deed:
    """Something that somebody does so many hours after what was done before."""

    kind: str
    hours: int
    equipped: int
    revision: int


DEEDS = st.lists(
    st.builds(
        Deed,
        st.sampled_from(["submit", "confirm", "reject", "extend", "give_back", "close"]),
        st.integers(0, 90),
        st.integers(0, 3),
        st.integers(0, 5),
    ),
    max_size=14,
)


def do(session: Session, mot: Unit, head: Person, deed: Deed, now: datetime) -> None:
    """Do it, unless it is refused."""
    revisions = submissions_of(session, mot)
    chosen = revisions[deed.revision % len(revisions)] if revisions else None
    until = due_of(mot).last_day + timedelta(days=deed.equipped)
    try:
        match deed.kind:
            case "submit":
                submit(session, mot, filled(co_may=deed.equipped), by(session, now), now=now)
            case "confirm" if chosen:
                confirm(session, chosen, actor="head", person=head, now=now)
            case "reject" if chosen:
                reject(session, chosen, head, "Sai (mẫu)", now=now)
            case "extend":
                extend(session, mot, until, reason="Bão (mẫu)", asked_by="Hoa", granted_by="G", actor="a", now=now)
            case "give_back":
                give_back(session, mot, until, reason="Thiếu (mẫu)", granted_by="G", actor="a", now=now)
            case "close" if now >= at(11, 16, 0):
                mot.campaign.stage = Stage.VERIFYING
    except Refused:
        pass


@settings(max_examples=40, deadline=None)
@given(policy=POLICIES, head_confirms=st.booleans(), deeds=DEEDS)
def test_whatever_is_done_in_whatever_order_one_submission_counts_or_none_and_never_an_unconfirmed_one(
    *,
    own_database: Database,
    policy: tuple[str, str],
    head_confirms: bool,
    deeds: list[Deed],
) -> None:
    with Session(own_database.engine) as session:  # never committed
        campaign = collecting(session, policy, head_confirms=head_confirms, year=2026)
        mot, now = unit(campaign, "mot"), at(10, 20)
        head = join(session, campaign, Role.HEAD, "Sếp", "mot").person
        meet(session, "telegram", "Người Nộp Mẫu", name="Người Nộp Mẫu", language="vi")
        for deed in deeds:
            now += timedelta(hours=deed.hours)
            counted_before = authoritative(session, mot)
            do(session, mot, head, deed, now)
            check(session, mot)
            assert counted_before is None or authoritative(session, mot) is not None


def check(session: Session, mot: Unit) -> None:
    """The laws that hold after every deed."""
    revisions, counted, progress = (
        submissions_of(session, mot),
        authoritative(session, mot),
        unit_progress(session, mot),
    )
    assert [each.number for each in revisions] == list(range(1, len(revisions) + 1))
    assert len({each.receipt for each in revisions}) == len(revisions)
    if counted is not None:
        assert is_confirmed(counted)
        assert not is_late(counted) or is_taken_late(counted)
        assert all(
            is_late(each) or not is_confirmed(each) for each in revisions if each.number > counted.number
        ) or is_late(counted)
    assert progress.submission is (None if counted is None or is_late(counted) else counted)
