"""Updates as Telegram sends them, read as what a person did."""

from typing import Any

import pytest
from telegram import Update

from bot.incoming import Attachment, Command, Deed, Gone, GroupCall, Incoming, Press, Words, clean, read

HOA = {"id": 5, "is_bot": False, "first_name": "Hoa", "last_name": "Thử"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Hoa"}
GROUP = {"id": -100, "type": "supergroup", "title": "Tổ công tác"}


def message(chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] = HOA, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    return {"message": {"message_id": 1, "date": 0, "chat": chat, "from": sender, **content}}


def incoming(update: dict[str, Any]) -> Incoming | None:
    return read(Update.de_json({"update_id": 1, **update}), "xephang_bot")


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("/start", Command("start", "")),
        ("/start aZ09-_", Command("start", "aZ09-_")),
        ("/TinhHinh@xephang_bot  Sở   Tài chính ", Command("tinhhinh", "Sở Tài chính")),
        ("/tình hình", Words("/tình hình")),
        ("15/QĐ-UBND", Words("15/QĐ-UBND")),
        ("\u200b", Attachment()),
    ],
)
def test_text_is_a_command_or_words(text: str, deed: Deed) -> None:
    assert incoming(message(text=text)) == Incoming("5", "Hoa Thử", deed)


def test_what_has_no_text_is_an_attachment() -> None:
    document = {"file_id": "a", "file_unique_id": "b", "file_name": "phieu.xlsx"}
    assert incoming(message(document=document, caption="/nopphieu")) == Incoming("5", "Hoa Thử", Attachment())


def test_a_pressed_button_carries_its_action() -> None:
    under = message()["message"]
    query = {"id": "9", "from": HOA, "chat_instance": "1", "message": under, "data": "submit:3"}
    assert incoming({"callback_query": query}) == Incoming("5", "Hoa Thử", Press("9", "submit:3"))


def test_a_button_under_a_message_too_old_to_be_shown_still_works() -> None:
    query = {"id": "9", "from": HOA, "chat_instance": "1", "data": "submit:3"}
    under = {"message_id": 1, "date": 0, "chat": PRIVATE}
    assert incoming({"callback_query": {**query, "message": under}}) == Incoming("5", "Hoa Thử", Press("9", "submit:3"))


def test_decomposed_vietnamese_is_composed_and_names_lose_what_turns_a_line_around() -> None:
    assert clean("Sở Tài chính\u202e\x00") == "Sở Tài chính"
    assert clean(" Nguyễn\n\tThử ") == "Nguyễn Thử"
    assert clean("\ud83d") == ""


def test_a_person_without_a_readable_name_goes_by_the_number() -> None:
    nameless = {"id": 5, "is_bot": False, "first_name": "\u3164\u202e"}
    assert incoming(message(sender={**nameless, "first_name": "\u202e"}, text="a")) == Incoming("5", "5", Words("a"))


@pytest.mark.parametrize(
    "sender",
    [
        {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
        {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
        {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        {"id": 6, "is_bot": False, "first_name": "Somebody else"},
    ],
)
def test_whoever_is_not_the_person_of_the_private_chat_is_not_answered(sender: dict[str, Any]) -> None:
    assert incoming(message(sender=sender, text="/tinhhinh")) is None
    assert (
        incoming(message(chat={**PRIVATE, "id": sender["id"]}, sender={**sender, "id": sender["id"] + 1}, text="/a"))
        is None
    )


@pytest.mark.parametrize("number", [1087968824, 136817688, 777000])
def test_the_numbers_that_many_hide_behind_are_nobody_even_in_a_private_chat(number: int) -> None:
    chat, sender = {**PRIVATE, "id": number}, {**HOA, "id": number}
    assert incoming(message(chat=chat, sender=sender, text="/tinhhinh")) is None


def test_a_group_is_heard_only_when_it_calls_the_bot_by_name() -> None:
    assert incoming(message(chat=GROUP, text="/tinhhinh@Xephang_Bot sở")) == Incoming(
        "-100", "Tổ công tác", GroupCall()
    )
    assert incoming(message(chat=GROUP, text="/tinhhinh")) is None
    assert incoming(message(chat=GROUP, text="xin chào")) is None


def test_a_button_pressed_in_a_group_is_nobody_s() -> None:
    under = message(chat=GROUP)["message"]
    assert (
        incoming({"callback_query": {"id": "9", "from": HOA, "chat_instance": "1", "message": under, "data": "a"}})
        is None
    )


def membership(status: str) -> dict[str, Any]:
    bot = {"id": 7, "is_bot": True, "first_name": "Xếp hạng"}
    old, new = {"user": bot, "status": "member"}, {"user": bot, "status": status, "until_date": 0}
    return {"my_chat_member": {"chat": PRIVATE, "from": HOA, "date": 0, "old_chat_member": old, "new_chat_member": new}}


def test_a_block_is_noticed_and_a_return_is_not_news() -> None:
    assert incoming(membership("kicked")) == Incoming("5", "", Gone())
    assert incoming(membership("member")) is None


def test_what_was_not_asked_for_is_left_alone() -> None:
    assert incoming({"edited_message": message(text="/nopphieu")["message"]}) is None
