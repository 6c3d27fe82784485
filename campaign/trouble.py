"""Forms that cannot be reached: left alone for a while, shown to the officers, never in the way of the others."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campaign.history import record
from campaign.models import Form, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.ports import FormError
from campaign.roles import Role
from words import Text

LOST = frozenset({"deleted", "forbidden"})
"""Reasons for which a form is out of reach until a person mends it."""
NO_GOOGLE = "no_google"
"""The unit fills in a sheet, and the system has no account to make or reach one."""
RETRY_AFTER = timedelta(minutes=10)
CHECK_AGAIN_AFTER = timedelta(days=1)
"""A form that was deleted or withdrawn may come back by hand; it is looked for again once a day."""


def record_trouble(session: Session, unit: Unit, error: FormError, *, now: datetime) -> None:
    """Note that the unit's form failed. Officers hear of it once for each new reason."""
    form = session.get_one(Form, unit.id)
    lost = error.reason in LOST
    form.trouble_until = now + (CHECK_AGAIN_AFTER if lost and form.issued_at else RETRY_AFTER)
    if form.trouble == error.reason:
        return
    form.trouble = error.reason
    # What is wrong with one form is told of each; what is wrong with the service, of the first one that day.
    occasion = f"{unit.id}:{now.isoformat()}" if lost else f"{unit.campaign_id}:{error.reason}:{now.date()}"
    record(session, unit.campaign, "form_trouble", actor="scheduler", now=now, unit=unit.code, reason=error.reason)
    for address in addresses_of(session, unit.campaign, Role.OFFICER):
        enqueue(
            session,
            address,
            "reports.form_trouble",
            key=f"trouble:{occasion}:{address.id}",
            now=now,
            campaign=unit.campaign,
            unit=unit.name,
            reason=reason_text(error.reason),
            url=form.url or "",
        )


def reason_text(reason: str) -> Text:
    """Why a form cannot be reached, and what to do."""
    return Text(f"campaign.trouble_{reason}")


def left_alone(form: Form, now: datetime) -> bool:
    """Whether the form had trouble a moment ago, and is not to be tried again yet."""
    return form.trouble_until is not None and now < form.trouble_until


def record_reached(form: Form) -> None:
    """A call succeeded: the trouble is over."""
    form.trouble = form.trouble_until = None
