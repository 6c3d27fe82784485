"""Stored updates are answered one after the other; whoever's form is slow to come holds up only the own chat."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot import incoming
from bot.delivery import Delivery
from bot.handling import Handling
from bot.incoming import Incoming, Press

MOST_HELD_UP = 16
"""So many chats may be held up at once: each keeps a thread busy, and some are needed for everybody else."""
log = logging.getLogger(__name__)


class Answering:
    """Answers what is stored, in order, and when that is over delivers what was held up.

    Order lets the outbox tell one story, so an update is waited for. Only where it lasts longer than the patience it is
    left behind: its chat is held up until it ends, the others go on.
    """

    def __init__(self, bot: Bot, handling: Callable[[], Handling], delivery: Delivery) -> None:
        self._bot = bot
        self._handling = handling
        self._delivery = delivery
        self._turn = asyncio.Lock()
        self._held_up: dict[str | None, asyncio.Task[None]] = {}

    async def run(self, patience: float | None) -> int:
        """Answer what is stored; return how many updates came to an end. One that cannot be handled is not in the way.

        `patience` in seconds; None waits for every update however long it takes.
        """
        async with self._turn:
            handling, ended, last = self._handling(), 0, None
            while waiting := await asyncio.to_thread(handling.waiting, last):
                for update_id, body in waiting:
                    ended += await self._take_up(handling, update_id, body, patience)
                last = waiting[-1][0]
            return ended

    async def stop(self) -> None:
        """Let go of what is held up: it is stored, and whoever comes next answers it."""
        held_up = list(self._held_up.values())
        for each in held_up:
            each.cancel()
        await asyncio.gather(*held_up, return_exceptions=True)

    async def _take_up(self, handling: Handling, update_id: int, body: dict[str, Any], patience: float | None) -> bool:
        """Return whether the update came to an end."""
        try:
            came = incoming.read(Update.de_json(body), handling.username)
        except Exception as error:  # Telegram's next version, or nonsense
            log.exception("Update %s cannot be read", update_id)
            await asyncio.to_thread(handling.push_aside, update_id, None, error)
            return True
        chat = came.chat if came else None
        if chat in self._held_up:
            return False
        answer = asyncio.create_task(self._answer(handling, update_id, came))
        if await _ends_within(None if len(self._held_up) >= MOST_HELD_UP else patience, answer):
            return True
        self._held_up[chat] = asyncio.create_task(self._answer_late(chat, answer, patience))
        return False

    async def _answer(self, handling: Handling, update_id: int, came: Incoming | None) -> None:
        try:
            if came and isinstance(came.deed, Press):
                await self._acknowledge(came.deed.query_id)
            await asyncio.to_thread(handling.handle, update_id, came)
        except Exception as error:  # whatever one update holds, the next ones must be answered
            log.exception("Update %s", update_id)
            await asyncio.to_thread(handling.push_aside, update_id, came, error)

    async def _acknowledge(self, query_id: str) -> None:
        """Tell the person's phone that the press has arrived. Before the work, so that a repetition does no harm."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:  # too old after a crash, or out of reach: the answer itself comes anyway
            log.info("Button %s: %s", query_id, error)

    async def _answer_late(self, chat: str | None, answer: asyncio.Task[None], patience: float | None) -> None:
        try:
            await answer
        except Exception:  # the database is out of reach: the update stays stored, and is answered with the next ones
            log.exception("What chat %s was held up with", chat)
        finally:
            del self._held_up[chat]
        await self.run(patience)  # what the chat wrote meanwhile
        await self._delivery.run()


async def _ends_within(patience: float | None, work: asyncio.Task[None]) -> bool:
    """Return whether the work ended; what it raised is raised. Being cancelled cancels the work."""
    try:
        await asyncio.wait({work}, timeout=patience)
    except asyncio.CancelledError:
        work.cancel()
        raise
    if work.done():
        work.result()
    return work.done()
