from typing import Any

import pytest

from tests.sandbox.world import World, button

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def pressed(world: World) -> str:
    """The id of the query after person 5 pressed the button of message 2."""
    world.bot("sendMessage", chat_id=5, text="Duyệt?", reply_markup=button("Có", callback_data="yes"))
    return str(world.post("people/5/press", message_id=2, button="Có")["callback_id"])


def test_the_bot_gets_the_query_with_its_message(world: World) -> None:
    query_id = pressed(world)
    query = world.bot("getUpdates")[0]["callback_query"]
    message = query.pop("message")
    assert query == {
        "id": query_id,
        "from": {"id": 5, "is_bot": False, "first_name": "Hoa", "last_name": "Thử"},
        "chat_instance": "5",
        "data": "yes",
    }
    assert (message["message_id"], message["text"]) == (2, "Duyệt?")


def test_the_person_sees_the_answer_once_there_is_one(world: World) -> None:
    query_id = pressed(world)
    assert world.get(f"people/5/callbacks/{query_id}") == {"callback_id": query_id, "answered": False}
    assert world.bot("answerCallbackQuery", callback_query_id=query_id, text="Đã duyệt", show_alert=True) is True
    assert world.get(f"people/5/callbacks/{query_id}") == {
        "callback_id": query_id,
        "answered": True,
        "text": "Đã duyệt",
        "show_alert": True,
    }


def test_a_query_is_answered_once(world: World) -> None:
    query_id = pressed(world)
    world.bot("answerCallbackQuery", callback_query_id=query_id)
    assert world.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD


def test_a_query_is_only_its_own_persons_business(world: World) -> None:
    query_id = pressed(world)
    world.post("people", id=6, first_name="Nam")
    answer = world.http.get(f"/sandbox/people/6/callbacks/{query_id}")
    assert answer.status_code == 404
    assert answer.json() == {"error": f"Person 6 never got the callback id {query_id}."}


def test_a_query_dies_after_a_minute(world: World) -> None:
    query_id = pressed(world)
    world.advance(61)
    assert world.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"callback_query_id": "17"}, TOO_OLD),
        ({}, TOO_OLD),
        ({"text": "ệ" * 201}, "Bad Request: MESSAGE_TOO_LONG"),
        ({"url": "https://example.test"}, "Bad Request: URL_INVALID"),
    ],
)
def test_a_wrong_answer_is_refused(world: World, parameters: dict[str, Any], refusal: str) -> None:
    given = {"callback_query_id": pressed(world), **parameters} if parameters else {}
    assert world.refusal("answerCallbackQuery", **given) == refusal


def test_an_answer_of_200_characters_fits(world: World) -> None:
    assert world.bot("answerCallbackQuery", callback_query_id=pressed(world), text="ệ" * 200) is True
