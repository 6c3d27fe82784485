"""The tabs of a workbook, read in a process of its own: a file that breaks it breaks nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from threading import BoundedSemaphore
from typing import Any

from forms.excel import child
from forms.excel.anchors import plain
from forms.excel.peek import refusal
from forms.grid import RESTORE_FILE, UNCOMPUTED, Percent, RawTab
from words import Text

SECONDS = 15
"""By the wall's clock: three times the processor's time that the child has, for the machine does other things too."""
_SECRETS = "XEPHANG_"
_AT_ONCE = BoundedSemaphore(2)
"""However many files come in together, so many of them take memory."""


def tabs_of(content: bytes) -> tuple[RawTab, ...] | Text:
    """Every tab of a file that somebody sent; a Text says what the file is instead, and what to do."""
    return refusal(content) or opened(content)


def opened(content: bytes) -> tuple[RawTab, ...] | Text:
    """Every tab with its cells; a Text where the file cannot be read, for whatever reason."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
    # -P keeps the modules beside the script from standing in for others of their names.
    command = [sys.executable, "-P", child.__file__]
    try:
        with _AT_ONCE:
            done = subprocess.run(  # noqa: S603 - our own program, and no word of the file in the command
                command,
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=SECONDS,
                check=True,
            )
        return _found(json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError, LookupError, TypeError, OSError):
        return Text("forms.file_broken")


def _found(document: Any) -> tuple[RawTab, ...] | Text:  # noqa: ANN401 - JSON has no narrower type
    match document:
        case {"far_cell": str(cell)}:
            return Text("forms.file_far_cell", cell=cell)
        case {"overloaded": True}:
            return Text("forms.file_overloaded")
    return tuple(map(_tab, document))


def _tab(document: Mapping[str, Any]) -> RawTab:
    cells = [[_value(cell) for cell in row] for row in document["rows"]]
    return RawTab(str(document["title"]), cells, RESTORE_FILE)


def _value(cell: Any) -> object:  # noqa: ANN401 - JSON has no narrower type
    match cell:
        case {"percent": number}:
            return Percent(number)
        case {"date": day}:
            return date.fromisoformat(day)
        case {"uncomputed": _}:
            return UNCOMPUTED
        case str():
            return plain(cell)
    return cell
