"""The deadline: forms are locked first, then collecting ends and everybody concerned is told.

Each form is locked at its own time: at the unit's deadline if it has submitted by then, else when late forms are no
longer taken either. The collecting ends with the last of them.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.history import move
from campaign.lateness import policy_for_missing
from campaign.models import Campaign, Form, Submission, Unit
from campaign.outbox import addresses_of, cancel, enqueue
from campaign.plan import due_of, dues_of
from campaign.queries import UnitProgress, board, unit_progress
from campaign.requests import missing_keys, reminder_keys
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_reached
from words import Series


def ends_at(session: Session, campaign: Campaign) -> datetime:
    """The first instant at which nothing is collected any more."""
    return max(due.closes_at for due in dues_of(session, campaign))


def forms_to_lock(session: Session, campaign: Campaign, now: datetime) -> list[Form]:
    """Forms that people can still write into, and whose time is over."""
    if all(now < due.deadline for due in dues_of(session, campaign)):
        return []
    open_ones = (
        select(Form)
        .join(Unit)
        .where(Unit.campaign_id == campaign.id, Form.locked_at.is_(None), Form.file_id.is_not(None))
        .order_by(Unit.id)
    )
    on_time = set(
        session.scalars(
            select(Submission.unit_id).join(Unit).where(Unit.campaign_id == campaign.id, Submission.late.is_(False))
        )
    )
    return [form for form in session.scalars(open_ones) if _is_over(form.unit, now, submitted=form.unit_id in on_time)]


def _is_over(unit: Unit, now: datetime, *, submitted: bool) -> bool:
    due = due_of(unit)
    return now >= (due.deadline if submitted else due.closes_at)


def record_locked(session: Session, unit: Unit, *, now: datetime, tell_at: datetime) -> None:
    """Nobody can write into the form any more. It is read once again: a last change may not have been listed yet.

    A unit that has submitted nothing is told so at `tell_at`, without waiting for the time of the others.
    """
    form = session.get_one(Form, unit.id)
    form.locked_at = form.changed_at = now
    record_reached(form)
    _tell_if_silent(session, unit_progress(session, unit), now=now, tell_at=tell_at)


def close(session: Session, campaign: Campaign, *, now: datetime, tell_at: datetime) -> None:
    """End the collecting now; units without a submission and the officers are told how it ended at `tell_at`."""
    move(session, campaign, Stage.VERIFYING, actor="scheduler", now=now)
    state = board(session, campaign)
    for progress in state.units:
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
            missing=Series(tuple(progress.unit.name for progress in state.silent)),
        )


def _tell_if_silent(session: Session, progress: UnitProgress, *, now: datetime, tell_at: datetime) -> None:
    """Take back the unit's reminders, which come too late now, and say that nothing came where nothing did."""
    unit = progress.unit
    if progress.submission:
        return
    cancel(session, reminder_keys(unit))
    if progress.late:
        return
    for address in addresses_of(session, unit.campaign, Role.CONTACT, unit.id):
        enqueue(
            session,
            address,
            "reports.closed_missing",
            key=f"{missing_keys(unit)}{address.id}",
            now=now,
            campaign=unit.campaign,
            not_before=tell_at,
            unit=unit.name,
            title=unit.campaign.title,
            last_day=progress.last_day,
            clause=policy_for_missing(unit),
        )
