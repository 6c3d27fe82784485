"""What the office writes on a form that is out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaign.ports import FormNotes
from forms.sheet import Column
from tests.forms.samples import order_of, regulation
from tests.forms.test_google_issue import sheet_of_hoa
from tests.forms.world import KEY, World, requests_made
from words import Text, say

REMARK, VERIFIED, VERDICT, RECEIVED = "L", "M", "N", "R"
NOTES = FormNotes(
    status=Text("forms.yes"),
    remarks={"can_bo": (Text("forms.no"), Text("forms.yes")), "tap": (Text("forms.no"),)},
    doubts={"chi": (Text("forms.yes"),)},
    verified={"may": Decimal("12.5"), "tong": Decimal(60)},
    verdicts={"may_tinh": "=theo báo cáo", "may": "Đạt"},
    received={"may_tinh": ("=1.1a.pdf", "1.1a Bảng kê.pdf")},
)
NOTED = {
    ("status", "B"): "Có",
    ("question:can_bo", REMARK): "Không\nCó",
    ("node:tap", REMARK): "Không",
    ("question:chi", REMARK): "Nên xem lại: Có",
    ("node:may", VERIFIED): "12,50",
    ("node:tong", VERIFIED): "60,00",
    ("question:may_tinh", VERDICT): "=theo báo cáo",
    ("node:may", VERDICT): "Đạt",
    ("question:may_tinh", RECEIVED): "=1.1a.pdf\n1.1a Bảng kê.pdf",
}


def form(world: World, file_id: str) -> Any:  # noqa: ANN401 - any JSON value
    (tab,) = (tab for tab in world.sheet(file_id)["tabs"] if tab["id"] == 2310)
    return tab


def noted(world: World, file_id: str) -> dict[tuple[str, str], str]:
    """What stands in the office's cells, by anchor and column."""
    cells = {name: cell["shown"] for name, cell in form(world, file_id)["cells"].items()}
    anchors = {name[1:]: shown for name, shown in cells.items() if name[0] == "A" and shown}
    of_rows = {
        (anchors.get(name[1:], name[1:]), name[0]): shown
        for name, shown in cells.items()
        if shown and name[0] in (REMARK, VERIFIED, VERDICT, RECEIVED) and shown not in HEADERS
    }
    status = cells[f"B{world.row_of(file_id, 'status')}"]
    return of_rows | ({("status", "B"): status} if status else {})


HEADERS = {
    *("remark", "verified", "verdict", "received"),
    *("Nội dung cần xem lại", "Điểm thẩm định", "Ý kiến thẩm định", "Tệp đã nhận"),
}


def annotate(world: World, file_id: str, notes: FormNotes, *, untick: bool = False) -> None:
    forms = world.forms()
    forms.annotate(file_id, notes, forms.read(file_id, KEY, regulation(), "so"), untick=untick)


def test_notes_stand_in_their_cells_after_one_write(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    reading = forms.read(file_id, KEY, regulation(), "so")
    with requests_made() as made:
        forms.annotate(file_id, NOTES, reading, untick=False)
    assert made == {"POST sheet": 1}
    assert noted(world, file_id) == NOTED


def test_a_form_issued_with_notes_shows_the_same(world: World) -> None:
    file_id = world.forms().issue(order_of(regulation(), notes=NOTES)).file_id
    assert noted(world, file_id) == NOTED
    assert form(world, file_id)["hidden_columns"] == ["A", "O", "P", "Q"]


def test_notes_that_are_no_longer_true_go(world: World) -> None:
    file_id = world.issue()
    annotate(world, file_id, NOTES)
    annotate(world, file_id, FormNotes(remarks={"chi": (Text("forms.no"),)}))
    assert noted(world, file_id) == {("question:chi", REMARK): "Không"}


def test_what_people_filled_in_stays(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=40, bao_cao="Gửi chậm")
    before = world.read(file_id).filled
    annotate(world, file_id, NOTES, untick=True)
    assert world.read(file_id).filled == before
    assert [answer.key for answer in before.answers] == ["can_bo", "bao_cao"]


def test_the_offices_columns_are_shown_while_there_is_something_in_them(world: World) -> None:
    file_id = world.issue()
    annotate(world, file_id, NOTES)
    assert form(world, file_id)["hidden_columns"] == ["A", "O", "P", "Q"]
    annotate(world, file_id, replace(NOTES, verified={}, verdicts={}))
    assert form(world, file_id)["hidden_columns"] == ["A", "M", "N", "O", "P", "Q"]
    annotate(world, file_id, replace(NOTES, remarks={}, doubts={}))
    assert form(world, file_id)["hidden_columns"] == ["A", "L", "O", "P", "Q"]
    annotate(world, file_id, replace(NOTES, received={}))
    assert form(world, file_id)["hidden_columns"] == ["A", "O", "P", "Q", "R"]


def test_the_tick_is_taken_out_of_the_box_only_where_asked_to(world: World) -> None:
    file_id = world.issue()
    world.type(file_id, {f"F{world.row_of(file_id, 'submit')}": True})
    annotate(world, file_id, NOTES)
    assert world.read(file_id).ticked
    annotate(world, file_id, NOTES, untick=True)
    assert not world.read(file_id).ticked


def test_rows_that_moved_since_the_reading_take_their_notes_along(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    world.answer(file_id, can_bo=40, chi=7)
    reading = forms.read(file_id, KEY, regulation(), "so")
    world.rows(file_id, insert_before=world.row_of(file_id, "node:ha_tang"), count=3)
    with requests_made() as made:
        forms.annotate(file_id, NOTES, reading, untick=False)
    assert made == {"POST sheet": 2}
    assert noted(world, file_id) == NOTED
    assert world.read(file_id).filled == reading.filled


def test_a_row_that_was_deleted_since_the_reading_leaves_no_note_behind(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    reading = forms.read(file_id, KEY, regulation(), "so")
    world.rows(file_id, delete=world.row_of(file_id, "question:can_bo"))
    forms.annotate(file_id, NOTES, reading, untick=False)
    assert noted(world, file_id) == {key: shown for key, shown in NOTED.items() if key[0] != "question:can_bo"}


def test_without_places_the_form_is_read_first(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    world.rows(file_id, insert_before=world.row_of(file_id, "node:ha_tang"))
    with requests_made() as made:
        forms.annotate(file_id, NOTES, replace(world.read(file_id), places=None), untick=False)
    assert made == {"read sheet": 2, "GET sheet": 1, "POST sheet": 1}
    assert noted(world, file_id) == NOTED


@pytest.mark.parametrize("effect", ["lose", "refuse"])
def test_an_answer_lost_on_the_way_is_made_up_for(world: World, effect: str) -> None:
    file_id = world.issue()
    world.fault(service="sheets", method="spreadsheets.batchUpdate", effect=effect, status=500)
    annotate(world, file_id, NOTES)
    assert noted(world, file_id) == NOTED


def test_what_is_wrong_with_a_document_stands_in_its_row_until_it_is_mended(world: World) -> None:
    file_id = world.issue()
    title = world.sheet(file_id)["tabs"][1]["title"]
    say = {"tab": title, "cells": {"D7": "Kế hoạch không rõ của số liệu nào"}}
    assert world.http.post(f"/sandbox/sheets/{file_id}/cells", json=say).status_code == 200
    reading = world.read(file_id)
    assert [(each.where.tab, each.where.cell) for each in reading.problems] == [(title, "B7")]
    annotate(world, file_id, FormNotes())
    assert list(of_documents(world, file_id)) == ["G7"]
    world.http.post(f"/sandbox/sheets/{file_id}/cells", json={"tab": title, "cells": {"D7": None}})
    annotate(world, file_id, FormNotes())
    assert of_documents(world, file_id) == {}


def of_documents(world: World, file_id: str) -> dict[str, str]:
    """The office's cells in the list of documents, its head left out."""
    cells = world.sheet(file_id)["tabs"][1]["cells"]
    return {
        name: each["shown"] for name, each in cells.items() if name[0] == "G" and each["shown"] and int(name[1:]) > 4
    }


def test_a_registered_sheet_is_annotated_in_our_tabs_only(world: World) -> None:
    file_id = sheet_of_hoa(world)
    world.forms().issue(order_of(regulation(), file_id=file_id))
    theirs = world.sheet(file_id)["tabs"][0]
    annotate(world, file_id, NOTES, untick=True)
    assert world.sheet(file_id)["tabs"][0] == theirs
    assert form(world, file_id)["hidden_columns"] == ["A", "O", "P", "Q"]


def test_a_form_whose_tabs_are_gone_has_nowhere_to_write(world: World) -> None:
    file_id = sheet_of_hoa(world)
    world.forms().issue(order_of(regulation(), file_id=file_id))
    world.delete_tabs(file_id, 2310, 2311)
    reading = world.read(file_id)
    with requests_made() as made:
        world.forms().annotate(file_id, NOTES, reading, untick=True)
    assert made == {"read sheet": 1, "GET sheet": 1}


@pytest.mark.parametrize("lost", ["F", "B"])
def test_what_cannot_be_read_for_a_lost_column_is_told_in_the_status_row(world: World, lost: str) -> None:
    file_id = world.issue()
    column = {"F": Column.ANSWER, "B": Column.NUMBER}[lost].position
    gone = {"sheetId": 2310, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    address = f"https://sheets.googleapis.com/v4/spreadsheets/{file_id}:batchUpdate"
    world.client().ask("post", address, {}, {"requests": [{"deleteDimension": {"range": gone}}]})
    annotate(world, file_id, NOTES)
    assert world.cells(file_id)[f"B{world.row_of(file_id, 'status')}"] == "Có"


def test_the_status_row_is_as_high_as_the_status_is_long(world: World) -> None:
    file_id = world.issue()
    heights = []
    for times in (1, 5):
        said = Text("campaign.status", lines=(Text("campaign.status_nothing"),) * times)
        annotate(world, file_id, FormNotes(status=said))
        heights.append(height_of_row(world, file_id, world.row_of(file_id, "status")))
    assert heights == [26, 94]


def height_of_row(world: World, file_id: str, number: int) -> int:
    """In pixels."""
    address = f"https://sheets.googleapis.com/v4/spreadsheets/{file_id}"
    answer = world.client().ask("get", address, {"fields": "sheets.data.rowMetadata.pixelSize"})
    return int(answer["sheets"][0]["data"][0]["rowMetadata"][number - 1]["pixelSize"])


def test_the_head_shows_the_day_until_which_the_term_was_extended(world: World) -> None:
    file_id = world.issue()
    until = f"F{world.row_of(file_id, 'deadline')}"
    before = world.cells(file_id)[until]
    annotate(world, file_id, FormNotes())
    assert world.cells(file_id)[until] == before
    annotate(world, file_id, FormNotes(last_day=date(2026, 12, 24)))
    assert world.cells(file_id)[until] == say(Text("forms.last_day", day=date(2026, 12, 24)), "vi")


def test_a_tab_that_was_renamed_since_the_reading_is_annotated_all_the_same(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    reading = forms.read(file_id, KEY, regulation(), "so")
    assert world.http.post(f"/sandbox/sheets/{file_id}/tabs", json={"title": "Phiếu 'mới'"}).status_code == 200
    with requests_made() as made:
        forms.annotate(file_id, NOTES, reading, untick=False)
    assert made == {"POST sheet": 2, "read sheet": 1}
    assert noted(world, file_id) == NOTED


def test_a_tick_set_anew_after_something_was_mended_stays(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    box = f"F{world.row_of(file_id, 'submit')}"
    world.type(file_id, {box: True})
    reading = forms.read(file_id, KEY, regulation(), "so")
    world.answer(file_id, can_bo=40)
    world.type(file_id, {box: False})
    world.type(file_id, {box: True})
    forms.annotate(file_id, NOTES, reading, untick=True)
    assert world.read(file_id).ticked
    assert noted(world, file_id) == NOTED


def column_inserted(world: World, file_id: str, tab: int, before: int) -> None:
    """Somebody of the office inserts a column."""
    place = {"sheetId": tab, "dimension": "COLUMNS", "startIndex": before, "endIndex": before + 1}
    address = f"https://sheets.googleapis.com/v4/spreadsheets/{file_id}:batchUpdate"
    world.client().ask("post", address, {}, {"requests": [{"insertDimension": {"range": place}}]})


@pytest.mark.parametrize("before", [0, 2, 6, 10])
def test_a_column_inserted_since_the_reading_costs_nobody_what_they_wrote(world: World, before: int) -> None:
    file_id, forms = world.issue(), world.forms()
    world.answer(file_id, can_bo=40, may_tinh="38", tuong_lua="Có")
    rows = [world.row_of(file_id, f"node:{node}") for node in ("may", "tap", "bao")]
    world.type(file_id, {f"K{row}": f"giải trình {row}" for row in rows})
    reading = forms.read(file_id, KEY, regulation(), "so")
    column_inserted(world, file_id, 2310, before)
    forms.annotate(file_id, NOTES, reading, untick=False)
    assert len(reading.filled.explanations) == len(rows)
    assert world.read(file_id).filled == reading.filled


def test_a_column_inserted_into_the_list_of_documents_costs_nobody_what_they_wrote(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    title = world.sheet(file_id)["tabs"][1]["title"]
    paper = {"D7": "Kế hoạch không rõ của số liệu nào", "F7": "so.example.vn/12"}
    assert world.http.post(f"/sandbox/sheets/{file_id}/cells", json={"tab": title, "cells": paper}).status_code == 200
    reading = forms.read(file_id, KEY, regulation(), "so")
    column_inserted(world, file_id, 2311, 2)
    forms.annotate(file_id, NOTES, reading, untick=False)
    cells = world.sheet(file_id)["tabs"][1]["cells"]
    assert cells["G7"]["shown"] == "so.example.vn/12"
    assert cells["H7"]["shown"]
