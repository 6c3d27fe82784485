"""The buttons under each kind of message."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from reports.chat import shorten
from words import Series, Text, Value

Facts: TypeAlias = Mapping[str, Value]
"""What a message tells, by name."""
BUTTON_LENGTH = 40
"""Letters of a name on a button."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: it opens a `url`, or tells the bot an `action` (64 bytes at most)."""

    label: Text
    action: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


def buttons_of(kind: str, facts: Facts) -> Rows:
    """The buttons under a message; a kind that has no entry in the table below has none."""
    return _BUTTONS[kind](facts) if kind in _BUTTONS else ()


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
    frozen = Button(Text("reports.button_frozen"), action=f"print:{subject}")
    return ((*_link(facts), frozen), (_action("confirm_form", subject), _action("reject_form", subject)))


def _place_buttons(facts: Facts) -> Rows:
    return ((Button(Text("reports.button_place"), action=f"evidence_page:{facts['file_id']}:0"),),)


def _drop_buttons(facts: Facts) -> Rows:
    files = zip(items_of(facts["names"]), cast("tuple[int, ...]", facts["file_ids"]), strict=True)
    return tuple((_drop(cast("str", name), file_id),) for name, file_id in files)


def _drop(name: str, file_id: int) -> Button:
    return Button(Text("reports.button_drop", name=shorten(name, BUTTON_LENGTH)), action=f"drop:{file_id}")


def _submit(facts: Facts) -> Button:
    return _action("submit", facts["unit_id"])


def _action(name: str, subject: Value) -> Button:
    return Button(Text(f"reports.button_{name}"), action=f"{name}:{subject}")


def items_of(value: Value) -> tuple[str | Text, ...]:
    """What a fact lists, whether it is to stand in lines or in one."""
    return cast("tuple[str | Text, ...]", value.items if isinstance(value, Series) else value)


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
