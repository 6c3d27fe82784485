"""Play: the sandbox with the real system running against it, for people and programs to act in."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.clock import SystemClock
from app.failures import WrongUseError
from app.logs import set_up_logs
from app.rehearsal import environment, held, settings_of
from app.serve import serve
from app.settings import read_settings
from sandbox.clock import Clock as SandboxTime
from sandbox.server import Sandbox
from words import Text


class PlayClock(SystemClock):
    """The sandbox's time, which runs beside the wall's and can be moved on; waiting is real."""

    def __init__(self, time: SandboxTime) -> None:
        self._time = time

    def now(self) -> datetime:
        """The present instant in the sandbox."""
        return self._time.now()


def play(port: int, folder: Path, begins: datetime | None, say_ready: Callable[[Text], None]) -> None:
    """Serve until interrupted. State stays in `folder`, so that playing goes on another day.

    `begins` is where the sandbox's time starts when the folder is new; None is the present.
    """
    with held(folder), _sandbox(port, folder, begins) as sandbox:
        values = environment(sandbox, folder)
        settings_file = folder / "play.env"
        settings_file.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
        with settings_of({**values, "XEPHANG_HEARTBEAT_SECONDS": "1", "XEPHANG_LISTEN": "127.0.0.1:0"}):
            settings = read_settings()
            set_up_logs(settings)
            say_ready(Text("app.play_ready", url=f"{sandbox.url}/sandbox", file=str(settings_file)))
            asyncio.run(serve(settings, PlayClock(sandbox.clock)))


def _sandbox(port: int, folder: Path, begins: datetime | None) -> Sandbox:
    try:
        return Sandbox(folder / "sandbox.sqlite3", port, running_from=begins)
    except OSError as error:
        raise WrongUseError(Text("app.port_unusable", port=str(port), why=error.strerror or "")) from error
