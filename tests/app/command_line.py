"""The command line as a person uses it."""

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

HERE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])}


def xephang(office: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with nothing set but what is given."""
    environment = {**HERE, **{f"XEPHANG_{name.upper()}": value for name, value in settings.items()}}
    with NamedTemporaryFile() as out, NamedTemporaryFile() as errors:
        said = (os.devnull, out.name, errors.name)
        order = {"folder": str(office), "settings": environment, "words": words, "said": said}
        code = int(_answer(json.dumps(order)))
        return subprocess.CompletedProcess(words, code, out.read().decode(), errors.read().decode())


def xephang_alone(office: Path, *words: str, after: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a process that has to load everything itself; `after` is done at its end."""
    program = f"import sys; from app.cli import main; sys.argv[0] = 'xephang'\ntry: main()\nfinally: pass; {after}"
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, cwd=office, env=HERE, capture_output=True, text=True, check=False)


def _answer(order: str) -> str:
    starter = _starter()
    assert starter.stdin
    assert starter.stdout
    print(order, file=starter.stdin, flush=True)
    return starter.stdout.readline()


@cache
def _starter() -> subprocess.Popen[str]:
    # One thread, since a fork has no more than one.
    environment = {**HERE, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.app.starter"]
    starter = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)
    atexit.register(starter.communicate)  # which ends it: there is no more to read
    return starter
