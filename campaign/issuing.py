"""Issuing: a form for every unit, and the request to its contacts once the form stands."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.history import move, record
from campaign.models import Campaign, Form, Invitation, Membership, Unit
from campaign.plan import due_of, has_form, regulation_of
from campaign.ports import FormOrder, IssuedForm, Letter
from campaign.requests import send_requests, term_of
from campaign.stages import Stage
from campaign.trouble import record_reached
from words import Language

FORMS_A_MINUTE = 10
"""About four calls a form stay well under Google's 60 a minute for one account."""


def open_collection(session: Session, campaign: Campaign, *, now: datetime) -> None:
    """The day of issue has come: every unit that has something to declare gets a form to be made."""
    move(session, campaign, Stage.COLLECTING, actor="scheduler", now=now)
    campaign.issued_at = now
    session.add_all(Form(unit_id=unit.id) for unit in campaign.units if has_form(unit))


def units_to_issue(session: Session, campaign: Campaign, *, now: datetime) -> list[Unit]:
    """The units whose form is to be made now, in order, as many as the quota of this minute has room for."""
    forms = select(Form).join(Unit).where(Unit.campaign_id == campaign.id)
    made = session.scalar(
        select(func.count()).select_from(forms.where(Form.issued_at > now - timedelta(minutes=1)).subquery())
    )
    waiting = forms.where(
        Form.issued_at.is_(None), Form.trouble_until.is_(None) | (Form.trouble_until <= now)
    ).order_by(Unit.id)
    return [form.unit for form in session.scalars(waiting.limit(max(0, FORMS_A_MINUTE - (made or 0))))]


def order_for(session: Session, unit: Unit, *, bot_username: str, language: Language) -> FormOrder:
    """What the form of the unit must say."""
    campaign = unit.campaign
    if campaign.letter_day is None:  # armed campaigns have a letter
        raise ValueError(f"Campaign {campaign.code} has no letter.")
    return FormOrder(
        key=f"{campaign.code}/{unit.code}",
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
    )


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
    """The form stands; its contacts are asked to fill it in."""
    session.refresh(unit, with_for_update=True)  # a contact who joins in this moment comes before or after, not between
    form = session.get_one(Form, unit.id)
    form.file_id, form.url, form.issued_at = issued.file_id, issued.url, now
    record_reached(form)
    session.flush()
    record(session, unit.campaign, "issued", actor="scheduler", now=now, unit=unit.code, file=issued.file_id)
    send_requests(session, unit.campaign, unit, now=now)
