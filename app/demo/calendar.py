"""The days of the story, reckoned from the regulation's timetable as the product itself reckons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.demo.cast import Manner, Player
from campaign.calendars import known_of, weekdays_at_least
from campaign.plan import OPENING
from campaign.timetable import Due, Timetable, draw_up
from scoring import Regulation

COLLECTING, DECIDING = 46, 62
"""The story is told for so many days of collecting, and so many from there to the publication; others stretch it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which things happen; `closed` is the last one on which anything is collected."""

    timetable: Timetable
    closed: date

    @classmethod
    def of(cls, regulation: Regulation, contacts: Sequence[Player], year: int, zone: ZoneInfo) -> "Calendar":
        """Draw up the year, in which these contacts received the letter on their days."""
        rules, late_until = regulation.timetable, regulation.late.until
        timetable = draw_up(
            rules,
            year,
            zone,
            issue_on=rules.issue_on.in_year(year),
            opening=OPENING,
            calendar=known_of(year, year + 1),
            late_until=late_until.in_year(year) if late_until else None,
        )
        days = cls(timetable, timetable.due.last_late_day)
        return cls(timetable, max(days._last_day_of(each) for each in contacts))

    def _last_day_of(self, player: Player) -> date:
        """The last day on which anything of the unit's is collected."""
        last = self.due(player).last_late_day
        return max(last, self.extended(player)) if player.manner is Manner.EXTENDED else last

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A local instant."""
        return datetime.combine(day, time(hour, minute), tzinfo=self.timetable.issue_at.tzinfo)

    @property
    def issued(self) -> date:
        """The day on which the letter goes out."""
        return self.timetable.issue_at.date()

    @property
    def created(self) -> date:
        """The day on which the administrator sets everything up."""
        return self.issued - timedelta(days=8)

    def received(self, player: Player) -> date:
        """The day on which the unit's clock starts: its own where the regulation counts from the receipt."""
        late_by = player.received_after if self.timetable.receipt else 0
        return self.issued + timedelta(days=late_by)

    def due(self, player: Player) -> Due:
        """When the unit's form is due."""
        return self.timetable.due_from(self.received(player) if self.timetable.receipt else None)

    def extended(self, player: Player) -> date:
        """The last day that is granted to a unit whose time is extended."""
        return self.due(player).last_day + timedelta(days=4)

    @property
    def returned_until(self) -> date:
        """The last day for mending what is returned."""
        return self.after_closing(18)

    def early(self, player: Player, days: int) -> date:
        """So many days of the story after the unit received the letter, and at least the day after."""
        return self.received(player) + timedelta(days=max(1, self._of_the_story(days, player)))

    def before_end(self, player: Player, days: int) -> date:
        """So many days of the story before the last day of the unit."""
        return self.due(player).last_day - timedelta(days=self._of_the_story(days, player))

    def _of_the_story(self, days: int, player: Player) -> int:
        return days * (self.due(player).last_day - self.received(player)).days // COLLECTING

    def after_closing(self, days: int) -> date:
        """So many days of the story after the collecting, on a working day."""
        left = (self.timetable.publish_before.date() - self.closed).days
        day = self.closed + timedelta(days=days * left // DECIDING)
        return weekdays_at_least(day.year - 1, day.year).working_day_on_or_before(day)

    @property
    def next_draft(self) -> date:
        """The day on which next year's campaign is drafted."""
        return self.timetable.draft_next_at.date()
