"""The question that the bot has put to a person and waits to have answered in words.

It is kept in the database, so that a restart in the middle changes nothing; a new question takes the place of the last.
"""

from typing import Any

from bot.turn import Turn
from campaign.models import Dialogue


def ask(turn: Turn, step: str, **state: Any) -> None:  # noqa: ANN401 - any JSON value
    """From now on the person's words answer `step`; `state` is what answering needs to know."""
    turn.session.merge(Dialogue(address_id=turn.address.id, state={"step": step, **state}))


def asked(turn: Turn) -> dict[str, Any] | None:
    """What was asked and not answered yet."""
    dialogue = turn.session.get(Dialogue, turn.address.id)
    return dialogue.state if dialogue else None


def close(turn: Turn) -> None:
    """Wait for no answer any more."""
    dialogue = turn.session.get(Dialogue, turn.address.id)
    if dialogue:
        turn.session.delete(dialogue)


def cancel(turn: Turn) -> None:
    """Drop the open question, whatever was answered so far."""
    turn.answer("bot.cancelled" if asked(turn) else "bot.nothing_to_cancel")
    close(turn)
