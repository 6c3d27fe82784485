"""Files, kept once by the hash of their content."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile, keep
from campaign.models import StoredFile
from tests.campaign.world import sha256


def test_a_file_is_kept_under_the_hash_of_its_content(session: Session) -> None:
    name = keep(session, NewFile("xep-hang.png", "image/png", b"picture"))
    kept = session.get_one(StoredFile, name)
    assert (name, kept.name, kept.media_type, kept.content) == (
        sha256("picture"),
        "xep-hang.png",
        "image/png",
        b"picture",
    )


def test_the_same_content_is_kept_once_whatever_its_name(session: Session) -> None:
    first, again = (keep(session, NewFile(name, "image/png", b"picture")) for name in ("a.png", "b.png"))
    assert first == again
    assert list(session.scalars(select(StoredFile.name))) == ["a.png"]
