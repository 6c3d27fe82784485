"""The sandbox as one HTTP server on loopback."""

import asyncio
import logging
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from sandbox import control, deeds, people
from sandbox.clock import Clock
from sandbox.google import person_routes
from sandbox.google import routes as google_routes
from sandbox.store import Store
from sandbox.telegram import bots
from sandbox.telegram.call import Service
from sandbox.telegram.hooks import Hooks
from sandbox.telegram.polls import Polls
from sandbox.telegram.routes import routes as telegram_routes

IDLE = 3600  # seconds that an unused connection stays open: clients keep theirs for a long time
LAST_ANSWERS = 1  # second that calls under way have when the server stops


def create_app(store: Store, clock: Clock) -> Starlette:
    """Telegram under `/telegram`, Google under `/google`, the person's side under `/sandbox`."""
    service = Service(store, clock, Polls(), Hooks(store, clock))
    if not bots.everyone(store):
        bots.register(store, bots.FIRST)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        service.hooks.start()
        yield
        await service.hooks.close()

    person_side = [
        *people.routes(service),
        *deeds.routes(service),
        *control.routes(store, clock),
        *person_routes(store, clock),
    ]
    app = Starlette(
        routes=[
            Mount("/telegram", routes=telegram_routes(service)),
            Mount("/google", routes=google_routes(store, clock)),
            Mount("/sandbox", routes=person_side),
        ],
        exception_handlers={HTTPException: _no_such_address},
        lifespan=lifespan,
    )
    app.state.polls = service.polls
    return app


async def _no_such_address(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"error": f"The sandbox has no {request.method} {request.url.path}."}, status)


class Sandbox:
    """A running sandbox, for a `with` block.

    The file at `path` keeps its state, also when the process is killed; None keeps it in memory. Port 0
    means any free one. A new sandbox's clock stands at `frozen_at`, or runs from `running_from`,
    or with the real time.
    """

    def __init__(
        self, path: Path | None, port: int = 0, frozen_at: datetime | None = None, running_from: datetime | None = None
    ) -> None:
        self._socket = _listening(port)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.store = Store(path)
        self.clock = Clock(self.store, frozen_at, running_from)
        self._app = create_app(self.store, self.clock)
        self._server = _Server(self._app)
        # A daemon, so that an interrupt between the start and the `with` block still ends the process.
        self._thread = threading.Thread(target=self._server.run_on, args=(self._socket,), name="sandbox", daemon=True)

    @property
    def token(self) -> str:
        """The token of the first bot."""
        return bots.everyone(self.store)[0].token

    def __enter__(self) -> Self:
        """Start to answer."""
        self._thread.start()
        self._server.ready.wait()
        if not self._server.started:
            raise RuntimeError("The sandbox's server did not start; the log above says why.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of polls, connections, port and file."""
        self._server.stop(self._app)
        self._thread.join()
        self._socket.close()
        self.store.close()


def _listening(port: int) -> socket.socket:
    # Named as TCP, the socket makes asyncio send at once instead of waiting 40 ms to fill a packet.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


class _Server(uvicorn.Server):
    """uvicorn in a thread of its own, told to stop by another one instead of by a signal."""

    def __init__(self, app: Starlette) -> None:
        logging.getLogger("uvicorn.error").addFilter(_not_a_dropped_answer)
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level=logging.ERROR,
                access_log=False,
                date_header=False,
                timeout_keep_alive=IDLE,
            )
        )
        self.ready = threading.Event()

    def run_on(self, listening: socket.socket) -> None:
        """Answer on this socket until told to stop."""
        try:
            self.run([listening])
        finally:
            self.ready.set()

    async def main_loop(self) -> None:
        """Wait for the end without looking at the clock ten times a second."""
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        self.ready.set()
        await self._end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's signature
        """Let go without uvicorn's pause: with the polls over, only hanging calls are still under way."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=LAST_ANSWERS)
        await self.lifespan.shutdown()

    def stop(self, app: Starlette) -> None:
        """End the polls, then the server; call it from another thread."""
        self._loop.call_soon_threadsafe(app.state.polls.close)
        self._loop.call_soon_threadsafe(self._end.set)


def _not_a_dropped_answer(record: logging.LogRecord) -> bool:
    """Dropped answers are ordered (see `faults`); everything else that goes wrong is worth a line."""
    return "without completing response" not in record.getMessage()
