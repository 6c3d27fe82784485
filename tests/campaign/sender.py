"""A process that sends, for the test with several of them; it imports no more than it needs, to start fast."""

from datetime import UTC, datetime

from sqlalchemy import select

from campaign.database import Database
from campaign.delivery_states import DeliveryState
from campaign.models import OutboxRow
from campaign.outbox import Wait, claim, record_sent

START = datetime(2026, 10, 1, 2, tzinfo=UTC)
MOST_TURNS = 5000


def deliver_all(url: str) -> list[str]:
    """One process that sends as long as anything is left; its clock jumps over each wait."""
    database, now, sent = Database(url), START, []
    for _ in range(MOST_TURNS):
        with database.transaction() as session:
            found = claim(session, now)
            key, row_id = (found.key, found.id) if isinstance(found, OutboxRow) else (None, None)
            waiting = session.scalar(select(OutboxRow.id).where(OutboxRow.state == DeliveryState.WAITING).limit(1))
        if isinstance(found, Wait):
            now = found.until
        elif key and row_id:
            with database.transaction() as session:
                record_sent(session, row_id, "1")
            sent.append(key)
        elif waiting is None:
            break
    database.close()
    return sent
