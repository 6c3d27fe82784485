"""Delivery: claim a message (committed), send it, record what became of it (committed).

A claim sends one part. A message with parts left goes back to waiting, and its reference holds the numbers of the parts
that arrived: so the pace and the once-only hold for each part, whatever happens in between.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session
from telegram import Bot

from bot.handling import CHANNEL
from bot.outcomes import Failed, Lost, Moved, NotSent, Outcome, Sent
from bot.rendering import Part, parts_of
from bot.sending import File, send
from campaign import outbox
from campaign.database import Database
from campaign.delivery_states import DeliveryState
from campaign.models import FileReference, OutboxRow, StoredFile
from campaign.outbox import Wait
from campaign.ports import Clock
from words import LANGUAGES, Language, Value

LONGEST_PAUSE = timedelta(minutes=10)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claimed message with everything that sending needs; `arrived` are the numbers of the parts sent before."""

    row_id: int
    chat: str
    language: Language
    kind: str
    facts: Mapping[str, Value]
    file: File | None
    attempts: int
    arrived: tuple[str, ...]

    def parts(self) -> tuple[Part, ...]:
        """The whole message as Telegram shows it. Raises whatever bad facts or a hole in the catalogue raise."""
        return parts_of(self.kind, self.facts, self.file.sha256 if self.file else None, self.language)


class Delivery:
    """Sends what waits in the outbox."""

    def __init__(self, bot: Bot, database: Database, clock: Clock) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock

    async def run(self) -> int:
        """Send everything that may go by now, waiting for the pace; return how many messages came to an end.

        Stops early when Telegram cannot be reached at all.
        """
        await asyncio.to_thread(self._give_up)
        finished = 0
        while claimed := await asyncio.to_thread(self._claim):
            if isinstance(claimed, Wait):
                await self._clock.sleep((claimed.until - self._clock.now()).total_seconds())
                continue
            outcome, parts_left = await self._send_next_part(claimed)
            finished += await asyncio.to_thread(self._record, claimed, outcome, parts_left)
            if isinstance(outcome, NotSent) and outcome.pause is None:
                break
        return finished

    def _give_up(self) -> None:
        """What was claimed long ago and never recorded would hold back all that waits for the same person."""
        with self._database.transaction() as session:
            outbox.give_up_claims(session, self._clock.now())

    def _claim(self) -> Claimed | Wait | None:
        with self._database.transaction() as session:
            row = outbox.claim(session, self._clock.now())
            return _claimed(session, row) if isinstance(row, OutboxRow) else row

    async def _send_next_part(self, claimed: Claimed) -> tuple[Outcome, int]:
        try:
            part, *left = claimed.parts()[len(claimed.arrived) :]
        except Exception as error:  # one message that cannot be worded must not stop the others
            log.exception("Message %s (%s) cannot be worded", claimed.row_id, claimed.kind)
            return Failed(f"{type(error).__name__}: {error}"), 0
        return await send(self._bot, claimed.chat, part, claimed.file), len(left)

    def _record(self, claimed: Claimed, outcome: Outcome, parts_left: int) -> bool:
        """Record the outcome; return whether the message came to an end."""
        now = self._clock.now()
        with self._database.transaction() as session:
            match outcome:
                case Sent(number, file):
                    _remember(session, claimed.file, file)
                    outbox.record_sent(session, claimed.row_id, ",".join((*claimed.arrived, number)))
                    if parts_left:
                        session.get_one(OutboxRow, claimed.row_id).state = DeliveryState.WAITING
                case NotSent(error, pause):
                    _try_again(session, claimed, error, now + (pause or _growing_pause(claimed)))
                case Lost(error):
                    outbox.record_uncertain(session, claimed.row_id, error)
                case Failed(error) if _forget(session, claimed.file):
                    _try_again(session, claimed, error, now)
                case Failed(error, dead):
                    outbox.record_failed(session, claimed.row_id, error, dead_since=now if dead else None)
                case Moved(chat):
                    session.get_one(OutboxRow, claimed.row_id).address.value = chat
                    _try_again(session, claimed, f"The chat moved to {chat}.", now)
            return session.get_one(OutboxRow, claimed.row_id).state is not DeliveryState.WAITING


def _claimed(session: Session, row: OutboxRow) -> Claimed:
    language = row.address.person.language
    return Claimed(
        row_id=row.id,
        chat=row.address.value,
        language=language if language in LANGUAGES else LANGUAGES[0],
        kind=row.kind,
        facts=row.facts,
        file=_file(session, row.file) if row.file else None,
        attempts=row.attempts,
        arrived=tuple(row.reference.split(",")) if row.reference else (),
    )


def _file(session: Session, sha256: str) -> File:
    stored = session.get_one(StoredFile, sha256)
    known = session.get(FileReference, (sha256, CHANNEL))
    return File(sha256, stored.name, stored.media_type, stored.content, known.reference if known else None)


def _try_again(session: Session, claimed: Claimed, error: str, not_before: datetime) -> None:
    outbox.record_retry(session, claimed.row_id, error, not_before=not_before)
    session.get_one(OutboxRow, claimed.row_id).reference = ",".join(claimed.arrived) or None


def _growing_pause(claimed: Claimed) -> timedelta:
    return min(timedelta(seconds=2 ** min(claimed.attempts, 10)), LONGEST_PAUSE)


def _remember(session: Session, file: File | None, reference: str | None) -> None:
    """Telegram holds the file from now on: the next to get it are sent its id."""
    if file and reference and not file.reference:
        session.merge(FileReference(sha256=file.sha256, channel=CHANNEL, reference=reference))


def _forget(session: Session, file: File | None) -> bool:
    """Drop the id of a file, which Telegram may not know (any more); False where none was used."""
    known = session.get(FileReference, (file.sha256, CHANNEL)) if file and file.reference else None
    if known:
        session.delete(known)
    return known is not None
