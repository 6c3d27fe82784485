"""What the campaign needs from the outside world: a clock, and forms that units fill in. The shells implement it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from scoring import Answer, Regulation
from words import Language, Problem, Text


@dataclass(frozen=True, slots=True)
class Letter:
    """The official letter (công văn) that opens a campaign; request, form and reminders quote it."""

    number: str
    day: date
    signer: str


@dataclass(frozen=True, slots=True)
class FormOrder:
    """Everything a form needs to be made for one unit. `key` names the form for ever: one key, one file.

    Where the unit's term counts from the day on which it acknowledges the letter, `term` says how long it is, and
    `last_day` is the latest that it can come to.
    """

    key: str
    regulation: Regulation
    group: str
    unit_name: str
    title: str
    letter: Letter
    last_day: date
    bot_username: str
    share_with: tuple[str, ...]
    language: Language
    term: Text | None = None


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """A form that stands ready: where the code finds it and where a person opens it."""

    file_id: str
    url: str


@dataclass(frozen=True, slots=True)
class ChangedForm:
    """A form that somebody changed, and when (UTC, by the clock of the service)."""

    file_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a form holds now: typed answers, and every problem with its cell."""

    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]


class FormError(Exception):
    """A form could not be reached. `reason` is a stable code; `retry` says whether trying again can help."""

    def __init__(self, reason: str, *, retry: bool, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.retry = retry
        self.detail = detail


class Clock(Protocol):
    """The one clock. The demo and the tests move it; the real one follows the wall."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Let that much of this clock's time pass."""


class Forms(Protocol):
    """Forms that live somewhere units can reach them. Every call may raise FormError, for that form only."""

    def issue(self, order: FormOrder) -> IssuedForm:
        """Make, fill and share the form of `order.key`; called again after a crash it finishes the same file."""

    def changed(self, since: datetime | None) -> Sequence[ChangedForm]:
        """List the forms changed at or after `since` (all for None), oldest change first."""

    def in_bin(self) -> Sequence[str]:
        """List the forms (by file id) that somebody put into the bin."""

    def read(self, file_id: str, regulation: Regulation, group: str) -> FormReading:
        """Read the answers of one form."""

    def lock(self, file_id: str) -> None:
        """Take the right to write away from everybody the form was shared with; repeating it is harmless."""
