"""The script of the demo: who does what and when, in order. One seed gives one script.

Times are local to the province. The administrator's acts are commands; everybody else acts over HTTP.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from app.demo.cast import Cast, Manner, Player


class Act(Enum):
    """What somebody does in a step."""

    LOOK_AGAIN = auto()
    CREATE = auto()
    ARRIVE = auto()
    INVITE = auto()
    OPEN_LINK = auto()
    OPEN_STOLEN_LINK = auto()
    WRITE = auto()
    PRESS = auto()
    FILL_HALF = auto()
    FILL_WITH_MISTAKES = auto()
    MEND = auto()
    FILL = auto()
    IMPROVE = auto()
    TYPE_LATE = auto()
    OBSERVE_FIRST = auto()
    OBSERVE_REST = auto()
    FIND = auto()
    RANK = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One act at one time. `words` is what is written or the action of the pressed button."""

    at: datetime
    act: Act
    player: Player | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the story, taken from the regulation's timetable."""

    zone: ZoneInfo
    created: date
    issued: date
    last_day: date
    next_draft: date

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A local instant."""
        return datetime.combine(day, time(hour, minute), tzinfo=self.zone)

    def before_end(self, days: int) -> date:
        """So many days before the last day."""
        return self.last_day - timedelta(days=days)


def script(cast: Cast, days: Calendar) -> list[Step]:
    """All steps in order of time; steps of the same minute keep the order in which they are told."""
    steps = [
        *_preparation(cast, days),
        *_issue(days),
        *_collecting(cast, days),
        *_mornings(days),
        *_closing(cast, days),
        *_verification(days),
        *_approval(cast, days),
        *_next_year(cast, days),
    ]
    return sorted(steps, key=lambda step: step.at)


def _preparation(cast: Cast, days: Calendar) -> Iterator[Step]:
    yield Step(days.at(days.created, 8), Act.CREATE)
    yield Step(days.at(days.created, 8, 30), Act.INVITE)
    for place, player in enumerate(cast.everyone):
        moment = days.at(days.created, 9) + timedelta(minutes=7 * place)
        yield Step(moment, Act.ARRIVE, player)
        if player.role != "stranger":
            yield Step(moment, Act.OPEN_LINK, player)
    late = days.at(days.created + timedelta(days=1), 9)
    yield Step(late, Act.OPEN_STOLEN_LINK, cast.stranger)
    yield Step(late + timedelta(minutes=3), Act.WRITE, cast.stranger, "/start khong-co-that")


def _issue(days: Calendar) -> Iterator[Step]:
    # The scheduler makes some forms a minute; it is given the minutes it needs.
    for minute in range(6):
        yield Step(days.at(days.issued, 8, minute), Act.LOOK_AGAIN)
    yield Step(days.at(days.issued, 15), Act.OBSERVE_FIRST)


def _collecting(cast: Cast, days: Calendar) -> Iterator[Step]:
    for place, player in enumerate(cast.contacts):
        yield from _contact(player, place, days)
    officer, asker = cast.officers[0], cast.contacts[0]
    other = cast.contacts[-1].unit
    yield Step(days.at(days.before_end(15), 10), Act.WRITE, officer, "/tinhhinh")
    yield Step(days.at(days.before_end(15), 10, 20), Act.WRITE, asker, "/tinhhinh")
    yield Step(days.at(days.before_end(15), 10, 22), Act.WRITE, asker, f"/tinhhinh {other.name if other else ''}")
    yield Step(days.at(days.before_end(1), 16, 30), Act.WRITE, officer, "/tinhhinh")


def _contact(player: Player, place: int, days: Calendar) -> Iterator[Step]:
    spread = timedelta(minutes=11 * place)
    match player.manner:
        case Manner.EARLY:
            yield from _in_one_go(player, days.at(days.issued + timedelta(days=3), 9) + spread)
        case Manner.STEADY:
            yield Step(days.at(days.before_end(24), 8, 10) + spread, Act.FILL_HALF, player)
            yield from _in_one_go(player, days.at(days.before_end(17), 8, 20) + spread)
        case Manner.AFTER_REMINDER:
            yield Step(days.at(days.before_end(20), 9, 5) + spread, Act.FILL_HALF, player)
            yield from _in_one_go(player, days.at(days.before_end(3), 9) + spread)
        case Manner.MISTAKEN:
            begin = days.at(days.before_end(18), 8, 45) + spread
            yield Step(begin, Act.FILL_WITH_MISTAKES, player)
            yield Step(begin + timedelta(minutes=4), Act.PRESS, player, "submit:")
            yield Step(begin + timedelta(hours=1), Act.MEND, player)
            yield Step(begin + timedelta(hours=1, minutes=6), Act.PRESS, player, "submit:")
        case Manner.HASTY:
            begin = days.at(days.before_end(12), 13, 30) + spread
            yield Step(begin, Act.FILL_HALF, player)
            yield Step(begin + timedelta(minutes=3), Act.PRESS, player, "submit:")
            yield from _in_one_go(player, begin + timedelta(days=1))
        case Manner.TWICE:
            yield from _in_one_go(player, days.at(days.before_end(10), 9) + spread)
            yield Step(days.at(days.before_end(5), 14), Act.IMPROVE, player)
            yield Step(days.at(days.before_end(5), 14, 9), Act.WRITE, player, "/nopphieu")
        case Manner.LAST_MINUTE:
            yield from _in_one_go(player, days.at(days.last_day, 23, 41))
        case Manner.TOO_LATE:
            yield Step(days.at(days.before_end(6), 10), Act.FILL, player)
        case Manner.NEVER:
            yield Step(days.at(days.before_end(22), 10), Act.FILL_HALF, player)


def _in_one_go(player: Player, at: datetime) -> Iterator[Step]:
    yield Step(at, Act.FILL, player)
    yield Step(at + timedelta(minutes=5), Act.PRESS, player, "submit:")


def _mornings(days: Calendar) -> Iterator[Step]:
    """The heartbeat, seen once each morning: enough for whatever falls due on a day."""
    day = days.issued + timedelta(days=1)
    while day <= days.last_day:
        yield Step(days.at(day, 8, 1), Act.LOOK_AGAIN)
        day += timedelta(days=1)


def _closing(cast: Cast, days: Calendar) -> Iterator[Step]:
    after = days.last_day + timedelta(days=1)
    yield Step(days.at(after, 0), Act.LOOK_AGAIN)
    for player in cast.contacts:
        if player.manner is Manner.TOO_LATE:
            yield Step(days.at(after, 8, 15), Act.TYPE_LATE, player)
            yield Step(days.at(after, 8, 20), Act.PRESS, player, "submit:")
    yield Step(days.at(after + timedelta(days=1), 8, 30), Act.WRITE, cast.officers[1], "/tinhhinh")


def _verification(days: Calendar) -> Iterator[Step]:
    yield Step(days.at(days.last_day + timedelta(days=10), 14), Act.FIND)
    yield Step(days.at(days.last_day + timedelta(days=25), 9), Act.OBSERVE_REST)
    yield Step(days.at(days.last_day + timedelta(days=38), 15), Act.RANK)


def _approval(cast: Cast, days: Calendar) -> Iterator[Step]:
    day = days.last_day + timedelta(days=44)
    decision = f"{day:%d/%m/%Y}"
    yield Step(days.at(day, 8, 30), Act.PRESS, cast.leader, "approve:")
    yield Step(days.at(day, 8, 31), Act.WRITE, cast.leader, "2568/QĐ-UBND")
    yield Step(days.at(day, 8, 32), Act.WRITE, cast.leader, "hôm nay")
    yield Step(days.at(day, 8, 33), Act.WRITE, cast.leader, decision)
    yield Step(days.at(day, 8, 34), Act.PRESS, cast.leader, "sign:")
    yield Step(days.at(day, 9, 30), Act.WRITE, cast.contacts[1], "/ketqua")
    # One whose claim was granted, one whose claim was refused, one whose number was corrected.
    for minute, asker in enumerate((*cast.claimers[:1], *cast.claimers[-1:], *cast.corrected[:1])):
        yield Step(days.at(day, 9, 40 + minute), Act.PRESS, asker, "why:")
    yield Step(days.at(day, 10), Act.WRITE, cast.leader, "/xephang")


def _next_year(cast: Cast, days: Calendar) -> Iterator[Step]:
    yield Step(days.at(days.next_draft, 8), Act.LOOK_AGAIN)
    yield Step(days.at(days.next_draft, 9), Act.PRESS, cast.officers[0], "confirm:")
