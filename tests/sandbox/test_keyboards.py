from typing import Any

import pytest

from tests.sandbox.world import World, button

CANNOT_PARSE = 'can\'t parse parameter "reply_markup": Field'


def test_inline_buttons_of_each_kind_come_back_in_the_message(world: World) -> None:
    rows = [
        [{"text": "Xem điểm", "callback_data": "score"}, {"text": "Mở bảng", "url": "http://127.0.0.1:8765/s/1"}],
        [{"text": "Chép mã", "copy_text": {"text": "BN-0001"}, "style": "primary"}],
    ]
    message = world.bot("sendMessage", chat_id=5, text="x", reply_markup={"inline_keyboard": [*rows, []]})
    assert message["reply_markup"] == {"inline_keyboard": rows}
    assert world.get("people/5/messages")[-1]["buttons"] == [
        [{"text": "Xem điểm", "data": "score"}, {"text": "Mở bảng", "url": "http://127.0.0.1:8765/s/1"}],
        [{"text": "Chép mã", "copies": "BN-0001"}],
    ]


@pytest.mark.parametrize(("data", "fits"), [("", False), ("a", True), ("ệ" * 21 + "a", True), ("ệ" * 21 + "ab", False)])
def test_callback_data_has_1_to_64_bytes(world: World, data: str, fits: bool) -> None:  # noqa: FBT001 - a case
    parameters = {"chat_id": 5, "text": "x", "reply_markup": button("Xem", callback_data=data)}
    if fits:
        world.bot("sendMessage", **parameters)
    else:
        assert world.refusal("sendMessage", **parameters) == "Bad Request: BUTTON_DATA_INVALID"


def test_there_are_at_most_100_buttons(world: World) -> None:
    row = [{"text": "x", "callback_data": "x"}] * 5
    world.bot("sendMessage", chat_id=5, text="x", reply_markup={"inline_keyboard": [row] * 20})
    rows = [*[row] * 20, row[:1]]
    refusal = world.refusal("sendMessage", chat_id=5, text="x", reply_markup={"inline_keyboard": rows})
    assert refusal == "Bad Request: reply markup is too long"


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (button("Xem"), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            button("Xem", callback_data="a", url="https://a.test"),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (button(" ", callback_data="a"), 'can\'t parse inline keyboard button: Field "text" must be non-empty'),
        (button("x", url="example"), "inline keyboard button URL 'example' is invalid: Wrong HTTP URL"),
        ([], "object expected as reply markup"),
        ({}, "object expected as reply markup"),
        ({"buttons": []}, "object expected as reply markup"),
        (
            {"inline_keyboard": [{"text": "x"}]},
            f'{CANNOT_PARSE} "InlineKeyboardMarkup.inline_keyboard.0": Input should be a valid list',
        ),
        (
            button("x", pay=True),
            f'{CANNOT_PARSE} "InlineKeyboardMarkup.inline_keyboard.0.0.pay": Extra inputs are not permitted',
        ),
        (
            {"remove_keyboard": False},
            f'{CANNOT_PARSE} "ReplyKeyboardRemove.remove_keyboard": Input should be True',
        ),
    ],
)
def test_a_keyboard_that_makes_no_sense_is_refused(world: World, markup: Any, description: str) -> None:  # noqa: ANN401 - any JSON value
    assert world.refusal("sendMessage", chat_id=5, text="x", reply_markup=markup) == f"Bad Request: {description}"


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [[{"text": "Nộp"}, {"text": "Hỏi"}]], "resize_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "Lý do"},
    ],
)
def test_other_markup_is_what_the_person_sees_beside_the_message(world: World, markup: dict[str, Any]) -> None:
    message = world.bot("sendMessage", chat_id=5, text="x", reply_markup=markup)
    assert message.get("reply_markup") is None
    assert world.get("people/5/messages")[-1]["keyboard"] == markup


def test_reply_buttons_may_be_plain_text(world: World) -> None:
    world.bot("sendMessage", chat_id=5, text="x", reply_markup={"keyboard": [["Có", "Không"]]})
    assert world.get("people/5/messages")[-1]["keyboard"] == {"keyboard": [[{"text": "Có"}, {"text": "Không"}]]}
