"""Messages on their way out, updates on their way in, and who may poll."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.delivery_states import DeliveryState
from campaign.models.base import Base, Facts
from campaign.models.people import Address


class OutboxRow(Base):
    """A message that was decided: to whom, of which kind, with which facts. `key` makes it happen once."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "state", "not_before"), Index("ix_outbox_pace", "claimed_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"), index=True)
    kind: Mapped[str]
    facts: Mapped[Mapping[str, Any]] = mapped_column(Facts)
    file: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"))
    state: Mapped[DeliveryState]
    not_before: Mapped[datetime]
    attempts: Mapped[int]
    claimed_at: Mapped[datetime | None]
    reference: Mapped[str | None]
    """The channel's own number of the delivered message."""
    error: Mapped[str | None]

    address: Mapped[Address] = relationship()


class FileReference(Base):
    """The name under which a channel already holds a stored file, so that it is uploaded once."""

    __tablename__ = "file_references"

    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str]


class RawUpdate(Base):
    """What a channel delivered, stored before anything is done with it."""

    __tablename__ = "updates"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    error: Mapped[str | None]


class Dialogue(Base):
    """The question that the bot has put to a person and waits to have answered."""

    __tablename__ = "dialogues"

    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"), primary_key=True)
    state: Mapped[dict[str, Any]]


class Lease(Base):
    """The right to act as the one leader of a kind of work. `fence` grows with every new holder."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    fence: Mapped[int]
    until: Mapped[datetime]
