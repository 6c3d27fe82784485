"""The dates of a year follow one another."""

from itertools import pairwise

from scoring.loading.pieces import Pieces
from scoring.loading.report import Report
from scoring.loading.shapes import TimetableShape

_ORDER = ("issue_on", "issue_before", "collect_before", "publish_before")


def check_timetable(pieces: Pieces, report: Report) -> None:
    """Find a date that is not after the one before it."""
    if not pieces.has(TimetableShape):
        return
    timetable = pieces.section(TimetableShape)
    for earlier, later in pairwise(_ORDER):
        first, second = getattr(timetable, earlier), getattr(timetable, later)
        if (first.years_later, first.date) >= (second.years_later, second.date):
            report.error("timetable_order", ("timetable", later), earlier=earlier, later=later)
