"""Evidence (tài liệu kiểm chứng) that a contact sends as a file: for which question it counts, asked by buttons."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, select

from bot.confirmation import take_copy, waiting_submission
from bot.fetched_file import fetched
from bot.incoming import FileSent
from bot.turn import Turn
from campaign.evidence import TELEGRAM, assign, keep_file, with_files, withdraw
from campaign.files import NewFile
from campaign.filling import drafted
from campaign.models import EvidenceFile, FormKind, StoredFile, Unit
from campaign.plan import form_kind, is_open, regulation_of
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.signed_copies import NewPage
from reports.chat import shorten
from scoring import numbered_question, question_numbers
from words import Text

QUESTIONS_ON_A_PAGE = 8
LONGEST_LABEL = 60


def receive(turn: Turn, unit: Unit, sent: FileSent, *, at: datetime, captions: Sequence[str]) -> None:
    """Keep a file that came at that instant; a caption or its name says for which question, or the contact is asked.

    The files of an album go together: one of its captions holds for all, and one question is asked about all.
    """
    _check_open(turn, unit)
    album = _album(turn, unit, sent)
    words = (sent.caption, sent.name, *captions)
    said = (numbered_question(regulation_of(unit.campaign), unit.group, each) for each in words)
    key = next(filter(None, (*said, *(each.key for each in album))), None)
    file = fetched(turn, sent)
    row = keep_file(turn.session, unit, turn.address.person, file, _reference(turn, sent), key=key, now=at)
    if row.key:
        waiting = [each for each in album if each.key is None and each.id != row.id]
        for each in waiting:
            assign(turn.session, each.id, unit, row.key, actor=turn.actor, now=at)
        for each in (*waiting, row):
            _tell_assigned(turn, unit, each)
    elif any(each.id != row.id for each in album):
        turn.answer("bot.file_of_album", name=row.name)
    else:
        _ask(turn, unit, row, page=0, photo=sent.photo)


def _album_reference(turn: Turn, sent: FileSent) -> str:
    """How the references of the files begin that came together; a file alone is an album of its own."""
    return f"{turn.address.value}/{sent.album or sent.message}/"


def _reference(turn: Turn, sent: FileSent) -> str:
    return f"{_album_reference(turn, sent)}{sent.message}"


def is_kept(turn: Turn, sent: FileSent) -> bool:
    """Whether the file came with others of its album, before its own turn."""
    return turn.session.scalar(_telegram_files().where(EvidenceFile.reference == _reference(turn, sent))) is not None


def kept_with(turn: Turn, sent: FileSent) -> list[EvidenceFile]:
    """What is kept of the album of the file, whichever unit's it is."""
    return _together(turn, _album_reference(turn, sent)) if sent.album else []


def _album(turn: Turn, unit: Unit, sent: FileSent) -> list[EvidenceFile]:
    return [each for each in kept_with(turn, sent) if each.unit_id == unit.id]


def _together(turn: Turn, reference: str) -> list[EvidenceFile]:
    rows = _telegram_files().where(
        EvidenceFile.reference.startswith(reference, autoescape=True), EvidenceFile.withdrawn_at.is_(None)
    )
    return list(turn.session.scalars(rows.order_by(EvidenceFile.id)))


def _telegram_files() -> Select[EvidenceFile]:
    return select(EvidenceFile).where(EvidenceFile.origin == TELEGRAM)


def turn_page(turn: Turn, file_id: int, page: int) -> None:
    """Show other questions to choose from, or all of them anew."""
    unit, row = _own(turn, file_id)
    _ask(turn, unit, row, page=page, photo=False)


def choose(turn: Turn, file_id: int, place: int) -> None:
    """The contact says for which question the file counts, by the question's place in the form."""
    unit, row = _own(turn, file_id)
    keys = tuple(question_numbers(regulation_of(unit.campaign), unit.group))
    if place >= len(keys):
        raise Refused(Text("bot.old_button"))
    for each in (row, *_unplaced_with(turn, row)):
        assign(turn.session, each.id, unit, keys[place], actor=turn.actor, now=turn.now)
        _tell_assigned(turn, unit, each)


def _unplaced_with(turn: Turn, row: EvidenceFile) -> list[EvidenceFile]:
    """What came together with the file and waits to be placed as well."""
    return [each for each in _placed_alike(turn, row) if each.id != row.id and each.key is None]


def _placed_alike(turn: Turn, row: EvidenceFile) -> list[EvidenceFile]:
    """The file, and what came together with it for the same question."""
    if row.origin != TELEGRAM:
        return [row]
    together = _together(turn, row.reference.rpartition("/")[0] + "/")
    return [each for each in together if (each.unit_id, each.key) == (row.unit_id, row.key)]


def drop(turn: Turn, file_id: int) -> None:
    """The file is not for this form, or was sent by mistake."""
    unit, row = _own(turn, file_id)
    for each in (row, *(_unplaced_with(turn, row) if row.key is None else ())):
        withdraw(turn.session, each.id, unit, actor=turn.actor, now=turn.now)
        turn.answer("bot.file_dropped", name=each.name)


def take_as_copy(turn: Turn, file_id: int) -> None:
    """The file is the form itself, signed by the head; and so is what came together with it."""
    unit, row = _own(turn, file_id)
    submission = waiting_submission(turn, unit)
    if submission is None or row.origin != TELEGRAM:  # of what lies in a folder only the hash is kept
        raise Refused(Text("bot.no_copy_wanted", unit=unit.name))
    rows = _placed_alike(turn, row)
    take_copy(turn, submission, sorted((_page(turn, each) for each in rows), key=lambda each: each.place))
    for each in rows:
        withdraw(turn.session, each.id, unit, actor=turn.actor, now=turn.now)


def _page(turn: Turn, row: EvidenceFile) -> NewPage:
    stored = turn.session.get_one(StoredFile, row.sha256)
    album, _, place = row.reference.rpartition("/")
    return NewPage(NewFile(row.name, stored.media_type, stored.content), int(place), album)


def _own(turn: Turn, file_id: int) -> tuple[Unit, EvidenceFile]:
    """The file of a pressed button. Raises Refused for another unit's, for a withdrawn one, and when it is too late."""
    row = turn.session.get(EvidenceFile, file_id)
    if row is None:
        raise Refused(Text("bot.old_button"))
    if not turn.speaks_for(row.unit_id, Role.CONTACT):
        raise Refused(Text("bot.not_your_unit"))
    if row.withdrawn_at is not None:
        raise Refused(Text("bot.file_is_dropped", name=row.name))
    unit = turn.session.get_one(Unit, row.unit_id)
    _check_open(turn, unit)
    return unit, row


def _check_open(turn: Turn, unit: Unit) -> None:
    if not is_open(unit, turn.now):
        raise Refused(Text("bot.evidence_over", unit=unit.name))


def _tell_assigned(turn: Turn, unit: Unit, row: EvidenceFile) -> None:
    regulation, key = regulation_of(unit.campaign), row.key or ""
    number = question_numbers(regulation, unit.group)[key]
    label = regulation.questions[key].label
    turn.answer("bot.file_taken", name=row.name, number=number, label=label, file_id=row.id)


def _ask(turn: Turn, unit: Unit, row: EvidenceFile, *, page: int, photo: bool) -> None:
    choices = list(_choices(turn, unit, row))
    pages = -(-len(choices) // QUESTIONS_ON_A_PAGE)
    shown = min(page, pages - 1)
    first = shown * QUESTIONS_ON_A_PAGE
    kind = "excel" if form_kind(unit) is FormKind.EXCEL else "google"
    turn.answer(
        "bot.which_question_photo" if photo else "bot.which_question",
        name=row.name,
        unit=unit.name,
        fill_in=Text(f"bot.fill_in_{kind}"),
        choices=tuple(choices[first : first + QUESTIONS_ON_A_PAGE]),
        turns=tuple(_turns(row, shown, pages)),
        others=tuple(_others(turn, unit, row)),
    )


def _choices(turn: Turn, unit: Unit, row: EvidenceFile) -> Iterator[Text]:
    """The questions as buttons: those whose evidence is missing, then others that want evidence, then the rest."""
    regulation = regulation_of(unit.campaign)
    filled = with_files(turn.session, unit, drafted(turn.session, unit).filled)
    cited = {each.key for each in filled.answers if each.evidence} | {each.key for each in filled.documents}
    numbered = list(enumerate(question_numbers(regulation, unit.group).items()))
    for place, (key, number) in sorted(
        numbered, key=lambda each: (not regulation.questions[each[1][0]].evidence, each[1][0] in cited)
    ):
        label = shorten(f"{number} {regulation.questions[key].label}", LONGEST_LABEL)
        yield Text("bot.choice", label=label, action=f"evidence:{row.id}:{place}")


def _turns(row: EvidenceFile, page: int, pages: int) -> Iterator[Text]:
    if page > 0:
        yield Text("bot.choice_back", action=f"evidence_page:{row.id}:{page - 1}")
    if page + 1 < pages:
        yield Text("bot.choice_on", action=f"evidence_page:{row.id}:{page + 1}")


def _others(turn: Turn, unit: Unit, row: EvidenceFile) -> Iterator[Text]:
    if waiting_submission(turn, unit):
        yield Text("bot.choice_signed", action=f"signed:{row.id}")
    yield Text("bot.choice_drop", action=f"drop:{row.id}")
