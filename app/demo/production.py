"""The production system under the demo: the code of `xephang serve` and its commands, on the sandbox's clock."""

import asyncio
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from io import StringIO

import typer

from app.settings import read_settings
from app.wiring import System, start, stop
from campaign.outbox import give_up_claims
from sandbox.clock import Clock as SandboxTime
from scheduler.heartbeat import Heartbeat

ROUNDS = 50
"""So often is looked for something left to do before it is a defect that there always is."""


class StagedClock:
    """The sandbox's time as the product's clock: sleeping moves it on."""

    def __init__(self, time: SandboxTime) -> None:
        self._time = time

    def now(self) -> datetime:
        """The present instant in the sandbox."""
        return self._time.now()

    async def sleep(self, seconds: float) -> None:
        """Move on by that much."""
        self._time.advance(seconds)


class Production:
    """The running system and its heartbeat."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._heartbeat = Heartbeat(system.pulse, seconds=3600)

    @classmethod
    async def begin(cls, clock: StagedClock) -> "Production":
        """Start as `xephang serve` does; what an earlier process was sending is uncertain from now on."""
        loop = asyncio.get_running_loop()

        def pause(seconds: float) -> None:
            asyncio.run_coroutine_threadsafe(clock.sleep(seconds), loop).result()

        production = cls(await start(read_settings(), clock, pause))
        with production.system.database.transaction() as session:
            give_up_claims(session, clock.now(), older_than=timedelta(0))
        production._heartbeat.start()
        return production

    async def settle(self) -> None:
        """Let the system do everything there is to do at this moment."""
        bot, looked = self.system.bot, False
        for _ in range(ROUNDS):
            came = await bot.poll(0) + await bot.handle()
            if looked and not came:
                return
            await self._heartbeat.wake()
            looked = True
        raise RuntimeError("The system does not come to rest.")

    async def end(self) -> None:
        """Stop as `xephang serve` does."""
        self._heartbeat.stop()
        await stop(self.system)


async def command(run: Callable[..., None], *args: object, **options: object) -> None:
    """Run a command of `xephang` as the administrator would, in a terminal that nobody sees.

    Raises RuntimeError with what it printed where it ends in an error.
    """
    printed = StringIO()

    def in_terminal() -> None:
        with redirect_stdout(printed), redirect_stderr(printed):
            run(*args, **options)

    try:
        await asyncio.to_thread(in_terminal)
    except typer.Exit as error:
        raise RuntimeError(printed.getvalue()) from error
