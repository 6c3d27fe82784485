"""What officers do with revisions on the command line, on the campaign that the demo played."""

import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from campaign.database import Database
from campaign.models import Reopening, ReopeningKind, Unit
from tests.app.command_line import xephang

pytestmark = pytest.mark.slow


@pytest.fixture
def office(demo: Path, tmp_path: Path) -> Path:
    """A folder with the database that the demo left behind."""
    shutil.copy(demo / ".state" / "xephang.sqlite3", tmp_path)
    return tmp_path


def returned(office: Path) -> str:
    """The code of the unit whose submission was returned."""
    database = Database(f"sqlite:///{office / 'xephang.sqlite3'}")
    with database.transaction() as session:
        code = session.scalars(select(Unit.code).join(Reopening).where(Reopening.kind == ReopeningKind.RETURN)).one()
    database.close()
    return code


def test_each_revision_is_printed_in_full_and_the_newest_one_counts(office: Path) -> None:
    unit = returned(office)
    newest, first = (
        json.loads(xephang(office, "campaign", "submission", unit, *words, "--json").stdout)
        for words in ((), ("--number", "1"))
    )
    assert [(each["number"], each["late"], each["counts"]) for each in (first, newest)] == [
        (1, False, False),
        (2, False, True),
    ]
    assert (newest["unit"], newest["origin"], newest["facts"]["position"]) == (unit, "chat", "Chuyên viên")
    assert [each["question"] for each in newest["answers"]][:3] == ["A1", "A2", "1.1a"]
    changed = [each["question"] for each, old in zip(newest["answers"], first["answers"], strict=True) if each != old]
    assert len(changed) == 1
    assert newest["sha256"] != first["sha256"]


def test_a_revision_reads_as_its_document_says(office: Path) -> None:
    unit = returned(office)
    document = json.loads(xephang(office, "campaign", "submission", unit, "--json").stdout)
    lines = xephang(office, "campaign", "submission", unit).stdout.splitlines()
    assert lines[0] == (f"{document['name']}, đợt cao-bang-2310-2026: bản nộp số 2, biên nhận {document['receipt']}")
    assert lines[3:5] == ["Là bản được tính", f"SHA-256: {document['sha256']}"]
    first = document["answers"][0]
    assert f"  A1 {first['label']}: {first['said']}" in lines
    total = document["self_score"][0]
    assert f"{total['label']}: {total['points'].replace('.', ',')}/{total['max'].replace('.', ',')}" in "\n".join(lines)


def test_what_was_never_submitted_is_one_line(office: Path) -> None:
    missing = xephang(office, "campaign", "submission", "huyen-phuc-hoa")
    unknown = xephang(office, "campaign", "submission", returned(office), "--number", "9")
    assert [(each.returncode, each.stdout, each.stderr.count("\n")) for each in (missing, unknown)] == [(1, "", 1)] * 2


def test_the_copy_for_signature_and_the_form_itself_are_saved(office: Path) -> None:
    unit = returned(office)
    signed = xephang(office, "campaign", "submission", unit, "--save", "signed.docx")
    form = xephang(office, "campaign", "form", unit, "--save", "form.xlsx", "--bot", "mau_bot")
    assert (signed.returncode, form.returncode) == (0, 0), signed.stderr + form.stderr
    assert Document(str(office / "signed.docx")).paragraphs
    assert len(load_workbook(office / "form.xlsx").worksheets) >= 2


@pytest.mark.parametrize(
    "words",
    [
        ("extend", "--until", "01/12/2026", "--asked-by", "a", "--granted-by", "b", "--reason", "c"),
        ("return", "--until", "01/12/2026", "--granted-by", "b", "--reason", "c"),
        ("confirm", "--document", "4/XN", "--day", "01/12/2026"),
        ("forms", "excel"),
    ],
)
def test_what_is_published_is_not_opened_again(office: Path, words: tuple[str, ...]) -> None:
    command, *options = words
    answer = xephang(office, "campaign", command, returned(office), *options)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)


def test_the_status_of_each_unit_says_where_its_form_stands(office: Path) -> None:
    units = json.loads(xephang(office, "campaign", "status", "--json").stdout)["units"]
    states = [each["state"] for each in units]
    assert (states.count("submitted"), states.count("late"), states.count("missing")) == (31, 1, 1)
    assert all(each["locked"] for each in units)
