"""Deadlines and working days: pure reckoning, with the calendar as an argument.

A deadline is an instant that is itself too late: "before 01/11" ends at 00:00 on 01/11 in the campaign's zone,
and the last day is 31/10. A fixed date does not move for a day off (Civil Code 2015, art. 148 moves only terms).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scoring import Term
from scoring import Timetable as AnnualTimetable

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """When a form is due (hạn nộp). Both instants are themselves too late.

    From `deadline` on a form is late. From `closes_at` on nobody can write into it any more: the same instant, or a
    later one where the regulation takes late forms until a second date.
    """

    deadline: datetime
    closes_at: datetime

    @property
    def last_day(self) -> date:
        """The last day on which the form is on time."""
        return (self.deadline - DAY).date()

    @property
    def last_late_day(self) -> date:
        """The last day on which the form can still be filled in and submitted, late as it is."""
        return (self.closes_at - DAY).date()

    def moved_to(self, last_day: date) -> "Due":
        """The same with another last day; late forms are taken no shorter than before."""
        deadline = _midnight(last_day + DAY, self.deadline)
        return Due(deadline, max(deadline, self.closes_at))

    def is_late(self, instant: datetime) -> bool:
        """Whether something that happens at `instant` comes after the deadline; the deadline itself is late."""
        return instant >= self.deadline


@dataclass(frozen=True, slots=True)
class Receipt:
    """Each unit has a `term` of its own, counted from the day on which it acknowledges that it received the letter.

    A unit that says nothing counts as having received it on the day `latest`, or one silent unit would hold up the
    ranking of all. That day is assumed, for no regulation names it: the end of the same term, counted from the issue.
    """

    term: Term
    latest: date


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of one campaign. Instants are aware, in the campaign's zone.

    `due` holds for every unit, or for the last of them where `receipt` gives each its own term.
    """

    issue_at: datetime
    issue_before: datetime | None
    due: Due
    receipt: Receipt | None
    publish_before: datetime
    draft_next_at: datetime
    late_until: date | None
    calendar: "Calendar"

    def due_from(self, acknowledged_on: date | None) -> Due:
        """When the form of a unit is due that acknowledged the letter on this day, or has not done so yet."""
        if self.receipt is None or acknowledged_on is None:
            return self.due
        received_on = min(acknowledged_on, self.receipt.latest)
        return _due(last_day_of(self.receipt.term, received_on, self.calendar), self.late_until, self.issue_at)


def draw_up(
    rules: AnnualTimetable,
    year: int,
    zone: ZoneInfo,
    *,
    issue_on: date,
    opening: time,
    calendar: "Calendar",
    late_until: date | None = None,
) -> Timetable:
    """Return the timetable of the year for a campaign that is issued on `issue_on` at the `opening` hour.

    `late_until` is the first day on which not even late forms are taken. Raises UnknownYearError where a term ends in a
    year that the calendar does not know.
    """
    issue_at = datetime.combine(issue_on, opening, tzinfo=zone)
    last_day, receipt = _collecting(rules, year, issue_on, calendar)
    next_draft = rules.issue_on.in_year(year + 1) - timedelta(days=rules.draft_ahead_days)
    return Timetable(
        issue_at=issue_at,
        issue_before=_midnight(rules.issue_before.in_year(year), issue_at) if rules.issue_before else None,
        due=_due(last_day, late_until, issue_at),
        receipt=receipt,
        publish_before=_midnight(rules.publish_before.in_year(year), issue_at),
        draft_next_at=datetime.combine(next_draft, opening, tzinfo=zone),
        late_until=late_until,
        calendar=calendar,
    )


def _collecting(rules: AnnualTimetable, year: int, issue_on: date, calendar: "Calendar") -> tuple[date, Receipt | None]:
    """Return the last day for the last of the units, and how each has its own where it does."""
    if rules.collect_before:
        return rules.collect_before.in_year(year) - DAY, None
    if rules.collect_within is None:
        raise ValueError("A timetable says by which date or within which term forms are due.")
    end = last_day_of(rules.collect_within, issue_on, calendar)
    if rules.collect_within.counted_from == "issue":
        return end, None
    return last_day_of(rules.collect_within, end, calendar), Receipt(rules.collect_within, latest=end)


def _due(last_day: date, late_until: date | None, issue_at: datetime) -> Due:
    deadline = _midnight(last_day + DAY, issue_at)
    return Due(deadline, max(deadline, _midnight(late_until, issue_at)) if late_until else deadline)


def _midnight(day: date, beside: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=beside.tzinfo)


def last_day_of(term: Term, event: date, calendar: "Calendar") -> date:
    """The last day of a term; the day of the event is not one of its days (Civil Code 2015, art. 147).

    A term in days that would end with a day off ends with the next working day (art. 148).
    """
    if term.unit == "working_days":
        return calendar.add_working_days(event, term.count)
    return next(calendar.working_days_from(event + timedelta(days=term.count)))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off on weekdays, and Saturdays that are worked in exchange, of the years it knows."""

    years: frozenset[int]
    days_off: frozenset[date]
    worked_days: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open. Raises UnknownYearError for a year the calendar has no document for."""
        if day.year not in self.years:
            raise UnknownYearError(day.year)
        return day in self.worked_days or (day.weekday() < SATURDAY and day not in self.days_off)

    def working_days_from(self, day: date) -> Iterator[date]:
        """The working days on and after `day`."""
        while True:
            if self.is_working_day(day):
                yield day
            day += timedelta(days=1)

    def add_working_days(self, day: date, count: int) -> date:
        """The last day of a term of `count` working days; the day of the event does not count (art. 147)."""
        for _ in range(count):
            day = next(self.working_days_from(day + timedelta(days=1)))
        return day

    def working_day_on_or_before(self, day: date) -> date:
        """The day itself if it is worked, else the last one before it."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day


class UnknownYearError(ValueError):
    """No calendar for the year: which days are off is decreed each autumn, and never guessed."""

    def __init__(self, year: int) -> None:
        super().__init__(f"There is no calendar for {year}. Add campaign/calendars/{year}.yaml from the announcement.")
        self.year = year
