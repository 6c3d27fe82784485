"""The sandbox's own time: dates of messages and every quota follow it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.store import Store


class Clock:
    """Time that stands still until somebody moves it ("frozen"), or runs beside the real one ("running").

    A store that already has a clock keeps it; otherwise the clock is frozen at the given moment, or runs
    from the given one, or with the real time where none is given.
    """

    def __init__(self, store: Store, frozen_at: datetime | None = None, running_from: datetime | None = None) -> None:
        self._store = store
        if store.get("clock", "clock") is None:
            self._keep(_running_at(running_from or _real_now()) if frozen_at is None else _frozen(frozen_at))

    @property
    def mode(self) -> str:
        """Whether the clock is "frozen" or "running"."""
        return str(self._kept()["mode"])

    def now(self) -> datetime:
        """The moment in the sandbox, aware, in UTC."""
        kept = self._kept()
        if kept["mode"] == "frozen":
            return datetime.fromisoformat(kept["now"])
        return _real_now() + timedelta(seconds=kept["ahead"])

    def set(self, to: datetime) -> None:
        """Move the clock to an aware moment; ValueError where that moment has already passed."""
        if to.tzinfo is None:
            raise ValueError(f"{to.isoformat()} has no time zone: write it with one, such as {to.isoformat()}+00:00.")
        with self._store.transaction():
            now = self.now()
            if to < now:
                raise ValueError(f"The clock cannot go back from {now.isoformat()} to {to.isoformat()}.")
            self._keep(_frozen(to) if self.mode == "frozen" else _running_at(to))

    def advance(self, seconds: float) -> None:
        """Move the clock on; ValueError for a negative number of seconds."""
        with self._store.transaction():
            self.set(self.now() + timedelta(seconds=seconds))

    def _kept(self) -> dict[str, Any]:
        return self._store.get("clock", "clock") or {}

    def _keep(self, state: dict[str, Any]) -> None:
        self._store.put("clock", "clock", state)


def _frozen(at: datetime) -> dict[str, Any]:
    return {"mode": "frozen", "now": at.astimezone(UTC).isoformat()}


def _running_at(moment: datetime) -> dict[str, Any]:
    return {"mode": "running", "ahead": (moment - _real_now()).total_seconds()}


def _real_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the running sandbox's one look at the wall clock
