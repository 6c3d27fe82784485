"""The deadline: forms are locked first, then collecting ends and everybody concerned is told."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.filling import late_policy
from campaign.history import move
from campaign.models import Campaign, Form, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.plan import timetable_of
from campaign.queries import board
from campaign.requests import cancel_reminders, missing_keys
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_reached
from words import Series


def forms_to_lock(session: Session, campaign: Campaign) -> list[Form]:
    """Forms that people can still write into."""
    return list(
        session.scalars(
            select(Form)
            .join(Unit)
            .where(Unit.campaign_id == campaign.id, Form.locked_at.is_(None), Form.file_id.is_not(None))
            .order_by(Unit.id)
        )
    )


def record_locked(session: Session, unit: Unit, *, now: datetime) -> None:
    """Nobody can write into the form any more. It is read once again: a last change may not have been listed yet."""
    form = session.get_one(Form, unit.id)
    form.locked_at = form.changed_at = now
    record_reached(form)


def close(session: Session, campaign: Campaign, *, now: datetime, tell_at: datetime) -> None:
    """End the collecting now; units without a submission and the officers are told how it ended at `tell_at`."""
    move(session, campaign, Stage.VERIFYING, actor="scheduler", now=now)
    state = board(session, campaign)
    for progress in state.silent:
        cancel_reminders(session, progress.unit)
        if progress.late is None:
            _tell_unit(session, campaign, progress.unit, now=now, tell_at=tell_at)
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


def _tell_unit(session: Session, campaign: Campaign, unit: Unit, *, now: datetime, tell_at: datetime) -> None:
    for address in addresses_of(session, campaign, Role.CONTACT, unit.id):
        enqueue(
            session,
            address,
            "reports.closed_missing",
            key=f"{missing_keys(unit)}{address.id}",
            now=now,
            campaign=campaign,
            not_before=tell_at,
            unit=unit.name,
            title=campaign.title,
            last_day=timetable_of(campaign).last_day,
            clause=late_policy(unit),
        )
