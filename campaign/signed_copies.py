"""The signed copy (phiếu đã ký) by which the head of a unit confirms a submission: one file or several, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile, keep, kept_name
from campaign.history import record
from campaign.models import SignedPage, Submission
from campaign.refusal import Refused
from words import Text

_BY_CONTENT = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
_ZIP, _WORD = b"PK\x03\x04", b"word/document.xml"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BY_NAME = {
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".doc": "application/msword",
}
"""Other kinds that scanners, telephones and old programs make."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """A file of a signed copy: `place` orders them, `album` names what it came with and is empty for a file alone."""

    file: NewFile
    place: int
    album: str = ""


def keep_pages(session: Session, submission: Submission, pages: Iterable[NewPage]) -> None:
    """Keep what the head has signed with the submission. Raises Refused for a file that can be no signed copy."""
    for each in pages:
        file = _as_it_is(each.file)
        row = SignedPage(submission_id=submission.id, place=each.place, name=file.name, album=each.album)
        row.sha256 = keep(session, file)
        session.add(row)
    session.flush()


def _as_it_is(file: NewFile) -> NewFile:
    """The file as what it is, whatever its sender called it."""
    name, kind = kept_name(file.name), _kind(file)
    if kind is None:
        raise Refused(Text("campaign.no_signed_copy", name=name))
    return NewFile(name, kind, file.content)


def _kind(file: NewFile) -> str | None:
    """The media type: by the content of a kind that tells itself, else by the name; None for any other."""
    if file.content.startswith(_ZIP):
        return _DOCX if _WORD in file.content else None
    by_content = (kind for start, kind in _BY_CONTENT.items() if file.content.startswith(start))
    return next(by_content, _BY_NAME.get(PurePath(file.name).suffix.casefold()) if file.content else None)


def pages_of(session: Session, submission: Submission) -> list[SignedPage]:
    """The files of the signed copy, in order; none where there is no copy."""
    pages = select(SignedPage).where(SignedPage.submission_id == submission.id)
    return list(session.scalars(pages.order_by(SignedPage.place)))


def signed_with(session: Session, album: str) -> Submission | None:
    """The submission whose signed copy holds files of that album."""
    page = session.scalars(select(SignedPage).where(SignedPage.album == album).limit(1)).first() if album else None
    return page.submission if page else None


def has_page(session: Session, submission: Submission, place: int) -> bool:
    """Whether the file of that place is in the signed copy."""
    return session.get(SignedPage, (submission.id, place)) is not None


def add_page(session: Session, submission: Submission, page: NewPage, *, actor: str, now: datetime) -> None:
    """Keep a file that came after its copy had confirmed the submission, and put that on record."""
    keep_pages(session, submission, [page])
    unit, added = submission.unit, session.get_one(SignedPage, (submission.id, page.place))
    record(
        session,
        unit.campaign,
        "signed_page_added",
        actor=actor,
        now=now,
        unit=unit.code,
        number=submission.number,
        name=added.name,
        sha256=added.sha256,
    )
