"""A file that a contact sends: the filled-in form, the signed copy that was asked for, or evidence.

What names a question is evidence, whatever was asked for. A copy confirms for good: that it is one is said by a button.
"""

from datetime import datetime

from bot import confirmation, evidence, workbook
from bot.contact import choice, units_of
from bot.fetched_file import fetched
from bot.incoming import FileSent, read_again
from bot.turn import Turn
from campaign.models import RawUpdate, Submission, Unit
from campaign.plan import is_open, regulation_of
from campaign.refusal import Refused
from campaign.roles import Role
from scoring import numbered_question
from words import Text

WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers")
"""How the names of files end that are taken for the form, unless they name a question."""


def take(turn: Turn, sent: FileSent) -> None:
    """Take what somebody sent. Raises Refused for people who speak for no unit, and for what cannot be fetched."""
    units = units_of(turn, Role.CONTACT)
    asked = _copy_wanted(turn, units)
    if _is_workbook(sent, units):
        workbook.submit_file(turn, units, fetched(turn, sent))
    elif asked and not _is_evidence(sent, units):
        _ask_whether_copy(turn, asked, sent)
    elif len(units) == 1:
        evidence.receive(turn, units[0], sent, at=turn.now)
    elif units:
        turn.answer("bot.whose_file", name=sent.name, choices=tuple(_choice(turn, each) for each in units))
    else:
        raise Refused(Text("bot.file_unasked"))


def _copy_wanted(turn: Turn, units: list[Unit]) -> Submission | None:
    """The submission whose signed copy was asked for, or is all that a file can still be once evidence is over."""
    asked = confirmation.waiting_document(turn)
    if asked is None and len(units) == 1 and not is_open(units[0], turn.now):
        return confirmation.waiting_submission(turn, units[0])
    return asked


def _ask_whether_copy(turn: Turn, submission: Submission, sent: FileSent) -> None:
    """Where the file may be evidence as well, that is the other button."""
    unit = submission.unit
    choices = [Text("bot.choice_signed", action=f"copy_of:{submission.id}:{turn.update_id}")]
    if turn.speaks_for(unit.id, Role.CONTACT) and is_open(unit, turn.now):
        choices.append(Text("bot.choice_evidence", action=f"file_of:{unit.id}:{turn.update_id}"))
    turn.answer("bot.is_it_signed", name=sent.name, unit=unit.name, number=submission.number, choices=tuple(choices))


def _choice(turn: Turn, unit: Unit) -> Text:
    return choice(unit, "file_of", f":{turn.update_id}")


def _is_workbook(sent: FileSent, units: list[Unit]) -> bool:
    """A workbook that names a question in its caption or name is evidence; there is no telling its content apart."""
    spreadsheet = sent.name.casefold().endswith(WORKBOOKS) or "spreadsheet" in sent.media_type
    return bool(units) and spreadsheet and not _is_evidence(sent, units)


def _is_evidence(sent: FileSent, units: list[Unit]) -> bool:
    """Whether its caption or name begins with the number of a question."""
    return any(
        numbered_question(regulation_of(unit.campaign), unit.group, words)
        for unit in units
        for words in (sent.caption, sent.name)
    )


def file_of(turn: Turn, unit: Unit, update_id: int) -> None:
    """A contact says that a file is evidence of this unit; it came with an earlier update."""
    sent, came_at = _sent_before(turn, update_id)
    evidence.receive(turn, unit, sent, at=came_at)


def copy_of(turn: Turn, submission_id: int, update_id: int) -> None:
    """Whoever was asked says that a file is the signed copy; it came with an earlier update."""
    submission = confirmation.own(turn, submission_id, Role.CONTACT, Role.HEAD)
    sent, _ = _sent_before(turn, update_id)
    confirmation.take_copy(turn, submission, fetched(turn, sent))


def _sent_before(turn: Turn, update_id: int) -> tuple[FileSent, datetime]:
    """The file that the person sent with an earlier update, and when it came. Raises Refused where there is none."""
    stored = turn.session.get(RawUpdate, update_id)
    sent = read_again(stored.body, turn.address.value) if stored else None
    if stored is None or sent is None:
        raise Refused(Text("bot.old_button"))
    return sent, stored.received_at
