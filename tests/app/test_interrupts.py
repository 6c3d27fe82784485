"""Ctrl+C and SIGTERM end what runs for long: soon, with exit code 0, and without a traceback."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

SOON = 2
"""Seconds."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def running(folder: Path, *words: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A command under way in a folder; what it writes to standard error is in `stderr.txt` there."""
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
            yield process
        finally:
            process.kill()


@retry(stop=stop_after_delay(60), wait=wait_fixed(0.1), retry=retry_if_exception_type(httpx.TransportError))
def answers(url: str) -> None:
    """Wait until something answers there."""
    httpx.get(url).raise_for_status()


@retry(stop=stop_after_delay(60), wait=wait_fixed(0.1), retry=retry_if_exception_type(FileNotFoundError))
def settings_in(file: Path) -> dict[str, str]:
    """Return the settings once they are written, which is after the sandbox answers."""
    return dict(line.split("=", 1) for line in file.read_text("utf-8").splitlines())


def told_of(folder: Path) -> str:
    return (folder / "stderr.txt").read_text("utf-8")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_playing_and_serving_against_it_end_when_they_are_told_to(tmp_path: Path, sign: signal.Signals) -> None:
    played, served = free_port(), free_port()
    health = f"127.0.0.1:{served}"
    with running(tmp_path / "play", "play", "--port", str(played), "--out", ".") as play:
        answers(f"http://127.0.0.1:{played}/sandbox/clock")
        settings = settings_in(tmp_path / "play" / "play.env")
        settings |= {"XEPHANG_DATABASE_URL": "sqlite:///own.sqlite3", "XEPHANG_LISTEN": health}
        with running(tmp_path / "serve", "serve", **settings) as serve:
            answers(f"http://{health}/health")
            serve.send_signal(sign)
            assert (serve.wait(SOON), told_of(tmp_path / "serve").count("Traceback")) == (0, 0)
        play.send_signal(sign)
        assert (play.wait(SOON), told_of(tmp_path / "play").count("Traceback")) == (0, 0)


def test_playing_that_is_told_to_end_while_it_starts_ends_as_well(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "play", "--port", str(port)) as play:
        answers(f"http://127.0.0.1:{port}/sandbox/clock")
        play.terminate()
        assert (play.wait(SOON), told_of(tmp_path)) == (0, "")
