"""What changes in the forms: as listed, as read, and what is written back.

What the office writes on a form is listed as a change, too. The reading that follows tells it: nothing that people
filled in is different.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from campaign.drafts import draft_of, holds
from campaign.ends import is_left_clean
from campaign.filling import record_reading, take_ticked
from campaign.models import Campaign, Form, Unit
from campaign.notes import notes_of
from campaign.plan import due_for
from campaign.ports import ChangedForm, FormError, FormNotes, FormReading
from campaign.trouble import IN_BIN, LOST, left_alone, record_reached, record_trouble


def anything_can_change(session: Session, campaign: Campaign, now: datetime) -> bool:
    """Whether there are forms online that people can write into, or that are not read up to the end."""
    open_ones = forms_of(campaign).where(_IS_WATCHED, Form.trouble_until.is_(None) | (Form.trouble_until <= now))
    return session.scalar(open_ones.limit(1)) is not None


def listed_until(session: Session, campaign: Campaign, now: datetime) -> datetime | None:
    """Until when all changes are known, by the clock of the listings; None where they are to be listed from the start.

    Those of a form that was out of reach were listed to nobody; they are, before it is looked at again. Nobody may have
    noticed that it was: so everything is listed anew with each day, which is also when units' times end.
    """
    known, zone = campaign.forms_listed_at, ZoneInfo(campaign.zone)
    if known is None or known.astimezone(zone).date() != now.astimezone(zone).date():
        return None
    lost = forms_of(campaign).where(Form.trouble.in_(LOST), Form.trouble_until <= now)
    return None if session.scalar(lost.limit(1)) else known


def record_listed(session: Session, campaign: Campaign, changes: Iterable[ChangedForm]) -> None:
    """Note which forms changed, and when, as the service lists it. In those that are done only we write.

    One that was out of reach and is listed with something new is looked at now.
    """
    latest = {change.file_id: change.at for change in changes}  # the oldest comes first
    for form in session.scalars(forms_of(campaign).where(_IS_WATCHED, Form.file_id.in_(latest))):
        at = latest[form.file_id or ""]
        if form.changed_at is None or at > form.changed_at:
            form.changed_at = at
            form.trouble_until = None if form.trouble in LOST else form.trouble_until


def record_bin(session: Session, campaign: Campaign, in_bin: Collection[str], *, now: datetime) -> None:
    """Note which forms lie in the bin, and which were taken out of it."""
    for form in session.scalars(forms_of(campaign).where(Form.file_id.in_(in_bin))):
        record_trouble(session, form.unit, FormError(IN_BIN, retry=False), now=now)
    taken_out = forms_of(campaign).where(Form.trouble == IN_BIN, Form.file_id.not_in(in_bin))
    for form in session.scalars(taken_out):
        record_reached(form)


def forms_to_read(session: Session, campaign: Campaign, *, most: int, now: datetime) -> list[Form]:
    """Forms that changed since they were last read, the change that waits longest first."""
    unread = forms_of(campaign).where(
        _IS_WATCHED, Form.changed_at.is_not(None), Form.read_at.is_(None) | (Form.changed_at > Form.read_at)
    )
    in_turn = session.scalars(unread.order_by(None).order_by(Form.changed_at, Form.unit_id))
    return [form for form in in_turn if not left_alone(form, now)][:most]


def forms_to_note(
    session: Session, campaign: Campaign, *, besides: Collection[int], most: int, now: datetime
) -> list[Form]:
    """Forms to be looked at besides those of some units: the office has something new to say, or there was trouble.

    What it has to say waits while a unit's time ends.
    """
    due = forms_of(campaign).where(
        Form.notes_due | Form.trouble.is_not(None),
        Form.file_id.is_not(None),
        Form.issued_at.is_not(None),
        Form.unit_id.not_in(besides),
    )
    in_turn = (form for form in session.scalars(due) if not left_alone(form, now))
    return [form for form in in_turn if form.trouble or not is_left_clean(form, now)][:most]


def record_read(
    session: Session, unit: Unit, reading: FormReading, *, change: datetime, now: datetime, tell_at: datetime
) -> bool:
    """Keep what was read after the change of that instant; return whether the tick is to be taken out.

    Where somebody goes on writing when the unit's time is over, what was ticked in time is taken before that. What
    nobody acted for just now is told at `tell_at`.
    """
    if not holds(draft_of(session, unit), reading):
        session.get_one(Form, unit.id).settled_at = None
        if due_for(unit, change).is_late(change):
            take_ticked(session, unit, now=now, tell_at=tell_at)
    return record_reading(session, unit, reading, change=change, now=now, tell_at=tell_at)


def record_noted(session: Session, unit: Unit, notes: FormNotes, *, unticked: bool) -> None:
    """The notes stand on the form now. They are due again where something happened in the meantime."""
    form, draft = session.get_one(Form, unit.id), draft_of(session, unit)
    form.notes_due = notes_of(session, unit) != notes
    record_reached(form)
    if draft and unticked:
        draft.ticked = False


def forms_of(campaign: Campaign) -> Select[Form]:
    """The forms of the campaign, in the order of its units."""
    return (
        select(Form)
        .join(Unit)
        .where(Unit.campaign_id == campaign.id)
        .options(contains_eager(Form.unit))
        .order_by(Unit.id)
    )


_IS_WATCHED = (
    Form.file_id.is_not(None)
    & Form.issued_at.is_not(None)
    & (
        Form.locked_at.is_(None)
        | Form.rights_trouble.is_not(None)
        | Form.trouble.is_not(None)
        | (Form.changed_at > Form.read_at)
        | Form.settled_at.is_(None)
        | (Form.settled_at <= Form.locked_at)
    )
)
"""In those that are locked, read and settled for good nobody writes any more, unless they are to be unlocked and cannot
be. One that could not be read up when its unit's end had waited long enough goes on being watched."""
