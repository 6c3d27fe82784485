"""Locking forms at the deadline, and opening them again."""

from dataclasses import replace

import pytest

from campaign.ports import FormError
from forms.google import connect, drive, rights
from sandbox.google import personal_folder
from tests.forms.samples import order_of, regulation
from tests.forms.test_google_issue import HOA, Killed, die, of_hoa, shared, sheet_of_hoa
from tests.forms.world import ACCOUNT, MORNING, World, requests_made

OFFICER = "can.bo@example.vn"


def can_bo(world: World, file_id: str) -> str:
    return f"F{world.row_of(file_id, 'question:can_bo')}"


def test_a_locked_form_can_be_read_but_no_longer_written_and_locking_again_is_harmless(world: World) -> None:
    file_id = world.issue()
    world.answer(file_id, can_bo=40)
    world.forms().lock(file_id)
    world.forms().lock(file_id)
    world.type(file_id, {can_bo(world, file_id): 41}, status=403)
    assert [(each.key, each.value) for each in world.read(file_id).filled.answers] == [("can_bo", 40)]
    assert shared(world, file_id) == [("anyone", "reader")]


def test_a_locked_folder_takes_no_more_files(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    world.forms().lock(issued.file_id)
    answer = world.http.post(f"/sandbox/folders/{issued.folder_id}/files", files={"file": ("a.pdf", b"%PDF")})
    assert answer.status_code == 403


def test_an_unlocked_form_is_written_again_and_unlocking_again_is_harmless(world: World) -> None:
    file_id = world.issue()
    forms = world.forms()
    forms.lock(file_id)
    forms.unlock(file_id)
    forms.unlock(file_id)
    world.answer(file_id, can_bo=41)
    assert shared(world, file_id) == [("anyone", "writer")]


def test_unlocking_a_form_that_was_never_locked_changes_nothing(world: World) -> None:
    file_id = world.issue()
    with requests_made() as made:
        world.forms().unlock(file_id)
    assert made == {"GET file": 3}
    assert shared(world, file_id) == [("anyone", "writer")]


def test_a_form_can_be_locked_and_unlocked_again_and_again(world: World) -> None:
    file_id, forms = world.issue(), world.forms()
    for _ in range(3):
        forms.lock(file_id)
        assert shared(world, file_id) == [("anyone", "reader")]
        forms.unlock(file_id)
        assert shared(world, file_id) == [("anyone", "writer")]


def test_whoever_may_only_read_before_the_lock_may_only_read_after_it_was_taken_off(world: World) -> None:
    order = order_of(regulation(), share_with=("an@example.vn",))
    issued = world.forms("email").issue(order)
    rights._permit(
        world.client(), issued.folder_id, {"type": "user", "role": "reader", "emailAddress": "binh@example.vn"}
    )
    world.forms().lock(issued.file_id)
    assert shared(world, issued.file_id) == [("an@example.vn", "reader"), ("binh@example.vn", "reader")]
    world.forms().unlock(issued.file_id)
    assert shared(world, issued.file_id) == [("an@example.vn", "writer"), ("binh@example.vn", "reader")]


def test_people_whom_the_unit_shared_the_sheet_with_are_locked_out_and_let_in_again(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    rights.share(world.client(), issued.file_id, "email", ("binh@example.vn",))
    world.forms().lock(issued.file_id)
    assert shared(world, issued.file_id) == [("anyone", "reader"), ("binh@example.vn", "reader")]
    world.forms().unlock(issued.file_id)
    assert shared(world, issued.file_id) == [("anyone", "writer"), ("binh@example.vn", "writer")]


def test_the_office_goes_on_writing_in_a_locked_form(world: World) -> None:
    rights.share(world.client(), world.home, "email", (OFFICER,))
    file_id = world.issue()
    world.forms().lock(file_id)
    assert shared(world, file_id) == [("anyone", "reader"), (OFFICER, "writer")]


@pytest.mark.parametrize("effect", ["lose", "refuse"])
@pytest.mark.parametrize("method", ["files.get", "files.update", "permissions.list", "permissions.update"])
@pytest.mark.parametrize("first", ["lock", "unlock"])
def test_a_crash_while_locking_or_unlocking_is_made_up_for(world: World, first: str, method: str, effect: str) -> None:
    file_id, clock = world.issue(), world.sandbox.clock
    dying = connect(world.credentials, world.base_url, world.home, "link", clock.now, die)
    if first == "unlock":
        world.forms().lock(file_id)
    world.fault(service="drive", method=method, effect=effect, status=503)
    with pytest.raises(Killed):
        getattr(dying, first)(file_id)
    getattr(world.forms(), first)(file_id)
    assert shared(world, file_id) == [("anyone", "reader" if first == "lock" else "writer")]
    world.forms().unlock(file_id)
    assert shared(world, file_id) == [("anyone", "writer")]


def test_in_the_folder_of_a_person_the_owner_stays_and_the_units_are_locked_out(world: World) -> None:
    folder = personal_folder(world.sandbox.store, MORNING, "Của tôi", HOA)
    hers = replace(world, credentials=(of_hoa(world),), folder=folder)
    rights.share(hers.client(), folder, "email", (OFFICER,))
    file_id = hers.issue()
    hers.forms().lock(file_id)
    assert shared(world, file_id) == [("anyone", "reader"), (OFFICER, "writer"), (HOA, "owner")]
    hers.forms().unlock(file_id)
    assert shared(world, file_id) == [("anyone", "writer"), (OFFICER, "writer"), (HOA, "owner")]


def registered(world: World) -> str:
    file_id = sheet_of_hoa(world)
    world.forms().issue(order_of(regulation(), file_id=file_id))
    return file_id


def test_the_owner_of_a_registered_sheet_cannot_be_locked_out_which_is_told_after_the_others_are(world: World) -> None:
    file_id = registered(world)
    with pytest.raises(FormError) as caught:
        world.forms().lock(file_id)
    assert (caught.value.reason, caught.value.retry) == ("forbidden", False)
    assert caught.value.detail == f"can still write: {HOA}"
    assert shared(world, file_id) == [("anyone", "reader"), (HOA, "owner")]
    assert (ACCOUNT, "writer") in {(each.get("emailAddress"), each["role"]) for each in world.sheet(file_id)["shared"]}


def test_a_registered_sheet_of_the_office_is_locked(world: World) -> None:
    rights.share(world.client(), world.home, "email", (HOA,))
    file_id = registered(world)
    world.forms().lock(file_id)
    assert shared(world, file_id) == [("anyone", "reader"), (HOA, "owner")]
    world.forms().unlock(file_id)
    assert shared(world, file_id) == [("anyone", "writer"), (HOA, "owner")]


def test_a_form_whose_rights_the_account_lost_is_told(world: World) -> None:
    file_id = sheet_of_hoa(world)
    hers = world.client(of_hoa(world))
    for each in drive.permissions(hers, file_id):
        if each["role"] == "writer":
            rights.change(hers, file_id, each["id"], "reader")
    with pytest.raises(FormError) as caught:
        world.forms().lock(file_id)
    assert (caught.value.reason, caught.value.retry) == ("forbidden", False)


def test_locking_many_forms_asks_once_who_the_office_is(world: World) -> None:
    forms = world.forms()
    issued = [forms.issue(order_of(regulation(), key=key)).file_id for key in ("a", "b")]
    with requests_made() as made:
        for file_id in issued:
            forms.lock(file_id)
    each = {"GET file": 2, "GET permission": 2, "PATCH file": 1, "PATCH permission": 1}
    assert made == {name: 2 * number for name, number in each.items()} | {"GET permission": 5}


def test_forty_writers_are_locked_out_and_let_in_again_though_a_file_takes_thirty_marks(world: World) -> None:
    issued = world.forms().issue(order_of(regulation()))
    people = [f"p{number:02}@example.vn" for number in range(40)]
    rights.share(world.client(), issued.file_id, "email", people[:30])
    world.forms().lock(issued.file_id)
    rights.share(world.client(), issued.file_id, "email", people[30:])
    world.forms().lock(issued.file_id)
    assert shared(world, issued.file_id) == [("anyone", "reader"), *((each, "reader") for each in people)]
    world.forms().unlock(issued.file_id)
    assert shared(world, issued.file_id) == [("anyone", "writer"), *((each, "writer") for each in people)]
    assert set(drive.marks_on(world.client(), issued.file_id)) == {drive.KIND, drive.KEY, drive.HOME}
