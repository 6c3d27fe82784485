"""What a unit gets for a submission: the receipt (biên nhận), and what it is asked to look at again."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from campaign.counting import answers_of
from campaign.lateness import late_policy
from campaign.models import Form, Submission, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.plan import due_of, regulation_of
from campaign.roles import Role
from scoring import answers_that_count, assess, completeness
from words import Text


def send_receipt(session: Session, unit: Unit, submission: Submission, *, now: datetime) -> None:
    """Tell every contact of the unit that the submission was taken, late or not, and what it scores itself."""
    regulation = regulation_of(unit.campaign)
    answers = answers_that_count(answers_of(submission))
    state = completeness(regulation, unit.group, answers)
    own = assess(regulation, unit.group, answers, self_score=True)
    facts: dict[str, Any] = {
        "unit": unit.name,
        "receipt": submission.receipt,
        "number": submission.number,
        "at": submission.at.astimezone(ZoneInfo(unit.campaign.zone)),
        "filled": state.filled,
        "of": state.of,
        "self_score": regulation.printed(regulation.total, own.total),
        "covered": regulation.printed(regulation.total, own.known_maximum),
        "total": regulation.printed(regulation.total, own.maximum),
        "sha256": submission.sha256[:12],
    }
    if submission.late:
        facts |= {"last_day": due_of(unit).last_day, "clause": late_policy(submission)}
    for address in addresses_of(session, unit.campaign, Role.CONTACT, unit.id):
        enqueue(
            session,
            address,
            "reports.late_receipt" if submission.late else "reports.receipt",
            key=f"receipt:{submission.id}:{address.id}",
            now=now,
            campaign=unit.campaign,
            **facts,
        )


def ask_for_second_look(
    session: Session, unit: Unit, submission: Submission, notices: tuple[Text, ...], *, now: datetime
) -> None:
    """Name what is unlikely but not wrong, in a message of its own: who finds it right need not do anything."""
    form = session.get_one(Form, unit.id)
    for address in addresses_of(session, unit.campaign, Role.CONTACT, unit.id):
        enqueue(
            session,
            address,
            "reports.second_look",
            key=f"second_look:{submission.id}:{address.id}",
            now=now,
            campaign=unit.campaign,
            unit=unit.name,
            unit_id=unit.id,
            receipt=submission.receipt,
            url=form.url or "",
            n=len(notices),
            notices=notices,
        )
