"""A PostgreSQL server of our own for one run of the tests: on a Unix socket, and gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

ADMINISTRATOR = "xephang"
UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Server:
    """A running server; its socket lies in the folder."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def new_database(self) -> str:
        """Create an empty database and return its URL."""
        name = f"xephang_{next(self._numbers)}"
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://{ADMINISTRATOR}@/{name}?host={self.folder}"


def missing() -> str | None:
    """Why no server can be started here, or None."""
    return None if _programs() else "PostgreSQL's server programs (initdb, pg_ctl) are not installed."


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve()] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, and stop it at the end."""
    programs, folder = _programs(), Path(tempfile.mkdtemp(prefix="xephang-postgres-"))
    assert programs
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
    data = folder / "data"
    # Nothing here has to survive a crash, and waiting for the disk would be most of the time.
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
    try:
        _run(programs / "initdb", "-D", data, "-U", ADMINISTRATOR, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        yield Server(folder)
    finally:
        if (data / "postmaster.pid").exists():
            _run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _run(program: Path, *arguments: str | Path) -> None:
    # The server refuses to run as root, which is what tests in a container are.
    user = pwd.getpwnam(UNPRIVILEGED).pw_uid if os.geteuid() == 0 else None
    subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", user=user)
