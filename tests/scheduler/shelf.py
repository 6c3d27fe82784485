"""Forms that lie on a shelf: what the tick needs from the outside, with everything that can go wrong there."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from campaign.ports import ChangedForm, FormError, FormOrder, FormReading, IssuedForm
from scoring import Regulation


@dataclass
class Shelf:
    """Forms by file id. What is in `broken` fails with that error, by file id or by the name of the call."""

    held: dict[str, FormReading] = field(default_factory=dict)
    changes: dict[str, datetime] = field(default_factory=dict)
    locked: list[str] = field(default_factory=list)
    broken: dict[str, BaseException] = field(default_factory=dict)
    thrown_away: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    listed_since: list[datetime | None] = field(default_factory=list)

    def write(self, file_id: str, reading: FormReading, now: datetime) -> None:
        """A contact writes into a form."""
        self.held[file_id], self.changes[file_id] = reading, now

    def issue(self, order: FormOrder) -> IssuedForm:
        file_id = order.key.replace("/", "-")
        self._call("issue", file_id)
        self.held.setdefault(file_id, FormReading((), ()))
        return IssuedForm(file_id, f"https://docs.example/{file_id}")

    def changed(self, since: datetime | None) -> tuple[ChangedForm, ...]:
        self._call("changed", "")
        self.listed_since.append(since)
        found = [ChangedForm(file_id, at) for file_id, at in self.changes.items() if since is None or at >= since]
        return tuple(sorted(found, key=lambda each: each.at))

    def in_bin(self) -> tuple[str, ...]:
        return tuple(self.thrown_away)

    def read(self, file_id: str, regulation: Regulation, group: str) -> FormReading:  # noqa: ARG002 - the port
        self._call("read", file_id)
        return self.held[file_id]

    def lock(self, file_id: str) -> None:
        self._call("lock", file_id)
        self.locked.append(file_id)

    def _call(self, name: str, file_id: str) -> None:
        self.calls.append(f"{name} {file_id}".strip())
        for failing in (file_id, name, f"{name} {file_id}"):
            if failing in self.broken:
                raise self.broken[failing]

    def count(self, name: str) -> int:
        """How often a kind of call was made."""
        return Counter(each.partition(" ")[0] for each in self.calls)[name]


LOST = FormError("deleted", retry=False)
BUSY = FormError("quota", retry=True)
