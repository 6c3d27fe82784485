"""The ends of a unit's time to fill in its form, and whether the form is settled there."""

from datetime import datetime, timedelta

from campaign.models import Form
from campaign.plan import due_of
from campaign.timetable import Due

LISTING_LAG = timedelta(minutes=3)
"""The time of a change may appear in listings this much later."""


def ends_by(due: Due, now: datetime) -> list[datetime]:
    """The ends that have come: of the time to be on time, and of all the time."""
    return [end for end in (due.deadline, due.closes_at) if end <= now]


def is_settled_at(form: Form, end: datetime) -> bool:
    """Whether the form was settled at that end, or so that nothing could change any more."""
    if form.settled_at is None:
        return False
    for_good = form.locked_at is not None and form.locked_at < form.settled_at and not form.unit.reopenings
    return for_good or form.settled_at >= end


def is_unread(form: Form) -> bool:
    """Whether it was settled before it could be read up to its lock."""
    return bool(form.file_id and form.settled_at and form.locked_at and form.settled_at <= form.locked_at)


def is_left_clean(form: Form, now: datetime) -> bool:
    """Whether we write nothing into the form, because its unit's time ends and it is not settled.

    What people did in the last minutes may not be listed yet; it would be listed with the time of our writing.
    """
    end = max(ends_by(due_of(form.unit), now + LISTING_LAG), default=None)
    return end is not None and (not is_settled_at(form, end) or is_unread(form))
