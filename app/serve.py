"""The real thing, running: one process polls, ticks and delivers, and another takes over when it dies."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from uvicorn import Config, Server

from app.console import plain
from app.google_units import lacking_google
from app.settings import BadSettingsError, Settings
from app.wiring import System, start, stop
from campaign.leases import hold, release
from campaign.outbox import give_up_claims
from campaign.ports import Clock
from scheduler.heartbeat import Heartbeat
from words import Text, say

log = logging.getLogger(__name__)

LEASE = "leader"
LEASE_LASTS = timedelta(seconds=90)
POLL_SECONDS = 25
PATIENCE_SECONDS = 3
THREADS = 32
"""Calls to Google, the database and the bot's answers wait in threads; what is held up must not use up all of them."""
STANDBY_SECONDS = 5
RENEWAL_SECONDS = 20


async def serve(settings: Settings, clock: Clock) -> None:
    """Run until the process is told to stop (SIGINT, SIGTERM), then let go of everything.

    Raises BadSettingsError or Refused, as `start` does, before any work is begun.
    """
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
    work = asyncio.create_task(_serve(settings, clock))
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, work.cancel)
    with suppress(asyncio.CancelledError):
        await work


async def _serve(settings: Settings, clock: Clock) -> None:
    with closing(_listening(*settings.listen)) as listening:
        system = await start(settings, clock, _pause_in(asyncio.get_running_loop(), clock))
        await asyncio.to_thread(_say_what_lacks, system, settings)
        try:
            await _until_one_ends(lead(system, settings.heartbeat_seconds), _serve_health(listening, system))
        finally:
            await stop(system)


def _say_what_lacks(system: System, settings: Settings) -> None:
    """Say once that forms go through the bot alone, and which campaigns under way need more of Google than is set."""
    if system.forms is None:
        log.info(plain(say(Text("app.without_google"), settings.language)))
    with system.database.transaction() as session:
        lacking = lacking_google(session, settings)
    for each in lacking:
        log.warning(plain(say(each, settings.language)))


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise BadSettingsError(
            Text("app.cannot_listen", address=f"{host}:{port}", why=str(error.strerror).partition(" (")[0])
        ) from error


async def _until_one_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Do works that never end by themselves; when one does, the others are ended, and what went wrong is raised."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Stopping(BaseException):
    """The process ends while a call waits to be repeated. No Exception: nothing is wrong with the form."""


def _pause_in(loop: asyncio.AbstractEventLoop, clock: Clock) -> Callable[[float], None]:
    """Calls to Google run in threads; they wait on the one clock all the same."""

    def pause(seconds: float) -> None:
        try:
            asyncio.run_coroutine_threadsafe(clock.sleep(seconds), loop).result()
        except CancelledError:
            raise Stopping from None

    return pause


async def lead(system: System, heartbeat_seconds: float) -> None:
    """Poll, tick and deliver while holding the lease; stand by while another process does."""
    holder = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        if await asyncio.to_thread(_hold, system, holder):
            await _work_while_leading(system, holder, heartbeat_seconds)
        await system.clock.sleep(STANDBY_SECONDS)


async def _work_while_leading(system: System, holder: str, heartbeat_seconds: float) -> None:
    await asyncio.to_thread(_take_over, system)
    heartbeat = Heartbeat(system.pulse, heartbeat_seconds)
    heartbeat.start()
    try:
        await _until_one_ends(_keep_lease(system, holder), _converse(system))
    finally:
        heartbeat.stop()
        await asyncio.to_thread(_release, system, holder)


async def _keep_lease(system: System, holder: str) -> None:
    """Renew the lease beside the work, however long that takes; end when another process has it."""
    while await asyncio.to_thread(_hold, system, holder):
        await system.clock.sleep(RENEWAL_SECONDS)
    log.warning("Another process took the lead; this one stands by.")


async def _converse(system: System) -> None:
    while True:
        await system.bot.poll(POLL_SECONDS)
        await system.bot.handle(PATIENCE_SECONDS)
        await system.bot.deliver()


def _hold(system: System, holder: str) -> bool:
    with system.database.transaction() as session:
        return hold(session, LEASE, holder, system.clock.now(), LEASE_LASTS) is not None


def _take_over(system: System) -> None:
    with system.database.transaction() as session:
        uncertain = give_up_claims(session, system.clock.now(), older_than=timedelta(0))
    if uncertain:
        log.warning("%d messages were being sent when a process ended; they may have arrived.", uncertain)


def _release(system: System, holder: str) -> None:
    with system.database.transaction() as session:
        release(session, LEASE, holder, system.clock.now())


class _HealthServer(Server):
    """uvicorn, without its own way with signals: they are `serve`'s."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


async def _serve_health(listening: socket.socket, system: System) -> None:
    def health(_request: Request) -> JSONResponse:
        try:
            with system.database.transaction() as session:
                session.connection().exec_driver_sql("SELECT 1")
        except SQLAlchemyError:
            return JSONResponse({"status": "database unreachable"}, 503)
        return JSONResponse({"status": "ok", "now": system.clock.now().isoformat()})

    app = Starlette(routes=[Route("/health", health)])
    await _HealthServer(Config(app, log_level="warning", access_log=False, lifespan="off")).serve([listening])
    raise RuntimeError("/health ended by itself.")
