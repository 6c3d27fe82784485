"""What the campaign needs from the outside world: a clock, and forms that units fill in. The shells implement it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from scoring import Answer, AnswerValue, Regulation
from words import Language, Place, Problem, Text


@dataclass(frozen=True, slots=True)
class Letter:
    """The official letter (công văn) that opens a campaign; request, form and reminders quote it."""

    number: str
    day: date
    signer: str


@dataclass(frozen=True, slots=True)
class Document:
    """A piece of evidence (tài liệu kiểm chứng) for one question: a paper that is cited, or a file with its hash."""

    key: str
    number: str = ""
    name: str = ""
    day: date | None = None
    link: str = ""
    sha256: str = ""


class Fact(StrEnum):
    """General facts about the unit and whoever filled in the form; they are kept, and score nothing."""

    ADDRESS = "address"
    PERSON = "person"
    POSITION = "position"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Filled:
    """What people filled in, whatever they filled it into. `explanations` (giải trình) are by indicator."""

    answers: tuple[Answer, ...] = ()
    documents: tuple[Document, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[Fact, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormNotes:
    """What the office writes on a form, beside the cells that people fill in.

    `status` is how far the form is (submitted, returned and why). `remarks` are what is to be mended, by the key of
    the question or indicator, and `doubts` what is only unlikely. `received` are the names of the files that count as
    evidence, by the key of the question. Once they are published `verified` are the points of the lines, by id, and
    `verdicts` the officer's reasons, by the key of the question or indicator. `last_day` is the day until which this
    unit may submit; None where it follows from what the form says from the start.
    """

    status: Text | None = None
    remarks: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    doubts: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    received: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verified: Mapping[str, Decimal] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class FormOrder:
    """Everything a form needs to be made for one unit. `key` names the form for ever: one key, one file.

    Where the unit's term counts from the day on which it acknowledges the letter, `term` says how long it is, and
    `last_day` is the latest that it can come to. `file_id` is a sheet that people made and registered, empty where one
    is to be made. `filled` stands in it from the start; `previous` are last year's values, by question, put into the
    cells that `filled` leaves empty, and marked as of `previous_year`. `contact` is whom to ask; `has_folder` says that
    the unit has a folder for evidence, or gets one with the form.
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
    contact: str = ""
    head_confirms: bool = False
    has_folder: bool = True
    file_id: str = ""
    filled: Filled = field(default_factory=Filled)
    previous: Mapping[str, AnswerValue] = field(default_factory=dict)
    previous_year: int | None = None
    notes: FormNotes = field(default_factory=FormNotes)


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """A form that stands ready: where the code finds it and where a person opens it, or what is to be sent to them.

    The folder is the unit's own, where files put into it count as evidence; empty where there is none. `at` is the
    service's time of the form as this call made it, so that this is not taken for somebody's change; None where people
    may have written into it since.
    """

    file_id: str = ""
    url: str = ""
    folder_id: str = ""
    folder_url: str = ""
    content: bytes = b""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangedForm:
    """A form that somebody changed, and when (UTC, by the clock of the service)."""

    file_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file that somebody put into a unit's folder. `at` is its last change (UTC, by the service's clock).

    `sha256` is empty for what has no content of its own, as a Google Doc or Sheet has not. `gone` is whether the file
    lies in the bin now; then its other fields are as they were.
    """

    file_id: str
    folder_id: str
    name: str
    sha256: str
    at: datetime
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to forms and folders since an instant, and which forms lie in the bin now, by file id."""

    forms: tuple[ChangedForm, ...] = ()
    files: tuple[FolderFile, ...] = ()
    in_bin: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a form holds now, and every problem with its cell.

    `ticked` is whether its box "submit" is ticked. `places` tells the port that read it where the anchors stood, so
    that notes can be written without reading again; nobody else looks into it. `cells` are where the questions are
    answered, by key, and empty where that is not known. `list_lost` is whether its list of
    documents could not be read while the rest was: then `filled` has only what the answers' own rows cite.
    """

    filled: Filled = field(default_factory=Filled)
    problems: tuple[Problem, ...] = ()
    ticked: bool = False
    places: object = None
    cells: Mapping[str, Place] = field(default_factory=dict)
    list_lost: bool = False


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


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the accounts may work: forms made in a minute, and calls under way at the same time."""

    forms_a_minute: int
    at_once: int


class Forms(Protocol):
    """Forms that live online, where units reach them. Every call may raise FormError, for that form only.

    Calls block, wait for the quotas by themselves, and may be made from `pace.at_once` threads at the same time.
    """

    @property
    def pace(self) -> Pace:
        """How fast the accounts may work."""

    def issue(self, order: FormOrder) -> IssuedForm:
        """Make, fill and share the form of `order.key`; called again after a crash it finishes the same file."""

    def changes(self, since: datetime | None) -> Changes:
        """List what changed at or after `since` (all for None), oldest change first."""

    def folder_files(self, folder_id: str) -> tuple[FolderFile, ...]:
        """List every file in a unit's folder now, however it came there; one that is not listed is no longer there."""

    def read(self, file_id: str, key: str, regulation: Regulation, group: str) -> FormReading:
        """Read the form that was issued under `key`."""

    def annotate(self, file_id: str, notes: FormNotes, reading: FormReading, *, untick: bool) -> None:
        """Write the notes into the form as it was read just now, and take the tick out of its box where asked to.

        Old notes that are no longer true go; what people filled in is not touched.
        """

    def lock(self, file_id: str) -> None:
        """Take the right to write away from everybody the form was shared with; repeating it is harmless."""

    def unlock(self, file_id: str) -> None:
        """Give back what `lock` took; repeating it is harmless."""

    def file_id_in(self, link: str) -> str | None:
        """The id of the sheet that a link leads to; None for a link to something else. Asks nobody."""


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form that a file may be: the key under which it was issued, and what its rows follow from."""

    key: str
    regulation: Regulation
    group: str


class FormFiles(Protocol):
    """The form as an Excel file. No network, and nothing is raised: a file that cannot be read gives a Text."""

    def write(self, order: FormOrder) -> bytes:
        """Make the file; the same order gives the same bytes."""

    def read(self, content: bytes, forms: Sequence[FormOf]) -> tuple[FormReading | Text, ...]:
        """Read a file that somebody sent as each of the forms that it may be; however many, it is opened once.

        A Text says what the file is instead (of another unit, campaign or layout, protected by a password, an old
        .xls, a picture, too large, broken) and what to do.
        """
