"""Who is answered by what: commands, pressed buttons, and everything else that people send."""

import re
from collections.abc import Callable, Mapping

from bot import (
    approval,
    confirmation,
    contact,
    dialogues,
    evidence,
    leader,
    officer,
    result,
    uploads,
    welcome,
    workbook,
)
from bot.incoming import Attachment, Command, Deed, FileSent, GroupCall, Press, Words
from bot.turn import Turn
from campaign.models import Campaign
from campaign.refusal import Refused
from campaign.roles import Role
from words import LANGUAGES, Text, say

MENU = ("status", "missing", "form", "submit", "result", "ranking", "language", "cancel", "help")
"""The commands in the menu, in its order; their names are `bot.command_*` in the catalogues, good in every language."""


def converse(turn: Turn, deed: Deed) -> None:
    """Answer what the person did. Raises Refused for what is not theirs to do."""
    match deed:
        case Command(name, argument):
            _obey(turn, name, argument)
        case Press(_, action):
            _press(turn, action)
        case Words(text):
            _hear(turn, text)
        case FileSent():
            uploads.take(turn, deed)
        case Attachment():
            turn.answer("bot.file_unasked")
        case GroupCall():
            turn.answer("bot.private_only")


def _hear(turn: Turn, text: str) -> None:
    """Take words as the answer to the question that is open."""
    state = dialogues.asked(turn)
    if state is None:
        turn.answer("bot.words_unasked")
    else:
        _STEPS[state["step"]](turn, state, text)


_STEPS = {**approval.STEPS, **confirmation.STEPS}


def _obey(turn: Turn, name: str, argument: str) -> None:
    command = command_names().get(name)
    if command is None:
        turn.answer("bot.unknown_command", command=name)
    else:
        _COMMANDS[command](turn, argument)


def command_names() -> Mapping[str, str]:
    """What every command is called, in each language, and which one it is."""
    names = {say(Text(f"bot.command_{each}"), language): each for language in LANGUAGES for each in MENU}
    return {"start": "start", **names}


def _press(turn: Turn, action: str) -> None:
    name, _, subject = action.partition(":")
    if name in _ACTIONS:
        _ACTIONS[name](turn, subject)
    elif name in _NUMBERED and _NUMBER.fullmatch(subject):
        _NUMBERED[name](turn, int(subject))
    elif name in _PAIRED and _PAIR.fullmatch(subject):
        first, _, second = subject.partition(":")
        _PAIRED[name](turn, int(first), int(second))
    else:
        raise Refused(Text("bot.old_button"))


def _status(turn: Turn, words: str) -> None:
    mine = turn.memberships(*Role)
    if all(each.role in {Role.CONTACT, Role.HEAD} for each in mine):
        contact.status(turn, words)
    else:
        officer.status(turn, turn.session.get_one(Campaign, mine[0].campaign_id), words)


def _status_pressed(turn: Turn, campaign_id: int) -> None:
    campaign = turn.session.get(Campaign, campaign_id)
    if campaign is None or not turn.is_in(campaign_id, Role.OFFICER, Role.LEADER):
        raise Refused(Text("bot.only_officers"))
    officer.status(turn, campaign, "")


_OF_UNITS = (Role.CONTACT, Role.HEAD)
_COMMANDS: Mapping[str, Callable[[Turn, str], None]] = {
    "start": welcome.start,
    "help": lambda turn, _: welcome.help_with(turn),
    "language": welcome.language,
    "cancel": lambda turn, _: dialogues.cancel(turn),
    "status": _status,
    "missing": lambda turn, _: contact.for_own_unit(turn, "missing", contact.missing, Role.CONTACT),
    "form": lambda turn, _: contact.for_own_unit(turn, "form", workbook.give_form, Role.CONTACT),
    "submit": lambda turn, _: contact.for_own_unit(turn, "submit", contact.submit_form, Role.CONTACT),
    "result": lambda turn, _: contact.for_own_unit(turn, "result", result.result, *_OF_UNITS),
    "ranking": lambda turn, _: leader.ranking(turn),
}
_ACTIONS: Mapping[str, Callable[[Turn, str], None]] = {
    "language": welcome.language,
    "cancel": lambda turn, _: dialogues.cancel(turn),
}
_NUMBER = re.compile(r"[0-9]{1,18}")
_NUMBERED: Mapping[str, Callable[[Turn, int], None]] = {
    "status": _status_pressed,
    "unit": officer.unit_pressed,
    "received": lambda turn, unit_id: contact.received(turn, contact.own_unit(turn, unit_id, Role.CONTACT)),
    "missing": lambda turn, unit_id: contact.missing(turn, contact.own_unit(turn, unit_id, Role.CONTACT)),
    "form": lambda turn, unit_id: workbook.give_form(turn, contact.own_unit(turn, unit_id, Role.CONTACT)),
    "submit": lambda turn, unit_id: contact.submit_form(turn, contact.own_unit(turn, unit_id, Role.CONTACT)),
    "result": lambda turn, unit_id: result.result(turn, contact.own_unit(turn, unit_id, *_OF_UNITS)),
    "why": lambda turn, unit_id: result.why(turn, contact.own_unit(turn, unit_id, *_OF_UNITS)),
    "drop": evidence.drop,
    "signed": evidence.take_as_copy,
    "print": confirmation.print_for_signature,
    "document": confirmation.ask_document,
    "confirm_form": confirmation.confirm_form,
    "reject_form": confirmation.ask_reason,
    "approve": approval.start,
    "sign": approval.sign,
    "confirm": officer.confirm_next_year,
}
_PAIR = re.compile(rf"{_NUMBER.pattern}:{_NUMBER.pattern}")
_PAIRED: Mapping[str, Callable[[Turn, int, int], None]] = {
    "evidence": evidence.choose,
    "evidence_page": evidence.turn_page,
    "copy_of": uploads.copy_of,
    "file_of": lambda turn, unit_id, update_id: uploads.file_of(
        turn, contact.own_unit(turn, unit_id, Role.CONTACT), update_id
    ),
}
