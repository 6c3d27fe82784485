"""How each kind of message reads, and the buttons under it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from reports.chat import named
from words import Series, Text, Value

Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Button:
    """A button: it opens a `url`, or tells the bot an `action` (64 bytes at most)."""

    label: Text
    action: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A message as a channel sends it; the buttons in rows."""

    text: Text
    buttons: Rows = ()


def notice(kind: str, facts: Facts, file: str | None) -> Notice:
    """Word a message of the outbox; `file` is the SHA-256 of what goes with it.

    A kind that has no entry in the tables below is its catalogue text as it stands, without buttons.
    """
    words = {**facts, **_WORDED[kind](facts)} if kind in _WORDED else facts
    return Notice(Text(_variant(kind, facts, file), **words), _BUTTONS[kind](facts) if kind in _BUTTONS else ())


def _variant(kind: str, facts: Facts, file: str | None) -> str:
    if kind in _WITH_LETTER and file:
        return _WITH_LETTER[kind]
    if kind == "reports.reminder" and not facts["missing"]:
        return "reports.reminder_mistakes"
    return kind


def _reminder(facts: Facts) -> Facts:
    days = cast("int", facts["n"])
    left = Text("reports.days_left", n=days) if days > 0 else Text("reports.last_day_is_today")
    return {"left": left, "missing": named(_items(facts["missing"]), more=cast("int", facts.get("more", 0)))}


def _ready(facts: Facts) -> Facts:
    return _reminder({**facts, "missing": ()})


def _problems(facts: Facts) -> Facts:
    return {"problems": named(_items(facts["problems"]))}


def _second_look(facts: Facts) -> Facts:
    return {"notices": named(_items(facts["notices"]))}


def _unacknowledged(facts: Facts) -> Facts:
    return {"units": named(_items(facts["units"]))}


def _closed(facts: Facts) -> Facts:
    return {"missing": named(_items(facts["missing"]))}


def _receipt(facts: Facts) -> Facts:
    covered, total = cast("Decimal", facts["covered"]), cast("Decimal", facts["total"])
    score = Text(
        "reports.self_score_part" if covered < total else "reports.self_score_whole",
        self_score=facts["self_score"],
        covered=covered,
        later=total - covered,
        total=total,
    )
    return {"score": score}


def _items(value: Value) -> tuple[str | Text, ...]:
    return cast("tuple[str | Text, ...]", value.items if isinstance(value, Series) else value)


def _form_buttons(facts: Facts) -> Rows:
    return (*_open(facts), (_submit(facts), _action("missing", facts["unit_id"])))


def _buttons_to_acknowledge(facts: Facts) -> Rows:
    return ((_action("received", facts["unit_id"]),), *_form_buttons(facts))


def _open(facts: Facts) -> Rows:
    """No button where the form has no address (yet)."""
    url = cast("str", facts["url"])
    return ((Button(Text("reports.button_open"), url=url),),) if url else ()


def _submit(facts: Facts) -> Button:
    return _action("submit", facts["unit_id"])


def _action(name: str, subject: Value) -> Button:
    return Button(Text(f"reports.button_{name}"), action=f"{name}:{subject}")


_WITH_LETTER = {
    "reports.request": "reports.request_with_letter",
    "reports.request_to_acknowledge": "reports.request_to_acknowledge_with_letter",
}
_WORDED: Mapping[str, Callable[[Facts], Facts]] = {
    "reports.reminder": _reminder,
    "reports.reminder_ready": _ready,
    "reports.form_problems": _problems,
    "reports.second_look": _second_look,
    "reports.unacknowledged": _unacknowledged,
    "reports.receipt": _receipt,
    "reports.late_receipt": _receipt,
    "reports.closed_board": _closed,
}
_BUTTONS: Mapping[str, Callable[[Facts], Rows]] = {
    "reports.request": _form_buttons,
    "reports.request_to_acknowledge": _buttons_to_acknowledge,
    "reports.acknowledge": _buttons_to_acknowledge,
    "reports.overdue": _form_buttons,
    "reports.second_look": lambda facts: (*_open(facts), (_submit(facts),)),
    "reports.reminder": _form_buttons,
    "reports.reminder_ready": _form_buttons,
    "reports.form_problems": lambda facts: (*_open(facts), (_submit(facts),)),
    "reports.form_trouble": _open,
    "reports.offered": lambda facts: ((_action("approve", facts["ranking_id"]),),),
    "reports.result": lambda facts: ((_action("why", facts["unit_id"]),),),
    "reports.draft_next": lambda facts: ((_action("confirm", facts["campaign_id"]),),),
}
