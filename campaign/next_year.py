"""The next year's campaign, drafted from this one."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.history import record
from campaign.models import Campaign, Membership, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.plan import regulation_of
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.setup import code_of, manner_of, new_draft
from campaign.stages import Stage
from words import Text


def draft_next_year(session: Session, campaign: Campaign, *, now: datetime) -> Campaign:
    """Draft the next year's campaign from this one: same regulation, units and people; the letter is still to come.

    Officers are asked to confirm it. Calling it again changes nothing, nor does it where somebody made that campaign.
    """
    regulation = regulation_of(campaign)
    code = code_of(regulation, campaign.year + 1)
    found = session.scalar(select(Campaign).where((Campaign.previous_id == campaign.id) | (Campaign.code == code)))
    if found is not None:
        return found
    draft = new_draft(session, regulation, campaign.year + 1, campaign.zone, now=now)
    draft.previous_id = campaign.id
    draft.forms, draft.contact, draft.head_confirms = manner_of(campaign)
    draft.units.extend(
        Unit(
            code=unit.code,
            name=unit.name,
            group=unit.group,
            parent=unit.parent,
            source=unit.source,
            forms=unit.forms,
        )
        for unit in campaign.units
    )
    session.flush()
    _carry_people_over(session, campaign, draft)
    record(session, draft, "drafted", actor="scheduler", now=now, previous=campaign.code)
    for address in addresses_of(session, draft, Role.OFFICER):
        enqueue(
            session,
            address,
            "reports.draft_next",
            key=f"draft:{draft.id}:{address.id}",
            now=now,
            campaign=draft,
            title=draft.title,
            year=draft.year,
            issue_on=draft.issue_on,
            campaign_id=draft.id,
        )
    return draft


def _carry_people_over(session: Session, campaign: Campaign, draft: Campaign) -> None:
    successor = {old.id: new.id for old in campaign.units for new in draft.units if new.code == old.code}
    for each in session.scalars(
        select(Membership).where(Membership.campaign_id == campaign.id).order_by(Membership.id)
    ).all():
        unit_id = None if each.unit_id is None else successor[each.unit_id]
        session.add(Membership(campaign_id=draft.id, person_id=each.person_id, role=each.role, unit_id=unit_id))
    session.flush()


def confirm_draft(session: Session, campaign: Campaign, *, actor: str, now: datetime) -> None:
    """An officer confirms that next year's draft stands; it then waits for its official letter to be armed."""
    if campaign.stage is not Stage.DRAFT:
        raise Refused(Text("campaign.not_a_draft", campaign=campaign.code))
    record(session, campaign, "confirmed", actor=actor, now=now)
