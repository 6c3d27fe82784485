"""The signed copy (phiếu đã ký) by which the head of a unit confirms a submission: one file or several, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile, keep
from campaign.history import record
from campaign.models import SignedPage, Submission


@dataclass(frozen=True, slots=True)
class NewPage:
    """A file of a signed copy: `place` orders them, `album` names what it came with and is empty for a file alone."""

    file: NewFile
    place: int
    album: str = ""


def keep_pages(session: Session, submission: Submission, pages: Iterable[NewPage]) -> None:
    """Keep what the head has signed with the submission."""
    for each in pages:
        session.add(
            SignedPage(
                submission_id=submission.id,
                place=each.place,
                name=each.file.name,
                sha256=keep(session, each.file),
                album=each.album,
            )
        )
    session.flush()


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
