"""What the contacts of a unit are told of its form while it is filled in."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from campaign.counting import authoritative
from campaign.gaps import Shortfall
from campaign.lateness import policy_for_late
from campaign.models import Draft, Unit
from campaign.outbox import cancel
from campaign.plan import due_for
from campaign.telling import tell_contacts
from words import Text


def tell_problems(session: Session, unit: Unit, problems: tuple[Text, ...], *, now: datetime) -> None:
    """Name what is wrong in the form."""
    occasion = f"problems:{unit.id}:{now.isoformat()}"
    count = len(problems)
    tell_contacts(session, unit, "reports.form_problems", occasion=occasion, now=now, n=count, problems=problems)


def tell_gaps(
    session: Session, unit: Unit, draft: Draft, gaps: Shortfall, *, now: datetime, tell_at: datetime | None = None
) -> None:
    """Say why the form is not submitted although its box was ticked, once for each state of the form."""
    kind, occasion = "reports.ticked_too_early", f"{_answers(unit)}{draft.changed_at.isoformat()}"
    tell_contacts(session, unit, kind, occasion=occasion, now=now, not_before=tell_at, **_lacking(gaps))


def tell_in_vain(
    session: Session, unit: Unit, draft: Draft, gaps: Shortfall, *, now: datetime, tell_at: datetime | None
) -> None:
    """Say that the box was ticked for nothing, for nobody can mend the form any more; unless the gaps were told before.

    Beside it stands which revision counts all the same, if one does.
    """
    take_question_back(session, unit)
    counted = authoritative(session, unit)
    standing = Text("campaign.nothing_counts")
    if counted:
        standing = Text("campaign.counts_all_the_same", number=counted.number, receipt=counted.receipt)
    tell_contacts(
        session,
        unit,
        "reports.ticked_in_vain",
        occasion=f"{_answers(unit)}{draft.changed_at.isoformat()}",
        now=now,
        not_before=tell_at,
        at=_local(unit, draft.changed_at),
        standing=standing,
        **_lacking(gaps),
    )


def _lacking(gaps: Shortfall) -> dict[str, Any]:
    return {"missing": gaps.missing, "problems": gaps.problems, "unevidenced": gaps.unevidenced}


def ask_to_confirm(session: Session, unit: Unit, draft: Draft, doubts: tuple[Text, ...], *, now: datetime) -> None:
    """Ask whether the form is to be submitted whose box was ticked; an earlier question is taken back.

    It names what is unlikely in the form. A late form is said to be late, with what the regulation does with it.
    """
    take_question_back(session, unit)
    due = due_for(unit, draft.changed_at)
    late = due.is_late(draft.changed_at)
    facts = {"last_day": due.last_late_day, "clause": policy_for_late(unit)} if late else {"last_day": due.last_day}
    tell_contacts(
        session,
        unit,
        "reports.confirm_late_submission" if late else "reports.confirm_submission",
        occasion=f"{_questions(unit)}{draft.changed_at.isoformat()}",
        now=now,
        at=_local(unit, draft.changed_at),
        notices=doubts,
        **facts,
    )


def take_question_back(session: Session, unit: Unit) -> None:
    """What is submitted needs no answer any more."""
    cancel(session, _questions(unit))


def _questions(unit: Unit) -> str:
    return f"confirm_submission:{unit.id}:"


def _answers(unit: Unit) -> str:
    return f"ticked:{unit.id}:"


def _local(unit: Unit, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(unit.campaign.zone))
