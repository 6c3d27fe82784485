"""What a unit gets for a submission: the receipt (biên nhận), and what it is asked to look at again."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from campaign.content import filled_of
from campaign.counting import is_confirmed
from campaign.lateness import is_late, late_policy
from campaign.models import Submission, Unit
from campaign.plan import due_of, regulation_of
from campaign.telling import tell_contacts
from scoring import answers_that_count, assess, completeness
from words import Text


def send_receipt(session: Session, unit: Unit, submission: Submission, *, now: datetime) -> None:
    """Tell every contact of the unit that the submission was taken, late or not, and what it scores itself."""
    late = is_late(submission)
    facts = receipt_facts(submission)
    if late:
        facts |= {"last_day": due_of(unit).last_day, "clause": late_policy(submission)}
    kind = "reports.late_receipt" if late else "reports.receipt"
    tell_contacts(session, unit, kind, occasion=f"receipt:{submission.id}", now=now, **facts)


def receipt_facts(submission: Submission) -> dict[str, Any]:
    """What a receipt tells of a submission: which one it is, how it came, what is in it, what it scores itself."""
    unit, filled = submission.unit, filled_of(submission)
    regulation, answers = regulation_of(unit.campaign), answers_that_count(filled.answers)
    state = completeness(regulation, unit.group, answers)
    own = assess(regulation, unit.group, answers, self_score=True)
    return {
        "submission_id": submission.id,
        "receipt": submission.receipt,
        "number": submission.number,
        "at": _local(submission, submission.at),
        "way": _way(submission),
        "filled": state.filled,
        "of": state.of,
        "documents": len(filled.documents),
        "self_score": regulation.printed(regulation.total, own.total),
        "covered": regulation.printed(regulation.total, own.known_maximum),
        "total": regulation.printed(regulation.total, own.maximum),
        "sha256": submission.sha256[:12],
        "waits": not is_confirmed(submission),
    }


def _way(submission: Submission) -> Text:
    """How it came; a ticked box counts from when it was ticked, whoever confirmed it later."""
    if submission.origin == "sheet":
        return Text("campaign.way_ticked", at=_local(submission, submission.came_at))
    return Text(f"campaign.way_{submission.origin}")


def _local(submission: Submission, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(submission.unit.campaign.zone))


def ask_for_second_look(
    session: Session, unit: Unit, submission: Submission, notices: tuple[Text, ...], *, now: datetime
) -> None:
    """Name what is unlikely but not wrong, in a message of its own: who finds it right need not do anything."""
    tell_contacts(
        session,
        unit,
        "reports.second_look",
        occasion=f"second_look:{submission.id}",
        now=now,
        receipt=submission.receipt,
        n=len(notices),
        notices=notices,
    )
