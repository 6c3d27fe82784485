"""Who takes part: invitations, the roles they bind to, and addresses."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from campaign.confirming import ask_new_head
from campaign.history import record
from campaign.models import Address, Campaign, Invitation, Membership, Person, Unit
from campaign.refusal import Refused
from campaign.requests import send_request
from campaign.roles import Role
from campaign.stages import Stage
from words import Text

INVITATION_LASTS = timedelta(days=60)
OF_UNITS = frozenset({Role.CONTACT, Role.HEAD})
"""Roles that somebody has in a unit; the others are in the whole campaign."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to invite: the role, for a contact or a head the unit's code, and the name as the officer knows it."""

    role: Role
    unit: str
    name: str
    email: str


def invite(
    session: Session, campaign: Campaign, invitee: Invitee, *, token: str, actor: str, now: datetime
) -> Invitation:
    """Keep an invitation with the hash of its token. An unused one for the same person and role is replaced."""
    unit = _unit(session, campaign, invitee)
    session.execute(
        update(Invitation)
        .where(
            Invitation.campaign_id == campaign.id,
            Invitation.role == invitee.role,
            Invitation.unit_id == (unit.id if unit else None),
            Invitation.name == invitee.name,
            Invitation.used_at.is_(None),
            Invitation.replaced_at.is_(None),
        )
        .values(replaced_at=now)
    )
    invitation = Invitation(
        campaign_id=campaign.id,
        role=invitee.role,
        unit_id=unit.id if unit else None,
        name=invitee.name,
        email=invitee.email,
        token_sha256=_hash(token),
        expires_at=now + INVITATION_LASTS,
    )
    session.add(invitation)
    session.flush()
    record(session, campaign, "invited", actor=actor, now=now, role=str(invitee.role), name=invitee.name)
    return invitation


def _unit(session: Session, campaign: Campaign, invitee: Invitee) -> Unit | None:
    if invitee.role not in OF_UNITS:
        return None
    unit = session.scalar(select(Unit).where(Unit.campaign_id == campaign.id, Unit.code == invitee.unit))
    if unit is None:
        raise Refused(Text("campaign.unknown_unit", unit=invitee.unit, campaign=campaign.code))
    return unit


def meet(session: Session, channel: str, value: str, *, name: str, language: str) -> Address:
    """Return the address, making a person for one that writes for the first time. A dead address lives again."""
    address = session.scalar(select(Address).where(Address.channel == channel, Address.value == value))
    if address is None:
        address = Address(channel=channel, value=value, person=Person(name=name, language=language))
        session.add(address)
        session.flush()
    address.dead_since = None
    return address


def redeem(session: Session, token: str, address: Address, *, now: datetime) -> Membership:
    """Bind the person at `address` to what the invitation says; opening it again as the same person is harmless.

    Raises Refused for a token that is unknown, replaced, expired, or was used by somebody else.
    """
    invitation = session.scalar(select(Invitation).where(Invitation.token_sha256 == _hash(token)).with_for_update())
    if invitation is None:
        raise Refused(Text("campaign.invitation_unknown"))
    if invitation.used_at is None:
        _use(session, invitation, address, now)
    elif invitation.person_id != address.person_id:
        raise Refused(Text("campaign.invitation_used"))
    return session.scalars(
        select(Membership).where(
            Membership.campaign_id == invitation.campaign_id,
            Membership.person_id == address.person_id,
            Membership.role == invitation.role,
            Membership.unit_id == invitation.unit_id,
        )
    ).one()


def _use(session: Session, invitation: Invitation, address: Address, now: datetime) -> None:
    if invitation.replaced_at is not None:
        raise Refused(Text("campaign.invitation_replaced"))
    campaign = session.get_one(Campaign, invitation.campaign_id)
    if now >= invitation.expires_at:
        day = invitation.expires_at.astimezone(ZoneInfo(campaign.zone)).date()
        raise Refused(Text("campaign.invitation_expired", day=day))
    invitation.used_at, invitation.person_id = now, address.person_id
    address.person.name = invitation.name or address.person.name
    _join(session, campaign, address.person, invitation.role, invitation.unit_id)
    record(
        session,
        campaign,
        "joined",
        actor=f"person:{address.person_id}",
        now=now,
        role=str(invitation.role),
        name=address.person.name,
    )
    if invitation.unit is not None:
        _welcome(session, campaign, invitation.unit, invitation.role, address, now=now)


def _welcome(session: Session, campaign: Campaign, unit: Unit, role: Role, address: Address, *, now: datetime) -> None:
    """Ask whoever joins for what the unit's others were asked before."""
    if role is Role.HEAD:
        ask_new_head(session, unit, address, now=now)
    else:
        send_request(session, campaign, unit, address, now=now)


def _join(session: Session, campaign: Campaign, person: Person, role: Role, unit_id: int | None) -> None:
    known = select(Membership).where(
        Membership.campaign_id == campaign.id,
        Membership.person_id == person.id,
        Membership.role == role,
        Membership.unit_id == unit_id,
    )
    if session.scalar(known) is None:
        session.add(Membership(campaign_id=campaign.id, person_id=person.id, role=role, unit_id=unit_id))
        session.flush()


def memberships_of(session: Session, address: Address) -> list[Membership]:
    """What the person is in campaigns that have been armed, newest campaign first."""
    return list(
        session.scalars(
            select(Membership)
            .join(Campaign, Campaign.id == Membership.campaign_id)
            .where(Membership.person_id == address.person_id, Campaign.stage != Stage.DRAFT)
            .order_by(Campaign.id.desc(), Membership.id)
        )
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
