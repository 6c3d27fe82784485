"""Leader leases: of several processes one polls and ticks; another takes over when it falls silent."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from campaign.models import Lease


def hold(session: Session, name: str, holder: str, now: datetime, duration: timedelta) -> int | None:
    """Take or renew the lease until `now + duration`. Return its fencing token, or None while another holds it."""
    lease = session.get(Lease, name, with_for_update=True)
    if lease is None:
        return _take_first(session, Lease(name=name, holder=holder, fence=1, until=now + duration))
    if lease.holder != holder:
        if lease.until > now:
            return None
        lease.holder, lease.fence = holder, lease.fence + 1
    lease.until = now + duration
    return lease.fence


def _take_first(session: Session, lease: Lease) -> int | None:
    try:
        with session.begin_nested():
            session.add(lease)
    except IntegrityError:  # another process was first, in this very moment
        return None
    return lease.fence


def release(session: Session, name: str, holder: str, now: datetime) -> None:
    """Give the lease back, so that a successor need not wait."""
    lease = session.get(Lease, name, with_for_update=True)
    if lease and lease.holder == holder:
        lease.until = now
