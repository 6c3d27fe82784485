"""A campaign (đợt đánh giá), its units and its history."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import Base, Facts
from campaign.stages import Stage

if TYPE_CHECKING:
    from campaign.models.forms import Reopening


class FormKind(StrEnum):
    """What a unit fills in: a Google Sheet, or an Excel file that goes through the bot."""

    GOOGLE = "google"
    EXCEL = "excel"


class Campaign(Base):
    """One regulation in one year. It keeps the whole text of the regulation that it was created with."""

    __tablename__ = "campaigns"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    year: Mapped[int]
    regulation_id: Mapped[str]
    regulation_text: Mapped[str]
    regulation_sha256: Mapped[str]
    stage: Mapped[Stage]
    letter_number: Mapped[str]
    letter_day: Mapped[date | None]
    letter_signer: Mapped[str]
    letter_file: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    issue_on: Mapped[date]
    """The day on which it is to be issued."""
    issued_at: Mapped[datetime | None]
    forms: Mapped[FormKind] = mapped_column(default=FormKind.GOOGLE)
    """What its units fill in, where nothing else is said of a unit."""
    contact: Mapped[str] = mapped_column(default="")
    """Whom units may ask; it stands on the form."""
    head_confirms: Mapped[bool] = mapped_column(default=False)
    """Whether a submission counts only once the head of the unit has confirmed it."""
    zone: Mapped[str]
    """The time zone in which its days begin and end, such as Asia/Ho_Chi_Minh."""
    created_at: Mapped[datetime]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), unique=True)
    """The campaign of the year before, where this one was drafted from it."""
    forms_listed_at: Mapped[datetime | None]
    """Changes of forms were listed up to this instant (by the clock of the service that holds them)."""

    units: Mapped[list["Unit"]] = relationship(back_populates="campaign", order_by="Unit.id")


class Unit(Base):
    """A unit (đơn vị) that takes part in a campaign."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    code: Mapped[str]
    name: Mapped[str]
    group: Mapped[str]
    parent: Mapped[str]
    source: Mapped[str]
    acknowledged_on: Mapped[date | None]
    """The day on which it received the letter, as it said itself or as an officer recorded from paper."""

    forms: Mapped[FormKind | None]
    """What this unit fills in; None for what the campaign says."""

    campaign: Mapped[Campaign] = relationship(back_populates="units")
    reopenings: Mapped[list["Reopening"]] = relationship(order_by="Reopening.id", lazy="selectin")


class History(Base):
    """What happened, in order: who did what, when, with the facts. Rows are only ever added."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    facts: Mapped[Mapping[str, Any]] = mapped_column(Facts)


class StoredFile(Base):
    """A file kept by the hash of its content: a letter, a picture, a workbook."""

    __tablename__ = "stored_files"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
