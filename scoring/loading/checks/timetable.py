"""The dates of a year follow one another, and its terms fit between them."""

from datetime import date, timedelta
from itertools import pairwise

from scoring.loading.pieces import Pieces
from scoring.loading.report import Report
from scoring.loading.shapes import AnnualDateShape, LateShape, TermShape, TimetableShape, WindowShape

_ORDER = ("issue_on", "issue_before", "collect_before", "publish_before")
_YEAR = 2001
"""Any year without a leap day."""
_WORKING_WEEKDAYS = 5


def check_timetable(pieces: Pieces, report: Report) -> None:
    """Find a date that is not after the one before it, and terms that are longer than the days there are for them."""
    timetable = pieces.find(TimetableShape)
    if timetable is None:
        return
    given = [name for name in _ORDER if getattr(timetable, name)]
    for earlier, later in pairwise(given):
        if _day(getattr(timetable, earlier)) >= _day(getattr(timetable, later)):
            report.error("timetable_order", ("timetable", later), earlier=earlier, later=later)
    _check_late(pieces.find(LateShape), timetable, report)
    if timetable.window:
        _check_window(timetable, timetable.window, report)
    _check_terms(timetable, _day(timetable.publish_before), "publish_before", report)


def _check_late(late: LateShape | None, timetable: TimetableShape, report: Report) -> None:
    """Late forms are still accepted for a while after the last day, and before all is published."""
    if late is None or late.until is None:
        return
    until = _day(late.until)
    if timetable.collect_before and until <= _day(timetable.collect_before):
        report.error("timetable_order", ("late", "until"), earlier="collect_before", later="until")
    if until >= _day(timetable.publish_before):
        report.error("timetable_order", ("late", "until"), earlier="until", later="publish_before")


def _check_window(timetable: TimetableShape, window: WindowShape, report: Report) -> None:
    """Everything happens within the window: its days come in order, hold every date, and are enough for the terms."""
    first, last = date(_YEAR, *window.first), date(_YEAR, *window.last)
    if first >= last:
        report.error("timetable_order", ("timetable", "window"), earlier="from", later="to")
        return
    for name in _ORDER:
        day = getattr(timetable, name)
        # A "before" date may be the day after the window: its last day is the one before it.
        if day and not first <= _day(day) <= last + timedelta(days=name != "issue_on"):
            report.error("outside_window", ("timetable", name), name=name)
    _check_terms(timetable, last + timedelta(days=1), "window", report, start=first)


def _check_terms(timetable: TimetableShape, end: date, name: str, report: Report, start: date | None = None) -> None:
    """Each term, from what it is counted from, ends before the first day that is too late."""
    issue = max(start or date.min, _day(timetable.issue_on))
    collected = _day(timetable.collect_before) - timedelta(days=1) if timetable.collect_before else issue
    for which, term in (("collect_within", timetable.collect_within), ("verify_within", timetable.verify_within)):
        if term is None:
            continue
        begins = collected if term.counted_from == "complete_form" else issue
        ends = begins + timedelta(days=_calendar_days(term))
        if which == "collect_within":
            collected = ends
        if issue < end <= ends:
            values = {"n": (ends - issue).days, "there_are": (end - issue).days - 1}
            report.error("terms_too_long", ("timetable", which), **values, end=name)


def _calendar_days(term: TermShape) -> int:
    """Return how many days a term takes at the least: of working days only five fall into a week."""
    if term.days is not None:
        return term.days
    weeks, rest = divmod(term.working_days or 0, _WORKING_WEEKDAYS)
    return 7 * weeks + rest


def _day(annual: AnnualDateShape) -> date:
    return date(_YEAR + annual.years_later, *annual.date)
