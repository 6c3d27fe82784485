"""What Drive's listings tell of forms and folders."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from campaign.ports import ChangedForm, FolderFile
from forms.google import drive, rights
from tests.forms.samples import order_of, regulation
from tests.forms.world import MORNING, World, requests_made, with_accounts

HOUR = timedelta(hours=1)


def test_only_our_forms_changed_since_are_listed_the_oldest_change_first(world: World) -> None:
    forms = world.forms()
    first, second = (forms.issue(order_of(regulation(), key=key)).file_id for key in ("a", "b"))
    world.sandbox.clock.set(MORNING + HOUR)
    world.answer(second, can_bo=40)
    world.sandbox.clock.set(MORNING + 2 * HOUR)
    world.answer(first, can_bo=50)
    assert [(each.file_id, (each.at - MORNING) / HOUR) for each in forms.changes(None).forms] == [
        (second, 1),
        (first, 2),
    ]
    assert forms.changes(MORNING + 2 * HOUR).forms == (ChangedForm(first, MORNING + 2 * HOUR),)


def test_files_that_people_put_into_a_folder_come_with_their_hash(world: World) -> None:
    forms = world.forms()
    issued = forms.issue(order_of(regulation()))
    world.sandbox.clock.set(MORNING + HOUR)
    file_id = world.put(issued.folder_id, "1.1a Báo cáo.pdf", b"%PDF-1.7")
    found = FolderFile(file_id, issued.folder_id, "1.1a Báo cáo.pdf", sha256(b"%PDF-1.7").hexdigest(), MORNING + HOUR)
    assert forms.changes(MORNING + HOUR).files == (found,)
    assert forms.changes(None).files == (found,)
    assert forms.changes(MORNING + 2 * HOUR).files == ()


def test_a_file_with_other_bytes_is_listed_again(world: World) -> None:
    forms = world.forms()
    issued = forms.issue(order_of(regulation()))
    file_id = world.put(issued.folder_id, "a.pdf", b"cu")
    world.sandbox.clock.set(MORNING + HOUR)
    address = f"/sandbox/folders/{issued.folder_id}/files/{file_id}/content"
    assert world.http.post(address, files={"file": ("a.pdf", b"moi")}).status_code == 200
    (found,) = forms.changes(MORNING + HOUR).files
    assert (found.sha256, found.at) == (sha256(b"moi").hexdigest(), MORNING + HOUR)


def test_a_file_in_the_bin_is_listed_as_gone_however_long_it_has_lain_there(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    file_id = world.put(issued.folder_id, "a.pdf", b"a")
    world.http.delete(f"/sandbox/folders/{issued.folder_id}/files/{file_id}")
    gone = FolderFile(file_id, issued.folder_id, "a.pdf", sha256(b"a").hexdigest(), MORNING, gone=True)
    assert world.forms().changes(MORNING + HOUR).files == (gone,)
    assert world.forms().folder_files(issued.folder_id) == (gone,)


def test_a_google_document_in_a_folder_is_a_file_without_a_hash(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    file_id = world.made("1.1a Bảng kê", drive.SPREADSHEET, issued.folder_id)
    found = FolderFile(file_id, issued.folder_id, "1.1a Bảng kê", "", MORNING)
    assert world.forms().changes(None).files == (found,)
    assert world.forms().folder_files(issued.folder_id) == (found,)


def test_a_file_in_a_folder_of_the_units_own_is_taken_as_in_the_units_folder(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    inner = world.made("Năm 2026", drive.FOLDER, issued.folder_id)
    file_id = world.put(inner, "1.1a.pdf", b"a")
    found = FolderFile(file_id, issued.folder_id, "1.1a.pdf", sha256(b"a").hexdigest(), MORNING)
    assert world.forms().changes(None).files == (found,)
    assert world.forms().folder_files(issued.folder_id) == (found,)


def test_a_file_that_was_moved_into_a_folder_is_in_it_though_no_time_of_it_tells(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    elsewhere = world.forms().issue(order_of(regulation(), key="khac")).folder_id
    file_id = world.put(elsewhere, "1.1a.pdf", b"a")
    world.sandbox.clock.set(MORNING + HOUR)
    world.move(file_id, elsewhere, issued.folder_id)
    assert world.forms().changes(MORNING + HOUR).files == ()
    assert [each.file_id for each in world.forms().folder_files(issued.folder_id)] == [file_id]
    world.move(file_id, issued.folder_id, elsewhere)
    assert world.forms().folder_files(issued.folder_id) == ()


def test_a_folder_takes_one_list_and_a_second_one_where_there_are_folders_in_it(world: World) -> None:
    issued, forms = world.forms().issue(order_of(regulation())), world.forms()
    with requests_made() as made:
        forms.folder_files(issued.folder_id)
    assert made == {"GET file": 1, "list": 1}
    world.made("a", drive.FOLDER, issued.folder_id)
    world.made("b", drive.FOLDER, issued.folder_id)
    with requests_made() as made:
        forms.folder_files(issued.folder_id)
    assert made == {"GET file": 1, "list": 2}


def test_forms_and_folders_are_no_files_of_people(world: World) -> None:
    world.issue()
    assert world.forms().changes(None).files == ()


def test_a_list_of_several_pages_is_read_to_its_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = world.forms()
    issued = [forms.issue(order_of(regulation(), key=key)) for key in ("a", "b", "c")]
    files = [world.put(each.folder_id, "a.pdf", b"a") for each in issued]
    monkeypatch.setattr(drive, "_FILES_A_PAGE", 1)
    with requests_made() as made:
        changes = forms.changes(None)
    assert sorted(each.file_id for each in changes.forms) == sorted(each.file_id for each in issued)
    assert sorted(each.file_id for each in changes.files) == sorted(files)
    assert made == {"GET file": 1, "list": 6 + 1}


def test_what_fits_a_page_takes_one_list_and_a_second_one_where_there_are_files(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    with requests_made() as made:
        world.forms().changes(MORNING)
    assert made == {"GET file": 1, "list": 1}
    world.put(issued.folder_id, "a.pdf", b"a")
    with requests_made() as made:
        world.forms().changes(MORNING)
    assert made == {"GET file": 1, "list": 2}


def test_only_our_forms_in_the_bin_are_listed_as_such(world: World) -> None:
    file_id = world.issue()
    assert world.forms().changes(None).in_bin == frozenset()
    world.http.delete(f"/sandbox/sheets/{file_id}")
    changes = world.forms().changes(None)
    assert (changes.forms, changes.in_bin) == ((), frozenset({file_id}))


def test_every_account_sees_what_another_one_made(world: World) -> None:
    files, addresses = with_accounts(world, 2)
    for address in addresses:
        rights.share(world.client(), world.home, "email", (address,))
    alone = [replace(world, credentials=(file,)) for file in files]
    issued = alone[0].forms().issue(order_of(regulation()))
    evidence = world.put(issued.folder_id, "a.pdf", b"a")
    seen = alone[1].forms().changes(None)
    assert [each.file_id for each in seen.forms] == [issued.file_id]
    assert [each.file_id for each in seen.files] == [evidence]
    assert alone[1].forms().issue(order_of(regulation())) == replace(issued, at=None)


def test_a_key_with_quotes_in_it_is_found_again(world: World) -> None:
    order = order_of(regulation(), key="mau-2026:so 'thử' \\ 1")
    assert replace(world.forms().issue(order), at=None) == world.forms().issue(order)
    assert len(world.files()) == 1
