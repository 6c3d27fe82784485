"""What the rows of a campaign and its units say, read: regulation, timetable, what a unit fills in and until when."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import takewhile
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.calendars import known_of
from campaign.models import Campaign, FormKind, Reopening, ReopeningKind, Unit
from campaign.refusal import Refused
from campaign.stages import Stage
from campaign.timetable import Due, Timetable, UnknownYearError, draw_up
from scoring import Regulation, parse_regulation
from words import Text, has_errors

OPENING = time(8)
"""Offices open; a campaign is issued and reminders go out from this hour on."""
TAKING = frozenset({Stage.COLLECTING, Stage.VERIFYING})
"""Stages in which a unit may have time left; in the second one only by what it was granted."""


def regulation_of(campaign: Campaign) -> Regulation:
    """The regulation as the campaign was created with it and as it holds on the day of issue.

    Whatever the shipped file says today, and whatever was amended later.
    """
    regulation, problems = parse_regulation(
        campaign.regulation_text, f"{campaign.regulation_id}.yaml", campaign.issue_on
    )
    if regulation is None or has_errors(problems):
        raise ValueError(f"The stored regulation {campaign.regulation_id} can no longer be read: {problems}")
    return regulation


def timetable_of(campaign: Campaign) -> Timetable:
    """The days of the campaign in its zone. Raises Refused where a term ends in a year without a calendar.

    A campaign that was issued later than planned has terms that count from then.
    """
    issued_at = campaign.issued_at
    issued_on = issued_at.astimezone(ZoneInfo(campaign.zone)).date() if issued_at else campaign.issue_on
    return timetable_if_issued(campaign, max(campaign.issue_on, issued_on))


def timetable_if_issued(campaign: Campaign, day: date) -> Timetable:
    """The days of the campaign if it is issued on this day."""
    regulation = regulation_of(campaign)
    late_until = regulation.late.until
    try:
        return draw_up(
            regulation.timetable,
            campaign.year,
            ZoneInfo(campaign.zone),
            issue_on=day,
            opening=OPENING,
            calendar=known_of(day.year, day.year + 1),
            late_until=late_until.in_year(campaign.year) if late_until else None,
        )
    except UnknownYearError as error:
        raise Refused(Text("campaign.no_calendar", year=str(error.year))) from error


def due_of(unit: Unit) -> Due:
    """When the unit's form is due. Every deadline, reminder and lock follows from this.

    A day that was granted to the unit alone goes before what the timetable says.
    """
    return _due(unit, unit.reopenings)


def due_for(unit: Unit, came_at: datetime) -> Due:
    """When a form of the unit was due that came at this instant.

    An extension (gia hạn) holds for what came before it, too. Where the form was returned (trả lại), what came before
    keeps the day that held until then: only what comes again can be on time by the new one.
    """
    return _due(unit, list(takewhile(lambda granted: not _returns(granted, came_at), unit.reopenings)))


def _returns(granted: Reopening, came_at: datetime) -> bool:
    return granted.kind is ReopeningKind.RETURN and came_at <= granted.at


def _due(unit: Unit, reopenings: Sequence[Reopening]) -> Due:
    due = timetable_of(unit.campaign).due_from(unit.acknowledged_on)
    return due.moved_to(reopenings[-1].until) if reopenings else due


def is_open(unit: Unit, now: datetime) -> bool:
    """Whether the unit can still fill in its form, on time or late, by what it was granted too."""
    return unit.campaign.stage in TAKING and now < due_of(unit).closes_at


def dues_of(session: Session, campaign: Campaign) -> list[Due]:
    """When the forms of the campaign are due, by its timetable and by what single units were granted."""
    reopened = select(Unit).where(Unit.campaign_id == campaign.id, Unit.reopenings.any())
    return [*terms_of(session, campaign), *map(due_of, session.scalars(reopened))]


def terms_of(session: Session, campaign: Campaign) -> list[Due]:
    """When forms are due by the timetable, each of the units' terms once."""
    timetable = timetable_of(campaign)
    of_units = select(Unit.acknowledged_on).where(
        Unit.campaign_id == campaign.id, Unit.group.in_(groups_with_forms(campaign))
    )
    return [timetable.due_from(day) for day in session.scalars(of_units.distinct())] or [timetable.due]


def awaits_receipt(unit: Unit) -> bool:
    """Whether the unit's term has not begun, because it has not acknowledged the letter."""
    return unit.acknowledged_on is None and has_form(unit) and timetable_of(unit.campaign).receipt is not None


def form_kind(unit: Unit) -> FormKind:
    """What the unit fills in."""
    return unit.forms or unit.campaign.forms


def has_form(unit: Unit) -> bool:
    """Whether the unit has anything to declare; if not, it is assessed by what is rolled up or observed."""
    return unit.group in groups_with_forms(unit.campaign)


def groups_with_forms(campaign: Campaign) -> frozenset[str]:
    """The groups whose units have something to declare."""
    return _groups_that_declare(regulation_of(campaign))


@lru_cache(maxsize=16)
def _groups_that_declare(regulation: Regulation) -> frozenset[str]:
    return frozenset(
        group
        for group in regulation.groups
        if any(question.source == "unit" for question in regulation.questions_for(group))
    )
