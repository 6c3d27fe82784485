"""Every shipped regulation runs from its issue to the publication, each by its own deadlines."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.closing import ends_at
from campaign.ends import LISTING_LAG
from campaign.filling import CHAT, Way, submit
from campaign.models import Campaign, Submission, Unit
from campaign.plan import due_of, regulation_of, timetable_of
from campaign.ports import Filled, FormReading
from campaign.ranking import approve, compute, mark_published, offer
from campaign.receiving import acknowledge
from campaign.setup import NewCampaign, arm, create
from campaign.stages import Stage
from campaign.verifying import observe
from scoring import Answer, AnswerValue, By, Question, load_regulation, read_units, shipped, shipped_units
from tests.campaign import world
from tests.campaign.world import HANOI, LETTER
from tests.scheduler.office import Office

ON_TIME, LATE, SILENT = range(3)
"""What the first units of a group do, by their place; all others submit in time."""

LAST_DAYS: Mapping[str, tuple[date, date]] = {
    "cao-bang-2310": (date(2026, 10, 31), date(2026, 10, 31)),
    "da-nang-2386": (date(2026, 11, 30), date(2026, 12, 15)),
    "da-nang-448": (date(2026, 11, 14), date(2026, 11, 24)),
    "hoa-binh-2018": (date(2026, 10, 30), date(2026, 10, 30)),
    "mic-2392": (date(2026, 11, 12), date(2026, 11, 12)),
    "thanh-hoa-1379": (date(2027, 1, 15), date(2027, 1, 31)),
}
"""In 2026: on which forms are on time for the last unit, and on which they are taken at all."""


def value_of(question: Question) -> AnswerValue:
    """The least that the question allows; so no part is larger than its whole."""
    least = question.minimum or 0
    values: dict[str, AnswerValue] = {
        "integer": int(least),
        "decimal": Decimal(least),
        "boolean": True,
        "date": date(2026, 9, 30),
        "text": "mẫu",
    }
    return question.choices[0].id if question.choices else values[question.type]


def answers(unit: Unit, *, declared: bool) -> tuple[Answer, ...]:
    by = By.UNIT if declared else By.OFFICER
    asked = regulation_of(unit.campaign).questions_for(unit.group)
    return tuple(
        Answer(each.key, value_of(each), by=by, evidence="1/BC-MAU" if declared else "")
        for each in asked
        if (each.source == "unit") == declared
    )


def filled_in(unit: Unit) -> FormReading:
    return FormReading(Filled(answers(unit, declared=True)))


def planned(session: Session, name: str) -> Campaign:
    regulation, _ = load_regulation(name)
    assert regulation
    units, problems = read_units(shipped_units(name), f"{name}.units.csv", regulation)
    assert problems == ()
    wanted = NewCampaign(regulation, units, 2026, LETTER, None, None, "Asia/Ho_Chi_Minh")
    campaign = create(session, wanted, actor="administrator", now=world.at(9, 1))
    arm(session, campaign, actor="administrator", now=world.at(9, 1))
    return campaign


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=HANOI)


def submit_all(session: Session, campaign: Campaign, part: int, now: datetime) -> None:
    """The units submit whose part this is: the first of each group late, the second never, the others on time."""
    places: dict[str, int] = {}
    for unit in campaign.units:
        place = places[unit.group] = places.get(unit.group, -1) + 1
        if {0: LATE, 1: SILENT}.get(place, ON_TIME) == part:
            outcome = submit(session, unit, filled_in(unit), Way(world.person(session), CHAT, now), now=now)
            assert isinstance(outcome, Submission), (unit.code, outcome)


def test_there_are_dates_for_every_shipped_regulation() -> None:
    assert tuple(sorted(LAST_DAYS)) == shipped()


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_a_shipped_regulation_runs_from_issue_to_publication(sqlite_office: Office, name: str) -> None:
    office = sqlite_office
    with office.database.transaction() as session:
        days = timetable_of(planned(session, name))
        assert (days.due.last_day, days.due.last_late_day) == LAST_DAYS[name]
    for minute in range(20):
        office.tick(days.issue_at + timedelta(minutes=minute))
    assert (office.stage, office.shelf.count("issue")) == (Stage.COLLECTING, len(office.shelf.held))

    soon = at_nine(days.issue_at.date() + timedelta(days=1))
    with office.database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        assert len(campaign.units) == len(office.shelf.held)
        if days.receipt:
            acknowledge(session, campaign.units[0], soon.date(), actor="administrator", now=soon)
            assert due_of(campaign.units[0]).last_day < days.due.last_day
        submit_all(session, campaign, ON_TIME, soon)
        end = ends_at(session, campaign)
    office.tick(days.due.deadline, days.due.deadline + timedelta(hours=9))
    with office.database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        submit_all(session, campaign, LATE, days.due.deadline + timedelta(hours=10))
    office.tick(end, end + LISTING_LAG)
    assert (office.stage, len(office.shelf.locked)) == (Stage.VERIFYING, len(office.shelf.held))

    now = end + timedelta(days=20)
    with office.database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        seen = [(unit.code, each) for unit in campaign.units for each in answers(unit, declared=False)]
        observe(session, campaign, seen, actor="officer", now=now)
        computed = compute(session, campaign)
        ranking = offer(session, campaign, computed, [], actor="administrator", now=now)
        approve(session, ranking, None, decision_number="1/QĐ-MAU", decision_day=now.date(), now=now)
        mark_published(session, ranking, actor="administrator", now=now)
        late_are_ranked = regulation_of(campaign).late.name != "not_ranked"
    by_group: dict[str, list[str]] = {}
    for each in computed.results:
        by_group.setdefault(each.unit.group, []).append(each.status)
    assert office.stage is Stage.PUBLISHED
    for statuses in by_group.values():
        assert (statuses.count("missing"), statuses.count("late")) == (1, 0 if late_are_ranked else 1)
