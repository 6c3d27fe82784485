"""What a unit gets for a submission: the receipt (biên nhận), and what it is asked to look at again."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from campaign.content import filled_of
from campaign.counting import authoritative, is_confirmed
from campaign.lateness import TimeLeft, is_late, is_taken_late, late_policy, policy_for_late, time_left
from campaign.models import Submission, Unit
from campaign.plan import due_of, regulation_of
from campaign.telling import tell_contacts
from scoring import answers_that_count, assess, completeness
from words import Text


def send_receipt(
    session: Session, unit: Unit, submission: Submission, *, now: datetime, tell_at: datetime | None
) -> None:
    """Tell every contact of the unit that the submission was taken, late or not, and what it scores itself.

    They hear of it at `tell_at`; at once where that is None.
    """
    late, left = is_late(submission), time_left(unit, now)
    facts = receipt_facts(submission) | {"next": _what_counts(session, submission, left)}
    if late:
        clause = policy_for_late(unit) if left is TimeLeft.LATE else late_policy(submission)
        facts |= {"last_day": due_of(unit).last_day, "clause": clause}
    kind = "reports.late_receipt" if late else "reports.receipt"
    tell_contacts(session, unit, kind, occasion=f"receipt:{submission.id}", now=now, not_before=tell_at, **facts)


def _what_counts(session: Session, submission: Submission, left: TimeLeft) -> Text:
    """Whether it counts, and whether it can still be mended."""
    late, counted = is_late(submission), authoritative(session, submission.unit)
    if counted and counted is not submission and not _can_replace(submission, counted):
        return Text("campaign.late_receipt_beside", number=counted.number, receipt=counted.receipt)
    if not is_confirmed(submission):
        return Text("campaign.late_receipt_waits" if late else "campaign.receipt_waits")
    if left is TimeLeft.ON_TIME:
        return Text("campaign.receipt_counts_last")
    if not late:
        return Text("campaign.receipt_counts")
    return Text("campaign.late_receipt_kept" if left is TimeLeft.LATE else "campaign.late_receipt_over")


def _can_replace(submission: Submission, counted: Submission) -> bool:
    return not is_late(submission) or (is_taken_late(submission) and is_late(counted))


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
