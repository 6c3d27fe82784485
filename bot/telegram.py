"""The bot on Telegram: fetches updates and stores them, handles what is stored, delivers what was decided."""

import asyncio
import json
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.constants import UpdateType
from telegram.error import Conflict, TelegramError

from bot.account import READ_TIMEOUT, account, introduce
from bot.answering import Answering
from bot.conversation import MENU
from bot.delivery import Delivery
from bot.downloading import download
from bot.fetching import Sources
from bot.handling import Handling
from campaign.database import Database
from campaign.inbox import next_offset, store
from campaign.ports import Clock, FormFiles, Forms
from words import LANGUAGES, Language, Text, say

WANTED = (UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER)
LONGEST_PAUSE = timedelta(minutes=1)
log = logging.getLogger(__name__)


class TelegramBot:
    """One bot account. `base_url` is the root of the Bot API without "/bot"; None means Telegram's own.

    `language` is what strangers are spoken to in; whoever is known is spoken to in their own.
    """

    def __init__(
        self,
        token: str,
        base_url: str | None,
        proxy: str | None,
        *,
        database: Database,
        clock: Clock,
        forms: Forms | None,
        files: FormFiles,
        language: Language,
    ) -> None:
        self._bot = account(token, base_url, proxy)
        self._database = database
        self._clock = clock
        self._forms = forms
        self._files = files
        self._language = language
        self._delivery = Delivery(self._bot, database, clock)
        self._answering = Answering(self._bot, self._handling, self._delivery)
        self._offset: int | None = None
        self._failed_polls = 0

    @property
    def username(self) -> str:
        """The bot's name without the @; known once it was started."""
        return self._bot.username

    async def start(self) -> None:
        """Introduce the bot to Telegram and set the menus. Raises Refused as `introduce` does."""
        await introduce(self._bot)
        await self._bot.delete_webhook()  # Telegram gives updates either to a webhook or to who asks for them
        for language in LANGUAGES:
            await self._bot.set_my_commands(
                _menu(language),
                scope=BotCommandScopeAllPrivateChats(),
                language_code=None if language == LANGUAGES[0] else language,
            )

    async def stop(self) -> None:
        """Let go of what is held up, and close the connections."""
        await self._answering.stop()
        await self._bot.request.shutdown()  # Bot.shutdown would leave those of a bot open that was never started

    async def poll(self, timeout: int) -> int:  # noqa: ASYNC109 - Telegram's own waiting time, in seconds
        """Fetch updates, waiting up to `timeout` seconds for the first, and store them raw; return how many.

        Where Telegram cannot be reached, or another process polls the same bot, log it, wait (longer each time, a
        minute at most), and return 0.
        """
        # After a quiet week Telegram goes on from any number: what it gave last counts, not the highest it ever gave.
        if self._offset is None:
            self._offset = await asyncio.to_thread(self._next_offset)
        try:
            bodies = await self._fetch(self._offset, timeout)
        except Conflict as error:
            log.error("Another process fetches the updates of this bot: stop one of the two. %s", error)  # noqa: TRY400 - a traceback tells nothing more
            await self._pause()
            return 0
        except TelegramError as error:
            log.warning("Updates could not be fetched: %s", error)
            await self._pause()
            return 0
        self._failed_polls = 0
        if bodies:
            await asyncio.to_thread(self._store, bodies)
            self._offset = bodies[-1]["update_id"] + 1
        return len(bodies)

    async def _fetch(self, offset: int | None, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109 - see poll
        # Not Bot.get_updates: it parses, and one update that it cannot parse would block all others for ever.
        asked = {"timeout": timeout, "allowed_updates": json.dumps(WANTED)}
        query = urlencode(asked if offset is None else {**asked, "offset": offset})
        address = f"{self._bot.base_url}/getUpdates?{query}"
        answer: Any = await self._bot.request.post(address, read_timeout=READ_TIMEOUT + timeout)
        return list(answer)

    async def _pause(self) -> None:
        self._failed_polls += 1
        await self._clock.sleep(min(2 ** min(self._failed_polls, 6), LONGEST_PAUSE.total_seconds()))

    def _next_offset(self) -> int | None:
        with self._database.transaction() as session:
            return next_offset(session)

    def _store(self, bodies: Sequence[dict[str, Any]]) -> None:
        with self._database.transaction() as session:
            for body in bodies:
                store(session, body["update_id"], body, self._clock.now())

    async def handle(self, patience: float | None = None) -> int:
        """Handle what is stored, in order; return how many updates came to an end.

        Whoever is not answered within `patience` seconds, because a form or a file is slow to come, is answered when it
        has come, and holds up nobody else meanwhile. None waits for everyone.
        """
        return await self._answering.run(patience)

    def _handling(self) -> Handling:
        """What handles updates in threads; files that people sent are fetched by this loop, which is free meanwhile."""
        loop = asyncio.get_running_loop()

        def fetch(file_id: str) -> bytes:
            return asyncio.run_coroutine_threadsafe(download(self._bot, file_id), loop).result()

        sources = Sources(self._forms, self._files, fetch)
        return Handling(self._database, self._clock, sources, self._language, self.username)

    async def deliver(self) -> int:
        """Send everything that may go by now, waiting for the pace; return how many messages came to an end."""
        return await self._delivery.run()


def _menu(language: Language) -> list[BotCommand]:
    return [
        BotCommand(say(Text(f"bot.command_{each}"), language), say(Text(f"bot.menu_{each}"), language)) for each in MENU
    ]
