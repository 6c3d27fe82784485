"""Evidence that people put into their unit's folder, told by its name or asked about; and what is there no longer."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.ends import LISTING_LAG
from campaign.evidence import DRIVE, add, end, files_of, known_as, named_for, note, question_about
from campaign.files import kept_name
from campaign.models import Campaign, EvidenceFile, Form, Unit
from campaign.outbox import cancel
from campaign.plan import regulation_of
from campaign.ports import FolderFile
from campaign.telling import tell_contacts
from scoring import question_numbers

log = logging.getLogger(__name__)

TOLD_TOGETHER = 8
"""So many files share a message, each with a button."""


def record_folder_files(session: Session, campaign: Campaign, files: Iterable[FolderFile], *, now: datetime) -> None:
    """Keep what was put into the units' folders, and let go what lies in the bin; other folders are left alone.

    A file that was replaced is a new one from then on: what came in time goes with what lay in the folder in time.
    People's clocks may be wrong: what is said to have changed later than now changed now.
    """
    by_folder = _by_folder(session, (replace(each, at=min(each.at, now)) for each in files))
    _let_moved_go(session, campaign, by_folder, now=now)
    forms = select(Form).join(Unit).where(Unit.campaign_id == campaign.id, Form.folder_id.in_(by_folder))
    for form in session.scalars(forms.order_by(Form.unit_id)):
        session.refresh(form.unit, with_for_update=True)  # the folder may be looked at by two in one moment
        of_unit = by_folder[form.folder_id or ""]
        rows = [_record_by_itself(session, form.unit, file, now=now) for file in of_unit]
        _tell_placed(session, form.unit, [row for row in rows if row and row.key], now=now)


def record_folder(session: Session, unit: Unit, files: Sequence[FolderFile], *, now: datetime) -> None:
    """Record all that lies in the unit's folder: what is not there any more counts until now.

    A file of the last minutes may be there and not be listed yet.
    """
    record_folder_files(session, unit.campaign, files, now=now)
    session.refresh(unit, with_for_update=True)
    listed = {each.file_id for each in files}
    for row in files_of(session, unit):
        if row.origin == DRIVE and row.reference not in listed and row.at <= now - LISTING_LAG:
            _leave(session, unit, row, at=now, now=now)


def _let_moved_go(
    session: Session, campaign: Campaign, by_folder: Mapping[str, Sequence[FolderFile]], *, now: datetime
) -> None:
    """What lies in another folder now than the one in which it counted counts there no more."""
    listed = ((file.file_id, folder_id) for folder_id, files in by_folder.items() for file in files)
    now_in = {file_id: folder_id for file_id, folder_id in listed if file_id.isascii()}  # as Drive's ids are
    known = select(EvidenceFile, Form).join(Form, Form.unit_id == EvidenceFile.unit_id).join(Unit)
    here = (Unit.campaign_id == campaign.id, EvidenceFile.origin == DRIVE, EvidenceFile.reference.in_(now_in))
    for row, form in session.execute(known.where(*here).order_by(EvidenceFile.id)).all():
        if now_in[row.reference] != form.folder_id:
            session.refresh(form.unit, with_for_update=True)
            _leave(session, form.unit, row, at=now, now=now)


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
    known = known_as(session, unit, DRIVE, file.file_id)
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
        key=named_for(unit, file.name) or (before.key if before else None),
        name=file.name,
        sha256=file.sha256,
        origin=DRIVE,
        reference=file.file_id,
        at=file.at,
    )
    add(session, unit, row, actor=DRIVE, now=now)
    if row.key is None:
        _ask_what_it_is_for(session, unit, row, now=now)
    return None if row.key == counted_for else row


def _rename(session: Session, unit: Unit, row: EvidenceFile, name: str, *, now: datetime) -> EvidenceFile | None:
    """A name that says no question leaves what a contact said of the file."""
    before, row.name = row.key, name
    row.key = named_for(unit, name) or before
    note(session, unit, row, "evidence_changed", actor=DRIVE, now=now)
    if row.key == before or row.withdrawn_at:
        return None
    cancel(session, f"{question_about(row)}:")
    return row


def _leave(session: Session, unit: Unit, row: EvidenceFile, *, at: datetime, now: datetime) -> None:
    """The file is not in the folder any more as it was; what comes there under the same id is another row."""
    end(session, unit, row, at=at, actor=DRIVE, now=now)
    row.reference = f"{row.reference}#{row.id}"
    session.flush()


def _ask_what_it_is_for(session: Session, unit: Unit, row: EvidenceFile, *, now: datetime) -> None:
    tell_contacts(
        session, unit, "reports.place_file", occasion=question_about(row), now=now, name=row.name, file_id=row.id
    )


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
