"""The buttons under the bot's own answers."""

from collections.abc import Callable, Mapping

from reports.notices import Button, Notice, Rows, notice
from words import LANGUAGES, Text, Value

Values = Mapping[str, Value]


def answer_notice(text: Text) -> Notice:
    """Word an answer: the bot's own texts have their buttons here, all others where the outbox has them."""
    if text.id in _BUTTONS:
        return Notice(text, _BUTTONS[text.id](text.values))
    return Notice(text) if text.id.startswith("bot.") else notice(text.id, text.values, None)


def _form(values: Values) -> Rows:
    return (*_open(values), (_shared("submit", values["unit_id"]), _shared("missing", values["unit_id"])))


def _form_to_mend(values: Values) -> Rows:
    return (*_open(values), (_shared("submit", values["unit_id"]),))


def _form_to_receive(values: Values) -> Rows:
    return ((_shared("received", values["unit_id"]),), *_form(values))


def _open(values: Values) -> Rows:
    return ((Button(Text("reports.button_open"), url=str(values["url"])),),)


def _choices(values: Values) -> Rows:
    choices = values["choices"] if isinstance(values["choices"], tuple) else ()
    return tuple((Button(each, action=str(each.values["action"])),) for each in choices if isinstance(each, Text))


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
