"""The whole campaign, end to end: what went through the sandbox's Telegram, and the files that are left."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.commands.score import score
from app.demo.paper import read_paper
from campaign.content import filled_of
from campaign.database import Database
from campaign.models import EvidenceFile, Finding, Form, OutboxRow, Reopening, ReopeningKind, Submission, Unit
from sandbox.server import Sandbox
from scoring import load_regulation

pytestmark = pytest.mark.slow


def messages(demo: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (demo / "messages.jsonl").read_text("utf-8").splitlines()]


def texts(demo: Path) -> list[str]:
    return [message.get("text") or message.get("caption") or "" for message in messages(demo)]


def results(demo: Path) -> list[dict[str, Any]]:
    return list(json.loads((demo / "ranking.json").read_text("utf-8"))["results"])


def test_the_folder_holds_what_the_design_lists(demo: Path) -> None:
    assert sorted(file.name for file in demo.iterdir() if not file.name.startswith(".")) == [
        "answers.csv",
        "messages.jsonl",
        "ranking-huyen.png",
        "ranking-so.png",
        "ranking.json",
        "ranking.xlsx",
        "transcript.txt",
        "units.csv",
    ]


def test_all_33_units_of_the_annex_take_part_in_two_groups(demo: Path) -> None:
    groups = [result["group"] for result in results(demo)]
    assert (groups.count("so"), groups.count("huyen")) == (20, 13)


def test_every_contact_gets_the_request_with_letter_link_and_last_day(demo: Path) -> None:
    requests = [
        message
        for message in messages(demo)
        if "1234/SKHCN-BĐCN" in message.get("text", "") and message["at"].startswith("2026-09-15")
    ]
    assert len({message["chat"] for message in requests}) == 33
    assert all("31/10/2026" in message["text"] for message in requests)
    assert all(any("/spreadsheets/d/" in url for url in links(message)) for message in requests)


def links(message: dict[str, Any]) -> Iterator[str]:
    yield from (button.get("url", "") for row in message.get("buttons", ()) for button in row)


def test_mistakes_come_back_with_the_address_of_the_cell(demo: Path) -> None:
    told = [text for text in texts(demo) if "mười hai" in text]
    assert told
    assert all(re.search(r"\b[A-Z]\d+\b", text) for text in told)


def test_the_late_and_the_missing_unit_are_not_ranked_and_have_a_reason_that_cites_the_clause(demo: Path) -> None:
    unranked = [result for result in results(demo) if result["status"] != "ranked"]
    assert sorted(result["status"] for result in unranked) == ["late", "missing"]
    assert all((result["rank"], result["grade"]) == (None, None) for result in unranked)
    assert all("8.2" in result["reason"] for result in unranked)


def test_every_sheet_shows_the_points_that_were_published_and_the_reasons_of_the_verification(demo: Path) -> None:
    published = {result["unit"]: result["total"] and Decimal(result["total"]) for result in results(demo)}
    database = Database(f"sqlite:///{demo / '.state' / 'xephang.sqlite3'}")
    with database.transaction() as session:
        sheets = {each.unit.code: each.file_id for each in session.scalars(select(Form)) if each.file_id}
        reasons = {(each.unit.code, each.key): each.reason for each in session.scalars(select(Finding))}
    with Sandbox(demo / ".state" / "sandbox.sqlite3") as sandbox:
        shown = {unit: on_paper(sandbox, sheet) for unit, sheet in sheets.items()}
    assert len(shown) == 33
    totals = {unit: cells["node:tong_diem", "verified"] for unit, cells in shown.items()}
    assert {unit: total and Decimal(str(total)) for unit, total in totals.items()} == published
    for (unit, key), reason in reasons.items():
        assert reason in {shown[unit].get((f"{kind}:{key}", "verdict")) for kind in ("question", "node")}


def on_paper(sandbox: Sandbox, sheet: str) -> dict[tuple[str, str], Any]:
    """What stands on the form, by line and column."""
    cells = httpx.get(f"{sandbox.url}/sandbox/sheets/{sheet}").json()["tabs"][0]["cells"]
    values = {name: cell.get("value") for name, cell in cells.items()}
    paper = read_paper("", values, {})
    return {
        (line, column): values[f"{letters}{row}"]
        for line, row in paper.rows.items()
        for column, letters in paper.columns.items()
        if f"{letters}{row}" in values
    }


def test_no_reminder_goes_to_a_unit_that_has_its_receipt_and_nothing_to_mend(demo: Path) -> None:
    database = Database(f"sqlite:///{demo / '.state' / 'xephang.sqlite3'}")
    with database.transaction() as session:
        taken = {each.unit_id: each.at for each in session.scalars(select(Submission).order_by(Submission.at.desc()))}
        returned = select(Reopening.unit_id).where(Reopening.kind == ReopeningKind.RETURN)
        to_mend = set(session.scalars(returned))
        reminders = session.scalars(select(OutboxRow).where(OutboxRow.kind.like("reports.reminder%"))).all()
        sent = [(int(row.key.split(":")[1]), row.claimed_at) for row in reminders if row.claimed_at]
    database.close()
    assert len(sent) > 20
    assert [unit for unit, at in sent if unit in taken and at > taken[unit] and unit not in to_mend] == []


def test_a_total_is_the_sum_of_its_categories_and_the_grade_follows_from_it(demo: Path) -> None:
    regulation, _ = load_regulation("cao-bang-2310")
    assert regulation is not None
    ranked = [result for result in results(demo) if result["status"] == "ranked"]
    assert len(ranked) == 31
    for result in ranked:
        categories = regulation.total.children_of(result["group"])
        total = Decimal(result["total"])
        assert sum(Decimal(result["nodes"][each.id]["points"]) for each in categories) == total
        grade = "Tốt" if total >= 85 else "Khá" if total >= 65 else "Trung bình" if total >= 50 else "Dưới trung bình"
        assert result["grade"] == grade


def test_a_claim_earns_full_marks_where_it_is_granted_and_is_told_where_it_is_refused(demo: Path) -> None:
    claims = [node for result in results(demo) for node in result["nodes"].values() if node["na"]]
    assert {node["na"] for node in claims} == {"granted", "refused"}
    assert all(node["points"] == node["max"] for node in claims if node["na"] == "granted")
    assert any("không được chấp nhận" in text for text in texts(demo))


def test_chat_and_workbook_show_the_figures_of_the_ranking(demo: Path) -> None:
    book = load_workbook(demo / "ranking.xlsx", data_only=True)
    cells = {str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    summaries = [text for text in texts(demo) if "(20 đơn vị được xếp hạng)" in text and "Quyết định số" in text]
    assert summaries
    for result in results(demo):
        if result["status"] == "ranked":
            shown = Decimal(result["total"])
            assert f"{shown:f}".replace(".", ",") in summaries[0]
            assert str(float(shown)) in cells


def test_score_gives_the_ranking_again_from_the_two_tables(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score("cao-bang-2310", demo / "answers.csv", demo / "units.csv", json=True)

    assert capsys.readouterr().out == (demo / "ranking.json").read_text("utf-8")


def submissions(demo: Path) -> list[tuple[str, str, int]]:
    """Unit, origin and number of every revision, in the order in which they came."""
    database = Database(f"sqlite:///{demo / '.state' / 'xephang.sqlite3'}")
    with database.transaction() as session:
        found = [(each.unit.code, each.origin, each.number) for each in session.scalars(select(Submission))]
    database.close()
    return found


def test_forms_come_by_the_button_by_the_box_and_as_excel_files(demo: Path) -> None:
    database = Database(f"sqlite:///{demo / '.state' / 'xephang.sqlite3'}")
    with database.transaction() as session:
        came = [(each.origin, each.came_at < each.at) for each in session.scalars(select(Submission))]
    database.close()
    button, box, excel = (came.count(way) for way in (("chat", False), ("sheet", True), ("excel", False)))
    assert (button > 10, box > 5, excel, button + box + excel) == (True, True, 2, len(came))


def test_evidence_comes_as_files_and_from_the_list_of_documents(demo: Path) -> None:
    database = Database(f"sqlite:///{demo / '.state' / 'xephang.sqlite3'}")
    with database.transaction() as session:
        files = {each.origin: (each.unit_id, each.key) for each in session.scalars(select(EvidenceFile))}
        taken = {each.unit_id: filled_of(each) for each in session.scalars(select(Submission))}
    database.close()
    assert sorted(files) == ["drive", "telegram"]
    for unit, key in files.values():
        assert [document.key for document in taken[unit].documents if document.sha256 and document.key == key] == [key]
    listed = [filled for filled in taken.values() if any(document.day for document in filled.documents)]
    assert len(listed) == 1


def test_one_unit_is_given_more_time_and_one_mends_what_was_returned(demo: Path) -> None:
    database = Database(f"sqlite:///{demo / '.state' / 'xephang.sqlite3'}")
    with database.transaction() as session:
        reopened = session.scalars(select(Reopening).order_by(Reopening.id)).all()
        kinds = [each.kind for each in reopened]
        codes = [session.get_one(Unit, each.unit_id).code for each in reopened]
    database.close()
    assert kinds == [ReopeningKind.EXTENSION, ReopeningKind.RETURN]
    extended, returned = codes
    assert [number for unit, _, number in submissions(demo) if unit == extended] == [1]
    assert [number for unit, _, number in submissions(demo) if unit == returned] == [1, 2]
    statuses = {each["unit"]: each["status"] for each in results(demo)}
    assert (statuses[extended], statuses[returned]) == ("ranked", "ranked")


def test_what_comes_when_the_sheet_is_locked_comes_as_an_excel_file_and_is_late(demo: Path) -> None:
    late = next(each["unit"] for each in results(demo) if each["status"] == "late")
    assert [each[1:] for each in submissions(demo) if each[0] == late] == [("excel", 1)]
