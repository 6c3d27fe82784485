"""The approval (phê duyệt) of a ranking by a leader: decision number, its date, then a confirmation.

The bot's question is kept in the database (`Dialogue`), so that a restart in the middle changes nothing.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.turn import Turn
from campaign.models import Dialogue, Ranking
from campaign.ranking import approve, check_approvable
from campaign.refusal import Refused
from reports.publication import publish
from words import Text

LONGEST_NUMBER = 60
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def start(turn: Turn, ranking_id: int) -> None:
    """The leader wants to approve this version: ask for the number of the decision."""
    ranking = _approvable(turn, ranking_id)
    _ask(turn, {"step": "number", "ranking": ranking.id})
    turn.answer("bot.ask_decision_number", title=ranking.campaign.title, version=ranking.number)


def continue_with(turn: Turn, text: str) -> bool:
    """Take the text as the answer to the question that is open; False where none is."""
    dialogue = turn.session.get(Dialogue, turn.address.id)
    if dialogue is None:
        return False
    _STEPS[dialogue.state["step"]](turn, dialogue.state, text)
    return True


def _take_number(turn: Turn, state: dict[str, Any], text: str) -> None:
    if len(text) > LONGEST_NUMBER or not any(each.isdigit() for each in text):
        turn.answer("bot.bad_decision_number", longest=LONGEST_NUMBER)
        return
    _ask(turn, {**state, "step": "day", "number": text})
    turn.answer("bot.ask_decision_day", number=text)


def _take_day(turn: Turn, state: dict[str, Any], text: str) -> None:
    day = parse_day(text)
    if day is None:
        turn.answer("bot.bad_decision_day")
        return
    _ask(turn, {**state, "step": "confirmation", "day": day.isoformat()})
    _ask_confirmation(turn, state["ranking"], state["number"], day)


def _remind_of_buttons(turn: Turn, state: dict[str, Any], _text: str) -> None:
    _ask_confirmation(turn, state["ranking"], state["number"], date.fromisoformat(state["day"]))


_STEPS: dict[str, Callable[[Turn, dict[str, Any], str], None]] = {
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
    dialogue = turn.session.get(Dialogue, turn.address.id)
    if dialogue is None or (dialogue.state["step"], dialogue.state["ranking"]) != ("confirmation", ranking_id):
        raise Refused(Text("bot.old_button"))
    number, day = dialogue.state["number"], date.fromisoformat(dialogue.state["day"])
    person = turn.address.person
    approve(turn.session, ranking, person, decision_number=number, decision_day=day, now=turn.now)
    turn.answer("bot.approved", title=ranking.campaign.title, number=number, day=day)
    publish(turn.session, ranking, actor=f"person:{person.id}", now=turn.now)
    turn.session.delete(dialogue)


def cancel(turn: Turn) -> None:
    """Drop the open question, whatever was answered so far."""
    dialogue = turn.session.get(Dialogue, turn.address.id)
    if dialogue is None:
        turn.answer("bot.nothing_to_cancel")
    else:
        turn.session.delete(dialogue)
        turn.answer("bot.cancelled")


def parse_day(text: str) -> date | None:
    """Read dd/mm/yyyy, and nothing else; None for another form or a day that no calendar has."""
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _approvable(turn: Turn, ranking_id: int) -> Ranking:
    ranking = turn.session.get(Ranking, ranking_id)
    if ranking is None:
        raise Refused(Text("bot.old_button"))
    check_approvable(turn.session, ranking, turn.address.person)
    return ranking


def _ask(turn: Turn, state: dict[str, Any]) -> None:
    turn.session.merge(Dialogue(address_id=turn.address.id, state=state))
