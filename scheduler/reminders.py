"""The reminder ladder: on which days before the deadline units that have not submitted hear of it, and what is missing.

A rung falls on the working day on or before its date, goes out within office hours, and is held, not dropped,
when they are over. After a pause only the last rung that is due is sent, never a burst.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.history import record
from campaign.models import Campaign, History
from campaign.outbox import addresses_of, enqueue
from campaign.plan import timetable_of
from campaign.queries import UnitProgress, board
from campaign.requests import reminder_keys
from campaign.roles import Role
from campaign.timetable import Calendar, Timetable

DAYS_BEFORE = (14, 7, 3, 1, 0)
"""Days before the last day."""
NAMED_ITEMS = 8
"""So many missing items are named; of the others the reminder gives the number."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Local times between which reminders may go out: from `opening`, and before `closing`."""

    opening: time
    closing: time

    def contain(self, instant: datetime) -> bool:
        """Whether the local instant is within the hours."""
        return self.opening <= instant.time() < self.closing


def next_office_moment(calendar: Calendar, hours: OfficeHours, local: datetime) -> datetime:
    """The local instant itself where offices are open then, else the next opening on a working day."""
    if calendar.is_working_day(local.date()) and hours.contain(local):
        return local
    first = local.date() if local.time() < hours.opening else local.date() + timedelta(days=1)
    return datetime.combine(next(calendar.working_days_from(first)), hours.opening, tzinfo=local.tzinfo)


def due_rung(timetable: Timetable, calendar: Calendar, hours: OfficeHours, now: datetime) -> int | None:
    """The rung (days before the last day) to send at the local instant `now`, or None."""
    today = now.date()
    if now >= timetable.deadline or not calendar.is_working_day(today) or not hours.contain(now):
        return None
    reached = [days for days in DAYS_BEFORE if _day_of(timetable, calendar, days) <= today]
    return min(reached, default=None)


def _day_of(timetable: Timetable, calendar: Calendar, days_before: int) -> date:
    return calendar.working_day_on_or_before(timetable.last_day - timedelta(days=days_before))


def remind(session: Session, campaign: Campaign, calendar: Calendar, hours: OfficeHours, *, now: datetime) -> None:
    """Send what is due on the ladder to the contacts of every unit that has not submitted, once a rung."""
    timetable = timetable_of(campaign)
    local = now.astimezone(timetable.deadline.tzinfo)
    rung = due_rung(timetable, calendar, hours, local)
    if rung is None or local < timetable.issue_at + timedelta(days=1) or _is_done(session, campaign, rung):
        return
    for progress in board(session, campaign).silent:
        if progress.url:
            remind_unit(session, progress, days_left=(timetable.last_day - local.date()).days, rung=str(rung), now=now)
    record(session, campaign, f"reminded.{rung}", actor="scheduler", now=now)


def _is_done(session: Session, campaign: Campaign, rung: int) -> bool:
    """Whether the rung has had its turn; looking at every unit at every tick would cost far more than this."""
    done = select(History.id).where(History.campaign_id == campaign.id, History.action == f"reminded.{rung}")
    return session.scalar(done) is not None


def remind_unit(session: Session, progress: UnitProgress, *, days_left: int, rung: str, now: datetime) -> None:
    """Tell the unit's contacts what is missing; `rung` names the occasion, which happens once."""
    unit = progress.unit
    for address in addresses_of(session, unit.campaign, Role.CONTACT, unit.id):
        enqueue(
            session,
            address,
            "reports.reminder" if progress.missing or progress.problems else "reports.reminder_ready",
            key=f"{reminder_keys(unit)}{rung}:{address.id}",
            now=now,
            campaign=unit.campaign,
            unit=unit.name,
            unit_id=unit.id,
            letter=unit.campaign.letter_number,
            last_day=progress.last_day,
            n=days_left,
            url=progress.url,
            filled=progress.filled,
            of=progress.of,
            missing=progress.missing[:NAMED_ITEMS],
            more=max(0, len(progress.missing) - NAMED_ITEMS),
        )
