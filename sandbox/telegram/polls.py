"""Long polls under way: whoever waits for updates, and what ends the waiting."""

import asyncio
from typing import Literal

Ending = Literal["news", "displaced", "webhook", "closing"]


class Polls:
    """At most one poll a bot: a newer one displaces the older."""

    def __init__(self) -> None:
        self._waiting: dict[int, asyncio.Future[Ending]] = {}
        self._closing = False

    async def wait(self, bot: int, seconds: int) -> Ending | None:
        """Wait in real time, whatever the sandbox's clock says; None where nothing happened."""
        if self._closing:
            return "closing"
        future: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self._waiting[bot] = future
        await asyncio.wait({future}, timeout=seconds)
        if self._waiting.get(bot) is future:
            del self._waiting[bot]
        return future.result() if future.done() else None

    def end(self, bot: int, why: Ending) -> None:
        """End the bot's poll, if there is one."""
        future = self._waiting.pop(bot, None)
        if future is not None and not future.done():
            future.set_result(why)

    def close(self) -> None:
        """End every poll, and let none wait from now on."""
        self._closing = True
        for bot in list(self._waiting):
            self.end(bot, "closing")
