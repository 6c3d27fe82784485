"""A unit's own last day: granted for more time (gia hạn), or with its form given back to be mended (trả lại).

The deadline, lateness, the lock and the reminders follow from the row alone.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from campaign.counting import submissions_of
from campaign.history import lock, record, require_stage
from campaign.models import Form, Reopening, ReopeningKind, Unit
from campaign.plan import TAKING, due_of, has_form, timetable_of
from campaign.refusal import Refused
from campaign.requests import cancel_reminders
from campaign.telling import tell_contacts
from campaign.timetable import DAY
from words import Text

ALWAYS_POSSIBLE = timedelta(days=31)
"""A day so soon may be granted even where the ranking should be published by then. A later one is a slip."""


def extend(
    session: Session,
    unit: Unit,
    until: date,
    *,
    reason: str,
    asked_by: str,
    granted_by: str,
    actor: str,
    now: datetime,
) -> Reopening:
    """Give the unit until the end of a later day. What comes until then is on time.

    Raises Refused while nothing is collected or verified, for a unit that declares nothing, without a reason or
    somebody who grants it, for a day that is past, too far away, or not later than its present last day.
    """
    granted = Reopening(
        kind=ReopeningKind.EXTENSION,
        until=until,
        reason=reason.strip(),
        asked_by=asked_by.strip(),
        granted_by=granted_by.strip(),
        actor=actor,
        at=now,
    )
    return _reopen(session, unit, granted, earliest_after=DAY)


def give_back(
    session: Session, unit: Unit, until: date, *, reason: str, granted_by: str, actor: str, now: datetime
) -> Reopening:
    """Return what the unit submitted, to be mended until the end of a day; until it submits again, the old one counts.

    Raises Refused as `extend` does, and where nothing was submitted. The present last day may stay; no earlier one is
    taken, for the unit was told that one.
    """
    granted = Reopening(
        kind=ReopeningKind.RETURN,
        until=until,
        reason=reason.strip(),
        asked_by="",
        granted_by=granted_by.strip(),
        actor=actor,
        at=now,
    )
    return _reopen(session, unit, granted, earliest_after=timedelta())


def _reopen(session: Session, unit: Unit, granted: Reopening, *, earliest_after: timedelta) -> Reopening:
    session.refresh(unit, with_for_update=True)
    lock(session, unit.campaign)  # or a ranking could be offered without the unit in this moment
    _check(session, unit, granted)
    _check_day(unit, granted, due_of(unit).last_day + earliest_after)
    before = due_of(unit).last_day
    unit.reopenings.append(granted)
    session.flush()
    record(
        session,
        unit.campaign,
        _ACTIONS[granted.kind],
        actor=granted.actor,
        now=granted.at,
        unit=unit.code,
        until=granted.until,
        before=before,
        reason=granted.reason,
        asked_by=granted.asked_by,
        granted_by=granted.granted_by,
    )
    cancel_reminders(session, unit)
    form = session.get_one(Form, unit.id)
    form.notes_due = True
    form.rights_trouble = form.rights_since = form.rights_until = None  # the new day has a lock of its own
    _tell(session, unit, granted)
    return granted


def _check(session: Session, unit: Unit, granted: Reopening) -> None:
    require_stage(unit.campaign, TAKING)
    if not has_form(unit):
        raise Refused(Text("campaign.no_form", unit=unit.name))
    if not granted.reason or not granted.granted_by:
        raise Refused(Text("campaign.reopened_without_reason", unit=unit.name))
    if granted.kind is ReopeningKind.RETURN and not submissions_of(session, unit):
        raise Refused(Text("campaign.nothing_to_return", unit=unit.name))


def _check_day(unit: Unit, granted: Reopening, earliest: date) -> None:
    timetable = timetable_of(unit.campaign)
    today = granted.at.astimezone(timetable.issue_at.tzinfo).date()
    first = max(today, earliest)
    last = max(timetable.publish_before.date() - DAY, today + ALWAYS_POSSIBLE)
    if not first <= granted.until <= last:
        raise Refused(Text("campaign.no_such_last_day", unit=unit.name, day=granted.until, first=first, last=last))


def _tell(session: Session, unit: Unit, granted: Reopening) -> None:
    tell_contacts(
        session,
        unit,
        f"reports.{_ACTIONS[granted.kind]}",
        occasion=f"reopened:{granted.id}",
        now=granted.at,
        letter=unit.campaign.letter_number,
        last_day=granted.until,
        reason=granted.reason,
        granted_by=granted.granted_by,
    )


_ACTIONS = {ReopeningKind.EXTENSION: "extended", ReopeningKind.RETURN: "returned"}
