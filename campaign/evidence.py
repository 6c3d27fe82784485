"""Evidence (tài liệu kiểm chứng) that comes as files: sent to the bot, or put into the unit's folder.

A file counts for one question. It is told by the question's number at the beginning of the file's name, as in
"1.2a Kế hoạch.pdf", or by a contact who is asked for it once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile, keep
from campaign.history import record
from campaign.models import Campaign, EvidenceFile, Form, Person, Unit
from campaign.outbox import cancel
from campaign.plan import due_of, regulation_of
from campaign.ports import Document, Filled, FolderFile
from campaign.refusal import Refused
from campaign.telling import tell_contacts
from scoring import Answer, numbered_question
from words import Text

TELEGRAM, DRIVE = "telegram", "drive"
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
        key=key or numbered_question(regulation_of(unit.campaign), unit.group, file.name),
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
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        _note(session, unit, row, "evidence_withdrawn", actor=actor, now=now)
    cancel(session, f"{_question(row)}:")
    return row


def record_folder_files(session: Session, campaign: Campaign, files: Iterable[FolderFile], *, now: datetime) -> None:
    """Keep what was put into the units' folders; files in folders of nobody's are left alone."""
    forms = select(Form).join(Unit).where(Unit.campaign_id == campaign.id, Form.folder_id.is_not(None))
    units = {form.folder_id: form.unit for form in session.scalars(forms)}
    for file in files:
        if file.folder_id in units:
            _record_folder_file(session, units[file.folder_id], file, now=now)


def _record_folder_file(session: Session, unit: Unit, file: FolderFile, *, now: datetime) -> None:
    known = _known(session, unit, DRIVE, file.file_id)
    named_for = numbered_question(regulation_of(unit.campaign), unit.group, file.name)
    if known is None:
        row = EvidenceFile(
            unit_id=unit.id,
            key=named_for,
            name=file.name,
            sha256=file.sha256,
            origin=DRIVE,
            reference=file.file_id,
            at=file.at,
        )
        _add(session, unit, row, actor="drive", now=now)
        if row.key is None:
            _ask_what_it_is_for(session, unit, row, now=now)
    elif (known.name, known.sha256) != (file.name, file.sha256):
        # A name that says no question leaves what a contact said of the file.
        known.key = named_for or known.key
        known.name, known.sha256, known.at = file.name, file.sha256, file.at
        _note(session, unit, known, "evidence_changed", actor="drive", now=now)


def files_of(session: Session, unit: Unit) -> list[EvidenceFile]:
    """The unit's files that were not withdrawn, the first one first."""
    return _by_unit(session, [unit.id]).get(unit.id, [])


def _by_unit(session: Session, unit_ids: Iterable[int]) -> dict[int, list[EvidenceFile]]:
    rows = select(EvidenceFile).where(EvidenceFile.unit_id.in_(unit_ids), EvidenceFile.withdrawn_at.is_(None))
    found: dict[int, list[EvidenceFile]] = {}
    for row in session.scalars(rows.order_by(EvidenceFile.id)):
        found.setdefault(row.unit_id, []).append(row)
    return found


def unplaced(session: Session, unit: Unit) -> list[EvidenceFile]:
    """The files of which nobody has said yet for which question they count."""
    return [each for each in files_of(session, unit) if each.key is None]


def with_files(session: Session, unit: Unit, filled: Filled, *, came_at: datetime | None = None) -> Filled:
    """What was filled in together with the unit's files: a document each, named in its answer's evidence, once.

    What came in time, at the instant `came_at`, is not joined by files that came when it was too late.
    """
    due = due_of(unit)
    in_time = came_at is not None and not due.is_late(came_at)
    return joined(filled, [each for each in files_of(session, unit) if not (in_time and due.is_late(each.at))])


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


def _question(row: EvidenceFile) -> str:
    """How the outbox keys begin of the question what the file is for."""
    return f"place:{row.id}"
