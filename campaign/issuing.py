"""Issuing: a form for every unit, and the request to its contacts once the form stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from campaign.content import filled_of
from campaign.files import NewFile, keep
from campaign.history import move, record
from campaign.models import Campaign, Draft, Form, FormKind, Invitation, Membership, Submission, Unit
from campaign.notes import notes_of
from campaign.outbox import addresses_of, enqueue
from campaign.plan import due_of, form_kind, has_form, is_open, regulation_of
from campaign.ports import Filled, FormOrder, IssuedForm, Letter, Pace
from campaign.previous import previous_values
from campaign.requests import send_requests, term_of
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_reached
from words import Language, Text

WORKBOOKS_AT_ONCE = 50
"""So many Excel files are made in one tick: they need no quota, but they take their time."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def open_collection(session: Session, campaign: Campaign, *, now: datetime) -> None:
    """The day of issue has come: every unit that has something to declare gets a form to be made."""
    move(session, campaign, Stage.COLLECTING, actor="scheduler", now=now)
    campaign.issued_at = now
    registered = set(session.scalars(select(Form.unit_id).join(Unit).where(Unit.campaign_id == campaign.id)))
    to_make = (unit for unit in campaign.units if has_form(unit) and unit.id not in registered)
    session.add_all(Form(unit_id=unit.id) for unit in to_make)


def tell_officers(session: Session, campaign: Campaign, pace: Pace | None, *, now: datetime) -> None:
    """Say how many forms are being made now, and when the last one will stand."""
    kinds = [form_kind(unit) for unit in campaign.units if has_form(unit)]
    online = kinds.count(FormKind.GOOGLE)
    minutes = max(1, expected_minutes(online, pace)) if pace else 1
    until = (now + timedelta(minutes=minutes)).astimezone(ZoneInfo(campaign.zone))
    expected = Text("reports.issuing_online", sheets=online, minutes=minutes, until=until)
    for address in addresses_of(session, campaign, Role.OFFICER):
        enqueue(
            session,
            address,
            "reports.issuing",
            key=f"issuing:{campaign.id}:{address.id}",
            now=now,
            campaign=campaign,
            title=campaign.title,
            n=len(kinds),
            expected=expected if online else Text("reports.issuing_in_chat"),
        )


def expected_minutes(n: int, pace: Pace) -> int:
    """How long it takes to make so many forms online."""
    return -(-n // pace.forms_a_minute)


def units_to_issue(session: Session, campaign: Campaign, pace: Pace | None, *, now: datetime) -> list[Unit]:
    """The units whose form is to be made now, in order, as many as the pace of this minute has room for.

    Whose time is over gets none any more. Without a pace, nothing can be made online: all such units are among them,
    for somebody to say so.
    """
    waiting = session.scalars(
        select(Form)
        .join(Unit)
        .where(
            Unit.campaign_id == campaign.id,
            Form.issued_at.is_(None),
            Form.trouble_until.is_(None) | (Form.trouble_until <= now),
        )
        .options(contains_eager(Form.unit))
        .order_by(Unit.id)
    ).all()
    online = _open_ones(waiting, FormKind.GOOGLE, now)
    in_chat = _open_ones(waiting, FormKind.EXCEL, now)
    room = pace.forms_a_minute - _made_online(session, now) if pace else None
    return list(chain(islice(online, None if room is None else max(0, room)), islice(in_chat, WORKBOOKS_AT_ONCE)))


def _open_ones(forms: Sequence[Form], kind: FormKind, now: datetime) -> Iterator[Unit]:
    return (form.unit for form in forms if form_kind(form.unit) is kind and is_open(form.unit, now))


def _made_online(session: Session, now: datetime) -> int:
    """How many forms were made in the last minute, for whichever campaign: the accounts are the same."""
    made = select(func.count()).select_from(Form)
    recent = made.where(Form.issued_at > now - timedelta(minutes=1), Form.file_id.is_not(None))
    return session.scalar(recent) or 0


def order_for(session: Session, unit: Unit, *, bot_username: str, language: Language) -> FormOrder:
    """What the form of the unit must say and hold, now: at its issue, or for an Excel file at any later time."""
    campaign, form = unit.campaign, session.get(Form, unit.id)
    if campaign.letter_day is None:  # armed campaigns have a letter
        raise ValueError(f"Campaign {campaign.code} has no letter.")
    previous = previous_values(session, unit)
    return FormOrder(
        key=key_of(unit),
        regulation=regulation_of(campaign),
        group=unit.group,
        unit_name=unit.name,
        title=campaign.title,
        letter=Letter(campaign.letter_number, campaign.letter_day, campaign.letter_signer),
        last_day=due_of(unit).last_day,
        bot_username=bot_username,
        share_with=_emails(session, unit),
        language=language,
        term=term_of(unit),
        contact=campaign.contact,
        head_confirms=campaign.head_confirms,
        has_folder=_has_folder(unit, form),
        file_id=(form.file_id if form else None) or "",
        filled=_filled(session, unit),
        previous=previous,
        previous_year=campaign.year - 1 if previous else None,
        notes=notes_of(session, unit),
    )


def _has_folder(unit: Unit, form: Form | None) -> bool:
    """Whether the unit has a folder or gets one: who fills in a file, or a sheet that people made, has none."""
    if form and form.issued_at:
        return form.folder_id is not None
    return form_kind(unit) is FormKind.GOOGLE and not (form and form.file_id)


def key_of(unit: Unit) -> str:
    """What the unit's form is called for ever, wherever it stands."""
    return f"{unit.campaign.code}/{unit.code}"


def _filled(session: Session, unit: Unit) -> Filled:
    """What the unit filled in so far: in its form as it was last read, or in a file that it submitted since."""
    submissions = select(Submission).where(Submission.unit_id == unit.id).order_by(Submission.number.desc()).limit(1)
    draft, last = session.get(Draft, unit.id), session.scalar(submissions)
    return filled_of(last if last and (draft is None or draft.changed_at < last.came_at) else draft)


def _emails(session: Session, unit: Unit) -> tuple[str, ...]:
    """Where the unit's contacts were invited, this year or, if they came over from the year before, then."""
    contacts = select(Membership.person_id).where(Membership.unit_id == unit.id)
    emails = select(Invitation.email).where(
        (Invitation.unit_id == unit.id) | Invitation.person_id.in_(contacts),
        Invitation.replaced_at.is_(None),
        Invitation.email != "",
    )
    return tuple(sorted(set(session.scalars(emails))))


def record_issued(session: Session, unit: Unit, issued: IssuedForm, *, now: datetime) -> None:
    """The form stands; its contacts are asked to fill it in. Told again, by another process, it is nothing new."""
    session.refresh(unit, with_for_update=True)  # a contact who joins in this moment comes before or after, not between
    form = session.get_one(Form, unit.id, populate_existing=True)
    if form.issued_at is not None:
        return
    form.file_id, form.url, form.issued_at = issued.file_id or None, issued.url or None, now
    form.folder_id, form.folder_url = issued.folder_id or None, issued.folder_url or None
    form.workbook = keep(session, _workbook(unit, issued.content)) if issued.content else None
    form.changed_at, form.read_at = issued.at, None if previous_values(session, unit) else issued.at
    record_reached(form)
    session.flush()
    made = form.file_id or form.workbook or ""
    record(session, unit.campaign, "issued", actor="scheduler", now=now, unit=unit.code, file=made)
    send_requests(session, unit.campaign, unit, now=now)


def _workbook(unit: Unit, content: bytes) -> NewFile:
    return NewFile(f"{key_of(unit).replace('/', '-')}.xlsx", XLSX, content)
