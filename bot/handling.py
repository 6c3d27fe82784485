"""Handling a stored update: what it does, the answers and the mark that it is done are one transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import converse
from bot.fetching import DownloadError, Failure, Found, Sources, Wanted
from bot.incoming import Gone, Incoming
from bot.turn import Turn
from campaign.database import Database
from campaign.inbox import mark_handled, unhandled
from campaign.models import Address, RawUpdate
from campaign.people import meet
from campaign.ports import Clock, FormError
from campaign.refusal import Refused
from words import Language

CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class Handling:
    """Works on stored updates; every call blocks, so it belongs into a thread."""

    database: Database
    clock: Clock
    sources: Sources
    language: Language
    username: str
    failures: dict[str, Failure] = field(default_factory=dict)

    def waiting(self, last: int | None) -> list[tuple[int, dict[str, Any]]]:
        """The next stored updates that wait, in order, those after `last`: id and body."""
        with self.database.transaction() as session:
            return [(row.update_id, row.body) for row in unhandled(session, last)]

    def handle(self, update_id: int, incoming: Incoming | None) -> None:
        """Do what the update asks for and answer; what that needs from outside is fetched between two attempts."""
        found: dict[str, object] = {}
        while True:
            try:
                self._attempt(update_id, incoming, found)
            except Wanted as wanted:
                found[wanted.name] = self._fetch(wanted)
            else:
                return

    def _fetch(self, wanted: Wanted) -> object:
        """What was fetched, or why it could not be.

        Who asked before the last attempt had failed gets that answer: a person who presses again and again while a form
        is out of reach keeps nobody else waiting.
        """
        failed = self.failures.get(wanted.name)
        if failed and wanted.asked_at <= failed.at:
            return failed.error
        try:
            return wanted.work(self.sources)
        except (FormError, DownloadError) as error:
            self.failures[wanted.name] = Failure(error, self.clock.now())
            return error

    def _attempt(self, update_id: int, incoming: Incoming | None, found: Found) -> None:
        with self.database.transaction() as session:
            update = session.get_one(RawUpdate, update_id, with_for_update=True)
            if update.handled_at is None:
                if incoming is not None:
                    self._answer(session, update, incoming, found)
                mark_handled(session, update_id, self.clock.now())

    def _answer(self, session: Session, update: RawUpdate, incoming: Incoming, found: Found) -> None:
        if isinstance(incoming.deed, Gone):
            _strike_off(session, incoming.chat, update.received_at)
            return
        address = meet(session, CHANNEL, incoming.chat, name=incoming.name, language=self.language)
        turn = Turn(session, update.received_at, update.update_id, address, self.username, found)
        try:
            with session.begin_nested():  # what was refused has changed nothing
                converse(turn, incoming.deed)
        except Refused as refusal:
            turn.say(refusal.text)

    def push_aside(self, update_id: int, incoming: Incoming | None, error: Exception) -> None:
        """Note what went wrong, so that the update is not in the way of the next, and say sorry to the person."""
        now = self.clock.now()
        writable = str(error).encode(errors="backslashreplace").decode()  # half a surrogate pair cannot be stored
        with self.database.transaction() as session:
            mark_handled(session, update_id, now, error=f"{type(error).__name__}: {writable}")
        if incoming is None or isinstance(incoming.deed, Gone):
            return
        with self.database.transaction() as session:
            address = meet(session, CHANNEL, incoming.chat, name=incoming.name, language=self.language)
            Turn(session, now, update_id, address, self.username).answer("bot.sorry")


def _strike_off(session: Session, chat: str, now: datetime) -> None:
    address = session.scalar(select(Address).where(Address.channel == CHANNEL, Address.value == chat))
    if address is not None:
        address.dead_since = now
