from typing import Any

import pytest

from tests.sandbox.world import World, button

BAD_PAIR = 'Value error, give "now" with a moment and its time zone, or "advance" with seconds'


def test_the_clock_moves_over_http(world: World) -> None:
    assert world.get("clock") == {"now": "2026-03-02T01:00:00+00:00", "mode": "frozen"}
    world.post("clock", advance=0.5)
    moved = world.post("clock", now="2026-03-03T08:00:00+07:00")
    assert moved == {"now": "2026-03-03T01:00:00+00:00", "mode": "frozen"}


@pytest.mark.parametrize(
    ("move", "error"),
    [
        ({}, BAD_PAIR),
        ({"now": "2026-03-03T08:00:00Z", "advance": 1}, BAD_PAIR),
        ({"now": "2026-03-03T08:00:00"}, "now: Input should have timezone info"),
        ({"advance": -1}, "advance: Input should be greater than or equal to 0"),
        (
            {"now": "2026-03-01T08:00:00Z"},
            "The clock cannot go back from 2026-03-02T01:00:00+00:00 to 2026-03-01T08:00:00+00:00.",
        ),
        ({"advance": 1e15}, "advance: Input should be less than or equal to 1000000000"),
        (
            {"now": "+300000-01-01T00:00:00Z"},
            "now: Input should be a valid datetime or date, invalid character in year",
        ),
    ],
)
def test_a_clock_move_that_cannot_be_is_refused(world: World, move: dict[str, Any], error: str) -> None:
    assert world.refused("clock", **move) == (400, error)


def test_the_record_has_every_deed_of_the_bot_in_order(world: World) -> None:
    world.bot(
        "sendMessage", chat_id=5, text="<b>Duyệt?</b>", parse_mode="HTML", reply_markup=button("Có", callback_data="y")
    )
    query_id = world.post("people/5/press", message_id=2, button="Có")["callback_id"]
    world.bot("answerCallbackQuery", callback_query_id=query_id, text="Đã ghi")
    world.advance(60)
    world.bot("editMessageText", chat_id=5, message_id=2, text="Đã duyệt")
    world.bot("deleteMessage", chat_id=5, message_id=2)
    common = {"bot": "xephang_sandbox_bot", "chat": 5, "person": "Hoa Thử", "message_id": 2}
    first, later = {"at": "2026-03-02T01:00:00+00:00", **common}, {"at": "2026-03-02T01:01:00+00:00", **common}
    record = world.get("messages")
    assert record == [
        {
            "n": 1,
            "method": "sendMessage",
            **first,
            "text": "Duyệt?",
            "entities": [{"type": "bold", "offset": 0, "length": 6}],
            "buttons": [[{"text": "Có", "data": "y"}]],
            "edited": False,
        },
        {
            "n": 2,
            "method": "answerCallbackQuery",
            **first,
            "callback_query_id": query_id,
            "text": "Đã ghi",
            "show_alert": False,
            "edited": False,
        },
        {"n": 3, "method": "editMessageText", **later, "text": "Đã duyệt", "edited": True},
        {"n": 4, "method": "deleteMessage", **later, "edited": False},
    ]
    assert world.get("messages?after=2") == record[2:]
    assert world.http.get("/sandbox/messages?after=x").status_code == 400


def test_a_new_token_replaces_the_old_one_of_the_same_bot(world: World) -> None:
    old, new = world.sandbox.token, world.sandbox.token[:-1] + "x"
    bot = world.post("bots", token=new, username="xephang_sandbox_bot", first_name="Xếp hạng")
    assert bot["id"] == 7000000001
    assert world.http.get(f"/telegram/bot{old}/getMe").status_code == 401
    assert world.http.get(f"/telegram/bot{new}/getMe").status_code == 200
    assert [each["token"] for each in world.get("bots")] == [new]


@pytest.mark.parametrize("field", [{"token": "x"}, {"username": "hoa"}, {"first_name": ""}])
def test_a_bot_that_botfather_would_not_make_is_refused(world: World, field: dict[str, str]) -> None:
    bot = {"token": world.sandbox.token, "username": "some_bot", "first_name": "x"}
    assert world.refused("bots", **{**bot, **field})[0] == 400


def test_an_unknown_file_is_not_found(world: World) -> None:
    answer = world.http.get("/sandbox/files/x")
    assert (answer.status_code, answer.json()) == (
        404,
        {"error": "There is no file x: take the file_id from a message."},
    )


def test_an_unknown_address_is_named(world: World) -> None:
    answer = world.http.post("/sandbox/nonsense")
    assert (answer.status_code, answer.json()) == (404, {"error": "The sandbox has no POST /sandbox/nonsense."})
    assert world.http.delete("/sandbox/people").status_code == 405
