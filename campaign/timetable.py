"""Deadlines and working days: pure reckoning, with the calendar as an argument.

A deadline is an instant that is itself too late: "before 01/11" ends at 00:00 on 01/11 in the campaign's zone,
and the last day is 31/10. A fixed date does not move for a day off (Civil Code 2015, art. 148 moves only terms).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scoring import Timetable as AnnualTimetable

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of one campaign. Instants are aware, in the campaign's zone."""

    issue_at: datetime
    issue_before: datetime
    deadline: datetime
    publish_before: datetime
    draft_next_at: datetime

    @property
    def last_day(self) -> date:
        """The last day on which a unit may submit."""
        return (self.deadline - timedelta(microseconds=1)).date()

    def is_late(self, instant: datetime) -> bool:
        """Whether something that happens at `instant` comes after the deadline; the deadline itself is late."""
        return instant >= self.deadline


def draw_up(rules: AnnualTimetable, year: int, zone: ZoneInfo, *, issue_on: date, opening: time) -> Timetable:
    """Return the timetable of the year for a campaign that is issued on `issue_on` at the `opening` hour."""

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=zone)

    next_draft = rules.issue_on.in_year(year + 1) - timedelta(days=rules.draft_ahead_days)
    return Timetable(
        issue_at=datetime.combine(issue_on, opening, tzinfo=zone),
        issue_before=midnight(rules.issue_before.in_year(year)),
        deadline=midnight(rules.collect_before.in_year(year)),
        publish_before=midnight(rules.publish_before.in_year(year)),
        draft_next_at=datetime.combine(next_draft, opening, tzinfo=zone),
    )


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
