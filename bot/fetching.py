"""What a turn needs from outside before it can go on: fetched between two attempts, while no transaction is open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from campaign.ports import FormFiles, Forms


class DownloadError(Exception):
    """A file could not be fetched from Telegram; `too_large` where Telegram gives it to no bot."""

    def __init__(self, *, too_large: bool) -> None:
        super().__init__("too large" if too_large else "out of reach")
        self.too_large = too_large


@dataclass(frozen=True, slots=True)
class Sources:
    """Where things are fetched from. `forms` is None where there is no Google; `download` takes Telegram's file id."""

    forms: Forms | None
    files: FormFiles
    download: Callable[[str], bytes]


Work = Callable[[Sources], object]
Found = Mapping[str, object]
"""What was fetched, by name; an exception stands for what could not be."""


class Wanted(Exception):  # noqa: N818 - it asks for something, it is no error
    """The turn cannot go on before this was fetched, which must not happen while the database is locked."""

    def __init__(self, name: str, work: Work, asked_at: datetime) -> None:
        super().__init__(name)
        self.name = name
        self.work = work
        self.asked_at = asked_at


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something could not be fetched, and when that was known."""

    error: Exception
    at: datetime
