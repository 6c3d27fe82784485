"""The buttons under the bot's own answers."""

from collections.abc import Callable, Mapping

from reports.notice_buttons import Button, Rows, form_rows
from reports.notices import Notice, notice
from words import LANGUAGES, Text, Value

Values = Mapping[str, Value]


def answer_notice(text: Text) -> Notice:
    """Word an answer: the bot's own texts have their buttons here, all others where the outbox has them."""
    if text.id in _BUTTONS:
        return Notice(text, _BUTTONS[text.id](text.values))
    return Notice(text) if text.id.startswith("bot.") else notice(text.id, text.values, None)


def _form(values: Values) -> Rows:
    return (*form_rows(values), (_shared("submit", values["unit_id"]), _shared("missing", values["unit_id"])))


def _form_to_mend(values: Values) -> Rows:
    return (*form_rows(values), (_shared("submit", values["unit_id"]),))


def _form_to_receive(values: Values) -> Rows:
    return ((_shared("received", values["unit_id"]),), *_form(values))


def _choices(values: Values) -> Rows:
    return tuple((each,) for each in _chosen(values["choices"]))


def _signed_or_not(values: Values) -> Rows:
    return (*_choices(values), *_cancel(values))


def _questions(values: Values) -> Rows:
    """The questions of a page, then the way to other pages, then what else a file may be."""
    turns = _chosen(values["turns"])
    return (*_choices(values), *((turns,) if turns else ()), *((each,) for each in _chosen(values["others"])))


def _chosen(choices: Value) -> tuple[Button, ...]:
    """Each choice is a text that carries its action."""
    texts = choices if isinstance(choices, tuple) else ()
    return tuple(Button(each, action=str(each.values["action"])) for each in texts if isinstance(each, Text))


def _taken_file(values: Values) -> Rows:
    file = values["file_id"]
    elsewhere = Button(Text("bot.button_elsewhere"), action=f"evidence_page:{file}:0")
    return ((elsewhere, _own("drop", file)),)


def _file_form(values: Values) -> Rows:
    return ((_shared("form", values["unit_id"]),),)


def _to_confirm(values: Values) -> Rows:
    subject = values["submission_id"]
    frozen = Button(Text("reports.button_frozen"), action=f"print:{subject}")
    return ((frozen,), (_shared("confirm_form", subject), _shared("reject_form", subject)))


def _why_if_assessed(values: Values) -> Rows:
    return ((_shared("why", values["unit_id"]),),) if "unit_id" in values else ()


def _languages(_values: Values) -> Rows:
    return (tuple(Button(Text(f"bot.language_{each}"), action=f"language:{each}") for each in LANGUAGES),)


def _sign(values: Values) -> Rows:
    return ((_own("sign", values["ranking_id"]),), *_cancel(values))


def _cancel(_values: Values) -> Rows:
    return ((_own("cancel"),),)


def _own(action: str, subject: Value = "") -> Button:
    return Button(Text(f"bot.button_{action}"), action=f"{action}:{subject}")


def _shared(action: str, subject: Value) -> Button:
    """A button that messages of the outbox have too, under the same label."""
    return Button(Text(f"reports.button_{action}"), action=f"{action}:{subject}")


_BUTTONS: Mapping[str, Callable[[Values], Rows]] = {
    "bot.own_status": _form,
    "bot.status_before_receipt": _form_to_receive,
    "bot.received": _form,
    "bot.second_look": _form_to_mend,
    "bot.missing": _form_to_mend,
    "bot.nothing_missing": _form_to_mend,
    "bot.shortfall": _form,
    "bot.shortfall_in_file": _form,
    "bot.no_file_yet": _file_form,
    "bot.file_refused": _file_form,
    "bot.form_file": lambda values: ((_shared("missing", values["unit_id"]),),),
    "bot.which_question": _questions,
    "bot.which_question_photo": _questions,
    "bot.file_taken": _taken_file,
    "bot.whose_file": _choices,
    "bot.is_it_signed": _signed_or_not,
    "bot.are_they_signed": _signed_or_not,
    "bot.status_to_confirm": _to_confirm,
    "bot.signed_copy": lambda values: ((_shared("document", values["submission_id"]),),),
    "bot.ask_document": _cancel,
    "bot.ask_reason": _cancel,
    "bot.form_later": lambda values: ((_shared("submit", values["unit_id"]),),),
    "bot.which_unit": _choices,
    "bot.which_language": _languages,
    "bot.result": lambda values: ((_shared("why", values["unit_id"]),),),
    "bot.result_not_ranked": _why_if_assessed,
    "bot.welcome_officer": lambda values: ((_own("status", values["campaign_id"]),),),
    "bot.welcome_leader": lambda values: ((_own("status", values["campaign_id"]),),),
    "bot.ranking_to_approve": lambda values: ((_shared("approve", values["ranking_id"]),),),
    "bot.ask_decision_number": _cancel,
    "bot.ask_decision_day": _cancel,
    "bot.confirm_approval": _sign,
}
