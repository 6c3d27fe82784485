"""What officers add: observations and findings; and what comes of it all: rankings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import Base
from campaign.models.campaigns import Campaign, Unit


class Observation(Base):
    """A datum that the department observes by itself and the unit does not declare (Điều 6.2 of 2310)."""

    __tablename__ = "observations"
    __table_args__ = (UniqueConstraint("unit_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    key: Mapped[str]
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    actor: Mapped[str]

    unit: Mapped[Unit] = relationship()


class Finding(Base):
    """An officer's verdict on one datum or on one N/A claim: the verified value and the reason."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("unit_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    key: Mapped[str]
    answer: Mapped[dict[str, Any]]
    reason: Mapped[str]
    at: Mapped[datetime]
    actor: Mapped[str]

    unit: Mapped[Unit] = relationship()


class Ranking(Base):
    """A version of the ranking: computed, offered for approval with its files, approved by a decision, published."""

    __tablename__ = "rankings"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    document: Mapped[dict[str, Any]]
    """The ranking as `xephang score --json` prints it."""
    sha256: Mapped[str]
    decision_number: Mapped[str | None]
    decision_day: Mapped[date | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    campaign: Mapped[Campaign] = relationship()
    files: Mapped[list["RankingFile"]] = relationship(order_by="RankingFile.position")


class RankingFile(Base):
    """A file that belongs to a version of the ranking, in the order in which it is sent."""

    __tablename__ = "ranking_files"

    ranking_id: Mapped[int] = mapped_column(ForeignKey("rankings.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
