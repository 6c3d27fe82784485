"""What is late, what the regulation does with forms that are late or never come, and how that is said."""

from campaign.models import Submission, Unit
from campaign.plan import due_for, due_of, regulation_of
from words import Text


def is_late(submission: Submission) -> bool:
    """Whether it came after its deadline, as that stands now: an extension makes a late form one on time."""
    return due_for(submission.unit, submission.came_at).is_late(submission.came_at)


def is_taken_late(submission: Submission) -> bool:
    """Whether a late submission is assessed all the same: it came before the second date, where there is one."""
    late = regulation_of(submission.unit.campaign).late
    if late.name == "not_ranked":
        return False
    return late.until is None or submission.came_at < due_for(submission.unit, submission.came_at).closes_at


def late_policy(submission: Submission) -> Text:
    """What the regulation says of this late submission."""
    if is_taken_late(submission) or regulation_of(submission.unit.campaign).late.name == "not_ranked":
        return policy_for_late(submission.unit)
    return policy_for_missing(submission.unit)


def policy_for_late(unit: Unit) -> Text:
    """What the regulation says of late forms, and until when they are taken."""
    regulation, due = regulation_of(unit.campaign), due_of(unit)
    late = regulation.late
    if late.name == "penalty":
        points = regulation.printed(regulation.total, late.points)
        said = Text("campaign.late_penalty", points=points, clause=late.grounds)
    else:
        said = Text(f"campaign.late_{late.name}", clause=late.grounds)
    if due.closes_at == due.deadline:
        return said
    return Text("campaign.late_until", policy=said, last_day=due.last_late_day)


def policy_for_missing(unit: Unit) -> Text:
    """What the regulation says of a unit from which nothing came that it takes."""
    if regulation_of(unit.campaign).late.name == "not_ranked":
        return policy_for_late(unit)
    return Text("campaign.missing_not_ranked", last_day=due_of(unit).last_late_day)
