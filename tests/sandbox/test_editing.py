from tests.sandbox.pictures import png
from tests.sandbox.world import World, button

SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def test_an_edit_replaces_text_and_buttons_and_notes_when(world: World) -> None:
    world.bot(
        "sendMessage", chat_id=5, text="<b>cũ</b>", parse_mode="HTML", reply_markup=button("A", callback_data="a")
    )
    world.advance(60)
    edited = world.bot(
        "editMessageText", chat_id=5, message_id=2, text="mới", reply_markup=button("B", callback_data="b")
    )
    assert (edited["text"], edited.get("entities"), edited["edit_date"] - edited["date"]) == ("mới", None, 60)
    seen = world.get("people/5/messages")[-1]
    assert (seen["text"], seen["buttons"]) == ("mới", [[{"text": "B", "data": "b"}]])
    assert (seen["at"], seen["edited_at"]) == ("2026-03-02T01:00:00+00:00", "2026-03-02T01:01:00+00:00")


def test_an_edit_without_buttons_takes_them_away(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="x", reply_markup=button("A", callback_data="a"))
    assert world.bot("editMessageText", chat_id=5, message_id=2, text="y").get("reply_markup") is None


def test_an_edit_that_changes_nothing_is_refused(world: World) -> None:
    markup = button("A", callback_data="a")
    world.bot("sendMessage", chat_id=5, text="x", reply_markup=markup)
    assert world.refusal("editMessageText", chat_id=5, message_id=2, text=" x ", reply_markup=markup) == SAME
    assert world.refusal("editMessageReplyMarkup", chat_id=5, message_id=2, reply_markup=markup) == SAME
    world.bot("editMessageReplyMarkup", chat_id=5, message_id=2)
    assert world.refusal("editMessageReplyMarkup", chat_id=5, message_id=2) == SAME


def test_a_second_edit_back_to_the_first_text_is_an_edit(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="x")
    world.bot("editMessageText", chat_id=5, message_id=2, text="y")
    assert world.refusal("editMessageText", chat_id=5, message_id=2, text="y") == SAME
    assert world.bot("editMessageText", chat_id=5, message_id=2, text="x")["text"] == "x"


def test_only_the_bots_own_message_of_the_right_kind_can_be_edited(world: World) -> None:
    world.send_file("sendPhoto", "photo", "a.png", png(10, 10))
    world.bot("sendMessage", chat_id=5, text="x")
    world.bot("sendMessage", chat_id=5, text="x", reply_markup={"remove_keyboard": True})
    refusals = [
        world.refusal("editMessageText", chat_id=5, message_id=99, text="y"),
        world.refusal("editMessageText", chat_id=5, message_id=1, text="y"),
        world.refusal("editMessageText", chat_id=5, message_id=2, text="y"),
        world.refusal("editMessageCaption", chat_id=5, message_id=3, caption="y"),
        world.refusal("editMessageText", chat_id=5, message_id=4, text="y"),
        world.refusal("editMessageText", chat_id=5, message_id=3, text="y", reply_markup={"force_reply": True}),
    ]
    assert refusals == [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: there is no text in the message to edit",
        "Bad Request: there is no caption in the message to edit",
        "Bad Request: message can't be edited",
        "Bad Request: inline keyboard expected",
    ]


def test_a_caption_can_be_edited_and_taken_away(world: World) -> None:
    world.send_file("sendPhoto", "photo", "a.png", png(10, 10), caption="cũ")
    edited = world.bot("editMessageCaption", chat_id=5, message_id=2, caption="<i>mới</i>", parse_mode="HTML")
    assert edited["caption"] == "mới"
    assert edited["caption_entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    assert edited["photo"][0]["width"] == 10
    assert world.bot("editMessageCaption", chat_id=5, message_id=2).get("caption") is None


def test_a_deleted_message_is_gone_for_the_person(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="x")
    assert world.bot("deleteMessage", chat_id=5, message_id=2) is True
    assert [message["message_id"] for message in world.get("people/5/messages")] == [1]
    assert world.refusal("deleteMessage", chat_id=5, message_id=2) == "Bad Request: message to delete not found"


def test_a_message_can_be_deleted_for_48_hours(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="x")
    world.bot("sendMessage", chat_id=5, text="x")
    world.advance(48 * 60 * 60)
    world.bot("deleteMessage", chat_id=5, message_id=2)
    world.advance(1)
    refusal = world.refusal("deleteMessage", chat_id=5, message_id=3)
    assert refusal == "Bad Request: message can't be deleted for everyone"
