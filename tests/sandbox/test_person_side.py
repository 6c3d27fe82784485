"""Requests on the person's side: bodies, and doing a thing once however often it is asked."""

import pytest

from tests.sandbox.world import World

KEY = {"Idempotency-Key": "hoa-1"}


def test_the_same_key_does_a_thing_once_and_answers_the_same(world: World) -> None:
    first = world.http.post("/sandbox/people/5/text", json={"text": "x"}, headers=KEY)
    again = world.http.post("/sandbox/people/5/text", json={"text": "x"}, headers=KEY)
    assert again.json() == first.json()
    assert len(world.bot("getUpdates")) == 1


def test_without_a_key_a_thing_is_done_each_time(world: World) -> None:
    world.post("people/5/text", text="x")
    world.post("people/5/text", text="x")
    assert len(world.bot("getUpdates")) == 2


def test_a_key_of_another_request_is_refused(world: World) -> None:
    world.http.post("/sandbox/people/5/text", json={"text": "x"}, headers=KEY)
    error = "The Idempotency-Key 'hoa-1' belongs to another request: choose a new one."
    for path, body in [("text", {"text": "y"}), ("block", {})]:
        answer = world.http.post(f"/sandbox/people/5/{path}", json=body, headers=KEY)
        assert (answer.status_code, answer.json()) == (409, {"error": error})


def test_a_refused_request_may_be_mended_under_its_key(world: World) -> None:
    assert world.http.post("/sandbox/people/5/text", json={"text": ""}, headers=KEY).status_code == 400
    assert world.http.post("/sandbox/people/5/text", json={"text": "x"}, headers=KEY).status_code == 200


def test_an_upload_with_the_same_key_counts_its_bytes(world: World) -> None:
    for data, status in [(b"a", 200), (b"a", 200), (b"b", 409)]:
        files = {"file": ("a.txt", data)}
        assert world.http.post("/sandbox/people/5/upload", files=files, headers=KEY).status_code == status
    assert len(world.bot("getUpdates")) == 1


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"text": "\\ud800"}', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(world: World, body: bytes) -> None:
    answer = world.http.post("/sandbox/people/5/text", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("the body ")
