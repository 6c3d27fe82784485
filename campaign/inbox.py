"""Updates from a channel: stored raw first, handled from here, so that a crash loses none."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models import RawUpdate


def store(session: Session, update_id: int, body: dict[str, Any], now: datetime) -> None:
    """Keep an update; one that is kept already stays as it is."""
    if session.get(RawUpdate, update_id) is None:
        session.add(RawUpdate(update_id=update_id, body=body, received_at=now))


def next_offset(session: Session) -> int | None:
    """The first update id not yet stored; None before the first update."""
    last = session.scalar(select(func.max(RawUpdate.update_id)))
    return None if last is None else last + 1


def unhandled(session: Session, last: int | None = None) -> list[RawUpdate]:
    """The next hundred updates that wait to be handled, in order; with `last`, those that came after it."""
    waiting = select(RawUpdate).where(RawUpdate.handled_at.is_(None)).order_by(RawUpdate.update_id).limit(100)
    return list(session.scalars(waiting if last is None else waiting.where(RawUpdate.update_id > last)))


def mark_handled(session: Session, update_id: int, now: datetime, error: str | None = None) -> None:
    """The update is done with; `error` keeps what went wrong, and it is not tried again."""
    row = session.get_one(RawUpdate, update_id)
    row.handled_at, row.error = now, error
