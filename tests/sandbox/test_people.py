from typing import Any

import pytest

from tests.sandbox.world import World, button

HOA = {"id": 5, "first_name": "Hoa", "last_name": "Thử"}


def test_a_person_is_created_once(world: World) -> None:
    assert world.post("people", **HOA) == HOA
    assert world.get("people") == [HOA]
    status, error = world.refused("people", id=5, first_name="Nam")
    assert (status, error) == (409, f"Person 5 is somebody else already: {HOA}. Choose another id.")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"first_name": "Hoa"}, "id: Field required"),
        ({"id": 0, "first_name": "Hoa"}, "id: Input should be greater than or equal to 1"),
        ({"id": 9, "first_name": ""}, "first_name: String should have at least 1 character"),
        ({"id": 9, "first_name": "Hoa", "age": 40}, "age: Extra inputs are not permitted"),
    ],
)
def test_a_person_that_cannot_be_is_refused(world: World, fields: dict[str, Any], error: str) -> None:
    assert world.refused("people", **fields) == (400, error)


def test_what_a_person_writes_reaches_the_bot(world: World) -> None:
    message = world.post("people/5/text", text="Kính hỏi /help")
    assert message == {
        "message_id": 2,
        "direction": "in",
        "from": "Hoa",
        "at": "2026-03-02T01:00:00+00:00",
        "text": "Kính hỏi /help",
    }
    assert world.bot("getUpdates") == [
        {
            "update_id": 2,
            "message": {
                "message_id": 2,
                "from": {"id": 5, "is_bot": False, "first_name": "Hoa", "last_name": "Thử"},
                "chat": {"id": 5, "type": "private", "first_name": "Hoa", "last_name": "Thử"},
                "date": 1772413200,
                "text": "Kính hỏi /help",
            },
        }
    ]


@pytest.mark.parametrize(
    ("text", "length"),
    [("/help", 5), ("/help@some_bot x", 14), ("/help x", 5), ("/trợ_giúp", None), ("/", None), ("x /help", None)],
)
def test_a_command_at_the_beginning_is_an_entity(world: World, text: str, length: int | None) -> None:
    entities = world.post("people/5/text", text=text).get("entities")
    assert entities == (None if length is None else [{"type": "bot_command", "offset": 0, "length": length}])


def test_a_link_with_a_token_starts_the_bot(empty_world: World) -> None:
    empty_world.post("people", id=5, first_name="Hoa")
    assert empty_world.post("people/5/text", start="AbC_-9")["text"] == "/start AbC_-9"
    assert empty_world.bot("sendMessage", chat_id=5, text="Chào")["message_id"] == 2


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, 'Value error, give "text", or "start" with the token of the link, and not both'),
        ({"text": "x", "start": "y"}, 'Value error, give "text", or "start" with the token of the link, and not both'),
        ({"text": " "}, "A message has 1 to 4096 characters: this one has 1."),
        ({"text": "ệ" * 4097}, "A message has 1 to 4096 characters: this one has 4097."),
        ({"start": "a" * 65}, f"A start token has 1 to 64 characters of A-Z a-z 0-9 _ -, unlike '{'a' * 65}'."),
        ({"start": ""}, "A start token has 1 to 64 characters of A-Z a-z 0-9 _ -, unlike ''."),
    ],
)
def test_words_that_telegram_would_not_carry_are_refused(world: World, fields: dict[str, Any], error: str) -> None:
    assert world.refused("people/5/text", **fields) == (400, error)


def test_nobody_acts_who_is_not_there(world: World) -> None:
    error = "There is no person 6: create them by POST /sandbox/people."
    assert world.refused("people/6/text", text="x") == (404, error)
    assert world.http.get("/sandbox/people/6/messages").json() == {"error": error}


def test_only_a_button_that_is_there_can_be_pressed(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="?", reply_markup=button("Có", callback_data="yes"))
    assert world.refused("people/5/press", message_id=2, button="Không") == (
        404,
        "Message 2 has no button 'Không'; it has: 'Có'.",
    )
    assert world.refused("people/5/press", message_id=2, data="no") == (
        404,
        "Message 2 has no button with the data 'no'; it has: 'Có'.",
    )
    assert world.refused("people/5/press", message_id=1, button="Có") == (
        404,
        "Message 1 has no button 'Có'; it has: none.",
    )
    assert world.refused("people/5/press", message_id=9, button="Có") == (
        404,
        "Chat 5 has no message 9: look at the person's messages.",
    )
    error = 'Value error, give one of "button" with the label, "data", or "newest" with the beginning of the data'
    assert world.refused("people/5/press", message_id=2) == (400, error)
    error = 'Value error, "button" and "data" need the "message_id", and "newest" finds it'
    assert world.refused("people/5/press", data="yes") == (400, error)
    assert list(world.post("people/5/press", message_id=2, data="yes")) == ["callback_id"]


def test_the_newest_button_is_found_by_how_its_data_begins(world: World) -> None:
    for number in (1, 2):
        world.bot("sendMessage", chat_id=5, text="?", reply_markup=button("Có", callback_data=f"yes:{number}"))
    world.post("people/5/press", newest="yes:")
    assert world.bot("getUpdates")[-1]["callback_query"]["data"] == "yes:2"
    error = "Chat 5 has no button whose data begins with 'no:'."
    assert world.refused("people/5/press", newest="no:") == (404, error)


def test_a_button_that_was_edited_away_cannot_be_pressed(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="?", reply_markup=button("Có", callback_data="yes"))
    world.bot("editMessageReplyMarkup", chat_id=5, message_id=2, reply_markup=button("Xong", callback_data="done"))
    assert world.refused("people/5/press", message_id=2, button="Có")[0] == 404


def test_links_and_copies_happen_on_the_persons_side(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="?", reply_markup=button("Mở", url="https://bang.test/1"))
    world.bot("sendMessage", chat_id=5, text="?", reply_markup=button("Chép", copy_text={"text": "BN-1"}))
    assert world.post("people/5/press", message_id=2, button="Mở") == {"url": "https://bang.test/1"}
    assert world.post("people/5/press", message_id=3, button="Chép") == {"copied": "BN-1"}
    assert world.bot("getUpdates") == []


def test_a_file_reaches_the_bot_with_its_caption(world: World) -> None:
    files = {"file": ("Phiếu.xlsx", b"PK", "application/vnd.ms-excel")}
    seen = world.http.post("/sandbox/people/5/upload", data={"caption": "Số liệu"}, files=files).json()
    assert (seen["caption"], seen["file"]["name"], seen["file"]["size"]) == ("Số liệu", "Phiếu.xlsx", 2)
    message = world.bot("getUpdates")[0]["message"]
    assert message["document"]["mime_type"] == "application/vnd.ms-excel"
    path = world.bot("getFile", file_id=message["document"]["file_id"])["file_path"]
    assert world.http.get(f"/telegram/file/bot{world.sandbox.token}/{path}").content == b"PK"


def test_an_upload_needs_exactly_one_file(world: World) -> None:
    error = 'Send exactly one file, as the field "file" of a multipart form.'
    assert world.refused("people/5/upload") == (400, error)
    answer = world.http.post("/sandbox/people/5/upload", files={"file": ("a.txt", b"")})
    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request: file must be non-empty"})


def test_the_bot_hears_of_being_blocked_and_let_back(world: World) -> None:
    world.post("people/5/block")
    world.post("people/5/block")
    assert world.refused("people/5/text", text="x") == (
        409,
        "Person 5 blocks the bot and first has to let it back: POST /sandbox/people/5/unblock.",
    )
    world.post("people/5/unblock")
    changes = [update["my_chat_member"] for update in world.bot("getUpdates")]
    assert [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


def test_a_person_sees_both_sides_of_the_chat_after_any_message(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="Chào")
    world.post("people/5/text", text="Vâng", reply_to=2)
    seen = world.get("people/5/messages")
    assert [(each["message_id"], each["direction"], each["text"]) for each in seen] == [
        (1, "in", "/start"),
        (2, "out", "Chào"),
        (3, "in", "Vâng"),
    ]
    assert seen[2]["reply_to"] == 2
    assert world.get("people/5/messages?after=2") == seen[2:]
    answer = world.http.get("/sandbox/people/5/messages?after=x")
    assert answer.json() == {"error": "after: write a whole number, not 'x'."}


def test_in_a_group_the_bot_reads_only_what_is_addressed_to_it(world: World) -> None:
    world.post("groups", id=-77, title="Tổ thẩm định", members=[5])
    sent = world.bot("sendMessage", chat_id=-77, text="Ai thẩm định?")
    for text in (
        "Chào cả tổ",
        "/status",
        "/status@other_bot",
        "/status@XEPHANG_sandbox_bot",
        "nhờ @xephang_sandbox_bot",
    ):
        world.post("people/5/text", text=text, chat=-77)
    world.post("people/5/text", text="Tôi", chat=-77, reply_to=sent["message_id"])
    heard = [update["message"]["text"] for update in world.bot("getUpdates")]
    assert heard == ["/status", "/status@XEPHANG_sandbox_bot", "nhờ @xephang_sandbox_bot", "Tôi"]
    assert len(world.get("people/5/messages?chat=-77")) == 7


def test_only_members_act_in_a_group(world: World) -> None:
    world.post("groups", id=-77, title="Tổ thẩm định")
    error = "Person 5 is in no group -77: add them by POST /sandbox/groups."
    assert world.refused("people/5/text", text="x", chat=-77) == (404, error)
    no_such = "There is no person 6: create them by POST /sandbox/people."
    assert world.refused("groups", id=-78, title="x", members=[6]) == (404, no_such)
    nowhere = "There is no group -79: create it by POST /sandbox/groups."
    assert world.refused("groups/-79/move", to=-1000000000079) == (404, nowhere)


def test_an_unknown_bot_is_named_with_those_that_are_there(world: World) -> None:
    error = "There is no bot other_bot; the sandbox has xephang_sandbox_bot. POST /sandbox/bots adds one."
    assert world.refused("people/5/text", text="x", bot="other_bot") == (404, error)
