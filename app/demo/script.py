"""The script of the demo: who does what and when, in order. One seed gives one script.

Times are local to the province. The administrator's acts are commands; everybody else acts over HTTP.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from app.demo.calendar import Calendar
from app.demo.cast import Cast
from app.demo.manners import DAY, Contact, acknowledging, correcting, straggling
from app.demo.steps import Act, Step
from campaign.models import FormKind
from forms.google import pace_of
from scheduler.tending import NOTED_IN_A_TICK
from scoring import Regulation


@dataclass(frozen=True, slots=True)
class Story:
    """What the script is written for."""

    regulation: Regulation
    cast: Cast
    days: Calendar
    forms: FormKind

    def spread(self, minutes: int, hours: int) -> timedelta:
        """How long one person acts after the other: some minutes, fewer where it would take more than so many hours."""
        return timedelta(minutes=min(minutes, hours * 60 // len(self.cast.everyone)))


def script(regulation: Regulation, cast: Cast, days: Calendar, forms: FormKind = FormKind.GOOGLE) -> list[Step]:
    """All steps in order of time; steps of the same minute keep the order in which they are told."""
    story = Story(regulation, cast, days, forms)
    steps = [
        *_preparation(story),
        *_issue(story),
        *_collecting(story),
        *_questions(story),
        *_heartbeats(story),
        *_closing(story),
        *_verification(story),
        *_approval(story),
        *_next_year(story),
    ]
    return sorted(steps, key=lambda step: step.at)


def _preparation(story: Story) -> Iterator[Step]:
    cast, days = story.cast, story.days
    yield Step(days.at(days.created, 8), Act.CREATE)
    yield Step(days.at(days.created, 8, 30), Act.INVITE)
    for place, player in enumerate(cast.everyone):
        moment = days.at(days.created, 9) + story.spread(7, hours=8) * place
        yield Step(moment, Act.ARRIVE, player)
        if player.role != "stranger":
            yield Step(moment, Act.OPEN_LINK, player)
    late = days.at(days.created + DAY, 9)
    yield Step(late, Act.OPEN_STOLEN_LINK, cast.stranger)
    yield Step(late + timedelta(minutes=3), Act.WRITE, cast.stranger, "/start khong-co-that")


def _issue(story: Story) -> Iterator[Step]:
    """The scheduler makes some forms a minute; it is given the minutes it needs."""
    days = story.days
    for minute in range(len(story.cast.contacts) // pace_of(1).forms_a_minute + 3):
        yield Step(days.at(days.issued, 8, minute), Act.LOOK_AGAIN)
    if _is_observed(story.regulation):
        yield Step(days.at(days.issued, 15), Act.OBSERVE_FIRST)


def _is_observed(regulation: Regulation) -> bool:
    return any(each.source != "unit" for each in regulation.questions.values())


def _collecting(story: Story) -> Iterator[Step]:
    apart = story.spread(11, hours=8)
    for place, player in enumerate(story.cast.contacts):
        if story.days.timetable.receipt:
            yield from acknowledging(player, story.days, apart * place)
        yield from Contact(player, story.days, apart * place).filling()
        yield from straggling(player, story.days, story.forms)


def _questions(story: Story) -> Iterator[Step]:
    """Officers ask how far everybody is; a contact asks about its own unit, and about another's."""
    days, officer, asker, other = story.days, story.cast.officers[0], story.cast.contacts[0], story.cast.contacts[-1]
    if days.timetable.receipt:  # who has not acknowledged the letter?
        yield Step(days.at(days.issued + 5 * DAY, 10), Act.WRITE, officer, "/tinhhinh")
    day = days.before_end(asker, 15)
    yield Step(days.at(day, 10), Act.WRITE, officer, "/tinhhinh")
    yield Step(days.at(day, 10, 20), Act.WRITE, asker, "/tinhhinh")
    yield Step(days.at(day, 10, 22), Act.WRITE, asker, f"/tinhhinh {other.unit.name if other.unit else ''}")
    yield Step(days.at(days.due(asker).last_day - DAY, 16, 30), Act.WRITE, officer, "/tinhhinh")


def _heartbeats(story: Story) -> Iterator[Step]:
    """The heartbeat, seen once each morning and at each deadline: enough for whatever falls due."""
    days = story.days
    for number in range((days.closed - days.issued).days):
        yield Step(days.at(days.issued + (number + 1) * DAY, 8, 1), Act.LOOK_AGAIN)
    dues = [days.due(player) for player in story.cast.contacts]
    extended = [days.at(days.extended(player) + DAY, 0) for player in story.cast.extended]
    for moment in sorted({*extended, *(instant for due in dues for instant in (due.deadline, due.closes_at))}):
        yield Step(moment, Act.LOOK_AGAIN)


def _closing(story: Story) -> Iterator[Step]:
    yield Step(story.days.at(story.days.closed + 2 * DAY, 8, 30), Act.WRITE, story.cast.officers[1], "/tinhhinh")


def _verification(story: Story) -> Iterator[Step]:
    days = story.days
    yield Step(days.at(days.after_closing(10), 14), Act.FIND)
    for player in story.cast.returned:
        yield from correcting(player, days)
    if _is_observed(story.regulation):
        yield Step(days.at(days.after_closing(25), 9), Act.OBSERVE_REST)
    yield Step(days.at(days.after_closing(38), 15), Act.RANK)


def _approval(story: Story) -> Iterator[Step]:
    cast, days = story.cast, story.days
    day = days.after_closing(44)
    decision = f"{day:%d/%m/%Y}"
    yield Step(days.at(day, 8, 30), Act.PRESS, cast.leader, "approve:")
    yield Step(days.at(day, 8, 31), Act.WRITE, cast.leader, "2568/QĐ-UBND")
    yield Step(days.at(day, 8, 32), Act.WRITE, cast.leader, "hôm nay")
    yield Step(days.at(day, 8, 33), Act.WRITE, cast.leader, decision)
    yield Step(days.at(day, 8, 34), Act.PRESS, cast.leader, "sign:")
    for minute in range(len(cast.contacts) // NOTED_IN_A_TICK + 1):  # every unit reads its points on its form
        yield Step(days.at(day, 9, minute), Act.LOOK_AGAIN)
    yield Step(days.at(day, 9, 30), Act.WRITE, cast.contacts[1], "/ketqua")
    # One whose claim was granted, one whose claim was refused, one whose number was corrected.
    for minute, asker in enumerate((*cast.claimers[:1], *cast.claimers[-1:], *cast.corrected[:1])):
        # Units that could not be assessed are not offered it.
        yield Step(days.at(day, 9, 40 + minute), Act.PRESS_IF_OFFERED, asker, "why:")
    yield Step(days.at(day, 10), Act.WRITE, cast.leader, "/xephang")


def _next_year(story: Story) -> Iterator[Step]:
    days = story.days
    yield Step(days.at(days.next_draft, 8), Act.LOOK_AGAIN)
    yield Step(days.at(days.next_draft, 9), Act.PRESS, story.cast.officers[0], "confirm:")
