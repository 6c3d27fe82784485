"""A file that somebody sends: the filled-in form, the signed copy that was asked for, or evidence.

What names a question is evidence, whatever was asked for. A copy confirms for good: that it is one is said by a button.
The files of an album belong together: a caption under one of them holds for all, and they are asked about once.
"""

from collections.abc import Sequence

from bot import confirmation, evidence, workbook
from bot.albums import Upload, album_of, uploaded
from bot.contact import choice, units_of
from bot.fetched_file import fetched
from bot.incoming import FileSent
from bot.turn import Turn
from campaign.models import Submission, Unit
from campaign.plan import is_open, regulation_of
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.signed_copies import NewPage, add_page, has_page, pages_of, signed_with
from reports.chat import named
from scoring import numbered_question
from words import Text

WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers")
"""How the names of files end that are taken for the form, unless they name a question."""


def take(turn: Turn, sent: FileSent) -> None:
    """Take what somebody sent. Raises Refused for people who speak for no unit, and for what cannot be fetched."""
    if evidence.is_kept(turn, sent):
        return
    units = units_of(turn, Role.CONTACT)
    album = uploaded(turn, [turn.update_id])
    signed = signed_with(turn.session, album_of(turn, sent))
    asked = _copy_wanted(turn, units)
    is_evidence = bool(units) and _is_evidence(turn, units, sent, album)
    if signed and not is_evidence:
        _add_page(turn, signed, sent)
    elif units and _is_workbook(sent) and not is_evidence:
        workbook.submit_file(turn, units, fetched(turn, sent))
    elif asked and not is_evidence:
        _ask_whether_copy(turn, asked)
    elif units:
        _take_evidence(turn, units, sent, album)
    else:
        raise Refused(Text("bot.file_unasked"))


def _copy_wanted(turn: Turn, units: list[Unit]) -> Submission | None:
    """The submission whose signed copy was asked for, or is all that a file can still be once evidence is over."""
    asked = confirmation.waiting_document(turn)
    if asked is None and len(units) == 1 and not is_open(units[0], turn.now):
        return confirmation.waiting_submission(turn, units[0])
    return asked


def _is_workbook(sent: FileSent) -> bool:
    """There is no telling from its content whether it is the form, or a list that is evidence."""
    return sent.name.casefold().endswith(WORKBOOKS) or "spreadsheet" in sent.media_type


def _is_evidence(turn: Turn, units: list[Unit], sent: FileSent, album: list[Upload]) -> bool:
    """Whether its name or a caption in its album says so, or what is known of its album other than by a name."""
    captions = any(_names_question(units, each.file.caption) for each in album)
    known = any(not _names_question(units, each.name) for each in evidence.kept_with(turn, sent))
    return _names_question(units, sent.name) or captions or known


def _names_question(units: list[Unit], words: str) -> bool:
    """Whether words begin with the number of a question."""
    return any(numbered_question(regulation_of(unit.campaign), unit.group, words) for unit in units)


def _ask_whether_copy(turn: Turn, submission: Submission) -> None:
    """Ask about the file and all that came to the same question; what was told already is no reason to ask again.

    Where they may be evidence as well, that is the other button.
    """
    offered = (*confirmation.offered(turn), turn.update_id)
    pages = _pages(turn, submission, offered)
    if not confirmation.offer(turn, submission, offered, told=len(pages)):
        return
    unit, first = submission.unit, offered[0]
    choices = [Text("bot.choice_signed", action=f"copy_of:{submission.id}:{first}")]
    if turn.speaks_for(unit.id, Role.CONTACT) and is_open(unit, turn.now):
        choices.append(Text("bot.choice_evidence", action=f"file_of:{unit.id}:{first}"))
    names = [each.file.name for each in pages]
    turn.answer(
        "bot.is_it_signed" if len(names) == 1 else "bot.are_they_signed",
        name=names[0],
        n=len(names),
        names=named(names),
        unit=unit.name,
        number=submission.number,
        choices=tuple(choices),
    )


def _pages(turn: Turn, submission: Submission, update_ids: Sequence[int]) -> list[Upload]:
    """What may be the signed copy of all that came with these updates and their albums."""
    return [
        each
        for each in uploaded(turn, update_ids)
        if each.update_id in update_ids
        or not (_is_workbook(each.file) or _names_question([submission.unit], each.file.name))
    ]


def _add_page(turn: Turn, submission: Submission, sent: FileSent) -> None:
    """The file came after the others of its album had confirmed the submission: it belongs to them."""
    if not has_page(turn.session, submission, sent.message):
        add_page(turn.session, submission, _page(turn, sent), actor=turn.actor, now=turn.now)
        n = len(pages_of(turn.session, submission))
        turn.answer("bot.page_added", name=sent.name, unit=submission.unit.name, number=submission.number, n=n)


def _page(turn: Turn, sent: FileSent) -> NewPage:
    return NewPage(fetched(turn, sent), sent.message, album_of(turn, sent))


def copy_of(turn: Turn, submission_id: int, update_id: int) -> None:
    """Whoever was asked says that what came with an earlier update, and all asked about with it, is the signed copy."""
    submission = confirmation.own(turn, submission_id, Role.CONTACT, Role.HEAD)
    pages = _pages(turn, submission, _asked_together(turn, update_id))
    confirmation.take_copy(turn, submission, [_page(turn, each.file) for each in pages])


def _asked_together(turn: Turn, update_id: int) -> tuple[int, ...]:
    """The updates whose files one question is about, which is known as long as it is open."""
    offered = confirmation.offered(turn)
    return offered if update_id in offered else (update_id,)


def _take_evidence(turn: Turn, units: list[Unit], sent: FileSent, album: list[Upload]) -> None:
    """Take the file, and what of its album seemed to be a signed copy; of several units somebody says whose it is."""
    known = evidence.kept_with(turn, sent)
    unit = turn.session.get_one(Unit, known[0].unit_id) if known else units[0]
    if known or len(units) == 1:
        taken_back = confirmation.take_back(turn, [each.update_id for each in album])
        for each in album:
            if each.update_id in (*taken_back, turn.update_id):
                _receive(turn, unit, each, album)
    elif not any(each.update_id < turn.update_id and not _is_workbook(each.file) for each in album):
        choices = (choice(each, "file_of", f":{turn.update_id}") for each in units)
        turn.answer("bot.whose_file", name=sent.name, choices=tuple(choices))


def _receive(turn: Turn, unit: Unit, upload: Upload, together: list[Upload]) -> None:
    captions = [each.file.caption for each in together if each.file.album == upload.file.album]
    evidence.receive(turn, unit, upload.file, at=upload.at, captions=captions if upload.file.album else ())


def file_of(turn: Turn, unit: Unit, update_id: int) -> None:
    """A contact says that what came with an earlier update, and all asked about with it, is evidence of this unit."""
    asked = _asked_together(turn, update_id)
    confirmation.take_back(turn, asked)
    together = uploaded(turn, asked)
    for each in together:
        if each.update_id in asked or not (_is_workbook(each.file) or evidence.is_kept(turn, each.file)):
            _receive(turn, unit, each, together)
