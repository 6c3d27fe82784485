"""Files that a signed copy may be made of: each is kept as what it is, and what can be none is refused."""

import io
import zipfile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import LONGEST_NAME, NewFile
from campaign.models import StoredFile, Submission
from campaign.refusal import Refused
from campaign.signed_copies import NewPage, keep_pages, pages_of
from tests.campaign.world import at, collecting, filled, submitted, unit
from words import Text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def archive(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, "<invented/>")
    return content.getvalue()


def of_mot(session: Session) -> Submission:
    return submitted(session, unit(collecting(session), "mot"), filled(), now=at(10, 20))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("phieu.pdf", b"%PDF-1.7 (mau)", "application/pdf"),
        ("phieu.pdf", b"\xff\xd8\xff\xe0 (mau)", "image/jpeg"),
        ("phieu", b"\x89PNG\r\n\x1a\n (mau)", "image/png"),
        ("phieu.docx", archive("word/document.xml"), DOCX),
        ("PHIEU.TIF", b"II*\0 (mau)", "image/tiff"),
        ("phieu.heic", b"\0\0\0\x18ftypheic", "image/heic"),
    ],
)
def test_a_signed_copy_is_kept_as_what_it_is(session: Session, name: str, content: bytes, kind: str) -> None:
    keep_pages(session, of_mot(session), [NewPage(NewFile(name, "application/pdf", content), 1)])
    stored = session.scalars(select(StoredFile).where(StoredFile.name == name)).one()
    assert (stored.media_type, stored.content) == (kind, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("phieu.pdf", b""),
        ("phieu.tif", b""),
        ("phieu.pdf", b"MZ (mau)"),
        ("phieu.docx", archive("xl/workbook.xml")),
        ("phieu.zip", archive("phieu.pdf")),
        ("phieu.txt", "Đã ký (mẫu)".encode()),
        ("phieu.mp4", b"\0\0\0\x18ftypmp42"),
    ],
)
def test_what_can_be_no_signed_copy_is_refused_by_its_name(session: Session, name: str, content: bytes) -> None:
    kept = of_mot(session)
    with pytest.raises(Refused) as refusal:
        keep_pages(session, kept, [NewPage(NewFile(name, "application/pdf", content), 1)])
    assert refusal.value.text == Text("campaign.no_signed_copy", name=name)


def test_the_long_name_of_a_signed_copy_keeps_its_beginning_and_its_end(session: Session) -> None:
    kept = of_mot(session)
    keep_pages(session, kept, [NewPage(NewFile("Phiếu " + "a" * 300 + ".pdf", "", b"%PDF (mau)"), 1)])
    ((name, length),) = [(each.name, len(each.name)) for each in pages_of(session, kept)]
    assert (name[:6], name[-4:], length) == ("Phiếu ", ".pdf", LONGEST_NAME)
