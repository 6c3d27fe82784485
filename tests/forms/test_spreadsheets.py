import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from google.auth.exceptions import RefreshError

from campaign.ports import ChangedForm, FormError, FormReading, IssuedForm
from forms.google import connect, drive
from forms.google.client import Client, _no_token
from forms.google.credentials import SCOPES, load_credentials
from sandbox.google import authorized_user, personal_folder
from scoring import Answer, AnswerStatus
from tests.forms.samples import order_of, regulation
from tests.forms.world import ACCOUNT, MORNING, World
from words import Place

HOA = "hoa@example.vn"


def refusal(world: World, file_id: str) -> tuple[str, bool]:
    """Reading fails; why, and whether repeating can help."""
    with pytest.raises(FormError) as caught:
        world.forms().read(file_id, regulation(), "so")
    return caught.value.reason, caught.value.retry


def shared(world: World, file_id: str) -> list[tuple[str, str]]:
    """Who may do what with the file itself; the account of the forms left out."""
    seen = world.sheet(file_id)["shared"]
    people = {(each.get("emailAddress", each["type"]), each["role"]) for each in seen}
    return sorted(people - {(ACCOUNT, "fileOrganizer")})


def test_what_people_type_into_an_issued_form_is_read_as_answers(world: World) -> None:
    file_id = world.issue()
    world.answer(
        file_id, can_bo=40, may_tinh="38", tuong_lua="Có", bao_cao="Gửi chậm", kinh_phi="1.234,5", chi=8.123456
    )
    world.type(
        file_id,
        {
            f"H{world.row_of(file_id, 'question:may_tinh')}": "=12/BC-STT ngày 05/01/2026",
            f"J{world.row_of(file_id, 'node:tap')}": "Không áp dụng",
            f"K{world.row_of(file_id, 'node:tap')}": "Không có nhiệm vụ",
        },
    )
    reading = world.forms().read(file_id, regulation(), "so")
    assert reading == FormReading(
        (
            Answer("can_bo", 40),
            Answer("may_tinh", 38, evidence="=12/BC-STT ngày 05/01/2026"),
            Answer("tuong_lua", value=True),
            Answer("bao_cao", "cham"),
            Answer("kinh_phi", Decimal("1234.5")),
            Answer("chi", Decimal("8.123456")),
            Answer("tap", status=AnswerStatus.NOT_APPLICABLE, reason="Không có nhiệm vụ"),
        ),
        (),
    )


def test_an_issued_form_is_where_its_address_says_and_shows_the_unit_its_form(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    sheet = world.sheet(issued.file_id)
    assert issued == IssuedForm(sheet["id"], sheet["url"])
    assert sheet["name"] == "Sở Thử nghiệm – Đánh giá năm 2026"
    assert (sheet["locale"], sheet["tabs"][0]["frozen_rows"]) == ("vi_VN", 6)
    assert (sheet["tabs"][0]["hidden_columns"], sheet["tabs"][0]["hidden_rows"]) == (["A", "L", "M"], [1])


def test_only_the_input_cells_can_be_typed_into(world: World) -> None:
    file_id = world.issue()
    cells = world.sheet(file_id)["tabs"][0]["cells"]
    editable = [name for name, cell in cells.items() if cell["editable"]]
    assert editable == [
        *["F13", "J15", "K15", "F16", "H16", "J17", "K17", "F18", "H18", "J20", "K20", "F21", "J22", "K22", "F23"],
        *["J24", "K24", "F25", "F26"],
    ]
    world.type(file_id, {"I29": 100}, status=403)


def test_text_in_a_number_cell_arrives_and_a_choice_outside_the_list_does_not(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo="mười hai")
    world.type(file_id, {f"F{world.row_of(file_id, 'question:bao_cao')}": "Có gửi"}, status=422)
    reading = world.forms().read(file_id, regulation(), "so")
    assert [(problem.code, str(problem.where)) for problem in reading.problems] == [
        ("scoring.value.not_a_number", "Phiếu!F13")
    ]


def test_a_number_that_the_service_would_take_for_a_date_or_a_share_arrives_as_it_was_typed(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo="1.5", may_tinh="85%")
    reading = world.forms().read(file_id, regulation(), "so")
    assert [(problem.code, str(problem.where)) for problem in reading.problems] == [
        ("scoring.value.ambiguous_number", "Phiếu!F13"),
        ("scoring.value.not_a_number", f"Phiếu!F{world.row_of(file_id, 'question:may_tinh')}"),
    ]
    assert reading.answers == ()


def test_a_unit_whose_name_looks_like_a_formula_keeps_its_name(world: World) -> None:
    issued = world.forms().issue(order_of(regulation(), unit_name='=HYPERLINK("http://example.vn")'))
    assert world.cells(issued.file_id)["B3"] == 'Đơn vị: =HYPERLINK("http://example.vn") (Các sở)'


def test_inserted_and_sorted_rows_are_read_where_they_are_now(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=40, may_tinh=38, chi="nhiều")
    world.rows(file_id, insert_before=14, count=3)
    world.rows(file_id, sort={"range": "A13:K32", "column": "C", "descending": True})
    reading = world.forms().read(file_id, regulation(), "so")
    assert reading.answers == (Answer("can_bo", 40), Answer("may_tinh", 38))
    assert [problem.where.cell for problem in reading.problems] == [f"F{world.row_of(file_id, 'question:chi')}"]


def test_a_renamed_tab_is_found_by_its_number(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo="nhiều")
    answer = world.http.post(f"/sandbox/sheets/{file_id}/tabs", json={"title": "Phiếu 'mới'"})
    assert answer.status_code == 200
    reading = world.forms().read(file_id, regulation(), "so")
    assert [str(problem.where) for problem in reading.problems] == ["Phiếu 'mới'!F13"]


def test_a_form_whose_tab_was_deleted_is_a_problem(world: World) -> None:
    file_id = world.issue()
    client = Client(load_credentials(world.credentials), world.base_url)
    client.batch_update(file_id, {"requests": [{"addSheet": {}}, {"deleteSheet": {"sheetId": 0}}]})
    reading = world.forms().read(file_id, regulation(), "so")
    assert [(problem.code, problem.where) for problem in reading.problems] == [("forms.tab_lost", Place())]


def test_issuing_again_gives_the_same_file_and_keeps_what_was_typed(world: World) -> None:
    first = world.forms().issue(order_of(regulation()))
    world.answer(first.file_id, can_bo=40)
    assert world.forms().issue(order_of(regulation())) == first
    assert world.cells(first.file_id)["F13"] == "40"
    assert len(world.files()) == 1


@pytest.mark.parametrize(
    ("service", "method"),
    [
        ("drive", "files.create"),
        ("sheets", "spreadsheets.get"),
        ("sheets", "spreadsheets.batchUpdate"),
        ("drive", "permissions.create"),
    ],
)
def test_an_answer_lost_on_the_way_makes_no_second_file(world: World, service: str, method: str) -> None:
    world.fault(service=service, method=method, effect="lose")
    file_id = world.issue()
    assert [file["id"] for file in world.files()] == [file_id]
    assert shared(world, file_id) == [("anyone", "writer")]
    tab = world.sheet(file_id)["tabs"][0]
    assert (len(tab["protected"]), tab["rows"]) == (1, 32)


def test_a_form_that_cannot_be_filled_is_not_shared(world: World) -> None:
    world.fault(service="sheets", method="spreadsheets.batchUpdate", status=403, times=6)
    with pytest.raises(FormError):
        world.issue()
    (file,) = world.files()
    assert shared(world, file["id"]) == []


def test_two_units_have_two_files(world: World) -> None:
    forms = world.forms()
    issued = {forms.issue(order_of(regulation(), key=f"mau-2026:{unit}'s")).file_id for unit in ("a", "b")}
    assert len(issued) == 2


def test_sharing_by_address_lets_only_those_write(world: World) -> None:
    order = order_of(regulation(), share_with=("an@example.vn", "binh@example.vn"))
    issued = world.forms("email").issue(order)
    assert shared(world, issued.file_id) == [("an@example.vn", "writer"), ("binh@example.vn", "writer")]


def test_sharing_by_address_without_an_address_is_refused(world: World) -> None:
    with pytest.raises(FormError, match="no e-mail address"):
        world.forms("email").issue(order_of(regulation()))


def test_a_locked_form_can_be_read_but_no_longer_written_and_locking_again_is_harmless(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=40)
    world.forms().lock(file_id)
    world.forms().lock(file_id)
    world.type(file_id, {"F13": 41}, status=403)
    assert world.forms().read(file_id, regulation(), "so").answers == (Answer("can_bo", 40),)
    assert shared(world, file_id) == [("anyone", "reader")]


def test_only_our_forms_changed_since_are_listed_the_oldest_change_first(world: World) -> None:
    forms = world.forms()
    first, second = (forms.issue(order_of(regulation(), key=key)).file_id for key in ("a", "b"))
    world.sandbox.clock.set(MORNING + timedelta(hours=1))
    world.answer(second, can_bo=40)
    world.sandbox.clock.set(MORNING + timedelta(hours=2))
    world.answer(first, can_bo=50)
    hours = {file.file_id: (file.at - MORNING) / timedelta(hours=1) for file in forms.changed(None)}
    assert list(hours.items()) == [(second, 1.0), (first, 2.0)]
    assert forms.changed(MORNING + timedelta(hours=2)) == [ChangedForm(first, MORNING + timedelta(hours=2))]


def test_a_list_of_several_pages_is_read_to_its_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = world.forms()
    issued = [forms.issue(order_of(regulation(), key=key)).file_id for key in ("a", "b", "c")]
    monkeypatch.setattr(drive, "_FILES_A_PAGE", 1)
    assert sorted(file.file_id for file in forms.changed(None)) == sorted(issued)


def test_a_form_in_the_bin_is_not_listed_and_is_issued_anew(world: World) -> None:
    file_id = world.issue()
    world.http.delete(f"/sandbox/sheets/{file_id}")
    assert world.forms().changed(None) == []
    assert world.issue() != file_id


def test_only_our_forms_in_the_bin_are_listed_as_such(world: World) -> None:
    file_id = world.issue()
    assert world.forms().in_bin() == []
    world.http.delete(f"/sandbox/sheets/{file_id}")
    assert world.forms().in_bin() == [file_id]


def test_a_deleted_form_is_told_and_not_tried_again(world: World) -> None:
    file_id = world.issue()
    world.http.delete(f"/sandbox/sheets/{file_id}", params={"forever": "true"})
    assert refusal(world, file_id) == ("deleted", False)


def test_a_used_up_quota_is_waited_for(world: World) -> None:
    waited: list[float] = []
    file_id = world.issue()
    world.fault(service="sheets", method="*", status=429, times=3)
    reading = world.forms(sleep=waited.append).read(file_id, regulation(), "so")
    assert (reading, waited) == (FormReading((), ()), [2, 4, 8])


def test_sixty_reads_a_minute_are_passed_by_waiting(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    for _ in range(70):
        forms.read(file_id, regulation(), "so")
    assert world.sandbox.clock.now() > MORNING


@pytest.mark.parametrize("fault", [{"status": 503}, {"effect": "lose"}, {"status": 429}])
def test_trouble_that_does_not_end_is_told_after_a_minute(world: World, fault: Mapping[str, object]) -> None:
    file_id = world.issue()
    world.fault(service="sheets", times=6, **fault)
    assert refusal(world, file_id) == ("quota" if fault == {"status": 429} else "unavailable", True)
    assert world.sandbox.clock.now() == MORNING + timedelta(seconds=62)


def in_a_folder_of_hoa(world: World) -> tuple[World, World]:
    """A folder in a person's own drive, shared with the service account: seen by the person, and by the account."""
    folder = personal_folder(world.sandbox.store, MORNING, "Của tôi", HOA)
    file = world.credentials.with_name("hoa.json")
    granted = authorized_user(world.sandbox.store, world.sandbox.url, HOA, SCOPES)
    file.write_text(json.dumps(granted), encoding="utf-8")
    drive.share(Client(load_credentials(file), world.base_url), folder, "email", (ACCOUNT,))
    return replace(world, credentials=file, folder=folder), replace(world, folder=folder)


def test_a_person_can_own_the_forms(world: World) -> None:
    of_hoa, _ = in_a_folder_of_hoa(world)
    file_id = of_hoa.issue()
    of_hoa.forms().lock(file_id)
    assert shared(world, file_id) == [("anyone", "reader"), (HOA, "owner"), (ACCOUNT, "writer")]


def test_a_service_account_without_storage_is_told_so_and_not_tried_again(world: World) -> None:
    _, of_the_account = in_a_folder_of_hoa(world)
    with pytest.raises(FormError) as caught:
        of_the_account.issue()
    assert (caught.value.reason, caught.value.retry) == ("storage", False)


def test_an_account_that_google_does_not_know_is_told_so(world: World) -> None:
    granted = authorized_user(world.sandbox.store, world.sandbox.url, HOA, SCOPES)
    world.credentials.write_text(json.dumps(granted | {"refresh_token": "1//thu"}), encoding="utf-8")
    assert refusal(world, "1x") == ("credentials", False)


def test_a_server_that_does_not_answer_the_door_is_unavailable(world: World) -> None:
    with pytest.raises(FormError) as caught:
        connect(world.credentials, "http://127.0.0.1:9", world.folder, "link", world.sleep).lock("1x")
    assert (caught.value.reason, caught.value.retry) == ("unavailable", True)


def test_a_token_service_in_trouble_is_tried_again_and_a_refused_key_is_not() -> None:
    troubled = RefreshError("thu", retryable=True)  # type: ignore[no-untyped-call] # google-auth's
    refused = RefreshError("thu")  # type: ignore[no-untyped-call] # google-auth's
    assert [(error.reason, error.retry) for error in map(_no_token, (troubled, refused))] == [
        ("unavailable", True),
        ("credentials", False),
    ]


def test_nobody_but_the_given_address_is_spoken_to(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", "urllib3.connectionpool"):
        world.issue()
    opened = {record.getMessage().split()[-1] for record in caplog.records if "Starting new" in record.msg}
    assert opened == {f"127.0.0.1:{world.http.base_url.port}"}
