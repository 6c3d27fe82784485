"""Making forms: the folder, the sheet, what is drawn in it, and the same again after every crash."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.ports import FormError, IssuedForm
from forms.google import connect, drive, rights
from forms.google.client import Client
from sandbox.google import authorized_user, personal_folder
from tests.forms.samples import order_of, regulation
from tests.forms.world import ACCOUNT, KEY, MORNING, World, requests_made, with_accounts

HOA = "hoa@example.vn"
SCOPES = ("https://www.googleapis.com/auth/drive",)


def shared(world: World, file_id: str) -> list[tuple[str, str]]:
    """Who may do what with the file, what they own or was set on it first; the account of the forms left out."""
    seen = [each for each in world.sheet(file_id)["shared"] if not ours(each)]
    return sorted({each.get("emailAddress", each["type"]): each["role"] for each in reversed(seen)}.items())


def ours(permission: dict[str, str]) -> bool:
    return permission.get("emailAddress") == ACCOUNT


def shown(tab: Any) -> dict[str, str]:  # noqa: ANN401 - any JSON value
    return {name: cell["shown"] for name, cell in tab["cells"].items() if cell["shown"]}


def test_a_form_takes_one_write_and_six_requests_of_drive(world: World) -> None:
    forms = world.forms()
    with requests_made() as made:
        forms.issue(order_of(regulation()))
    assert made == {"list": 3, "make": 2, "POST sheet": 1, "POST permission": 1}


def test_a_unit_gets_a_folder_with_its_sheet_in_it_shared_by_the_folder(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    sheet, folder = world.sheet(issued.file_id), world.folder_of(issued.folder_id)
    assert issued == IssuedForm(sheet["id"], sheet["url"], folder["id"], folder["url"], at=MORNING)
    assert [file["id"] for file in folder["files"]] == [issued.file_id]
    assert (sheet["name"], folder["name"]) == ("Sở Thử nghiệm – Đánh giá năm 2026",) * 2
    assert shared(world, issued.file_id) == [("anyone", "writer")]
    assert {(each["type"], each["role"]) for each in folder["shared"] if not ours(each)} == {("anyone", "writer")}


def test_the_form_is_two_tabs_drawn_for_vietnam(world: World) -> None:
    sheet = world.sheet(world.issue())
    assert sheet["locale"] == "vi_VN"
    drawn = [(tab["id"], tab["title"], tab["hidden_columns"], tab["hidden_rows"]) for tab in sheet["tabs"]]
    assert drawn == [
        (2310, "Phiếu", ["A", "M", "N", "O", "P", "Q", "R"], [1]),
        (2311, "Tài liệu kiểm chứng", ["A"], [1]),
    ]
    assert [shown(tab)["A1"] for tab in sheet["tabs"]] == ["xephang", "xephang_documents"]


def test_only_what_a_unit_fills_in_can_be_typed_into(world: World) -> None:
    file_id = world.issue()
    form, documents = world.sheet(file_id)["tabs"]
    row = world.row_of(file_id, "question:may_tinh")
    open_cells = {name for name, cell in form["cells"].items() if cell["editable"]}
    assert {f"F{row}", f"H{row}"} <= open_cells
    assert not {f"{column}{row}" for column in "ABCDEGILMNOPQ"} & open_cells
    assert {name[0] for name, cell in documents["cells"].items() if cell["editable"]} == set("BCDEF")
    world.type(file_id, {f"L{row}": "đã sửa"}, status=403)


def test_the_box_is_a_box_and_hints_are_shown_with_the_cells(world: World) -> None:
    file_id = world.issue()
    cells = world.sheet(file_id)["tabs"][0]["cells"]
    box = cells[f"F{world.row_of(file_id, 'submit')}"]
    assert (box["value"], box["rule"]["type"], box["rule"]["strict"]) == (False, "BOOLEAN", True)
    cited = cells[f"H{world.row_of(file_id, 'question:may_tinh')}"]["rule"]
    assert (cited["type"], cited["values"], cited["strict"]) == ("CUSTOM_FORMULA", ["=TRUE"], False)
    assert cited["message"]


def test_a_unit_whose_name_looks_like_a_formula_keeps_its_name(world: World) -> None:
    issued = world.forms().issue(order_of(regulation(), unit_name='=HYPERLINK("http://example.vn")'))
    row = world.row_of(issued.file_id, "deadline")
    assert world.cells(issued.file_id)[f"B{row}"] == 'Đơn vị: =HYPERLINK("http://example.vn") (Các sở)'


def test_issuing_again_gives_the_same_file_and_keeps_what_was_typed(world: World) -> None:
    first = world.forms().issue(order_of(regulation()))
    world.answer(first.file_id, can_bo=40)
    assert world.forms().issue(order_of(regulation())) == replace(first, at=None)
    assert world.cells(first.file_id)[f"F{world.row_of(first.file_id, 'question:can_bo')}"] == "40"
    assert len(world.files()) == 1


@pytest.mark.parametrize("what", [drive.FOLDER, drive.SPREADSHEET])
def test_two_processes_at_the_same_time_make_one_folder_and_one_sheet(
    world: World, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Both have looked and found nothing when the first of them makes its own."""
    real, order = drive.create, order_of(regulation())
    others: list[str] = []

    def create(client: Client, mime_type: str, key: str, name: str, parent: str) -> drive.Item:
        if mime_type == what and not others:
            others.append("is at work")
            others.append(world.forms().issue(order).file_id)
            world.sandbox.clock.advance(1)
        return real(client, mime_type, key, name, parent)

    monkeypatch.setattr(drive, "create", create)
    issued = world.forms().issue(order)
    assert [file["id"] for file in world.files()] == [issued.file_id]
    assert folders(world) == [issued.folder_id]
    assert others == ["is at work", issued.file_id]


class Killed(Exception):  # noqa: N818 - no error, the end
    """The process ended."""


def die(_seconds: float) -> None:
    """Instead of waiting before the next attempt."""
    raise Killed


@pytest.mark.parametrize("effect", ["lose", "refuse"])
@pytest.mark.parametrize(
    ("service", "method", "has_folder"),
    [
        ("drive", "files.list", False),
        ("drive", "files.create", False),
        ("drive", "files.create", True),
        ("sheets", "spreadsheets.batchUpdate", False),
        ("drive", "permissions.create", False),
    ],
)
def test_a_crash_at_any_request_leaves_neither_orphans_nor_doubles(
    world: World,
    service: str,
    method: str,
    has_folder: bool,  # noqa: FBT001 - pytest gives it by name
    effect: str,
) -> None:
    """The request is done and its answer lost, or it is not even done; then the process ends."""
    if has_folder:
        drive.create(world.client(), drive.FOLDER, KEY, "Sở Thử nghiệm – Đánh giá năm 2026", world.home)
    world.fault(service=service, method=method, effect=effect, status=503)
    clock = world.sandbox.clock
    with pytest.raises(Killed):
        connect(world.credentials, world.base_url, world.home, "link", clock.now, die).issue(order_of(regulation()))
    issued = world.forms().issue(order_of(regulation()))
    assert [file["id"] for file in world.files()] == [issued.file_id]
    assert folders(world) == [issued.folder_id]
    assert shared(world, issued.file_id) == [("anyone", "writer")]
    assert [len(tab["protected"]) for tab in world.sheet(issued.file_id)["tabs"]] == [1, 1]


def folders(world: World) -> list[str]:
    inside = world.folder_of(world.home)["files"]
    return [each["id"] for each in inside if each["mimeType"] == drive.FOLDER and not each["trashed"]]


@pytest.mark.parametrize(
    ("service", "method"),
    [
        ("drive", "files.list"),
        ("drive", "files.create"),
        ("sheets", "spreadsheets.batchUpdate"),
        ("drive", "permissions.create"),
    ],
)
def test_an_answer_lost_on_the_way_is_made_up_for_at_once(world: World, service: str, method: str) -> None:
    world.fault(service=service, method=method, effect="lose")
    file_id = world.issue()
    assert [file["id"] for file in world.files()] == [file_id]
    assert len(folders(world)) == 1
    assert shared(world, file_id) == [("anyone", "writer")]


def test_a_form_that_cannot_be_filled_is_not_shared(world: World) -> None:
    world.fault(service="sheets", method="spreadsheets.batchUpdate", status=403, times=6)
    with pytest.raises(FormError):
        world.issue()
    (file,) = world.files()
    assert shared(world, file["id"]) == []


def test_two_units_have_two_folders(world: World) -> None:
    forms = world.forms()
    issued = [forms.issue(order_of(regulation(), key=f"mau-2026:{unit}'s")) for unit in ("a", "b")]
    assert len({each.file_id for each in issued}) == len({each.folder_id for each in issued}) == 2


def test_a_form_in_the_bin_is_issued_anew(world: World) -> None:
    file_id = world.issue()
    world.http.delete(f"/sandbox/sheets/{file_id}")
    assert world.issue() != file_id
    assert len(folders(world)) == 1


def test_sharing_by_address_lets_only_those_write(world: World) -> None:
    order = order_of(regulation(), share_with=("an@example.vn", "binh@example.vn"))
    issued = world.forms("email").issue(order)
    assert shared(world, issued.file_id) == [("an@example.vn", "writer"), ("binh@example.vn", "writer")]


def test_an_address_without_a_google_account_is_written_to_by_google_and_the_others_are_not(world: World) -> None:
    assert world.http.post("/sandbox/strangers", json={"email": "vanthu@so.example.vn"}).status_code == 200
    order = order_of(regulation(), share_with=("an@example.vn", "vanthu@so.example.vn"))
    with requests_made() as made:
        issued = world.forms("email").issue(order)
    assert shared(world, issued.file_id) == [("an@example.vn", "writer"), ("vanthu@so.example.vn", "writer")]
    assert made["POST permission"] == 3


def test_a_form_just_made_is_listed_with_no_later_change_than_its_issue(world: World) -> None:
    forms = connect(
        world.credentials,
        world.base_url,
        world.home,
        "link",
        Ticking(world).now,
        world.sandbox.clock.advance,
    )
    issued = forms.issue(order_of(regulation()))
    (listed,) = forms.changes(None).forms
    assert issued.at
    assert MORNING < listed.at <= issued.at


class Ticking:
    """The office's clock, a day behind that of the service, and both go on whenever anybody looks at it."""

    def __init__(self, world: World) -> None:
        self._clock = world.sandbox.clock

    def now(self) -> datetime:
        self._clock.advance(1)
        return self._clock.now() - timedelta(days=1)


def test_sharing_by_address_without_an_address_is_refused(world: World) -> None:
    with pytest.raises(FormError, match="no e-mail address"):
        world.forms("email").issue(order_of(regulation()))


def test_what_one_account_protects_another_may_annotate(world: World) -> None:
    files, addresses = with_accounts(world, 2)
    both = replace(world, credentials=files)
    for address in addresses:
        rights.share(world.client(), world.home, "email", (address,))
    file_id = both.issue()
    editors = {tuple(each["editors"]) for tab in world.sheet(file_id)["tabs"] for each in tab["protected"]}
    assert editors == {tuple(addresses)}


def of_hoa(world: World) -> Path:
    """The credentials file of a person."""
    file = world.credentials[0].with_name("hoa.json")
    file.write_text(json.dumps(authorized_user(world.sandbox.store, world.sandbox.url, HOA, SCOPES)), encoding="utf-8")
    return file


def test_a_person_can_own_the_forms(world: World) -> None:
    folder = personal_folder(world.sandbox.store, MORNING, "Của tôi", HOA)
    hers = replace(world, credentials=(of_hoa(world),), folder=folder)
    file_id = hers.issue()
    hers.forms().lock(file_id)
    assert shared(world, file_id) == [("anyone", "reader"), (HOA, "owner")]


def test_a_service_account_without_storage_is_told_so_and_not_tried_again(world: World) -> None:
    folder = personal_folder(world.sandbox.store, MORNING, "Của tôi", HOA)
    rights.share(world.client(of_hoa(world)), folder, "email", (ACCOUNT,))
    with pytest.raises(FormError) as caught:
        replace(world, folder=folder).issue()
    assert (caught.value.reason, caught.value.retry) == ("storage", False)


def test_without_a_folder_only_registered_sheets_can_be_used(world: World) -> None:
    with pytest.raises(FormError) as caught:
        replace(world, folder=None).issue()
    assert (caught.value.reason, caught.value.retry) == ("no_folder", False)


def sheet_of_hoa(world: World) -> str:
    """A spreadsheet that a person made, wrote into, and shared with the account."""
    hers = world.client(of_hoa(world))
    made = hers.ask("post", drive.FILES, {"fields": "id"}, {"name": "Sổ của Hoa", "mimeType": drive.SPREADSHEET})
    file_id = str(made["id"])
    world.http.post(
        f"/sandbox/sheets/{file_id}/cells", json={"person": HOA, "cells": {"A1": "Việc riêng", "B2": "=1+1"}}
    )
    rights.share(hers, file_id, "email", (ACCOUNT,))
    return file_id


def test_a_registered_sheet_keeps_its_own_tabs_and_gets_ours_behind_them(world: World) -> None:
    file_id = sheet_of_hoa(world)
    issued = world.forms().issue(order_of(regulation(), file_id=file_id))
    sheet = world.sheet(file_id)
    assert issued == IssuedForm(file_id, sheet["url"], at=MORNING)
    assert [tab["id"] for tab in sheet["tabs"]] == [0, 2310, 2311]
    assert shown(sheet["tabs"][0]) == {"A1": "Việc riêng", "B2": "2"}
    assert sheet["name"] == "Sổ của Hoa"
    assert world.forms().changes(None).forms[0].file_id == file_id
    assert shared(world, file_id) == [("anyone", "writer"), (HOA, "owner")]


def test_registering_again_adds_nothing(world: World) -> None:
    file_id = sheet_of_hoa(world)
    order = order_of(regulation(), file_id=file_id)
    first = world.forms().issue(order)
    with requests_made() as made:
        assert world.forms().issue(order) == replace(first, at=None)
    assert made == {"GET sheet": 1, "GET file": 1, "PATCH file": 1, "GET permission": 1}
    assert len(world.sheet(file_id)["tabs"]) == 3


def test_a_registered_sheet_with_last_years_form_in_it_is_not_written_over(world: World) -> None:
    file_id = sheet_of_hoa(world)
    world.forms().issue(order_of(regulation(), file_id=file_id, key="mau-2025/so-thu"))
    world.answer(file_id, can_bo=40)
    with pytest.raises(FormError) as caught:
        world.forms().issue(order_of(regulation(), file_id=file_id))
    assert (caught.value.reason, caught.value.detail) == ("taken", "the sheet holds the form mau-2025/so-thu")
    assert world.cells(file_id)[f"F{world.row_of(file_id, 'question:can_bo')}"] == "40"


@pytest.mark.parametrize(
    ("service", "method"),
    [
        ("sheets", "spreadsheets.get"),
        ("sheets", "spreadsheets.batchUpdate"),
        ("drive", "files.update"),
        ("drive", "permissions.list"),
        ("drive", "permissions.create"),
    ],
)
def test_registering_survives_a_lost_answer(world: World, service: str, method: str) -> None:
    file_id = sheet_of_hoa(world)
    world.fault(service=service, method=method, effect="lose")
    world.forms().issue(order_of(regulation(), file_id=file_id))
    assert [tab["id"] for tab in world.sheet(file_id)["tabs"]] == [0, 2310, 2311]
    assert shared(world, file_id) == [("anyone", "writer"), (HOA, "owner")]


def test_a_registered_sheet_that_people_shared_themselves_is_not_opened_to_anybody(world: World) -> None:
    file_id = sheet_of_hoa(world)
    rights.share(world.client(of_hoa(world)), file_id, "email", ("an@example.vn",))
    world.forms("link").issue(order_of(regulation(), file_id=file_id))
    assert shared(world, file_id) == [("an@example.vn", "writer"), (HOA, "owner")]


def test_a_registered_sheet_is_shared_with_the_addresses_that_cannot_write_yet(world: World) -> None:
    file_id = sheet_of_hoa(world)
    order = order_of(regulation(), file_id=file_id, share_with=(HOA, "An@example.vn"))
    world.forms("email").issue(order)
    world.forms("email").issue(order)
    assert shared(world, file_id) == [("An@example.vn", "writer"), (HOA, "owner")]


def test_that_nobody_of_the_unit_has_an_address_is_told_as_such(world: World) -> None:
    for order in (order_of(regulation()), order_of(regulation(), file_id=sheet_of_hoa(world))):
        with pytest.raises(FormError) as caught:
            world.forms("email").issue(order)
        assert (caught.value.reason, caught.value.retry) == ("no_address", False)


def test_a_tab_of_theirs_with_the_name_of_ours_keeps_it(world: World) -> None:
    file_id = sheet_of_hoa(world)
    world.http.post(f"/sandbox/sheets/{file_id}/tabs", json={"person": HOA, "title": "Phiếu"})
    world.forms().issue(order_of(regulation(), file_id=file_id))
    assert [tab["title"] for tab in world.sheet(file_id)["tabs"]] == ["Phiếu", "Phiếu (2)", "Tài liệu kiểm chứng"]


def test_a_registered_sheet_that_the_account_may_only_read_is_told(world: World) -> None:
    file_id = sheet_of_hoa(world)
    hers = world.client(of_hoa(world))
    for each in drive.permissions(hers, file_id):
        if each["role"] == "writer":
            rights.change(hers, file_id, each["id"], "reader")
    with pytest.raises(FormError) as caught:
        world.forms().issue(order_of(regulation(), file_id=file_id))
    assert (caught.value.reason, caught.value.retry) == ("forbidden", False)
