"""The form of a unit, what was last read from it, what was submitted, and the evidence that came as files."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import Base
from campaign.models.campaigns import Unit


class Form(Base):
    """The form of one unit: to be made while `issued_at` is None, then standing where `file_id` and `url` say.

    A unit that works with Excel alone has neither; one whose sheet people made and registered has its `file_id` before
    it is issued.
    """

    __tablename__ = "forms"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    file_id: Mapped[str | None] = mapped_column(unique=True)
    url: Mapped[str | None]
    folder_id: Mapped[str | None] = mapped_column(unique=True)
    """The unit's own folder: files that people put into it are evidence."""
    folder_url: Mapped[str | None]
    issued_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    """Last change by the clock of the service, as listed."""
    read_at: Mapped[datetime | None]
    """The change (value of `changed_at`) that the draft holds."""
    notes_due: Mapped[bool] = mapped_column(default=False)
    """What the office has to say on it is newer than what stands there."""
    locked_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    """When everything that came before the end of the unit's time was taken. Earlier than that end: not yet."""
    workbook: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    """The Excel file that the unit was sent."""
    trouble: Mapped[str | None]
    """Reason code of the last failed call; None once a call succeeded."""
    trouble_since: Mapped[datetime | None]
    """When the first of the calls failed that failed in a row."""
    trouble_until: Mapped[datetime | None]
    """The form is left alone until then."""
    rights_trouble: Mapped[str | None]
    """Reason code why people's right to write could not be taken away or given back; None once it could."""
    rights_since: Mapped[datetime | None]
    rights_until: Mapped[datetime | None]
    """The rights are left alone until then."""

    unit: Mapped[Unit] = relationship()


class Content:
    """What people filled in, as columns; `campaign.content` turns it into a `Filled` and back."""

    answers: Mapped[list[Any]]
    documents: Mapped[list[Any]]
    explanations: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]


class Draft(Content, Base):
    """What the form held when it was last read. Progress, not a submission."""

    __tablename__ = "drafts"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    missing: Mapped[list[Any]]
    """Labels of the questions whose cell is empty; one that holds something wrong is among the problems instead."""
    problems: Mapped[list[Any]]
    """The problems: the key of the question or indicator (or ""), and the text with its cell."""
    ticked: Mapped[bool]
    """Whether the box "submit" was ticked."""
    changed_at: Mapped[datetime]
    """The first instant at which the form is known to have held exactly this, box and all."""
    read_at: Mapped[datetime]


class Submission(Content, Base):
    """A frozen, numbered revision (bản nộp). Whether it is late, and which one counts, is derived."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("unit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    number: Mapped[int]
    at: Mapped[datetime]
    """When it was taken, by the server's clock."""
    came_at: Mapped[datetime]
    """The instant that decides whether it is late: `at`, or the sheet's last change by the clock of the service."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who submitted it; None for whoever ticked the box in the sheet."""
    origin: Mapped[str]
    """From where it came: chat (the button), sheet (the box), excel."""
    sha256: Mapped[str]
    receipt: Mapped[str] = mapped_column(unique=True)
    has_gaps: Mapped[bool] = mapped_column(default=False)
    """Whether something was missing or wrong in it: it was kept all the same, because it came too late to be mended."""
    confirmed_at: Mapped[datetime | None]
    """When the head of the unit (thủ trưởng đơn vị) confirmed it, where the campaign asks for that."""
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The head who confirmed it in chat, or whoever brought the signed copy or its number."""
    confirmation: Mapped[str | None]
    """How: chat, copy, or the number and date of the signed document."""
    rejected_at: Mapped[datetime | None]
    """When the head said no to it; a confirmation that comes after all takes that back."""
    rejection: Mapped[str | None]
    """Why."""

    unit: Mapped[Unit] = relationship()


class SignedPage(Base):
    """A file of the signed copy of a submission; `place` orders them."""

    __tablename__ = "signed_pages"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    place: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    album: Mapped[str] = mapped_column(index=True)
    """What it is called that the file came with; empty for what came alone."""

    submission: Mapped[Submission] = relationship()


class EvidenceFile(Base):
    """A file that somebody sent to the bot or put into the unit's folder; it counts for the question `key`."""

    __tablename__ = "evidence_files"
    __table_args__ = (UniqueConstraint("unit_id", "origin", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    key: Mapped[str | None]
    """None while nobody has said what it is for; it counts for nothing until then."""
    name: Mapped[str]
    sha256: Mapped[str]
    """Of its content; what came to the bot is kept under it (`stored_files`)."""
    origin: Mapped[str]
    """telegram or drive."""
    reference: Mapped[str]
    """What it is called where it came from."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ReopeningKind(StrEnum):
    """Gia hạn: more time. Trả lại: what was submitted is to be mended."""

    EXTENSION = "extension"
    RETURN = "return"


class Reopening(Base):
    """A unit's own last day, granted to it: its form is open until then, and what comes until then is on time."""

    __tablename__ = "reopenings"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[ReopeningKind]
    until: Mapped[date]
    """The last day."""
    reason: Mapped[str]
    asked_by: Mapped[str]
    granted_by: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
