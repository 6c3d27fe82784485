"""The reminder ladder: on which days before the deadline units that have not submitted hear of it, and what is missing.

The same ladder stands before other last days: the one on which a letter counts as received although nobody has
acknowledged it, the one until which late forms are taken, and a day that was granted to a unit alone. A unit is on one
ladder at a time.

A rung falls on the working day on or before its date, goes out within office hours, and is held, not dropped, when they
are over. After a pause only the last rung that is due is sent, never a burst.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.confirming import remind_of_confirmation
from campaign.history import record
from campaign.lateness import policy_for_late
from campaign.models import Campaign, Form, History, ReopeningKind
from campaign.outbox import addresses_of, enqueue
from campaign.plan import due_of, dues_of, timetable_of
from campaign.queries import UnitProgress, UnitState, board
from campaign.requests import RECEIPT, receipt_facts, reminder_keys
from campaign.roles import Role
from campaign.stages import Stage
from campaign.timetable import Calendar, Due, Receipt

DAYS_BEFORE = (14, 7, 3, 1, 0)
"""Days before the last day."""
REMINDED = frozenset({Stage.COLLECTING, Stage.VERIFYING})
"""Stages in which something may still be to come; in the second one from units with a day of their own."""
LATE = "late-"
"""How the rungs begin that come after the deadline."""
AWAITED = frozenset({UnitState.WAITING, UnitState.FILLING, UnitState.REOPENED, UnitState.UNCONFIRMED})
"""Something is still to come from these units."""
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


def due_rung(last_day: date, calendar: Calendar, hours: OfficeHours, now: datetime) -> int | None:
    """The rung (days before the last day) to send at the local instant `now`, or None."""
    today = now.date()
    if today > last_day or not calendar.is_working_day(today) or not hours.contain(now):
        return None
    reached = [days for days in DAYS_BEFORE if _day_of(last_day, calendar, days) <= today]
    return min(reached, default=None)


def _day_of(last_day: date, calendar: Calendar, days_before: int) -> date:
    return calendar.working_day_on_or_before(last_day - timedelta(days=days_before))


@dataclass(frozen=True, slots=True)
class Ladder:
    """What some units are reminded of until a last day, and the first part of the names of its rungs."""

    name: str
    last_day: date


def _ladder(due: Due, receipt: Receipt | None, today: date) -> Ladder:
    """First the letter is to be acknowledged (where `receipt` is given), then the form is due, then overdue."""
    if receipt and today <= receipt.latest:
        return Ladder(RECEIPT, receipt.latest)
    return Ladder("", due.last_day) if today <= due.last_day else Ladder(LATE, due.last_late_day)


def remind(session: Session, campaign: Campaign, calendar: Calendar, hours: OfficeHours, *, now: datetime) -> None:
    """Send what is due on the ladders to the contacts of every unit that has not submitted, once a rung."""
    timetable = timetable_of(campaign)
    local = now.astimezone(timetable.issue_at.tzinfo)
    if local < timetable.issue_at + timedelta(days=1):
        return
    rungs = _rungs(session, campaign, calendar, hours, local)
    for progress in board(session, campaign).units if rungs else ():
        receipt = timetable.receipt if progress.awaits_receipt and not progress.reopening else None
        ladder = _ladder(due_of(progress.unit), receipt, local.date())
        if ladder in rungs and progress.is_issued and progress.state in AWAITED:
            first_day = _day_of(ladder.last_day, calendar, rungs[ladder])
            if _knows_since(progress, local) < first_day:
                days_left = (ladder.last_day - local.date()).days
                remind_unit(session, progress, days_left=days_left, rung=f"{ladder.name}{rungs[ladder]}", now=now)
    for ladder, rung in rungs.items():
        action = f"reminded.{ladder.name}{rung}"
        record(session, campaign, action, actor="scheduler", now=now, last_day=ladder.last_day)


def _knows_since(progress: UnitProgress, local: datetime) -> date:
    """The day on which the unit was told of its own last day; a rung of that day or earlier has nothing to add."""
    return progress.reopening.at.astimezone(local.tzinfo).date() if progress.reopening else date.min


def _rungs(
    session: Session, campaign: Campaign, calendar: Calendar, hours: OfficeHours, local: datetime
) -> dict[Ladder, int]:
    """The rungs that are due now and have not had their turn; finding that out must not need a look at every unit."""
    receipt, dues = timetable_of(campaign).receipt, dues_of(session, campaign)
    ladders = {_ladder(due, each, local.date()) for due in dues for each in (None, receipt)}
    due_rungs = {ladder: due_rung(ladder.last_day, calendar, hours, local) for ladder in ladders}
    return {
        ladder: rung
        for ladder, rung in sorted(due_rungs.items(), key=lambda each: (each[0].name, each[0].last_day))
        if rung is not None and not _is_done(session, campaign, f"reminded.{ladder.name}{rung}", ladder.last_day)
    }


def _is_done(session: Session, campaign: Campaign, action: str, last_day: date) -> bool:
    facts = session.scalars(select(History.facts).where(History.campaign_id == campaign.id, History.action == action))
    return any(each.get("last_day", last_day) == last_day for each in facts)


def remind_unit(session: Session, progress: UnitProgress, *, days_left: int, rung: str, now: datetime) -> None:
    """Tell the unit's contacts what is missing; `rung` names the occasion, which happens once.

    Where only the word of the unit's head is missing, the head is told so, too.
    """
    unit = progress.unit
    if progress.state is UnitState.UNCONFIRMED and progress.unconfirmed:
        last_day = due_of(unit).last_late_day if rung.startswith(LATE) else progress.last_day
        remind_of_confirmation(
            session, progress.unconfirmed, rung=rung, last_day=last_day, days_left=days_left, now=now
        )
        return
    kind, more = _wording(progress, rung)
    form = session.get(Form, unit.id)
    for address in addresses_of(session, unit.campaign, Role.CONTACT, unit.id):
        enqueue(
            session,
            address,
            kind,
            key=f"{reminder_keys(unit)}{rung}:{progress.last_day}:{address.id}",
            now=now,
            campaign=unit.campaign,
            unit=unit.name,
            unit_id=unit.id,
            letter=unit.campaign.letter_number,
            last_day=progress.last_day,
            n=days_left,
            url=progress.url,
            folder=(form.folder_url if form else None) or "",
            filled=progress.filled,
            of=progress.of,
            missing=progress.missing[:NAMED_ITEMS],
            more=max(0, len(progress.missing) - NAMED_ITEMS),
            **more,
        )


def _wording(progress: UnitProgress, rung: str) -> tuple[str, dict[str, Any]]:
    """The kind of message that the rung is, and what only that kind tells."""
    if rung.startswith(RECEIPT):
        return "reports.acknowledge", receipt_facts(progress.unit)
    if rung.startswith(LATE):
        return "reports.overdue", {"clause": policy_for_late(progress.unit)}
    if progress.reopening and progress.reopening.kind is ReopeningKind.RETURN:
        return "reports.reminder_returned", {"reason": progress.reopening.reason}
    is_ready = not (progress.missing or progress.problems or progress.lacks_evidence)
    return "reports.reminder_ready" if is_ready else "reports.reminder", {}
