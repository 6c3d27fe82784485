"""A file that a contact sends: the filled-in form, the signed copy that was asked for, or evidence."""

from bot import confirmation, evidence, workbook
from bot.contact import choice, units_of
from bot.fetched_file import fetched
from bot.incoming import FileSent, read_again
from bot.turn import Turn
from campaign.models import RawUpdate, Unit
from campaign.plan import regulation_of
from campaign.refusal import Refused
from campaign.roles import Role
from scoring import numbered_question
from words import Text

WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers")
"""How the names of files end that are taken for the form, unless they name a question."""


def take(turn: Turn, sent: FileSent) -> None:
    """Take what somebody sent. Raises Refused for people who speak for no unit, and for what cannot be fetched."""
    units, asked = units_of(turn, Role.CONTACT), confirmation.waiting_document(turn)
    if _is_workbook(sent, units):
        workbook.submit_file(turn, units, fetched(turn, sent))
    elif asked:
        confirmation.take_copy(turn, asked, fetched(turn, sent))
    elif len(units) == 1:
        evidence.receive(turn, units[0], sent)
    elif units:
        turn.answer("bot.whose_file", name=sent.name, choices=tuple(_choice(turn, each) for each in units))
    else:
        raise Refused(Text("bot.file_unasked"))


def _choice(turn: Turn, unit: Unit) -> Text:
    return choice(unit, "file_of", f":{turn.update_id}")


def _is_workbook(sent: FileSent, units: list[Unit]) -> bool:
    """A workbook that names a question in its caption or name is evidence; there is no telling its content apart."""
    spreadsheet = sent.name.casefold().endswith(WORKBOOKS) or "spreadsheet" in sent.media_type
    return bool(units) and spreadsheet and not any(_names_question(each, sent) for each in units)


def _names_question(unit: Unit, sent: FileSent) -> bool:
    regulation = regulation_of(unit.campaign)
    return any(numbered_question(regulation, unit.group, each) for each in (sent.caption, sent.name))


def file_of(turn: Turn, unit: Unit, update_id: int) -> None:
    """A contact of several units says whose evidence a file is that came with an earlier update."""
    stored = turn.session.get(RawUpdate, update_id)
    sent = read_again(stored.body, turn.address.value) if stored else None
    if sent is None:
        raise Refused(Text("bot.old_button"))
    evidence.receive(turn, unit, sent)
