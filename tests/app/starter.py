"""Starts commands for tests: each in a process of its own, which need not load the libraries anew.

What is asked for comes as JSON, a line each; what is answered is the exit code.
"""

import gc
import json
import os
import sys
from importlib import import_module
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from app.cli import COMMANDS, main
from words.catalogue import LANGUAGES, catalogue


def serve() -> None:
    """Load what any command needs, then answer to every line with a process that begins from there."""
    for name in COMMANDS:
        import_module(f"app.commands.{name}")
    import_module("scoring.loading")
    for language in LANGUAGES:
        catalogue(language)
    configure_mappers()
    gc.freeze()
    for line in sys.stdin:
        process = os.fork()
        if not process:
            begin(**json.loads(line))
            return
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}\n")
        sys.stdout.flush()


def begin(folder: str, settings: dict[str, str], words: list[str], said: tuple[str, str, str]) -> None:
    """Run the command in a folder, where nothing is set but the settings; `said` are its files 0, 1 and 2."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    for number, name in enumerate(said):
        with Path(name).open("r+b") as file:
            os.dup2(file.fileno(), number)
    sys.argv = ["xephang", *words]
    main()


if __name__ == "__main__":
    serve()
