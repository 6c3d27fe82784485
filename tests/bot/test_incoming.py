"""Updates as Telegram sends them, read as what a person did."""

from typing import Any

import pytest
from telegram import Update

from bot.incoming import (
    Attachment,
    Command,
    Deed,
    FileSent,
    Gone,
    GroupCall,
    Incoming,
    Press,
    Words,
    read,
    read_again,
)
from words import clean

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


def test_a_document_is_a_file_with_its_name_and_caption() -> None:
    document = {"file_id": "a", "file_unique_id": "b", "file_name": "phieu.xlsx", "mime_type": "x/y", "file_size": 7}
    sent = FileSent("a", "phieu.xlsx", "x/y", 7, "/nopphieu", message=1, album="", photo=False)
    assert incoming(message(document=document, caption="/nopphieu")) == Incoming("5", "Hoa Thử", sent)


def test_of_a_photo_the_largest_size_is_taken_and_its_album_kept() -> None:
    sizes = [
        {"file_id": side, "file_unique_id": side, "width": 9, "height": 9, "file_size": 3}
        for side in ("small", "large")
    ]
    sent = FileSent("large", "photo-1.jpg", "image/jpeg", 3, "1.1a", message=1, album="77", photo=True)
    assert incoming(message(photo=sizes, media_group_id="77", caption=" 1.1a\n")) == Incoming("5", "Hoa Thử", sent)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("K\u1ebf\u0323hoa\u0323ch\u202efdp.exe", "Kệ́hoạchfdp.exe"),
        ("=cmd|' /C calc'!A0.pdf", "=cmd|' /C calc'!A0.pdf"),
        ("2.1a " + "a" * 300 + ".pdf", "2.1a " + "a" * 94 + "…" + "a" * 16 + ".pdf"),
        ("\u202e\x00", "file"),
        (None, "file"),
    ],
)
def test_a_hostile_file_name_is_one_short_line_of_plain_text(name: str | None, kept: str) -> None:
    document = {"file_id": "a", "file_unique_id": "b", **({} if name is None else {"file_name": name})}
    found = incoming(message(document=document))
    assert found
    assert isinstance(found.deed, FileSent)
    assert found.deed.name == kept


def test_what_is_neither_text_nor_file_is_an_attachment() -> None:
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 1}
    assert incoming(message(voice=voice)) == Incoming("5", "Hoa Thử", Attachment())


def test_a_file_in_a_group_is_nobody_s_business() -> None:
    document = {"file_id": "a", "file_unique_id": "b", "file_name": "phieu.xlsx"}
    assert incoming(message(chat=GROUP, document=document, caption="@xephang_bot")) is None


def test_a_stored_file_is_read_again_for_its_own_chat_alone() -> None:
    document = {"file_id": "a", "file_unique_id": "b", "file_name": "ke-hoach.pdf"}
    body = {"update_id": 1, **message(document=document)}
    sent = FileSent("a", "ke-hoach.pdf", "application/octet-stream", None, "", message=1, album="", photo=False)
    assert read_again(body, "5") == sent
    assert read_again(body, "6") is None
    assert read_again({"update_id": 1, **message(text="a")}, "5") is None
    assert read_again({"update_id": 1}, "5") is None


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
