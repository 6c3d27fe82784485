"""How each kind of message reads, and the buttons under it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from reports.chat import NAME_LENGTH, named, shorten
from words import Series, Text, Value

Facts = Mapping[str, Value]

SHORT_LIST = 500
"""Letters for a list that shares its message with others."""
BUTTON_LENGTH = 40
"""Letters of a name on a button."""
SHARED_ROOM = 3000
"""Letters for lists that have a message to themselves."""


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


def _request(facts: Facts) -> Facts:
    return {"how": Text("reports.how_online" if facts["url"] else "reports.how_excel")}


def _reminder(facts: Facts) -> Facts:
    days = cast("int", facts["n"])
    left = Text("reports.days_left", n=days) if days > 0 else Text("reports.last_day_is_today")
    return {"left": left, "missing": named(_items(facts["missing"]), more=cast("int", facts.get("more", 0)))}


def _unconfirmed(facts: Facts) -> Facts:
    return {**_ready(facts), **_receipt(facts)}


def _ready(facts: Facts) -> Facts:
    return _reminder({**facts, "missing": ()})


def _problems(facts: Facts) -> Facts:
    return {"problems": named(_items(facts["problems"]))}


def _second_look(facts: Facts) -> Facts:
    return {"notices": named(_items(facts["notices"]))}


def _unacknowledged(facts: Facts) -> Facts:
    return {"units": named(_items(facts["units"]))}


def _closed(facts: Facts) -> Facts:
    """Besides the silent units, those of which something else is to be known, where there are any."""
    kinds = ("reopened", "unconfirmed", "unlocked")
    others = tuple(
        Text(f"reports.closed_{kind}", items=named(_items(facts[kind]), room=SHORT_LIST))
        for kind in kinds
        if kind in facts
    )
    return {"missing": (named(_items(facts["missing"])), *others)}


def _receipt(facts: Facts) -> Facts:
    covered, total = cast("Decimal", facts["covered"]), cast("Decimal", facts["total"])
    score = Text(
        "reports.self_score_part" if covered < total else "reports.self_score_whole",
        self_score=facts["self_score"],
        covered=covered,
        later=total - covered,
        total=total,
    )
    return {"score": score, "next": Text("reports.receipt_waits" if facts["waits"] else "reports.receipt_counts_last")}


def _late_receipt(facts: Facts) -> Facts:
    kept = Text("reports.late_receipt_waits" if facts["waits"] else "reports.late_receipt_kept")
    return {**_receipt(facts), "next": kept}


def _gaps(facts: Facts) -> Facts:
    """What a form lacks, each kind of it under its heading; empty ones are left out."""
    kinds = {kind: _items(facts[kind]) for kind in ("missing", "problems", "unevidenced")}
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
    names, numbers = _items(facts["names"]), _items(facts["numbers"])
    files = [
        Text("reports.placed_file", number=number, name=shorten(cast("str", name), NAME_LENGTH))
        for number, name in zip(numbers, names, strict=True)
    ]
    return {"n": len(files), "files": named(files)}


def _items(value: Value) -> tuple[str | Text, ...]:
    return cast("tuple[str | Text, ...]", value.items if isinstance(value, Series) else value)


def _form_buttons(facts: Facts) -> Rows:
    return (*form_rows(facts), (_submit(facts), _action("missing", facts["unit_id"])))


def _buttons_to_acknowledge(facts: Facts) -> Rows:
    return ((_action("received", facts["unit_id"]),), *_form_buttons(facts))


def _confirmation_buttons(facts: Facts) -> Rows:
    """Under a receipt for what the head has to confirm: the form to be signed, and what to do once it is."""
    if not facts["waits"]:
        return ()
    return tuple((_action(each, facts["submission_id"]),) for each in ("print", "document"))


def form_rows(facts: Facts) -> Rows:
    """Where the unit's form is: its link, and its folder if it has one; a form without a link comes as a file."""
    if not facts["url"]:
        return ((_action("form", facts["unit_id"]),),)
    return ((*_link(facts), *_folder(facts)),)


def _folder(facts: Facts) -> tuple[Button, ...]:
    """No button where the unit has no folder."""
    folder = cast("str", facts.get("folder", ""))
    return (Button(Text("reports.button_folder"), url=folder),) if folder else ()


def _link(facts: Facts) -> tuple[Button, ...]:
    """No button where the form has no address (yet)."""
    url = cast("str", facts["url"])
    return (Button(Text("reports.button_open"), url=url),) if url else ()


def _link_row(facts: Facts) -> Rows:
    return (_link(facts),) if _link(facts) else ()


def _submit_buttons(facts: Facts) -> Rows:
    return (*form_rows(facts), (_submit(facts),))


def _buttons_of_head(facts: Facts) -> Rows:
    subject = facts["submission_id"]
    return (*_link_row(facts), (_action("confirm_form", subject), _action("reject_form", subject)))


def _place_buttons(facts: Facts) -> Rows:
    return ((Button(Text("reports.button_place"), action=f"evidence_page:{facts['file_id']}:0"),),)


def _drop_buttons(facts: Facts) -> Rows:
    files = zip(_items(facts["names"]), cast("tuple[int, ...]", facts["file_ids"]), strict=True)
    return tuple((_drop(cast("str", name), file_id),) for name, file_id in files)


def _drop(name: str, file_id: int) -> Button:
    return Button(Text("reports.button_drop", name=shorten(name, BUTTON_LENGTH)), action=f"drop:{file_id}")


def _submit(facts: Facts) -> Button:
    return _action("submit", facts["unit_id"])


def _action(name: str, subject: Value) -> Button:
    return Button(Text(f"reports.button_{name}"), action=f"{name}:{subject}")


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
    "reports.receipt": _receipt,
    "reports.late_receipt": _late_receipt,
    "reports.confirm_by_head": _receipt,
    "reports.reminder_to_confirm": _unconfirmed,
    "reports.reminder_unconfirmed": _unconfirmed,
    "reports.ticked_too_early": _gaps,
    "reports.ticked_in_vain": _gaps,
    "reports.place_file": _place,
    "reports.files_placed": _files_placed,
    "reports.file_without_content": _place,
    "reports.closed_board": _closed,
}
_BUTTONS: Mapping[str, Callable[[Facts], Rows]] = {
    "reports.request": _form_buttons,
    "reports.request_to_acknowledge": _buttons_to_acknowledge,
    "reports.acknowledge": _buttons_to_acknowledge,
    "reports.overdue": _form_buttons,
    "reports.second_look": _submit_buttons,
    "reports.reminder": _form_buttons,
    "reports.reminder_ready": _form_buttons,
    "reports.reminder_returned": _form_buttons,
    "reports.form_problems": _submit_buttons,
    "reports.ticked_too_early": _submit_buttons,
    "reports.confirm_submission": _submit_buttons,
    "reports.confirm_late_submission": _submit_buttons,
    "reports.confirm_by_head": _buttons_of_head,
    "reports.reminder_to_confirm": _buttons_of_head,
    "reports.reminder_unconfirmed": _confirmation_buttons,
    "reports.rejected_by_head": _submit_buttons,
    "reports.place_file": _place_buttons,
    "reports.files_placed": _drop_buttons,
    "reports.file_without_content": lambda facts: (_folder(facts),) if _folder(facts) else (),
    "reports.form_trouble": _link_row,
    "reports.rights_trouble": _link_row,
    "reports.form_file": lambda facts: ((_action("missing", facts["unit_id"]),),),
    "reports.extended": _form_buttons,
    "reports.returned": _form_buttons,
    "reports.receipt": _confirmation_buttons,
    "reports.late_receipt": _confirmation_buttons,
    "reports.offered": lambda facts: ((_action("approve", facts["ranking_id"]),),),
    "reports.result": lambda facts: ((_action("why", facts["unit_id"]),),),
    "reports.draft_next": lambda facts: ((_action("confirm", facts["campaign_id"]),),),
}
