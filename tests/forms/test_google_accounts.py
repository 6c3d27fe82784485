"""Several accounts at work at the same time."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from gspread.urls import SPREADSHEET_URL

from campaign.ports import FormError, FormNotes, Pace
from forms.google import drive, rights
from forms.google.accounts import open_accounts
from sandbox.google import authorized_user
from tests.forms.samples import order_of, regulation
from tests.forms.test_google_issue import HOA, SCOPES
from tests.forms.world import ACCOUNT, KEY, MORNING, World, requests_made, with_accounts
from words import LANGUAGES, Text, say


def with_two(world: World) -> World:
    """Two accounts that may both work in the folder."""
    files, addresses = with_accounts(world, 2)
    for address in addresses:
        rights.share(world.client(), world.home, "email", (address,))
    return replace(world, credentials=files)


def test_two_accounts_may_make_twice_as_many_forms(world: World) -> None:
    assert with_two(world).forms().pace == Pace(forms_a_minute=100, at_once=2)


def test_two_threads_with_two_accounts_are_never_refused(world: World) -> None:
    """140 reads and as many writes: more than both accounts may make in a minute together."""
    both = with_two(world)
    file_id, forms = both.issue(), both.forms()
    world.answer(file_id, can_bo=40)

    def work(_: int) -> None:
        reading = forms.read(file_id, KEY, regulation(), "so")
        forms.annotate(file_id, FormNotes(), reading, untick=False)

    with requests_made() as made, ThreadPoolExecutor(2) as threads:
        list(threads.map(work, range(140)))
    assert made == {"read sheet": 140, "POST sheet": 140}
    assert MORNING + timedelta(seconds=60) < world.sandbox.clock.now() < MORNING + timedelta(minutes=4)


def test_six_threads_with_six_accounts_stay_within_the_quota_of_the_project(world: World) -> None:
    """420 reads, of which the six accounts could make 360 in the first minute, and their project 300."""
    files, addresses = with_accounts(world, 6)
    for address in addresses:
        rights.share(world.client(), world.home, "email", (address,))
    file_id, clock = world.issue(), world.sandbox.clock
    accounts = open_accounts(files, world.base_url, clock.now, clock.advance)

    def read(_: int) -> None:
        with accounts.lease() as client:
            client.ask("get", SPREADSHEET_URL % file_id, {"fields": "spreadsheetId"})

    with requests_made() as made, ThreadPoolExecutor(6) as threads:
        list(threads.map(read, range(420)))
    assert made == {"GET sheet": 420}


def test_forms_made_in_two_threads_each_have_one_folder_and_one_sheet(world: World) -> None:
    both = with_two(world)
    forms = both.forms()
    orders = [order_of(regulation(), key=f"mau-2026:{number}") for number in range(6)]
    with requests_made() as made, ThreadPoolExecutor(2) as threads:
        issued = list(threads.map(forms.issue, orders))
    assert len({each.file_id for each in issued}) == len({each.folder_id for each in issued}) == len(world.files()) == 6
    assert made == {"list": 18, "make": 12, "POST sheet": 6, "POST permission": 6}


def test_an_account_is_lent_to_one_thread_at_a_time(world: World) -> None:
    clock = world.sandbox.clock
    accounts = open_accounts(world.credentials, world.base_url, clock.now, clock.advance)
    is_waiting, has_it = Barrier(2), Event()

    def borrow() -> None:
        is_waiting.wait()
        with accounts.lease():
            has_it.set()

    with accounts.lease():
        Thread(target=borrow).start()
        is_waiting.wait()
        assert not has_it.wait(0.05)
    assert has_it.wait(5)


def test_the_account_that_is_free_soonest_is_lent_first(world: World) -> None:
    both, clock = with_two(world), world.sandbox.clock
    accounts = open_accounts(both.credentials, both.base_url, clock.now, clock.advance)
    with accounts.lease() as first:
        for _ in range(10):
            first._wait_for("get", "https://sheets.googleapis.com/v4/spreadsheets/1x")
    with accounts.lease() as second:
        assert second is not first


def test_an_account_that_google_refuses_is_left_alone_while_the_others_carry_on(world: World) -> None:
    both = with_two(world)
    file_id, forms = both.issue(), both.forms()
    refused = authorized_user(world.sandbox.store, world.sandbox.url, HOA, SCOPES) | {"refresh_token": "1//thu"}
    both.credentials[0].write_text(json.dumps(refused), encoding="utf-8")
    forms = both.forms()
    for _ in range(5):
        forms.read(file_id, KEY, regulation(), "so")
    assert world.sandbox.clock.now() <= MORNING + timedelta(seconds=2)


def test_where_google_refuses_every_account_that_is_told(world: World) -> None:
    both = with_two(world)
    refused = authorized_user(world.sandbox.store, world.sandbox.url, HOA, SCOPES) | {"refresh_token": "1//thu"}
    for file in both.credentials:
        file.write_text(json.dumps(refused), encoding="utf-8")
    with pytest.raises(FormError) as caught:
        both.read("1x")
    assert (caught.value.reason, caught.value.retry) == ("credentials", False)


def test_what_one_account_made_the_other_annotates_locks_and_unlocks(world: World) -> None:
    both = with_two(world)
    first, second = (replace(both, credentials=(file,)) for file in both.credentials)
    file_id = both.issue()
    for each in (first, second):
        forms = each.forms()
        forms.annotate(file_id, FormNotes(), forms.read(file_id, KEY, regulation(), "so"), untick=True)
    first.forms().lock(file_id)
    second.forms().unlock(file_id)
    roles = {each["type"]: each["role"] for each in world.sheet(file_id)["shared"]}
    assert roles["anyone"] == "writer"


def with_a_new_one(world: World) -> World:
    """The account that made the forms, and before it one that was added to the folder afterwards."""
    files, addresses = with_accounts(world, 1)
    rights.share(world.client(), world.home, "email", addresses)
    return replace(world, credentials=(*files, *world.credentials))


def editors(world: World, file_id: str) -> list[set[str]]:
    """Who may change what is protected, by tab."""
    return [set(each["editors"]) for tab in world.sheet(file_id)["tabs"] for each in tab["protected"]]


def test_an_account_added_after_the_forms_were_made_is_let_in_by_one_that_was_there(world: World) -> None:
    file_id = world.issue()
    rights.let_in(world.client(), file_id, ("can.bo@example.vn",))
    both = with_a_new_one(world)
    forms, new = both.forms(), replace(both, credentials=both.credentials[:1])
    reading = forms.read(file_id, KEY, regulation(), "so")
    with requests_made() as made:
        forms.annotate(file_id, FormNotes(status=Text("forms.yes")), reading, untick=False)
    assert made == {"POST sheet": 3, "GET sheet": 1}
    assert world.cells(file_id)[f"B{world.row_of(file_id, 'status')}"] == "Có"
    (address,) = with_accounts(world, 1)[1]
    assert editors(world, file_id) == [{ACCOUNT, address, "can.bo@example.vn"}] * 2
    with requests_made() as made:
        new.forms().annotate(file_id, FormNotes(), reading, untick=False)
    assert made == {"POST sheet": 1}


def test_where_every_account_is_kept_out_by_the_protection_that_is_told(world: World) -> None:
    file_id, both = world.issue(), with_a_new_one(world)
    forms = replace(both, credentials=both.credentials[:1]).forms()
    reading = forms.read(file_id, KEY, regulation(), "so")
    with requests_made() as made, pytest.raises(FormError) as caught:
        forms.annotate(file_id, FormNotes(), reading, untick=False)
    assert (caught.value.reason, caught.value.retry) == ("protected", False)
    assert all(";" in say(Text("campaign.trouble_protected"), language) for language in LANGUAGES)
    assert made == {"POST sheet": 1}
    forms.lock(file_id)
    forms.unlock(file_id)


def with_a_blind_one(world: World) -> World:
    """Two accounts, of which the second may not see the folder."""
    files, addresses = with_accounts(world, 2)
    rights.share(world.client(), world.home, "email", (addresses[0],))
    return replace(world, credentials=files)


def test_an_account_without_rights_loses_no_form(world: World) -> None:
    forms, order = with_a_blind_one(world).forms("email"), order_of(regulation(), share_with=("an@example.vn",))
    file_id = forms.issue(order).file_id
    for _ in range(4):
        reading = forms.read(file_id, KEY, regulation(), "so")
        forms.annotate(file_id, FormNotes(), reading, untick=True)
        forms.lock(file_id)
        forms.unlock(file_id)
    assert forms.issue(order).file_id == file_id


def test_an_account_without_rights_empties_no_listing(world: World) -> None:
    order = order_of(regulation(), share_with=("an@example.vn",))
    issued = world.forms("email").issue(order)
    world.made("1.1a", drive.SPREADSHEET, issued.folder_id)
    forms = with_a_blind_one(world).forms("email")
    assert [len(forms.changes(None).forms) for _ in range(4)] == [1] * 4
    assert [len(forms.folder_files(issued.folder_id)) for _ in range(4)] == [1] * 4


def test_where_no_account_sees_the_folder_a_listing_is_refused_instead_of_empty(world: World) -> None:
    files, _ = with_accounts(world, 2)
    world.forms("email").issue(order_of(regulation(), share_with=("an@example.vn",)))
    with pytest.raises(FormError) as caught:
        replace(world, credentials=files).forms().changes(None)
    assert (caught.value.reason, caught.value.retry) == ("deleted", False)
