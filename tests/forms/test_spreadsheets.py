"""Reading forms back, and what becomes of trouble with Google."""

import json
import logging
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from google.auth.exceptions import RefreshError

from campaign.ports import Document, Fact, FormError, FormNotes, FormReading
from forms.google import client as google_client
from forms.google import connect
from forms.google.client import _no_token
from sandbox.google import authorized_user
from scoring import Answer, AnswerStatus
from tests.forms.samples import order_of, regulation
from tests.forms.test_google_issue import HOA, SCOPES, sheet_of_hoa
from tests.forms.world import ACCOUNT, KEY, MORNING, World, requests_made
from words import Text


def refusal(world: World, file_id: str) -> tuple[str, bool]:
    """Reading fails; why, and whether repeating can help."""
    with pytest.raises(FormError) as caught:
        world.read(file_id)
    return caught.value.reason, caught.value.retry


def problems(reading: FormReading) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.where)) for problem in reading.problems]


def test_what_people_fill_in_is_read_in_one_request(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    world.answer(
        file_id, can_bo=40, may_tinh="38", tuong_lua="Có", bao_cao="Gửi chậm", kinh_phi="1.234,5", chi=8.123456
    )
    world.type(
        file_id,
        {
            f"F{world.row_of(file_id, 'fact:person')}": "Nguyễn Văn Thử",
            f"H{world.row_of(file_id, 'question:may_tinh')}": "=12/BC-STT ngày 05/01/2026",
            f"J{world.row_of(file_id, 'node:tap')}": "Không áp dụng",
            f"K{world.row_of(file_id, 'node:tap')}": "Không có nhiệm vụ",
        },
    )
    tab = world.sheet(file_id)["tabs"][1]
    option = tab["cells"]["B5"]["rule"]["values"][2]
    paper = {
        "B6": option,
        "C6": "12/KH-STT",
        "D6": "Kế hoạch năm",
        "E6": "05/01/2026",
        "F6": "https://so.example.vn/12",
    }
    typed = world.http.post(f"/sandbox/sheets/{file_id}/cells", json={"tab": tab["title"], "cells": paper})
    assert typed.status_code == 200, typed.text
    with requests_made() as made:
        reading = forms.read(file_id, KEY, regulation(), "so")
    assert made == {"read sheet": 1}
    assert problems(reading) == []
    answered = {answer.key: answer.value for answer in reading.filled.answers if answer.value is not None}
    assert answered == {
        "can_bo": 40,
        "may_tinh": 38,
        "tuong_lua": True,
        "bao_cao": "cham",
        "kinh_phi": Decimal("1234.5"),
        "chi": Decimal("8.123456"),
    }
    (claim,) = (answer for answer in reading.filled.answers if answer.status is AnswerStatus.NOT_APPLICABLE)
    assert (claim.key, claim.reason) == ("tap", "Không có nhiệm vụ")
    assert reading.filled.facts == {Fact.PERSON: "Nguyễn Văn Thử"}
    listed = Document("tuong_lua", "12/KH-STT", "Kế hoạch năm", date(2026, 1, 5), "https://so.example.vn/12")
    assert Document("may_tinh", name="=12/BC-STT ngày 05/01/2026") in reading.filled.documents
    assert [each.number for each in reading.filled.documents if each.number] == [listed.number]


def test_an_empty_form_is_read_without_answers_or_problems(world: World) -> None:
    reading = world.read(world.issue())
    assert (reading.filled.answers, problems(reading), reading.ticked) == ((), [], False)


def test_text_in_a_number_cell_arrives_and_a_choice_outside_the_list_does_not(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo="mười hai")
    world.type(file_id, {f"F{world.row_of(file_id, 'question:bao_cao')}": "Có gửi"}, status=422)
    row = world.row_of(file_id, "question:can_bo")
    assert problems(world.read(file_id)) == [("scoring.value.not_a_number_integer", f"Phiếu!F{row}")]


def test_a_number_that_the_service_would_take_for_a_date_or_a_share_arrives_as_it_was_typed(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo="1.5", may_tinh="85%")
    reading = world.read(file_id)
    assert problems(reading) == [
        ("scoring.value.ambiguous_integer", f"Phiếu!F{world.row_of(file_id, 'question:can_bo')}"),
        ("forms.percent_for_number", f"Phiếu!F{world.row_of(file_id, 'question:may_tinh')}"),
    ]
    assert reading.filled.answers == ()


def test_inserted_and_sorted_rows_are_read_where_they_are_now(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=40, may_tinh=38, chi="nhiều")
    first = world.row_of(file_id, "question:can_bo")
    world.rows(file_id, insert_before=first + 1, count=3)
    last = world.row_of(file_id, "node:noi_dung")
    world.rows(file_id, sort={"range": f"A{first}:Q{last}", "column": "C", "descending": True})
    reading = world.read(file_id)
    assert reading.filled.answers == (Answer("can_bo", 40), Answer("may_tinh", 38))
    assert [problem.where.cell for problem in reading.problems] == [f"F{world.row_of(file_id, 'question:chi')}"]


def test_a_renamed_tab_is_found_by_its_number(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo="nhiều")
    answer = world.http.post(f"/sandbox/sheets/{file_id}/tabs", json={"title": "Phiếu 'mới'"})
    assert answer.status_code == 200
    row = world.row_of(file_id, "question:can_bo")
    assert [str(problem.where) for problem in world.read(file_id).problems] == [f"Phiếu 'mới'!F{row}"]


def test_a_form_whose_tab_was_deleted_is_a_problem(world: World) -> None:
    file_id = world.issue()
    world.delete_tabs(file_id, 2310)
    assert [problem.code for problem in world.read(file_id).problems] == ["forms.tab_lost"]


def test_a_ticked_box_is_read(world: World) -> None:
    file_id = world.issue()
    world.type(file_id, {f"F{world.row_of(file_id, 'submit')}": True})
    assert world.read(file_id).ticked


def copied(world: World, file_id: str, tab: int, name: str) -> None:
    """Somebody of the office duplicates a tab."""
    asked = {"duplicateSheet": {"sourceSheetId": tab, "newSheetName": name}}
    address = f"https://sheets.googleapis.com/v4/spreadsheets/{file_id}:batchUpdate"
    world.client().ask("post", address, {}, {"requests": [asked]})


def typed_into(world: World, file_id: str, tab: str, cells: Mapping[str, object]) -> None:
    answer = world.http.post(f"/sandbox/sheets/{file_id}/cells", json={"tab": tab, "cells": cells})
    assert answer.status_code == 200, answer.text


def test_a_form_about_to_be_submitted_beside_a_copy_with_other_answers_is_a_problem(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=40)
    copied(world, file_id, 2310, "Bản sao của Phiếu")
    typed_into(world, file_id, "Bản sao của Phiếu", {f"F{world.row_of(file_id, 'question:can_bo')}": 41})
    world.type(file_id, {f"F{world.row_of(file_id, 'submit')}": True})
    reading = world.read(file_id)
    assert reading.filled.answers == (Answer("can_bo", 40),)
    assert [each.text for each in reading.problems] == [
        Text("forms.tab_doubled", tab="Bản sao của Phiếu", other="Phiếu")
    ]


def test_a_copy_that_was_filled_in_instead_of_the_form_is_a_problem(world: World) -> None:
    file_id = world.issue()
    copied(world, file_id, 2310, "Copy of Phiếu")
    typed_into(world, file_id, "Copy of Phiếu", {f"F{world.row_of(file_id, 'question:can_bo')}": 41})
    assert [each.text for each in world.read(file_id).problems] == [
        Text("forms.tab_doubled", tab="Copy of Phiếu", other="Phiếu")
    ]


@pytest.mark.parametrize(
    ("tab", "cells"),
    [(2310, {"F{row}": "41"}), (2311, {"B7": "1.1a – Số cán bộ có máy tính", "D7": "Kế hoạch"})],
)
def test_a_copy_under_a_name_of_its_own_is_found_by_what_it_is(
    world: World, tab: int, cells: Mapping[str, str]
) -> None:
    file_id = world.issue()
    (title,) = (each["title"] for each in world.sheet(file_id)["tabs"] if each["id"] == tab)
    copied(world, file_id, tab, "Của anh An")
    row = world.row_of(file_id, "question:can_bo")
    typed_into(world, file_id, "Của anh An", {cell.format(row=row): value for cell, value in cells.items()})
    added = world.http.post(f"/sandbox/sheets/{file_id}/tabs", json={"person": ACCOUNT, "add": "Việc riêng"})
    assert added.status_code == 200, added.text
    with requests_made() as made:
        reading = world.read(file_id)
    assert [each.text for each in reading.problems] == [Text("forms.tab_doubled", tab="Của anh An", other=title)]
    assert made == {"read sheet": 2, "GET sheet": 1}


def test_a_tab_of_peoples_own_that_looks_alike_is_no_problem(world: World) -> None:
    file_id = world.issue()
    look = {"frozenRowCount": 4, "hideGridlines": True}
    asked = {"addSheet": {"properties": {"title": "Việc riêng", "gridProperties": look}}}
    address = f"https://sheets.googleapis.com/v4/spreadsheets/{file_id}:batchUpdate"
    world.client().ask("post", address, {}, {"requests": [asked]})
    assert problems(world.read(file_id)) == []


def test_equal_copies_and_tabs_of_peoples_own_with_a_like_name_are_no_problem(world: World) -> None:
    file_id = world.issue()
    copied(world, file_id, 2310, "Copy of Phiếu")
    copied(world, file_id, 2311, "Copy of Tài liệu kiểm chứng")
    added = world.http.post(f"/sandbox/sheets/{file_id}/tabs", json={"person": ACCOUNT, "add": "Phiếu nháp"})
    assert added.status_code == 200, added.text
    with requests_made() as made:
        assert problems(world.read(file_id)) == []
    assert made == {"read sheet": 2, "GET sheet": 1}


def test_the_form_of_another_unit_is_a_problem(world: World) -> None:
    file_id = world.forms().issue(order_of(regulation(), key="mau-2026/so-khac")).file_id
    reading = world.forms().read(file_id, "mau-2026/so-thu", regulation(), "so")
    assert ([problem.code for problem in reading.problems], reading.filled.answers) == (["forms.other_unit"], ())


def test_tabs_of_peoples_own_beside_the_form_are_passed_over(world: World) -> None:
    file_id = sheet_of_hoa(world)
    world.forms().issue(order_of(regulation(), file_id=file_id))
    row = world.row_of(file_id, "question:can_bo")
    world.http.post(f"/sandbox/sheets/{file_id}/cells", json={"tab": "Phiếu", "cells": {f"F{row}": "40"}})
    assert world.read(file_id).filled.answers == (Answer("can_bo", 40),)


def test_however_much_people_have_in_their_own_tabs_the_form_beside_them_is_read_and_annotated(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_id = sheet_of_hoa(world)
    forms = world.forms()
    forms.issue(order_of(regulation(), file_id=file_id))
    world.answer(file_id, can_bo=40)
    much = {f"{column}{row}": "Việc riêng " * 20 for row in range(10, 410) for column in "ABCD"}
    theirs = world.sheet(file_id)["tabs"][0]["title"]
    told = {"person": HOA, "tab": theirs, "cells": much}
    assert world.http.post(f"/sandbox/sheets/{file_id}/cells", json=told).status_code == 200
    monkeypatch.setattr(google_client, "LARGEST_ANSWER", 200_000)
    reading = world.read(file_id)
    forms.annotate(file_id, FormNotes(status=Text("forms.yes")), reading, untick=False)
    assert reading.filled.answers == (Answer("can_bo", 40),)
    assert world.cells(file_id)[f"B{world.row_of(file_id, 'status')}"] == "Có"


def test_a_spreadsheet_with_far_more_in_it_than_a_form_is_not_taken_into_memory(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_id = world.issue()
    monkeypatch.setattr(google_client, "LARGEST_ANSWER", 10_000)
    assert refusal(world, file_id) == ("too_large", False)


def test_a_deleted_form_is_told_and_not_tried_again(world: World) -> None:
    file_id = world.issue()
    world.http.delete(f"/sandbox/sheets/{file_id}", params={"forever": "true"})
    assert refusal(world, file_id) == ("deleted", False)


def test_a_form_that_the_account_may_no_longer_see_is_told_and_not_tried_again(world: World) -> None:
    issued = world.forms("email").issue(order_of(regulation(), share_with=(HOA,)))
    stranger = authorized_user(world.sandbox.store, world.sandbox.url, "la@example.vn", SCOPES)
    world.credentials[0].write_text(json.dumps(stranger), encoding="utf-8")
    assert refusal(world, issued.file_id) == ("forbidden", False)


def test_a_used_up_quota_is_waited_for(world: World) -> None:
    file_id = world.issue()
    world.fault(service="sheets", method="*", status=429, times=2)
    assert problems(world.read(file_id)) == []
    assert world.sandbox.clock.now() == MORNING + timedelta(seconds=2 + 4)


def test_a_minute_of_more_reads_than_the_quota_is_passed_by_waiting_before_google_refuses(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    world.answer(file_id, can_bo=40)
    with requests_made() as made:
        for _ in range(70):
            forms.read(file_id, KEY, regulation(), "so")
    assert made == {"read sheet": 70}
    assert world.sandbox.clock.now() > MORNING + timedelta(minutes=1)


@pytest.mark.parametrize("fault", [{"status": 503}, {"effect": "lose"}, {"status": 429}])
def test_trouble_that_does_not_end_is_told_after_three_attempts(world: World, fault: Mapping[str, object]) -> None:
    file_id = world.issue()
    world.fault(service="sheets", times=3, **fault)
    assert refusal(world, file_id) == ("quota" if fault == {"status": 429} else "unavailable", True)
    assert world.sandbox.clock.now() == MORNING + timedelta(seconds=2 + 4)


def test_a_service_that_stays_silent_is_given_up_and_asked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file_id = world.issue()
    monkeypatch.setattr(google_client, "TIMEOUTS", (5, 0.3))
    world.fault(service="sheets", method="spreadsheets.getByDataFilter", effect="hang")
    assert problems(world.read(file_id)) == []
    assert world.sandbox.clock.now() == MORNING + timedelta(seconds=2)


def test_an_account_that_google_does_not_know_is_told_so(world: World) -> None:
    granted = authorized_user(world.sandbox.store, world.sandbox.url, HOA, SCOPES)
    world.credentials[0].write_text(json.dumps(granted | {"refresh_token": "1//thu"}), encoding="utf-8")
    assert refusal(world, "1x") == ("credentials", False)


def test_a_server_that_does_not_answer_the_door_is_unavailable(world: World) -> None:
    clock = world.sandbox.clock
    forms = connect(world.credentials, "http://127.0.0.1:9", world.folder, "link", clock.now, clock.advance)
    with pytest.raises(FormError) as caught:
        forms.lock("1x")
    assert (caught.value.reason, caught.value.retry) == ("unavailable", True)


class _Proxy(BaseHTTPRequestHandler):
    """Gives every request the same answer, such as the page of a proxy where people have to sign in first."""

    status, content = 200, b""

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("content-length", str(len(self.content)))
        self.end_headers()
        self.wfile.write(self.content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


@pytest.mark.parametrize("content", [b"<html>Sign in</html>", b'{"error": "proxy"}', b"[1]", b"\xff\x00", b""])
@pytest.mark.parametrize("status", [200, 403])
def test_an_answer_that_is_not_googles_is_unavailable(world: World, content: bytes, status: int) -> None:
    handler = type("Handler", (_Proxy,), {"status": status, "content": content})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        client = world.client(base_url=f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(FormError) as caught:
            client.ask("get", "https://sheets.googleapis.com/v4/spreadsheets/1x")
        server.shutdown()
    assert (caught.value.reason, caught.value.retry) == ("unavailable", True)


def test_a_token_service_in_trouble_is_tried_again_and_a_refused_key_is_not() -> None:
    troubled = RefreshError("thu", retryable=True)  # type: ignore[no-untyped-call] # google-auth's
    refused = RefreshError("thu")  # type: ignore[no-untyped-call] # google-auth's
    assert [(error.reason, error.retry) for error in map(_no_token, (troubled, refused))] == [
        ("unavailable", True),
        ("credentials", False),
    ]


def test_nobody_but_the_given_address_is_spoken_to(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "urllib3.connectionpool"):
        world.issue()
    opened = {record.getMessage().split()[-1] for record in caplog.records if "Starting new" in record.msg}
    assert opened == {f"127.0.0.1:{world.http.base_url.port}"}
