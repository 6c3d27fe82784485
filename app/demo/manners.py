"""What a contact does from the letter to the last day, by the contact's manner."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.demo.calendar import Calendar
from app.demo.cast import Manner, Player, Way
from app.demo.steps import Act, Step
from campaign.models import FormKind

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


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
                yield from self._in_one_go(self.days.at(self.days.early(player, 3), 9) + self.spread)
            case Manner.STEADY:
                yield Step(self.before_end(24, 8, 10), Act.FILL_HALF, player)
                yield from self._in_one_go(self.before_end(17, 8, 20))
            case Manner.AFTER_REMINDER:
                yield Step(self.before_end(20, 9, 5), Act.FILL_HALF, player)
                yield from self._in_one_go(self.before_end(3, 9))
            case Manner.MISTAKEN:
                yield from self._mistaken(self.before_end(18, 8, 45))
            case Manner.HASTY:
                yield from self._hasty(self.before_end(12, 13, 30))
            case Manner.TWICE:
                yield from self._in_one_go(self.before_end(10, 9))
                yield from self._again(self.days.at(self.days.before_end(player, 5), 14))
            case Manner.EXTENDED:
                yield from self._extended()
            case Manner.LAST_MINUTE:
                yield from self._in_one_go(self.days.at(self.days.due(player).last_day, 23, 41))
            case Manner.TOO_LATE | Manner.NEVER:
                days_before = 6 if player.manner is Manner.TOO_LATE else 22
                yield Step(self.days.at(self.days.before_end(player, days_before), 10), Act.FILL_HALF, player)

    def before_end(self, days: int, hour: int, minute: int = 0) -> datetime:
        """The contact's own moment so many days before the unit's last day."""
        return self.days.at(self.days.before_end(self.player, days), hour, minute) + self.spread

    def _in_one_go(self, at: datetime) -> Iterator[Step]:
        if self.player.way is Way.EXCEL:
            yield _ask_for_file(self.player, at - 2 * MINUTE)
        if self.player.files:
            yield Step(at - 6 * MINUTE, Act.SEND_EVIDENCE, self.player)
            yield Step(at - 4 * MINUTE, Act.PUT_EVIDENCE, self.player)
        yield Step(at, Act.FILL, self.player)
        yield from submitting(self.player, at + 5 * MINUTE)

    def _mistaken(self, begin: datetime) -> Iterator[Step]:
        yield Step(begin, Act.FILL_WITH_MISTAKES, self.player)
        yield from _trying(self.player, begin + 4 * MINUTE)
        yield Step(begin + 60 * MINUTE, Act.MEND, self.player)
        yield from submitting(self.player, begin + 66 * MINUTE)

    def _hasty(self, begin: datetime) -> Iterator[Step]:
        yield Step(begin, Act.FILL_HALF, self.player)
        yield from _trying(self.player, begin + 3 * MINUTE)
        yield from self._in_one_go(begin + DAY)

    def _again(self, begin: datetime) -> Iterator[Step]:
        yield Step(begin, Act.IMPROVE, self.player)
        if self.player.way is not Way.EXCEL:
            yield Step(begin + 9 * MINUTE, Act.WRITE, self.player, "/nopphieu")

    def _extended(self) -> Iterator[Step]:
        """Somebody is ill; the office gives the unit more time, and it is done a day before that ends."""
        yield Step(self.days.at(self.days.before_end(self.player, 9), 10), Act.FILL_HALF, self.player)
        yield Step(self.days.at(self.days.due(self.player).last_day, 9, 30), Act.EXTEND, self.player)
        yield from self._in_one_go(self.days.at(self.days.extended(self.player) - DAY, 10))


def straggling(player: Player, days: Calendar, forms: FormKind) -> Iterator[Step]:
    """What those do who have not submitted on the last day.

    Where late forms are taken until a second date, one is a few days late, and the other misses even that date.
    What comes when the sheet is locked comes as an Excel file.
    """
    due = days.due(player)
    takes_late_forms = due.last_late_day > due.last_day
    if player.manner is Manner.TOO_LATE and takes_late_forms:
        at = days.at(min(due.last_day + 3 * DAY, due.last_late_day), 9, 30)
        yield Step(at, Act.FILL, player)
        yield from submitting(player, at + 5 * MINUTE)
    elif player.manner is (Manner.NEVER if takes_late_forms else Manner.TOO_LATE):
        after = days.at(due.last_late_day + DAY, 8, 15)
        if forms is FormKind.GOOGLE:
            yield Step(after, Act.TYPE_LATE, player)
        yield _ask_for_file(player, after + 3 * MINUTE)
        yield Step(after + 5 * MINUTE, Act.SEND_LATE, player)


def acknowledging(player: Player, days: Calendar, spread: timedelta) -> Iterator[Step]:
    """How the day is known on which the unit received the letter; of who keeps silent an officer records it."""
    if player.manner is Manner.NEVER:
        yield Step(days.at(days.received(player), 10), Act.ACKNOWLEDGE, player)
    else:
        yield Step(days.at(days.received(player), 8, 20) + spread, Act.PRESS, player, "received:")


def correcting(player: Player, days: Calendar) -> Iterator[Step]:
    """What is returned during the verification is mended and submitted once more, while the form is open again."""
    yield Step(days.at(days.after_closing(12), 9), Act.RETURN, player)
    yield Step(days.at(days.after_closing(14), 10), Act.IMPROVE, player)
    yield from submitting(player, days.at(days.after_closing(14), 10, 10))
    yield Step(days.at(days.returned_until + DAY, 0), Act.LOOK_AGAIN)


def submitting(player: Player, at: datetime) -> Iterator[Step]:
    """Submit what is complete; who sends Excel files has done so already."""
    yield from _trying(player, at)
    if player.way is Way.BOX:
        yield Step(at + 2 * MINUTE, Act.PRESS, player, "submit:")


def _trying(player: Player, at: datetime) -> Iterator[Step]:
    """Submit, be it complete or not; with the box, the bot asks once more before it counts."""
    if player.way is Way.BOX:
        yield Step(at, Act.TICK, player)
    elif player.way is Way.BUTTON:
        yield Step(at, Act.PRESS, player, "submit:")


def _ask_for_file(player: Player, at: datetime) -> Step:
    return Step(at, Act.WRITE, player, "/phieu")
