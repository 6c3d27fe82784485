"""The outbox: messages are decided in the transaction of what they tell, and sent after it.

A row is claimed (committed), sent over the network, and its end recorded (committed). What was claimed and never
recorded, because the process died in between, may have arrived: it becomes uncertain and is never sent again by itself.

The pace is reckoned from the claimed rows themselves, so that it holds across restarts and processes: at most
`MESSAGES_A_SECOND` over all chats and one message a second to one address; messages to one address keep their order.
(Processes that claim in the same instant may exceed the first figure by one each; Telegram's own limit leaves room.)
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from campaign.delivery_states import DeliveryState
from campaign.models import Address, Campaign, Membership, OutboxRow
from campaign.roles import Role
from words import Value

MESSAGES_A_SECOND = 25
PAUSE_FOR_ONE_ADDRESS = timedelta(seconds=1)
CLAIM_EXPIRES_AFTER = timedelta(minutes=2)


def enqueue(
    session: Session,
    address: Address,
    kind: str,
    *,
    key: str,
    now: datetime,
    campaign: Campaign | None = None,
    file: str | None = None,
    not_before: datetime | None = None,
    **facts: Value,
) -> None:
    """Decide a message. The same key decides it only once; a dead address gets nothing.

    `kind` is a catalogue id; `facts` are its values; `file` the SHA-256 of a stored file that goes with it.
    """
    if address.dead_since or session.scalar(select(exists().where(OutboxRow.key == key))):
        return
    session.add(
        OutboxRow(
            key=key,
            campaign_id=campaign.id if campaign else None,
            address_id=address.id,
            kind=kind,
            facts=facts,
            file=file,
            state=DeliveryState.WAITING,
            not_before=not_before or now,
            attempts=0,
        )
    )
    session.flush()


def addresses_of(session: Session, campaign: Campaign, role: Role, unit_id: int | None = None) -> list[Address]:
    """A living address of everybody who has the role: the first one of each person, oldest membership first."""
    query = (
        select(Address)
        .join(Membership, Membership.person_id == Address.person_id)
        .where(Membership.campaign_id == campaign.id, Membership.role == role, Address.dead_since.is_(None))
        .order_by(Membership.id, Address.id)
    )
    if unit_id is not None:
        query = query.where(Membership.unit_id == unit_id)
    first: dict[int, Address] = {}
    for address in session.scalars(query):
        first.setdefault(address.person_id, address)
    return list(first.values())


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may be sent before `until`."""

    until: datetime


def claim(session: Session, now: datetime) -> OutboxRow | Wait | None:
    """Claim the next message that may be sent at `now`; or say until when to wait; or None when none waits.

    Commit before sending. On PostgreSQL several processes claim different rows.
    """
    busy_until = _pace_allows_from(session)
    row = session.scalar(_sendable(now).order_by(OutboxRow.id).limit(1).with_for_update(skip_locked=True))
    if row is None:
        return _next_moment(session, now)
    if busy_until and busy_until > now:
        return Wait(busy_until)
    row.state, row.claimed_at, row.attempts = DeliveryState.SENDING, now, row.attempts + 1
    return row


def _pace_allows_from(session: Session) -> datetime | None:
    """The instant at which the last `MESSAGES_A_SECOND` claims are a second old."""
    nth_last = session.scalar(
        select(OutboxRow.claimed_at)
        .where(OutboxRow.claimed_at.is_not(None))
        .order_by(OutboxRow.claimed_at.desc())
        .offset(MESSAGES_A_SECOND - 1)
        .limit(1)
    )
    return nth_last + timedelta(seconds=1) if nth_last else None


def _sendable(now: datetime) -> Select[OutboxRow]:
    earlier, recent = aliased(OutboxRow), aliased(OutboxRow)
    return select(OutboxRow).where(
        OutboxRow.state == DeliveryState.WAITING,
        OutboxRow.not_before <= now,
        ~exists().where(
            earlier.address_id == OutboxRow.address_id,
            earlier.id < OutboxRow.id,
            earlier.state.in_((DeliveryState.WAITING, DeliveryState.SENDING)),
            # One that was decided for later is not in the way; one that is tried again keeps its place.
            (earlier.not_before <= now) | (earlier.attempts > 0),
        ),
        ~exists().where(
            recent.address_id == OutboxRow.address_id,
            recent.claimed_at > now - PAUSE_FOR_ONE_ADDRESS,
        ),
    )


def _next_moment(session: Session, now: datetime) -> Wait | None:
    """When the message that waits only for the pace of its chat may go; None if none is due."""
    recent = aliased(OutboxRow)
    last = session.scalar(
        select(func.min(recent.claimed_at))
        .join(OutboxRow, OutboxRow.address_id == recent.address_id)
        .where(
            OutboxRow.state == DeliveryState.WAITING,
            OutboxRow.not_before <= now,
            recent.claimed_at > now - PAUSE_FOR_ONE_ADDRESS,
        )
    )
    return Wait(last + PAUSE_FOR_ONE_ADDRESS) if last else None


def record_sent(session: Session, row_id: int, reference: str) -> None:
    """The channel took the message and calls it `reference`."""
    _end(session, row_id, DeliveryState.SENT, reference=reference)


def record_uncertain(session: Session, row_id: int, error: str) -> None:
    """The answer was lost: the message may have arrived."""
    _end(session, row_id, DeliveryState.UNCERTAIN, error=error)


def record_failed(session: Session, row_id: int, error: str, *, dead_since: datetime | None = None) -> None:
    """The channel refused the message for good; `dead_since` also strikes off the address and all that waits for it."""
    _end(session, row_id, DeliveryState.FAILED, error=error)
    if dead_since:
        address = session.get_one(OutboxRow, row_id).address
        address.dead_since = dead_since
        _cancel(session, OutboxRow.address_id == address.id)


def record_retry(session: Session, row_id: int, error: str, *, not_before: datetime) -> None:
    """The message certainly did not arrive; it may be tried again from `not_before` on."""
    _end(session, row_id, DeliveryState.WAITING, error=error)
    session.get_one(OutboxRow, row_id).not_before = not_before


def _end(
    session: Session, row_id: int, state: DeliveryState, *, reference: str | None = None, error: str | None = None
) -> None:
    row = session.get_one(OutboxRow, row_id)
    row.state, row.reference, row.error = state, reference, error


def cancel(session: Session, key_begins: str) -> None:
    """Take back the messages that still wait and whose key begins so: what they say is no longer true."""
    _cancel(session, OutboxRow.key.startswith(key_begins, autoescape=True))


def _cancel(session: Session, which: ColumnElement[bool]) -> None:
    waiting = update(OutboxRow).where(OutboxRow.state == DeliveryState.WAITING, which)
    session.execute(waiting.values(state=DeliveryState.CANCELLED))


def give_up_claims(session: Session, now: datetime, *, older_than: timedelta = CLAIM_EXPIRES_AFTER) -> int:
    """Mark as uncertain what was claimed and never recorded; return how many. At start-up `older_than` is zero."""
    rows = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.state == DeliveryState.SENDING, OutboxRow.claimed_at <= now - older_than)
        .values(state=DeliveryState.UNCERTAIN, error="interrupted")
        .returning(OutboxRow.id)
    )
    return len(rows.all())
