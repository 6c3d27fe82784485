"""Telling the people of a unit something."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from campaign.models import Address, Form, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.roles import Role
from words import Value


def tell_contacts(
    session: Session,
    unit: Unit,
    kind: str,
    *,
    occasion: str,
    now: datetime,
    not_before: datetime | None = None,
    **facts: Value,
) -> None:
    """Tell every contact of the unit, once on each occasion."""
    for address in addresses_of(session, unit.campaign, Role.CONTACT, unit.id):
        tell(session, unit, address, kind, occasion=occasion, now=now, not_before=not_before, **facts)


def tell(
    session: Session,
    unit: Unit,
    address: Address,
    kind: str,
    *,
    occasion: str,
    now: datetime,
    not_before: datetime | None = None,
    **facts: Value,
) -> None:
    """Tell one person of the unit; the key of the message begins with the occasion.

    With it goes where the form and the unit's folder are (`url`, `folder`), empty where there is no such place.
    """
    form = session.get(Form, unit.id) or Form()
    places = {"url": form.url or "", "folder": form.folder_url or ""}
    told: dict[str, Any] = {"unit": unit.name, "unit_id": unit.id, **places, **facts}
    key = f"{occasion}:{address.id}"
    enqueue(session, address, kind, key=key, now=now, campaign=unit.campaign, not_before=not_before, **told)
