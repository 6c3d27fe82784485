"""The deadline: forms are locked first, then read up to the end, and only then is anything settled.

Each form is locked at its own time: at the unit's deadline if it has submitted by then, else when late forms are no
longer taken either. One that cannot be locked is read all the same: what is changed in it counts as late. What was
changed in time may be listed a little later; so a unit is settled only when the changes were listed again after that
lag: its ticked form is taken, or it is told that nothing came. The collecting ends with the last unit that was given
no day of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.changes import forms_of
from campaign.ends import LISTING_LAG, ends_by, is_settled_at, is_unread
from campaign.filling import take_ticked
from campaign.history import move
from campaign.lateness import is_late, policy_for_missing
from campaign.models import Campaign, Form, Submission, Unit
from campaign.outbox import addresses_of, cancel, enqueue
from campaign.plan import due_of, dues_of, terms_of
from campaign.ports import FormError
from campaign.queries import (
    Board,
    UnitProgress,
    board,
    unit_progress,
)
from campaign.requests import missing_keys, reminder_keys
from campaign.roles import Role
from campaign.stages import Stage
from campaign.telling import tell_contacts
from campaign.trouble import (
    LOST,
    NOT_LOCKABLE,
    is_passing,
    record_rights_changed,
    record_rights_trouble,
    record_trouble,
    rights_left_alone,
)
from words import Series, Text, Value

LOCKING_LASTS = timedelta(hours=1)
"""So long a unit's end waits for its form that cannot be reached for a passing reason."""


def ends_at(session: Session, campaign: Campaign) -> datetime:
    """The first instant at which nothing is collected any more, but from units with a day of their own."""
    return max(due.closes_at for due in terms_of(session, campaign))


def forms_to_lock(session: Session, campaign: Campaign, now: datetime) -> list[Form]:
    """Forms that are out and whose time is over, and that are not locked. One that is no sheet is locked by the row.

    Where that failed a moment ago, it waits.
    """
    if all(now < due.deadline for due in dues_of(session, campaign)):
        return []
    open_ones = forms_of(campaign).where(Form.locked_at.is_(None), Form.issued_at.is_not(None))
    tried = [form for form in session.scalars(open_ones) if not rights_left_alone(form, now)]
    overdue = [form for form in tried if now >= due_of(form.unit).deadline]
    on_time = _units_on_time(session, overdue)
    return [form for form in overdue if form.unit_id in on_time or now >= due_of(form.unit).closes_at]


def forms_to_unlock(session: Session, campaign: Campaign, now: datetime) -> list[Form]:
    """Forms that are locked, and whose unit has time again. Where that failed a moment ago, it waits."""
    locked = forms_of(campaign).where(Form.locked_at.is_not(None), Unit.reopenings.any())
    tried = [form for form in session.scalars(locked) if not rights_left_alone(form, now)]
    return [form for form in tried if now < due_of(form.unit).deadline]


def _units_on_time(session: Session, forms: Sequence[Form]) -> set[int]:
    submissions = select(Submission).where(Submission.unit_id.in_([form.unit_id for form in forms]))
    return {each.unit_id for each in session.scalars(submissions) if not is_late(each)}


def record_locked(session: Session, unit: Unit, *, now: datetime) -> None:
    """Nobody can write into the form any more. What was changed before is still to be listed and read."""
    form = session.get_one(Form, unit.id)
    form.locked_at, form.settled_at = now, None
    record_rights_changed(form)


def record_not_locked(session: Session, unit: Unit, error: FormError, *, now: datetime) -> None:
    """People can still write into the form, although the unit's time is over."""
    if error.reason == "forbidden":
        error = FormError(NOT_LOCKABLE, retry=False, detail=error.detail)
    record_rights_trouble(session, unit, error, now=now)


def record_unlocked(session: Session, unit: Unit) -> None:
    """People can write into the form again."""
    form = session.get_one(Form, unit.id)
    form.locked_at = None
    record_rights_changed(form)


def units_to_settle(session: Session, campaign: Campaign, now: datetime) -> list[Unit]:
    """Units whose time is over, or at least the time to be on time, and whose form is read up to that end.

    Where that cannot be for now, the unit does not wait longer than an hour, and is settled again when it can.
    """
    return [
        form.unit
        for form, end in _unsettled(session, campaign, now)
        if _is_read_up(form, end) or (not is_settled_at(form, end) and now >= end + LOCKING_LASTS)
    ]


def is_settled(session: Session, campaign: Campaign, now: datetime) -> bool:
    """Whether no unit whose time is over is still to be settled."""
    return all(is_settled_at(form, end) for form, end in _unsettled(session, campaign, now))


def _unsettled(session: Session, campaign: Campaign, now: datetime) -> Iterator[tuple[Form, datetime]]:
    """The forms that have come to an end of their time and are not settled for good, and the last such end."""
    if not any(ends_by(due, now) for due in dues_of(session, campaign)):
        return
    latest = max((end for due in terms_of(session, campaign) for end in ends_by(due, now)), default=now)
    unread = (Form.settled_at <= Form.locked_at) & Form.file_id.is_not(None)
    candidates = Form.settled_at.is_(None) | (Form.settled_at < latest) | unread | Unit.reopenings.any()
    for form in session.scalars(forms_of(campaign).where(candidates)):
        end = max(ends_by(due_of(form.unit), now), default=None)
        if end and (not is_settled_at(form, end) or is_unread(form)):
            yield form, end


def _is_read_up(form: Form, end: datetime) -> bool:
    """Whether everything that came by the end is known, as far as it can be before a person mends the form."""
    if form.file_id is None or form.issued_at is None:
        return True
    listed_at = form.unit.campaign.forms_listed_at
    is_listed = listed_at is not None and listed_at >= max(end, form.locked_at or end) + LISTING_LAG
    if not is_listed or is_passing(form.trouble) or is_passing(form.rights_trouble):
        return False
    is_read = form.changed_at is None or (form.read_at is not None and form.changed_at <= form.read_at)
    return is_read or form.trouble in LOST


def settle(session: Session, unit: Unit, *, now: datetime, tell_at: datetime) -> None:
    """Take what was ticked and not confirmed; the unit is told so at `tell_at`, and where nothing came in all its time.

    A form that is not read up counts as settled at the end itself, which is before its lock.
    """
    form, end = session.get_one(Form, unit.id), max(ends_by(due_of(unit), now))
    take_ticked(session, unit, now=now, tell_at=tell_at)
    form.settled_at = now if _is_read_up(form, end) else end
    session.flush()
    if now >= due_of(unit).closes_at:
        _tell_if_silent(session, unit_progress(session, unit), now=now, tell_at=tell_at)


def give_up_settling(session: Session, unit: Unit, *, now: datetime) -> None:
    """Something unexpected stands in the way of it: officers hear of that, and the others do not wait for it."""
    record_trouble(session, unit, FormError("unexpected", retry=False), now=now)
    session.get_one(Form, unit.id).settled_at = now


def close(session: Session, campaign: Campaign, *, now: datetime, tell_at: datetime) -> None:
    """End the collecting now; units without a submission and the officers are told how it ended at `tell_at`."""
    move(session, campaign, Stage.VERIFYING, actor="scheduler", now=now)
    state = board(session, campaign)
    for progress in state.silent:
        if now >= due_of(progress.unit).closes_at:
            _tell_if_silent(session, progress, now=now, tell_at=tell_at)
    for address in addresses_of(session, campaign, Role.OFFICER):
        enqueue(
            session,
            address,
            "reports.closed_board",
            key=f"closed:{campaign.id}:{address.id}",
            now=now,
            campaign=campaign,
            not_before=tell_at,
            title=campaign.title,
            n=len(state.submitted),
            of=len(state.units),
            **_units_told(state),
        )


def _units_told(state: Board) -> dict[str, Any]:
    """Whom officers have to know by name: silent, with time left, not confirmed, not locked (and why)."""
    told: dict[str, tuple[Value, ...]] = {
        "missing": tuple(each.unit.name for each in state.silent if not each.reopening),
        "reopened": tuple(
            Text("campaign.unit_until", unit=each.unit.name, last_day=each.last_day) for each in state.reopened
        ),
        "unconfirmed": tuple(each.unit.name for each in state.unconfirmed),
        "unlocked": tuple(
            Text("campaign.unit_trouble", unit=each.unit.name, reason=each.why_in_trouble) for each in state.unlocked
        ),
    }
    return {name: Series(units) for name, units in told.items() if units or name == "missing"}


def _tell_if_silent(session: Session, progress: UnitProgress, *, now: datetime, tell_at: datetime) -> None:
    """Take back the unit's reminders, which come too late now, and say that nothing came where nothing did."""
    unit = progress.unit
    if progress.submission or progress.unconfirmed:
        return
    cancel(session, reminder_keys(unit))
    if progress.late:
        return
    tell_contacts(
        session,
        unit,
        "reports.closed_missing",
        occasion=f"{missing_keys(unit)}{progress.last_day}",
        now=now,
        not_before=tell_at,
        title=unit.campaign.title,
        last_day=progress.last_day,
        clause=policy_for_missing(unit),
    )
