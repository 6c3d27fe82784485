"""Evidence (tài liệu kiểm chứng) that comes as files: sent to the bot, or put into the unit's folder.

A file counts for one question. It is told by the question's number at the beginning of the file's name, as in
"1.2a Kế hoạch.pdf", or by a contact who is asked for it once.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile, keep, kept_name
from campaign.history import record
from campaign.models import Campaign, EvidenceFile, Form, Person, Unit
from campaign.outbox import cancel
from campaign.plan import due_for, regulation_of
from campaign.ports import Document, Filled, FolderFile
from campaign.refusal import Refused
from campaign.telling import tell_contacts
from campaign.timetable import Due
from scoring import Answer, numbered_question, question_numbers
from words import Text

log = logging.getLogger(__name__)

TELEGRAM, DRIVE = "telegram", "drive"
TOLD_TOGETHER = 8
"""So many files share a message, each with a button."""
APART = "; "
"""What stands between the pieces of an answer's evidence."""


def keep_file(
    session: Session, unit: Unit, person: Person, file: NewFile, reference: str, *, key: str | None, now: datetime
) -> EvidenceFile:
    """Keep a file that the person sent for a question, None where they have not said which one.

    `reference` is what it is called where it came from: the same one again changes nothing. Raises Refused for a
    question that the unit is not asked.
    """
    session.refresh(unit, with_for_update=True)  # the same file twice in one moment is kept once
    known = _known(session, unit, TELEGRAM, reference)
    if known is not None:
        return known
    _check_asked(unit, key)
    row = EvidenceFile(
        unit_id=unit.id,
        key=key or _named_for(unit, file.name),
        name=file.name,
        sha256=keep(session, file),
        origin=TELEGRAM,
        reference=reference,
        person_id=person.id,
        at=now,
    )
    _add(session, unit, row, actor=f"person:{person.id}", now=now)
    return row


def assign(session: Session, file_id: int, unit: Unit, key: str, *, actor: str, now: datetime) -> EvidenceFile:
    """Say for which question the file counts. Raises Refused for another unit's file and for no question of theirs."""
    row = _own(session, file_id, unit)
    _check_asked(unit, key)
    if row.key != key:
        row.key = key
        _note(session, unit, row, "evidence_assigned", actor=actor, now=now)
    cancel(session, f"{_question(row)}:")
    return row


def withdraw(session: Session, file_id: int, unit: Unit, *, actor: str, now: datetime) -> EvidenceFile:
    """Let the file count for nothing any more; what was submitted with it stays as it was. Raises Refused as above."""
    row = _own(session, file_id, unit)
    _end(session, unit, row, at=now, actor=actor, now=now)
    return row


def record_folder_files(session: Session, campaign: Campaign, files: Iterable[FolderFile], *, now: datetime) -> None:
    """Keep what was put into the units' folders, and let go what lies in the bin; other folders are left alone.

    A file that was replaced is a new one from then on: what came in time goes with what lay in the folder in time.
    People's clocks may be wrong: what is said to have changed later than now changed now.
    """
    by_folder = _by_folder(session, (replace(each, at=min(each.at, now)) for each in files))
    forms = select(Form).join(Unit).where(Unit.campaign_id == campaign.id, Form.folder_id.in_(by_folder))
    for form in session.scalars(forms.order_by(Form.unit_id)):
        session.refresh(form.unit, with_for_update=True)  # the folder may be looked at by two in one moment
        of_unit = by_folder[form.folder_id or ""]
        rows = [_record_by_itself(session, form.unit, file, now=now) for file in of_unit]
        _tell_placed(session, form.unit, [row for row in rows if row and row.key], now=now)


def _by_folder(session: Session, files: Iterable[FolderFile]) -> dict[str, list[FolderFile]]:
    """What was listed, by folder; of what lies in the bin only what counts as being there."""
    listed = tuple(files)
    gone = [file.file_id for file in listed if file.gone]
    same = (EvidenceFile.origin == DRIVE, EvidenceFile.reference.in_(gone))
    known = set(session.scalars(select(EvidenceFile.reference).where(*same))) if gone else set()
    by_folder: dict[str, list[FolderFile]] = {}
    for file in listed:
        if not file.gone or file.file_id in known:
            by_folder.setdefault(file.folder_id, []).append(file)
    return by_folder


def _record_by_itself(session: Session, unit: Unit, file: FolderFile, *, now: datetime) -> EvidenceFile | None:
    """Keep what is to be known of the file; one with which something goes wrong stands in no other's way."""
    try:
        with session.begin_nested():
            return _record_folder_file(session, unit, replace(file, name=kept_name(file.name)), now=now)
    except Exception:
        log.exception("File %r in the folder of unit %s cannot be kept; the others go on.", file.file_id, unit.id)
        return None


def _record_folder_file(session: Session, unit: Unit, file: FolderFile, *, now: datetime) -> EvidenceFile | None:
    """Keep what is to be known of the file; return its row if its name says from now on for which question it is."""
    known = _known(session, unit, DRIVE, file.file_id)
    if file.gone:
        if known:
            _leave(session, unit, known, at=now, now=now)
    elif not file.sha256:
        _ask_for_content(session, unit, file, now=now)
    elif known is None or known.sha256 != file.sha256:
        return _put(session, unit, known, file, now=now)
    elif known.name != file.name:
        return _rename(session, unit, known, file.name, now=now)
    return None


def _put(
    session: Session, unit: Unit, before: EvidenceFile | None, file: FolderFile, *, now: datetime
) -> EvidenceFile | None:
    """Keep a new file, or the new content of one: what a contact said of that holds where its name says nothing."""
    counted_for = before.key if before and before.withdrawn_at is None else None
    if before:
        _leave(session, unit, before, at=file.at, now=now)
    row = EvidenceFile(
        unit_id=unit.id,
        key=_named_for(unit, file.name) or (before.key if before else None),
        name=file.name,
        sha256=file.sha256,
        origin=DRIVE,
        reference=file.file_id,
        at=file.at,
    )
    _add(session, unit, row, actor=DRIVE, now=now)
    if row.key is None:
        _ask_what_it_is_for(session, unit, row, now=now)
    return None if row.key == counted_for else row


def _rename(session: Session, unit: Unit, row: EvidenceFile, name: str, *, now: datetime) -> EvidenceFile | None:
    """A name that says no question leaves what a contact said of the file."""
    before, row.name = row.key, name
    row.key = _named_for(unit, name) or before
    _note(session, unit, row, "evidence_changed", actor=DRIVE, now=now)
    if row.key == before or row.withdrawn_at:
        return None
    cancel(session, f"{_question(row)}:")
    return row


def _named_for(unit: Unit, name: str) -> str | None:
    return numbered_question(regulation_of(unit.campaign), unit.group, name)


def _leave(session: Session, unit: Unit, row: EvidenceFile, *, at: datetime, now: datetime) -> None:
    """The file is not in the folder any more as it was; what comes there under the same id is another row."""
    _end(session, unit, row, at=at, actor=DRIVE, now=now)
    row.reference = f"{row.reference}#{row.id}"
    session.flush()


def _end(session: Session, unit: Unit, row: EvidenceFile, *, at: datetime, actor: str, now: datetime) -> None:
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        _note(session, unit, row, "evidence_withdrawn", actor=actor, now=now)
    cancel(session, f"{_question(row)}:")


def files_of(session: Session, unit: Unit) -> list[EvidenceFile]:
    """The unit's files that were not withdrawn, the first one first."""
    return [each for each in _all_files(session, unit) if each.withdrawn_at is None]


def _all_files(session: Session, unit: Unit) -> Iterable[EvidenceFile]:
    return session.scalars(select(EvidenceFile).where(EvidenceFile.unit_id == unit.id).order_by(EvidenceFile.id))


def unplaced(session: Session, unit: Unit) -> list[EvidenceFile]:
    """The files of which nobody has said yet for which question they count."""
    return [each for each in files_of(session, unit) if each.key is None]


def with_files(session: Session, unit: Unit, filled: Filled, *, came_at: datetime | None = None) -> Filled:
    """What was filled in together with the unit's files: a document each, named in its answer's evidence, once.

    What came in time, at the instant `came_at`, goes with the files that counted when the time was over, whatever was
    added, replaced or withdrawn since.
    """
    if came_at is None or (due := due_for(unit, came_at)).is_late(came_at):
        return joined(filled, files_of(session, unit))
    return joined(filled, [each for each in _all_files(session, unit) if _counted_in_time(each, due)])


def _counted_in_time(file: EvidenceFile, due: Due) -> bool:
    withdrawn_in_time = file.withdrawn_at is not None and not due.is_late(file.withdrawn_at)
    return not due.is_late(file.at) and not withdrawn_in_time


def joined(filled: Filled, files: Iterable[EvidenceFile]) -> Filled:
    """What was filled in together with these files; what is in it already is not added again."""
    new = dict.fromkeys(Document(each.key, name=each.name, sha256=each.sha256) for each in files if each.key)
    documents = tuple(each for each in new if each not in filled.documents)
    names: dict[str, list[str]] = {}
    for each in documents:
        names.setdefault(each.key, []).append(each.name)
    answers = tuple(_with_names(each, names) for each in filled.answers)
    return replace(filled, answers=answers, documents=(*filled.documents, *documents))


def _with_names(answer: Answer, names: Mapping[str, list[str]]) -> Answer:
    pieces = [answer.evidence, *names.get(answer.key, ())]
    return replace(answer, evidence=APART.join(each for each in pieces if each))


def _known(session: Session, unit: Unit, origin: str, reference: str) -> EvidenceFile | None:
    same = (EvidenceFile.unit_id == unit.id, EvidenceFile.origin == origin, EvidenceFile.reference == reference)
    return session.scalar(select(EvidenceFile).where(*same))


def _own(session: Session, file_id: int, unit: Unit) -> EvidenceFile:
    row = session.get(EvidenceFile, file_id)
    if row is None or row.unit_id != unit.id:
        raise Refused(Text("campaign.no_such_file", unit=unit.name))
    return row


def _check_asked(unit: Unit, key: str | None) -> None:
    asked = {each.key for each in regulation_of(unit.campaign).questions_for(unit.group) if each.source == "unit"}
    if key is not None and key not in asked:
        raise Refused(Text("campaign.no_such_question", unit=unit.name, key=key))


def _add(session: Session, unit: Unit, row: EvidenceFile, *, actor: str, now: datetime) -> None:
    session.add(row)
    session.flush()
    _note(session, unit, row, "evidence_kept", actor=actor, now=now)


def _note(session: Session, unit: Unit, row: EvidenceFile, action: str, *, actor: str, now: datetime) -> None:
    """Put it on record, and the form's remarks may change with it."""
    facts = {"unit": unit.code, "key": row.key or "", "name": row.name, "sha256": row.sha256, "origin": row.origin}
    record(session, unit.campaign, action, actor=actor, now=now, **facts)
    form = session.get(Form, unit.id)
    if form is not None:
        form.notes_due = True


def _ask_what_it_is_for(session: Session, unit: Unit, row: EvidenceFile, *, now: datetime) -> None:
    tell_contacts(session, unit, "reports.place_file", occasion=_question(row), now=now, name=row.name, file_id=row.id)


def _ask_for_content(session: Session, unit: Unit, file: FolderFile, *, now: datetime) -> None:
    """A Google Doc or Sheet goes on changing, and has nothing that could be kept: a PDF of it is wanted, said once."""
    occasion = f"no_content:{unit.id}:{file.file_id}"
    tell_contacts(session, unit, "reports.file_without_content", occasion=occasion, now=now, name=file.name)


def _tell_placed(session: Session, unit: Unit, rows: Sequence[EvidenceFile], *, now: datetime) -> None:
    """Say for which questions files were taken by their names; whoever meant it otherwise can drop them."""
    numbers = question_numbers(regulation_of(unit.campaign), unit.group)
    for first in range(0, len(rows), TOLD_TOGETHER):
        told = rows[first : first + TOLD_TOGETHER]
        tell_contacts(
            session,
            unit,
            "reports.files_placed",
            occasion=f"placed:{told[0].id}:{told[0].key}",
            now=now,
            names=tuple(each.name for each in told),
            numbers=tuple(numbers[each.key or ""] for each in told),
            file_ids=tuple(each.id for each in told),
        )


def _question(row: EvidenceFile) -> str:
    """How the outbox keys begin of the question what the file is for."""
    return f"place:{row.id}"
