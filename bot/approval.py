"""The approval (phê duyệt) of a ranking by a leader: decision number, its date, then a confirmation."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot import dialogues
from bot.days import parse_day
from bot.turn import Turn
from campaign.models import Ranking
from campaign.ranking import approve, check_approvable, last_day_before_decision
from campaign.refusal import Refused
from reports.publication import publish
from words import Text

LONGEST_NUMBER = 60


def start(turn: Turn, ranking_id: int) -> None:
    """The leader wants to approve this version: ask for the number of the decision."""
    ranking = _approvable(turn, ranking_id)
    dialogues.ask(turn, "number", ranking=ranking.id)
    turn.answer("bot.ask_decision_number", title=ranking.campaign.title, version=ranking.number)


def _take_number(turn: Turn, state: dict[str, Any], text: str) -> None:
    if len(text) > LONGEST_NUMBER or not any(each.isdigit() for each in text):
        turn.answer("bot.bad_decision_number", longest=LONGEST_NUMBER)
        return
    dialogues.ask(turn, "day", ranking=state["ranking"], number=text)
    turn.answer("bot.ask_decision_day", number=text)


def _take_day(turn: Turn, state: dict[str, Any], text: str) -> None:
    day = parse_day(text)
    if day is None:
        turn.answer("bot.bad_decision_day")
        return
    last_day = last_day_before_decision(turn.session, _approvable(turn, state["ranking"]).campaign)
    if day <= last_day:
        turn.answer("bot.decision_too_early", last_day=last_day)
        return
    dialogues.ask(turn, "confirmation", ranking=state["ranking"], number=state["number"], day=day.isoformat())
    _ask_confirmation(turn, state["ranking"], state["number"], day)


def _remind_of_buttons(turn: Turn, state: dict[str, Any], _text: str) -> None:
    _ask_confirmation(turn, state["ranking"], state["number"], date.fromisoformat(state["day"]))


STEPS: Mapping[str, Callable[[Turn, dict[str, Any], str], None]] = {
    "number": _take_number,
    "day": _take_day,
    "confirmation": _remind_of_buttons,
}


def _ask_confirmation(turn: Turn, ranking_id: int, number: str, day: date) -> None:
    ranking = _approvable(turn, ranking_id)
    turn.answer(
        "bot.confirm_approval",
        title=ranking.campaign.title,
        version=ranking.number,
        number=number,
        day=day,
        ranking_id=ranking.id,
    )


def sign(turn: Turn, ranking_id: int) -> None:
    """The leader confirmed: the ranking is approved and published in one go."""
    ranking = _approvable(turn, ranking_id)
    state = dialogues.asked(turn) or {}
    if (state.get("step"), state.get("ranking")) != ("confirmation", ranking_id):
        raise Refused(Text("bot.old_button"))
    number, day = state["number"], date.fromisoformat(state["day"])
    person = turn.address.person
    approve(turn.session, ranking, person, decision_number=number, decision_day=day, now=turn.now)
    turn.answer("bot.approved", title=ranking.campaign.title, number=number, day=day)
    publish(turn.session, ranking, actor=f"person:{person.id}", now=turn.now)
    dialogues.close(turn)


def _approvable(turn: Turn, ranking_id: int) -> Ranking:
    ranking = turn.session.get(Ranking, ranking_id)
    if ranking is None:
        raise Refused(Text("bot.old_button"))
    check_approvable(turn.session, ranking, turn.address.person)
    return ranking
