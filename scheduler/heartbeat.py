"""The heartbeat: APScheduler calls one pulse at a fixed interval, never two at once, and none is lost for being late.

The schedule itself is in the database rows; this only says "look again".
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Pulse = Callable[[], Awaitable[None]]


class Heartbeat:
    """Calls `pulse` every `seconds`, and at once when woken."""

    def __init__(self, pulse: Pulse, seconds: float) -> None:
        self._pulse = pulse
        self._turn = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._beat,
            "interval",
            seconds=seconds,
            id="heartbeat",
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )

    def start(self) -> None:
        """Begin to beat; needs a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop beating; a pulse under way ends by itself."""
        self._scheduler.shutdown(wait=False)

    async def wake(self) -> None:
        """Beat now, and return when that pulse is over. An exception of the pulse is raised here."""
        done = asyncio.get_running_loop().create_future()
        self._scheduler.add_job(self._beat, args=[done], misfire_grace_time=None)
        await asyncio.shield(done)

    async def _beat(self, done: "asyncio.Future[None] | None" = None) -> None:
        try:
            async with self._turn:
                await self._pulse()
        except Exception as error:
            if done is None:
                raise
            done.set_exception(error)
        else:
            if done is not None:
                done.set_result(None)
