"""Forms that lie on a shelf: what the tick needs from the outside, with everything that can go wrong there."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from campaign.ports import (
    ChangedForm,
    Changes,
    FolderFile,
    FormError,
    FormNotes,
    FormOf,
    FormOrder,
    FormReading,
    IssuedForm,
    Pace,
)
from scoring import Regulation
from words import Text


@dataclass
class Shelf:
    """Forms by file id. What is in `broken` fails with that error, by file id or by the name of the call.

    Whoever writes into a form, we too, moves the time of its change; listings show it `lag` later. `meanwhile` is what
    happens at the service during a call, by its name.
    """

    held: dict[str, FormReading] = field(default_factory=dict)
    changed_at: dict[str, datetime] = field(default_factory=dict)
    files: list[FolderFile] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    unlocked: list[str] = field(default_factory=list)
    notes: dict[str, FormNotes] = field(default_factory=dict)
    broken: dict[str, BaseException] = field(default_factory=dict)
    meanwhile: dict[str, Callable[[], None]] = field(default_factory=dict)
    thrown_away: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    listed_since: list[datetime | None] = field(default_factory=list)
    orders: list[FormOrder] = field(default_factory=list)
    pace: Pace = field(default_factory=lambda: Pace(forms_a_minute=10, at_once=1))
    lag: timedelta = timedelta()
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    _turn: Lock = field(default_factory=Lock)

    def write(self, file_id: str, reading: FormReading, now: datetime) -> None:
        """A contact writes into a form; it is no earlier than that then."""
        self.held[file_id], self.changed_at[file_id] = reading, now
        self.now = max(self.now, now)

    def issue(self, order: FormOrder) -> IssuedForm:
        file_id = order.file_id or order.key.replace("/", "-")
        self._call("issue", file_id)
        self.orders.append(order)
        made_at = None if file_id in self.held else self.now
        self.held.setdefault(file_id, FormReading(order.filled))
        self.changed_at.setdefault(file_id, self.now)
        url, folder_id = f"https://docs.example/{file_id}", f"folder-{file_id}"
        return IssuedForm(file_id, url, folder_id, f"https://drive.example/{folder_id}", at=made_at)

    def changes(self, since: datetime | None) -> Changes:
        self._call("changes", "")
        self.listed_since.append(since)
        forms = [ChangedForm(file_id, at) for file_id, at in self.changed_at.items() if self._is_listed(at, since)]
        return Changes(
            tuple(sorted(forms, key=lambda each: each.at)),
            tuple(each for each in self.files if self._is_listed(each.at, since)),
            frozenset(self.thrown_away),
        )

    def folder_files(self, folder_id: str) -> tuple[FolderFile, ...]:
        self._call("folder_files", folder_id)
        return tuple(each for each in self.files if each.folder_id == folder_id)

    def _is_listed(self, at: datetime, since: datetime | None) -> bool:
        return (since is None or at >= since) and at + self.lag <= self.now

    def read(self, file_id: str, key: str, regulation: Regulation, group: str) -> FormReading:  # noqa: ARG002 - the port
        self._call("read", file_id)
        return self.held[file_id]

    def annotate(self, file_id: str, notes: FormNotes, reading: FormReading, *, untick: bool) -> None:  # noqa: ARG002 - the port
        self._call("annotate", file_id)
        self.notes[file_id] = notes
        self.changed_at[file_id] = self.now
        if untick:
            self.held[file_id] = replace(self.held[file_id], ticked=False)

    def lock(self, file_id: str) -> None:
        self._call("lock", file_id)
        self.locked.append(file_id)

    def unlock(self, file_id: str) -> None:
        self._call("unlock", file_id)
        self.unlocked.append(file_id)

    def file_id_in(self, link: str) -> str | None:
        return link.rpartition("/")[2] or None

    def _call(self, name: str, file_id: str) -> None:
        with self._turn:
            self.calls.append(f"{name} {file_id}".strip())
        for failing in (file_id, name, f"{name} {file_id}"):
            if failing in self.broken:
                raise self.broken[failing]
        self.meanwhile.pop(name, lambda: None)()

    def count(self, name: str) -> int:
        """How often a kind of call was made."""
        return Counter(each.partition(" ")[0] for each in self.calls)[name]


class Files:
    """Forms as files: each holds the name of its form."""

    def write(self, order: FormOrder) -> bytes:
        return f"xlsx {order.key}".encode()

    def read(self, content: bytes, forms: Sequence[FormOf]) -> tuple[FormReading | Text, ...]:
        raise NotImplementedError  # the bot reads them


LOST = FormError("deleted", retry=False)
BUSY = FormError("quota", retry=True)
SILENT = FormError("unavailable", retry=True)
NO_RIGHT = FormError("forbidden", retry=False)
