"""What a contact does from the letter to the last day, by the contact's manner."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.demo.calendar import Calendar
from app.demo.cast import Manner, Player
from app.demo.steps import Act, Step

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact at work, `spread` after the first of those who do the same."""

    player: Player
    days: Calendar
    spread: timedelta

    def filling(self) -> Iterator[Step]:
        """What the contact does with the form until the last day."""
        player = self.player
        match player.manner:
            case Manner.EARLY:
                yield from _in_one_go(player, self.days.at(self.days.early(player, 3), 9) + self.spread)
            case Manner.STEADY:
                yield Step(self.before_end(24, 8, 10), Act.FILL_HALF, player)
                yield from _in_one_go(player, self.before_end(17, 8, 20))
            case Manner.AFTER_REMINDER:
                yield Step(self.before_end(20, 9, 5), Act.FILL_HALF, player)
                yield from _in_one_go(player, self.before_end(3, 9))
            case Manner.MISTAKEN:
                yield from self._mistaken(self.before_end(18, 8, 45))
            case Manner.HASTY:
                yield from self._hasty(self.before_end(12, 13, 30))
            case Manner.TWICE:
                yield from _in_one_go(player, self.before_end(10, 9))
                yield from self._again(self.days.at(self.days.before_end(player, 5), 14))
            case Manner.LAST_MINUTE:
                yield from _in_one_go(player, self.days.at(self.days.due(player).last_day, 23, 41))
            case Manner.TOO_LATE:
                yield Step(self.days.at(self.days.before_end(player, 6), 10), Act.FILL, player)
            case Manner.NEVER:
                yield Step(self.days.at(self.days.before_end(player, 22), 10), Act.FILL_HALF, player)

    def before_end(self, days: int, hour: int, minute: int = 0) -> datetime:
        """The contact's own moment so many days before the unit's last day."""
        return self.days.at(self.days.before_end(self.player, days), hour, minute) + self.spread

    def _mistaken(self, begin: datetime) -> Iterator[Step]:
        yield Step(begin, Act.FILL_WITH_MISTAKES, self.player)
        yield _submit(self.player, begin + timedelta(minutes=4))
        yield Step(begin + timedelta(hours=1), Act.MEND, self.player)
        yield _submit(self.player, begin + timedelta(hours=1, minutes=6))

    def _hasty(self, begin: datetime) -> Iterator[Step]:
        yield Step(begin, Act.FILL_HALF, self.player)
        yield _submit(self.player, begin + timedelta(minutes=3))
        yield from _in_one_go(self.player, begin + DAY)

    def _again(self, begin: datetime) -> Iterator[Step]:
        yield Step(begin, Act.IMPROVE, self.player)
        yield Step(begin + timedelta(minutes=9), Act.WRITE, self.player, "/nopphieu")


def straggling(player: Player, days: Calendar) -> Iterator[Step]:
    """What those do who have not submitted on the last day.

    Where late forms are taken until a second date, one is a few days late, and the other misses even that date.
    """
    due = days.due(player)
    takes_late_forms = due.last_late_day > due.last_day
    if player.manner is Manner.TOO_LATE and takes_late_forms:
        yield _submit(player, days.at(min(due.last_day + 3 * DAY, due.last_late_day), 9, 30))
    elif player.manner is (Manner.NEVER if takes_late_forms else Manner.TOO_LATE):
        after = due.last_late_day + DAY
        yield Step(days.at(after, 8, 15), Act.TYPE_LATE, player)
        yield _submit(player, days.at(after, 8, 20))


def acknowledging(player: Player, days: Calendar, spread: timedelta) -> Iterator[Step]:
    """How the day is known on which the unit received the letter; of who keeps silent an officer records it."""
    if player.manner is Manner.NEVER:
        yield Step(days.at(days.received(player), 10), Act.ACKNOWLEDGE, player)
    else:
        yield Step(days.at(days.received(player), 8, 20) + spread, Act.PRESS, player, "received:")


def _in_one_go(player: Player, at: datetime) -> Iterator[Step]:
    yield Step(at, Act.FILL, player)
    yield _submit(player, at + timedelta(minutes=5))


def _submit(player: Player, at: datetime) -> Step:
    return Step(at, Act.PRESS, player, "submit:")
