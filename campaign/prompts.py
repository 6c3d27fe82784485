"""What the contacts of a unit are told of its form while it is filled in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from campaign.gaps import Shortfall
from campaign.models import Draft, Unit
from campaign.outbox import cancel
from campaign.plan import due_of
from campaign.telling import tell_contacts
from words import Text


def tell_problems(session: Session, unit: Unit, problems: tuple[Text, ...], *, now: datetime) -> None:
    """Name what is wrong in the form."""
    occasion = f"problems:{unit.id}:{now.isoformat()}"
    count = len(problems)
    tell_contacts(session, unit, "reports.form_problems", occasion=occasion, now=now, n=count, problems=problems)


def tell_gaps(session: Session, unit: Unit, draft: Draft, gaps: Shortfall, *, now: datetime) -> None:
    """Say why the form is not submitted although its box was ticked, once for each state of the form."""
    tell_contacts(
        session,
        unit,
        "reports.ticked_too_early",
        occasion=f"ticked:{unit.id}:{draft.changed_at.isoformat()}",
        now=now,
        missing=gaps.missing,
        problems=gaps.problems,
        unevidenced=gaps.unevidenced,
    )


def ask_to_confirm(session: Session, unit: Unit, draft: Draft, *, now: datetime) -> None:
    """Ask whether the form is to be submitted whose box was ticked; an earlier question is taken back."""
    take_question_back(session, unit)
    tell_contacts(
        session,
        unit,
        "reports.confirm_submission",
        occasion=f"{_questions(unit)}{draft.changed_at.isoformat()}",
        now=now,
        at=draft.changed_at.astimezone(ZoneInfo(unit.campaign.zone)),
        last_day=due_of(unit).last_day,
    )


def take_question_back(session: Session, unit: Unit) -> None:
    """What is submitted needs no answer any more."""
    cancel(session, _questions(unit))


def _questions(unit: Unit) -> str:
    return f"confirm_submission:{unit.id}:"
