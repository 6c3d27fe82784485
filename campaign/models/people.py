"""People, their addresses, what they may do in a campaign, and how they were invited."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign.models.base import Base
from campaign.models.campaigns import Unit
from campaign.roles import Role


class Person(Base):
    """Somebody who takes part, whatever channels reach them."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    language: Mapped[str]

    addresses: Mapped[list["Address"]] = relationship(back_populates="person", order_by="Address.id")
    memberships: Mapped[list["Membership"]] = relationship(back_populates="person", order_by="Membership.id")


class Address(Base):
    """Where a person is reached: a channel ("telegram") and the value that the channel knows (a chat id)."""

    __tablename__ = "addresses"
    __table_args__ = (UniqueConstraint("channel", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    channel: Mapped[str]
    value: Mapped[str]
    dead_since: Mapped[datetime | None]
    """The channel said that nothing can be delivered here any more (the bot was blocked, the chat is gone)."""

    person: Mapped[Person] = relationship(back_populates="addresses")


class Membership(Base):
    """A person's role in a campaign: contact of one unit, officer or leader."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("campaign_id", "person_id", "role", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)

    person: Mapped[Person] = relationship(back_populates="memberships")
    unit: Mapped[Unit | None] = relationship()


class Invitation(Base):
    """A link that binds whoever opens it first to a role. Only the SHA-256 of its token is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    role: Mapped[Role]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    email: Mapped[str]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    unit: Mapped[Unit | None] = relationship()
