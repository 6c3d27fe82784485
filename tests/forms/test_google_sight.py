"""Registered sheets that only some of several accounts see."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.ports import FormNotes, Forms
from forms.google import drive, rights
from sandbox.google import authorized_user
from tests.forms.samples import order_of, regulation
from tests.forms.test_google_issue import HOA, SCOPES, of_hoa, sheet_of_hoa
from tests.forms.world import ACCOUNT, KEY, MORNING, World, requests_made, with_accounts

MINUTE = timedelta(minutes=1)
OTHERS = 2


def registered(world: World) -> tuple[World, str]:
    """Three accounts that all work in the folder, and a registered sheet that the last of them alone can see."""
    files, addresses = with_accounts(world, OTHERS)
    for address in addresses:
        rights.share(world.client(), world.home, "email", (address,))
    several = replace(world, credentials=(*files, *world.credentials))
    file_id = sheet_of_hoa(world)
    rights.share(world.client(of_hoa(world)), file_id, "email", ("an@example.vn",))  # so that no link opens it
    several.forms().issue(order_of(regulation(), file_id=file_id))
    return several, file_id


def type_into(world: World, file_id: str) -> None:
    cell = {f"F{world.row_of(file_id, 'question:can_bo')}": 40}
    body = {"person": HOA, "tab": "Phiếu", "cells": cell}
    assert world.http.post(f"/sandbox/sheets/{file_id}/cells", json=body).status_code == 200


def listed(forms: Forms, since_minute: int) -> dict[str, float]:
    """The forms that are told as changed, and at which minute."""
    changes = forms.changes(MORNING + since_minute * MINUTE)
    return {each.file_id: (each.at - MORNING) / MINUTE for each in changes.forms}


def test_a_change_is_noticed_though_only_an_account_sees_the_sheet_that_does_not_list(world: World) -> None:
    several, file_id = registered(world)
    forms = several.forms()
    assert listed(forms, 5) == {file_id: 0}
    world.sandbox.clock.set(MORNING + 6 * MINUTE)
    type_into(world, file_id)
    assert listed(forms, 5) == {file_id: 6}


def test_one_account_more_is_asked_where_it_is_needed_and_all_of_them_every_ten_minutes(world: World) -> None:
    several, _ = registered(world)
    forms = several.forms()
    counts = []
    for minute in (1, 2, 3, 12):
        world.sandbox.clock.set(MORNING + minute * MINUTE)
        with requests_made() as made:
            forms.changes(MORNING + minute * MINUTE)
        counts.append(made["list"])
    assert counts == [1 + 3, 1 + 1, 1 + 1, 1 + 3]


def test_where_every_sheet_is_in_the_folder_one_account_lists_alone(world: World) -> None:
    several, file_id = registered(world)
    world.http.delete(f"/sandbox/sheets/{file_id}?forever=true")
    forms = several.forms()
    forms.changes(MORNING)
    with requests_made() as made:
        forms.changes(MORNING)
    assert made == {"GET file": 1, "list": 1}


def test_a_sheet_that_comes_into_sight_later_is_told_with_the_change_that_nobody_saw(world: World) -> None:
    several, file_id = registered(world)
    hers, forms = world.client(of_hoa(world)), several.forms()
    (ours,) = (each["id"] for each in drive.permissions(hers, file_id) if each.get("emailAddress") == ACCOUNT)
    hers.request("delete", hers._address(f"{drive.FILES}/{file_id}/permissions/{ours}"))
    assert listed(forms, 0) == {}
    world.sandbox.clock.set(MORNING + MINUTE)
    type_into(world, file_id)
    rights.share(hers, file_id, "email", (ACCOUNT,))
    world.sandbox.clock.set(MORNING + 11 * MINUTE)
    assert listed(forms, 10) == {file_id: 1}


def test_a_sheet_in_the_bin_is_told_as_such_whichever_account_sees_it(world: World) -> None:
    several, file_id = registered(world)
    world.http.delete(f"/sandbox/sheets/{file_id}")
    forms = several.forms()
    assert [forms.changes(MORNING).in_bin for _ in range(3)] == [frozenset({file_id})] * 3


def test_an_account_that_google_refuses_keeps_no_listing_back(world: World) -> None:
    several, _ = registered(world)
    refused = authorized_user(world.sandbox.store, world.sandbox.url, HOA, SCOPES) | {"refresh_token": "1//thu"}
    several.credentials[-1].write_text(json.dumps(refused), encoding="utf-8")
    forms = several.forms()
    assert [listed(forms, 5) for _ in range(2)] == [{}, {}]
    assert world.sandbox.clock.now() < MORNING + MINUTE


@pytest.mark.parametrize("untick", [False, True])
def test_a_sheet_that_one_account_sees_is_read_annotated_locked_and_unlocked_without_delay(
    world: World,
    untick: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    several, file_id = registered(world)
    rights.share(world.client(), world.home, "email", (HOA,))
    forms = several.forms()
    reading = forms.read(file_id, KEY, regulation(), "so")
    forms.annotate(file_id, FormNotes(), reading, untick=untick)
    forms.lock(file_id)
    forms.unlock(file_id)
    assert world.sandbox.clock.now() == MORNING
