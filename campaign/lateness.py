"""What is late, what the regulation does with forms that are late or never come, and how that is said."""

from datetime import datetime
from enum import Enum, auto

from campaign.models import Submission, Unit
from campaign.plan import due_for, due_of, regulation_of
from campaign.stages import Stage
from words import Text

DECIDED = frozenset({Stage.APPROVED, Stage.PUBLISHED})
"""Stages in which nothing that comes changes the result any more."""


class TimeLeft(Enum):
    """What a form is that comes now: one on time; late, and assessed all the same; late, and only kept."""

    ON_TIME = auto()
    LATE = auto()
    OVER = auto()


def time_left(unit: Unit, now: datetime) -> TimeLeft:
    """What time the unit has left at this instant, by what it was granted too."""
    if unit.campaign.stage in DECIDED:
        return TimeLeft.OVER
    if not due_of(unit).is_late(now):
        return TimeLeft.ON_TIME
    return TimeLeft.LATE if _is_taken_late(unit, now) else TimeLeft.OVER


def is_late(submission: Submission) -> bool:
    """Whether it came after its deadline, as that stands now: an extension makes a late form one on time.

    Not so one with gaps, which in time would not have been taken: the unit mends and submits it again.
    """
    return submission.has_gaps or due_for(submission.unit, submission.came_at).is_late(submission.came_at)


def is_taken_late(submission: Submission) -> bool:
    """Whether a late submission is assessed all the same: it came before the second date, where there is one."""
    return _is_taken_late(submission.unit, submission.came_at)


def _is_taken_late(unit: Unit, came_at: datetime) -> bool:
    late = regulation_of(unit.campaign).late
    if late.name == "not_ranked":
        return False
    return late.until is None or came_at < due_for(unit, came_at).closes_at


def late_policy(submission: Submission) -> Text:
    """What the regulation does with this late submission."""
    return _consequence(submission.unit) if is_taken_late(submission) else policy_for_missing(submission.unit)


def policy_for_late(unit: Unit) -> Text:
    """What the regulation says of late forms, and until when they are taken."""
    said, due = _consequence(unit), due_of(unit)
    if due.closes_at == due.deadline:
        return said
    return Text("campaign.late_until", policy=said, last_day=due.last_late_day)


def _consequence(unit: Unit) -> Text:
    regulation = regulation_of(unit.campaign)
    late = regulation.late
    if late.name == "penalty":
        points = regulation.printed(regulation.total, late.points)
        return Text("campaign.late_penalty", points=points, clause=late.grounds)
    return Text(f"campaign.late_{late.name}", clause=late.grounds)


def policy_for_missing(unit: Unit) -> Text:
    """What the regulation says of a unit from which nothing came that it takes."""
    if regulation_of(unit.campaign).late.name == "not_ranked":
        return policy_for_late(unit)
    return Text("campaign.missing_not_ranked", last_day=due_of(unit).last_late_day)
