from typing import Any

import pytest

from tests.sandbox.world import World, button

BOT = {"id": 7000000001, "is_bot": True, "first_name": "Xếp hạng", "username": "xephang_sandbox_bot"}
HOA = {"id": 5, "type": "private", "first_name": "Hoa", "last_name": "Thử"}
NINE_LOCAL = 1772413200  # 2 March 2026, 01:00 UTC


def test_the_answer_is_the_whole_message(world: World) -> None:
    message = world.bot("sendMessage", chat_id=5, text="<b>Nhắc</b> hạn nộp", parse_mode="HTML")
    assert message == {
        "message_id": 2,
        "from": BOT,
        "chat": HOA,
        "date": NINE_LOCAL,
        "text": "Nhắc hạn nộp",
        "entities": [{"type": "bold", "offset": 0, "length": 4}],
    }


def test_message_ids_count_up_in_each_chat(world: World) -> None:
    world.post("people", id=6, first_name="Nam")
    world.post("people/6/text", text="/start")
    ids = [world.bot("sendMessage", chat_id=chat, text="x")["message_id"] for chat in (5, 5, 6, 5)]
    assert ids == [2, 3, 2, 4]


def test_the_date_follows_the_sandboxs_clock(world: World) -> None:
    world.advance(3600)
    assert world.bot("sendMessage", chat_id=5, text="x")["date"] == NINE_LOCAL + 3600


@pytest.mark.parametrize(("letter", "most"), [("ệ", 4096), ("😀", 2048)])
def test_a_text_has_at_most_4096_utf16_units_after_parsing(world: World, letter: str, most: int) -> None:
    fits = f"<b>{letter * most}</b>"
    assert world.bot("sendMessage", chat_id=5, text=fits, parse_mode="HTML")["text"] == letter * most
    assert world.refusal("sendMessage", chat_id=5, text=letter * (most + 1)) == "Bad Request: message is too long"


def test_what_only_changes_the_sending_is_accepted(world: World) -> None:
    preview = {"is_disabled": True}
    message = world.bot(
        "sendMessage",
        chat_id=5,
        text="x",
        disable_notification=True,
        protect_content=True,
        link_preview_options=preview,
    )
    assert message["has_protected_content"] is True
    assert message["link_preview_options"] == preview


def test_a_reply_carries_what_it_answers(world: World) -> None:
    message = world.bot("sendMessage", chat_id=5, text="Vâng", reply_parameters={"message_id": 1})
    assert message["reply_to_message"]["text"] == "/start"
    missing: dict[str, Any] = {"message_id": 99}
    refusal = world.refusal("sendMessage", chat_id=5, text="x", reply_parameters=missing)
    assert refusal == "Bad Request: message to be replied not found"
    missing["allow_sending_without_reply"] = True
    alone = world.bot("sendMessage", chat_id=5, text="x", reply_parameters=missing)
    assert alone.get("reply_to_message") is None


def test_a_bot_cannot_write_first(world: World) -> None:
    world.post("people", id=6, first_name="Nam")
    refusal = world.refusal("sendMessage", chat_id=6, text="x")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"


def test_a_bot_cannot_write_to_who_blocks_it(world: World) -> None:
    world.post("people/5/block")
    assert world.refusal("sendMessage", chat_id=5, text="x") == "Forbidden: bot was blocked by the user"
    world.post("people/5/unblock")
    assert world.bot("sendMessage", chat_id=5, text="x")["text"] == "x"


def test_a_group_that_moved_tells_its_new_id(world: World) -> None:
    world.post("groups", id=-77, title="Tổ thẩm định", members=[5])
    assert world.bot("sendMessage", chat_id=-77, text="x")["chat"] == {
        "id": -77,
        "type": "group",
        "title": "Tổ thẩm định",
    }
    world.post("groups/-77/move", to=-1000000000077)
    answer = world.http.post(f"{world.api}/sendMessage", json={"chat_id": -77, "text": "x"})
    assert answer.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": -1000000000077},
    }
    assert world.bot("sendMessage", chat_id=-1000000000077, text="x")["chat"]["type"] == "supergroup"


def test_a_refused_message_leaves_no_trace(world: World) -> None:
    world.refusal("sendMessage", chat_id=5, text="x", reply_markup=button("x", callback_data=""))
    assert world.bot("sendMessage", chat_id=5, text="x")["message_id"] == 2
    assert [entry["n"] for entry in world.get("messages")] == [1]


def test_a_chat_action_is_true_and_leaves_nothing(world: World) -> None:
    assert world.bot("sendChatAction", chat_id=5, action="typing") is True
    assert world.get("messages") == []
    assert world.refusal("sendChatAction", chat_id=5) == "Bad Request: wrong parameter action in request"


def test_getme_and_getchat_tell_who_is_there(world: World) -> None:
    me = world.bot("getMe")
    assert {name: me[name] for name in BOT} == BOT
    assert me["can_read_all_group_messages"] is False
    chat = world.bot("getChat", chat_id=5)
    assert {name: chat[name] for name in HOA} == HOA
    assert world.refusal("getChat", chat_id=6) == "Bad Request: chat not found"
