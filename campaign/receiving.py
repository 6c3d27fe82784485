"""Receiving the letter (nhận công văn): acknowledged once, where the regulation counts a unit's term from there."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from campaign.history import record, require_stage
from campaign.models import Unit
from campaign.outbox import cancel
from campaign.plan import due_of, has_form, timetable_of
from campaign.refusal import Refused
from campaign.requests import receipt_keys
from campaign.stages import Stage
from words import Text


def acknowledge(session: Session, unit: Unit, day: date, *, actor: str, now: datetime) -> None:
    """Record that the unit received the letter on this day, which its term is counted from. The same again is nothing.

    Raises Refused where no term is counted from it, while nothing is collected, for a day before the issue or in the
    future, and where another day is on record: a deadline that people were told is not moved.
    """
    campaign = unit.campaign
    require_stage(campaign, {Stage.COLLECTING})
    session.refresh(unit, with_for_update=True)  # by the unit's own button and by an officer: the first one counts
    timetable = timetable_of(campaign)
    if timetable.receipt is None or not has_form(unit):
        raise Refused(Text("campaign.no_receipt_wanted", unit=unit.name))
    issued_on, today = timetable.issue_at.date(), now.astimezone(timetable.issue_at.tzinfo).date()
    if not issued_on <= day <= today:
        raise Refused(Text("campaign.no_such_receipt", day=day, issued_on=issued_on, today=today))
    if unit.acknowledged_on not in {None, day}:
        known = unit.acknowledged_on
        raise Refused(Text("campaign.received_before", unit=unit.name, day=known, last_day=due_of(unit).last_day))
    if unit.acknowledged_on is None:
        unit.acknowledged_on = day
        record(session, campaign, "acknowledged", actor=actor, now=now, unit=unit.code, day=day)
        cancel(session, receipt_keys(unit))
