"""A revision (bản nộp): how it came in, and what it held, frozen with a number and a receipt number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from campaign.content import columns_of, sha256_of
from campaign.counting import submissions_of
from campaign.evidence import with_files
from campaign.history import record
from campaign.lateness import is_late
from campaign.models import Person, Submission, Unit
from campaign.plan import due_for
from campaign.ports import FormReading
from campaign.refusal import Refused
from words import Text

Origin: TypeAlias = Literal["chat", "sheet", "excel"]
CHAT: Origin = "chat"
SHEET: Origin = "sheet"
EXCEL: Origin = "excel"


@dataclass(frozen=True, slots=True)
class Way:
    """How a form comes in: who sends it, None where nobody confirmed the box in the sheet; from where; when it came.

    `came_at` decides whether it is late: when the bot got it, or the sheet's last change by the clock of the service.
    """

    person: Person | None
    origin: Origin
    came_at: datetime

    @property
    def actor(self) -> str:
        """Who did it, for the history."""
        return f"person:{self.person.id}" if self.person else "sheet"


def freeze(
    session: Session, unit: Unit, reading: FormReading, way: Way, *, has_gaps: bool, now: datetime
) -> Submission:
    """Keep what the form holds, with the unit's files, as the unit's next revision.

    Raises Refused for a form in which nothing has changed since it was last submitted.
    """
    filled = with_files(session, unit, reading.filled, came_at=way.came_at)
    sha256 = sha256_of(filled)
    last = next(reversed(submissions_of(session, unit)), None)
    if last and repeats(unit, last, sha256, way.came_at):
        raise Refused(
            Text("campaign.nothing_changed", number=last.number, receipt=last.receipt, at=_local(unit, last.at))
        )
    number = last.number + 1 if last else 1
    submission = Submission(
        unit=unit,
        number=number,
        at=now,
        came_at=way.came_at,
        person_id=way.person.id if way.person else None,
        origin=way.origin,
        sha256=sha256,
        has_gaps=has_gaps,
        receipt=f"{unit.campaign.year}-{unit.id:04d}-{number}",
        **columns_of(filled),
    )
    session.add(submission)
    session.flush()
    _record(session, submission, way, now=now)
    return submission


def repeats(unit: Unit, last: Submission, sha256: str, came_at: datetime) -> bool:
    """Whether a form is the unit's last revision over again; one that the head rejected may come back as it was."""
    same = (last.sha256, is_late(last)) == (sha256, due_for(unit, came_at).is_late(came_at))
    return same and last.rejected_at is None


def _record(session: Session, submission: Submission, way: Way, *, now: datetime) -> None:
    record(
        session,
        submission.unit.campaign,
        "submitted",
        actor=way.actor,
        now=now,
        unit=submission.unit.code,
        number=submission.number,
        receipt=submission.receipt,
        origin=way.origin,
        late=str(is_late(submission)).lower(),
        sha256=submission.sha256,
    )


def _local(unit: Unit, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(unit.campaign.zone))
