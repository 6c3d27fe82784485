"""The form of a unit, what was last read from it, and what was submitted."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import Base
from campaign.models.campaigns import Unit


class Form(Base):
    """The form of one unit: to be made while `issued_at` is None, then standing where `file_id` and `url` say."""

    __tablename__ = "forms"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    file_id: Mapped[str | None] = mapped_column(unique=True)
    url: Mapped[str | None]
    issued_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    """Last change by the clock of the service, as listed."""
    read_at: Mapped[datetime | None]
    """The change (value of `changed_at`) that the draft holds."""
    locked_at: Mapped[datetime | None]
    trouble: Mapped[str | None]
    """Reason code of the last failed call; None once a call succeeded."""
    trouble_until: Mapped[datetime | None]
    """The form is left alone until then."""

    unit: Mapped[Unit] = relationship()


class Draft(Base):
    """What the form held when it was last read. Progress, not a submission."""

    __tablename__ = "drafts"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    answers: Mapped[list[Any]]
    missing: Mapped[list[Any]]
    """Labels of the questions whose cell is empty; one that holds something wrong is among the problems instead."""
    problems: Mapped[list[Any]]
    """Texts of the problems, each with its cell."""
    read_at: Mapped[datetime]


class Submission(Base):
    """A frozen, numbered revision (bản nộp). The authoritative one is the last that was on time."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("unit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    number: Mapped[int]
    at: Mapped[datetime]
    late: Mapped[bool]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    origin: Mapped[str]
    answers: Mapped[list[Any]]
    sha256: Mapped[str]
    receipt: Mapped[str] = mapped_column(unique=True)

    unit: Mapped[Unit] = relationship()
