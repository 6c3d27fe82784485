"""How each kind of message reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from reports.chat import NAME_LENGTH, named, shorten
from reports.notice_buttons import Facts, Rows, buttons_of, items_of
from words import Text

SHORT_LIST = 500
"""Letters for a list that shares its message with others."""
SHARED_ROOM = 3000
"""Letters for lists that have a message to themselves."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message as a channel sends it; the buttons in rows."""

    text: Text
    buttons: Rows = ()


def notice(kind: str, facts: Facts, file: str | None) -> Notice:
    """Word a message of the outbox; `file` is the SHA-256 of what goes with it.

    A kind that has no entry in the tables below is its catalogue text as it stands.
    """
    words = {**facts, **_WORDED[kind](facts)} if kind in _WORDED else facts
    return Notice(Text(_variant(kind, facts, file), **words), buttons_of(kind, facts))


def _variant(kind: str, facts: Facts, file: str | None) -> str:
    if kind in _WITH_LETTER and file:
        return _WITH_LETTER[kind]
    if kind == "reports.reminder" and not facts["missing"]:
        return "reports.reminder_mistakes"
    return kind


def _request(facts: Facts) -> Facts:
    return {"how": Text("reports.how_online" if facts["url"] else "reports.how_excel")}


def _reminder(facts: Facts) -> Facts:
    days = cast("int", facts["n"])
    left = Text("reports.days_left", n=days) if days > 0 else Text("reports.last_day_is_today")
    return {"left": left, "missing": named(items_of(facts["missing"]), more=cast("int", facts.get("more", 0)))}


def _unconfirmed(facts: Facts) -> Facts:
    return {**_ready(facts), **_scored(facts)}


def _ready(facts: Facts) -> Facts:
    return _reminder({**facts, "missing": ()})


def _problems(facts: Facts) -> Facts:
    return {"problems": named(items_of(facts["problems"]))}


def _confirmation(facts: Facts) -> Facts:
    """A ticked form may be submitted; what is unlikely in it is named before that."""
    doubts = items_of(facts.get("notices", ()))
    if not doubts:
        return {"complete": Text("reports.complete")}
    return {"complete": Text("reports.complete_with_doubts", n=len(doubts), notices=named(doubts))}


def _second_look(facts: Facts) -> Facts:
    return {"notices": named(items_of(facts["notices"]))}


def _unacknowledged(facts: Facts) -> Facts:
    return {"units": named(items_of(facts["units"]))}


def _closed(facts: Facts) -> Facts:
    """Besides the silent units, those of which something else is to be known, where there are any."""
    kinds = ("reopened", "unconfirmed", "unlocked")
    others = tuple(
        Text(f"reports.closed_{kind}", items=named(items_of(facts[kind]), room=SHORT_LIST))
        for kind in kinds
        if kind in facts
    )
    return {"missing": (named(items_of(facts["missing"])), *others)}


def _scored(facts: Facts) -> Facts:
    covered, total = cast("Decimal", facts["covered"]), cast("Decimal", facts["total"])
    score = Text(
        "reports.self_score_part" if covered < total else "reports.self_score_whole",
        self_score=facts["self_score"],
        covered=covered,
        later=total - covered,
        total=total,
    )
    return {"score": score}


def _gaps(facts: Facts) -> Facts:
    """What a form lacks, each kind of it under its heading; empty ones are left out."""
    kinds = {kind: items_of(facts[kind]) for kind in ("missing", "problems", "unevidenced")}
    room = SHARED_ROOM // max(1, sum(map(bool, kinds.values())))
    sections = tuple(
        Text(f"reports.gaps_{kind}", n=len(items), items=named(items, room=room))
        for kind, items in kinds.items()
        if items
    )
    return {"gaps": sections}


def _place(facts: Facts) -> Facts:
    return {"name": shorten(cast("str", facts["name"]), NAME_LENGTH)}


def _files_placed(facts: Facts) -> Facts:
    """A line a file, with the number of its question."""
    names, numbers = items_of(facts["names"]), items_of(facts["numbers"])
    files = [
        Text("reports.placed_file", number=number, name=shorten(cast("str", name), NAME_LENGTH))
        for number, name in zip(numbers, names, strict=True)
    ]
    return {"n": len(files), "files": named(files)}


_WITH_LETTER = {
    "reports.request": "reports.request_with_letter",
    "reports.request_to_acknowledge": "reports.request_to_acknowledge_with_letter",
}
_WORDED: Mapping[str, Callable[[Facts], Facts]] = {
    "reports.request": _request,
    "reports.request_to_acknowledge": _request,
    "reports.reminder": _reminder,
    "reports.reminder_ready": _ready,
    "reports.reminder_returned": _ready,
    "reports.form_problems": _problems,
    "reports.second_look": _second_look,
    "reports.unacknowledged": _unacknowledged,
    "reports.receipt": _scored,
    "reports.late_receipt": _scored,
    "reports.confirm_by_head": _scored,
    "reports.reminder_to_confirm": _unconfirmed,
    "reports.reminder_unconfirmed": _unconfirmed,
    "reports.ticked_too_early": _gaps,
    "reports.ticked_in_vain": _gaps,
    "reports.confirm_submission": _confirmation,
    "reports.confirm_late_submission": _confirmation,
    "reports.place_file": _place,
    "reports.files_placed": _files_placed,
    "reports.file_without_content": _place,
    "reports.closed_board": _closed,
}
