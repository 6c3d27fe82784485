"""Ctrl+C and SIGTERM end what runs for long: soon, with exit code 0, and without a traceback."""

import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

SOON = 15
"""Seconds, on a machine that does other things too: no poll of Telegram is waited for, which may take 25."""


def free_port() -> int:
    """A port where nobody listens, below those that systems give away: nobody gets it before it is used."""
    while True:
        port = secrets.randbelow(10_000) + 20_000
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@dataclass(frozen=True)
class Running:
    """A command under way in a folder; what it writes to standard error is in `stderr.txt` there."""

    process: subprocess.Popen[str]
    folder: Path

    @retry(stop=stop_after_delay(60), wait=wait_fixed(0.1), retry=retry_if_exception_type(httpx.TransportError))
    def answers(self, url: str) -> None:
        """Wait until it answers there."""
        if self.process.poll() is not None:
            pytest.fail(f"It ended with {self.process.returncode} before it answered:\n{self.told}")
        httpx.get(url).raise_for_status()

    @property
    def told(self) -> str:
        return (self.folder / "stderr.txt").read_text("utf-8")

    def ends(self, sign: signal.Signals) -> int:
        """Its exit code when it gets the signal."""
        self.process.send_signal(sign)
        return self.process.wait(SOON)


@contextmanager
def running(folder: Path, *words: str, **settings: str) -> Iterator[Running]:
    program = "import sys; from app.cli import main; sys.argv[0] = 'xephang'; main()"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), **settings}
    folder.mkdir(exist_ok=True)
    with (
        (folder / "stderr.txt").open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-c", program, *words],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            yield Running(process, folder)
        finally:
            process.kill()


@retry(stop=stop_after_delay(60), wait=wait_fixed(0.1), retry=retry_if_exception_type(FileNotFoundError))
def settings_in(file: Path) -> dict[str, str]:
    """Return the settings once they are written, which is after the sandbox answers."""
    return dict(line.split("=", 1) for line in file.read_text("utf-8").splitlines())


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_playing_and_serving_against_it_end_when_they_are_told_to(tmp_path: Path, sign: signal.Signals) -> None:
    played, served = free_port(), free_port()
    health = f"127.0.0.1:{served}"
    with running(tmp_path / "play", "play", "--port", str(played), "--out", ".") as play:
        play.answers(f"http://127.0.0.1:{played}/sandbox/clock")
        settings = settings_in(tmp_path / "play" / "play.env")
        settings |= {"XEPHANG_DATABASE_URL": "sqlite:///own.sqlite3", "XEPHANG_LISTEN": health}
        with running(tmp_path / "serve", "serve", **settings) as serve:
            serve.answers(f"http://{health}/health")
            assert (serve.ends(sign), serve.told.count("Traceback")) == (0, 0)
        assert (play.ends(sign), play.told.count("Traceback")) == (0, 0)


def test_playing_that_is_told_to_end_while_it_starts_ends_as_well(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "play", "--port", str(port)) as play:
        play.answers(f"http://127.0.0.1:{port}/sandbox/clock")
        assert (play.ends(signal.SIGTERM), play.told) == (0, "")
