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
from campaign.models import EvidenceFile, Form, Person, Unit
from campaign.outbox import cancel
from campaign.plan import due_for, regulation_of
from campaign.ports import Document, Filled
from campaign.refusal import Refused
from campaign.timetable import Due
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
    known = known_as(session, unit, TELEGRAM, reference)
    if known is not None:
        return known
    _check_asked(unit, key)
    row = EvidenceFile(
        unit_id=unit.id,
        key=key or named_for(unit, file.name),
        name=file.name,
        sha256=keep(session, file),
        origin=TELEGRAM,
        reference=reference,
        person_id=person.id,
        at=now,
    )
    add(session, unit, row, actor=f"person:{person.id}", now=now)
    return row


def assign(session: Session, file_id: int, unit: Unit, key: str, *, actor: str, now: datetime) -> EvidenceFile:
    """Say for which question the file counts. Raises Refused for another unit's file and for no question of theirs."""
    row = _own(session, file_id, unit)
    _check_asked(unit, key)
    if row.key != key:
        row.key = key
        note(session, unit, row, "evidence_assigned", actor=actor, now=now)
    cancel(session, f"{question_about(row)}:")
    return row


def withdraw(session: Session, file_id: int, unit: Unit, *, actor: str, now: datetime) -> EvidenceFile:
    """Let the file count for nothing any more; what was submitted with it stays as it was. Raises Refused as above."""
    row = _own(session, file_id, unit)
    end(session, unit, row, at=now, actor=actor, now=now)
    return row


def named_for(unit: Unit, name: str) -> str | None:
    """The question with whose number the name begins."""
    return numbered_question(regulation_of(unit.campaign), unit.group, name)


def end(session: Session, unit: Unit, row: EvidenceFile, *, at: datetime, actor: str, now: datetime) -> None:
    """Let the file count until that instant; one that has ended already stays as it is."""
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        note(session, unit, row, "evidence_withdrawn", actor=actor, now=now)
    cancel(session, f"{question_about(row)}:")


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


def known_as(session: Session, unit: Unit, origin: str, reference: str) -> EvidenceFile | None:
    """The unit's file that is called so where it came from, withdrawn or not."""
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


def add(session: Session, unit: Unit, row: EvidenceFile, *, actor: str, now: datetime) -> None:
    """Take a new file up."""
    session.add(row)
    session.flush()
    note(session, unit, row, "evidence_kept", actor=actor, now=now)


def note(session: Session, unit: Unit, row: EvidenceFile, action: str, *, actor: str, now: datetime) -> None:
    """Put it on record, and the form's remarks may change with it."""
    facts = {"unit": unit.code, "key": row.key or "", "name": row.name, "sha256": row.sha256, "origin": row.origin}
    record(session, unit.campaign, action, actor=actor, now=now, **facts)
    form = session.get(Form, unit.id)
    if form is not None:
        form.notes_due = True


def question_about(row: EvidenceFile) -> str:
    """How the outbox keys begin of the question what the file is for."""
    return f"place:{row.id}"
