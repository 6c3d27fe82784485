"""The request to a contact to fill in the form, sent when the form stands, or when the contact joins later.

Also how the reminders that follow it are called back, once there is nothing left to be reminded of.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from campaign.models import Address, Campaign, Form, Unit
from campaign.outbox import addresses_of, cancel, enqueue
from campaign.plan import awaits_receipt, due_of, is_open, timetable_of
from campaign.roles import Role
from scoring import Term
from words import Text

RECEIPT = "receipt-"
"""How the rungs of the reminders to acknowledge the letter begin."""


def send_request(session: Session, campaign: Campaign, unit: Unit, address: Address, *, now: datetime) -> None:
    """Ask the contact at `address` for the unit's data, once; nothing while there is no form to fill in.

    Where the unit's term has not begun, it is also asked to acknowledge the letter. A form that is an Excel file comes
    right after the request.
    """
    form = session.get(Form, unit.id)
    if form is None or form.issued_at is None or campaign.letter_day is None or not is_open(unit, now):
        return
    enqueue(
        session,
        address,
        "reports.request_to_acknowledge" if awaits_receipt(unit) else "reports.request",
        key=f"request:{unit.id}:{address.id}",
        now=now,
        campaign=campaign,
        file=campaign.letter_file,
        unit=unit.name,
        unit_id=unit.id,
        title=campaign.title,
        letter=campaign.letter_number,
        letter_day=campaign.letter_day,
        signer=campaign.letter_signer,
        last_day=due_of(unit).last_day,
        url=form.url or "",
        folder=form.folder_url or "",
        **receipt_facts(unit),
    )
    if form.workbook:
        _send_workbook(session, unit, form.workbook, address, now=now)


def _send_workbook(session: Session, unit: Unit, workbook: str, address: Address, *, now: datetime) -> None:
    enqueue(
        session,
        address,
        "reports.form_file",
        key=f"form_file:{unit.id}:{address.id}",
        now=now,
        campaign=unit.campaign,
        file=workbook,
        unit=unit.name,
        unit_id=unit.id,
        last_day=due_of(unit).last_day,
    )


def send_requests(session: Session, campaign: Campaign, unit: Unit, *, now: datetime) -> None:
    """Ask every contact of the unit."""
    for address in addresses_of(session, campaign, Role.CONTACT, unit.id):
        send_request(session, campaign, unit, address, now=now)


def receipt_facts(unit: Unit) -> dict[str, Any]:
    """What a unit is told whose term has not begun: how long it is, and from which day it counts in any case."""
    receipt, term = timetable_of(unit.campaign).receipt, term_of(unit)
    return {"term": term, "latest": receipt.latest} if receipt and term else {}


def term_of(unit: Unit) -> Text | None:
    """The length of the unit's own term, while it has not begun."""
    receipt = timetable_of(unit.campaign).receipt
    if receipt is None or not awaits_receipt(unit):
        return None
    return term_text(receipt.term)


def term_text(term: Term) -> Text:
    """How long a term is."""
    return Text(f"campaign.term_{term.unit}", n=term.count)


def reminder_keys(unit: Unit) -> str:
    """How the outbox keys of all reminders to the unit's contacts begin."""
    return f"reminder:{unit.id}:"


def receipt_keys(unit: Unit) -> str:
    """How the outbox keys begin of the reminders to acknowledge the letter, which are among all reminders."""
    return f"{reminder_keys(unit)}{RECEIPT}"


def cancel_reminders(session: Session, unit: Unit) -> None:
    """Take back reminders, and the notice that nothing came, which were decided and have not gone out."""
    cancel(session, reminder_keys(unit))
    cancel(session, missing_keys(unit))


def missing_keys(unit: Unit) -> str:
    """How the outbox keys begin of the notices to the unit's contacts that nothing came in time."""
    return f"missing:{unit.id}:"
