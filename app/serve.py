"""The real thing, running: one process polls, ticks and delivers, and another takes over when it dies."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from uvicorn import Config, Server

from app.settings import Settings
from app.wiring import System, start, stop
from campaign.leases import hold, release
from campaign.outbox import give_up_claims
from campaign.ports import Clock
from scheduler.heartbeat import Heartbeat

log = logging.getLogger(__name__)

LEASE = "leader"
LEASE_LASTS = timedelta(seconds=90)
POLL_SECONDS = 25
STANDBY_SECONDS = 5


async def serve(settings: Settings, clock: Clock) -> None:
    """Run until the process is told to stop (SIGINT, SIGTERM). Raises BadSettingsError before anything starts."""
    loop = asyncio.get_running_loop()
    system = await start(settings, clock, _pause_in(loop, clock))
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stopping.set)
    health = asyncio.create_task(_serve_health(settings.listen, system))
    work = asyncio.create_task(lead(system, settings.heartbeat_seconds))
    await asyncio.wait({asyncio.create_task(stopping.wait()), work}, return_when=asyncio.FIRST_COMPLETED)
    for task in (work, health):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await stop(system)


def _pause_in(loop: asyncio.AbstractEventLoop, clock: Clock) -> Callable[[float], None]:
    """Calls to Google run in threads; they wait on the one clock all the same."""

    def pause(seconds: float) -> None:
        asyncio.run_coroutine_threadsafe(clock.sleep(seconds), loop).result()

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
        while await asyncio.to_thread(_hold, system, holder):
            await system.bot.poll(POLL_SECONDS)
            await system.bot.handle()
            await system.bot.deliver()
        log.warning("Another process took the lead; this one stands by.")
    finally:
        heartbeat.stop()
        await asyncio.to_thread(_release, system, holder)


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


async def _serve_health(listen: str, system: System) -> None:
    host, _, port = listen.rpartition(":")

    def health(_request: Request) -> JSONResponse:
        with system.database.transaction() as session:
            session.connection().exec_driver_sql("SELECT 1")
        return JSONResponse({"status": "ok", "now": system.clock.now().isoformat()})

    app = Starlette(routes=[Route("/health", health)])
    server = Server(Config(app, host=host, port=int(port), log_level="warning", access_log=False))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    await server.serve()
