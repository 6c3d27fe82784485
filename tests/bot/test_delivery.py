"""Messages of the outbox on their way to Telegram: once, in order, at the pace, whatever the network does."""

import logging
from datetime import timedelta

import pytest

from bot.telegram import TelegramBot
from campaign.delivery_states import DeliveryState
from campaign.files import NewFile, keep
from campaign.models import FileReference, OutboxRow, StoredFile
from campaign.outbox import claim, enqueue
from campaign.people import meet
from tests.bot.world import OPENING_DAY, World, labels, said
from tests.sandbox.pictures import png
from words import Text

CANCELLED = "Đã dừng việc đang làm dở; không có gì thay đổi."
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def hoa(world: World) -> World:
    """Person 5, Hoa, has opened the bot and has one answer; a minute has passed."""
    world.person(5, "Hoa")
    world.sandbox.clock.advance(60)
    return world


def came(world: World, number: int = 5) -> list[str]:
    """What the bot wrote to the person after the answer to /start."""
    return [said(each) for each in world.messages(number) if each["direction"] == "out"][1:]


def end(world: World, key: str) -> tuple[DeliveryState, str | None]:
    row = world.row(key)
    return row.state, row.error


def test_a_message_arrives_and_its_row_keeps_the_number(hoa: World) -> None:
    hoa.decide(5, Text("bot.cancelled"), "first")
    assert hoa.run(hoa.bot.deliver()) == 1
    assert came(hoa) == [CANCELLED]
    assert hoa.row("first").reference == str(hoa.last(5)["message_id"])
    assert end(hoa, "first") == (DeliveryState.SENT, None)


def test_a_message_whose_answer_is_lost_is_never_sent_again(hoa: World) -> None:
    hoa.decide(5, Text("bot.cancelled"), "lost")
    hoa.fault("sendMessage", effect="lose")
    assert hoa.run(hoa.bot.deliver()) == 1
    hoa.sandbox.clock.advance(86_400)
    assert hoa.run(hoa.bot.deliver()) == 0
    assert came(hoa) == [CANCELLED]
    assert hoa.row("lost").state is DeliveryState.UNCERTAIN


def test_an_error_of_the_server_leaves_the_message_uncertain(hoa: World) -> None:
    hoa.decide(5, Text("bot.cancelled"), "bad gateway")
    hoa.fault("sendMessage", status=502)
    assert hoa.run(hoa.bot.deliver()) == 1
    assert hoa.run(hoa.bot.deliver()) == 0
    assert end(hoa, "bad gateway") == (DeliveryState.UNCERTAIN, "NetworkError: Bad Gateway")


def test_a_message_that_came_too_fast_goes_when_telegram_says(hoa: World) -> None:
    hoa.decide(5, Text("bot.cancelled"), "fast")
    hoa.fault("sendMessage", status=429, retry_after=7)
    assert hoa.run(hoa.bot.deliver()) == 0
    assert hoa.row("fast").not_before == hoa.clock.now() + timedelta(seconds=7)
    hoa.sandbox.clock.advance(6)
    assert hoa.run(hoa.bot.deliver()) == 0
    hoa.sandbox.clock.advance(1)
    assert hoa.run(hoa.bot.deliver()) == 1
    assert came(hoa) == [CANCELLED]


def test_a_person_who_blocks_the_bot_gets_nothing_until_they_come_back(hoa: World) -> None:
    hoa.decide(5, Text("bot.cancelled"), "blocked")
    hoa.post("people/5/block")
    assert hoa.run(hoa.bot.deliver()) == 1
    assert end(hoa, "blocked") == (DeliveryState.FAILED, "Forbidden: Forbidden: bot was blocked by the user")
    assert hoa.address(5).dead_since == hoa.clock.now()
    hoa.post("people/5/unblock")
    hoa.write(5, "/start")
    assert hoa.address(5).dead_since is None


def test_the_news_that_a_person_blocks_the_bot_strikes_the_address_off(hoa: World) -> None:
    hoa.post("people/5/block")
    hoa.settle()
    assert hoa.address(5).dead_since == hoa.clock.now()


def test_a_chat_that_telegram_does_not_know_is_dead(world: World) -> None:
    world.decide(99, Text("bot.cancelled"), "nobody")
    world.run(world.bot.deliver())
    assert end(world, "nobody") == (DeliveryState.FAILED, "BadRequest: Chat not found")
    assert world.address(99).dead_since == world.clock.now()


def test_a_message_that_telegram_refuses_fails_alone(hoa: World) -> None:
    hoa.decide(5, Text("bot.choice", label=""), "empty")
    hoa.decide(5, Text("bot.cancelled"), "next")
    assert hoa.run(hoa.bot.deliver()) == 2
    assert end(hoa, "empty") == (DeliveryState.FAILED, "BadRequest: Message text is empty")
    assert hoa.address(5).dead_since is None
    assert came(hoa) == [CANCELLED]


def test_a_message_that_cannot_be_worded_fails_alone(hoa: World, caplog: pytest.LogCaptureFixture) -> None:
    hoa.decide(5, Text("bot.no_such_text"), "wordless")
    hoa.decide(5, Text("bot.cancelled"), "next")
    assert hoa.run(hoa.bot.deliver()) == 2
    assert end(hoa, "wordless") == (DeliveryState.FAILED, "KeyError: 'bot.no_such_text'")
    assert came(hoa) == [CANCELLED]
    assert [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR] == [
        f"Message {hoa.row('wordless').id} (bot.answer) cannot be worded"
    ]


def test_a_group_that_became_a_supergroup_is_followed(hoa: World) -> None:
    hoa.post("groups", id=-100, title="Tổ công tác", members=[5])
    hoa.decide(-100, Text("bot.cancelled"), "moved")
    hoa.post("groups/-100/move", to=-1000000000100)
    assert hoa.run(hoa.bot.deliver()) == 1
    seen = hoa.http.get("/sandbox/people/5/messages", params={"chat": -1000000000100}).json()
    assert [said(each) for each in seen] == [CANCELLED]


def test_when_telegram_is_out_of_reach_everything_waits_longer_each_time(hoa: World, unused_port: int) -> None:
    hoa.decide(5, Text("bot.cancelled"), "first")
    hoa.decide(5, Text("bot.cancelled"), "second")
    base_url = f"http://127.0.0.1:{unused_port}"
    cut_off = TelegramBot(
        hoa.sandbox.token,
        base_url,
        None,
        database=hoa.database,
        clock=hoa.clock,
        forms=None,
        files=hoa.files,
        language="vi",
    )
    assert hoa.run(cut_off.deliver()) == 0
    assert (hoa.row("first").attempts, hoa.row("second").attempts) == (1, 0)
    assert hoa.row("first").not_before - hoa.clock.now() == timedelta(seconds=2)
    hoa.sandbox.clock.advance(2)
    assert hoa.run(cut_off.deliver()) == 0
    assert hoa.row("first").not_before - hoa.clock.now() == timedelta(seconds=4)
    hoa.run(cut_off.stop())
    hoa.sandbox.clock.advance(4)
    assert hoa.run(hoa.bot.deliver()) == 2
    assert came(hoa) == [CANCELLED, CANCELLED]


def long_words(lines: int) -> Text:
    """An answer with buttons, of so many lines of 100 letters and the line's end."""
    return Text("bot.own_status", status="\n".join(["x" * 100] * lines), unit_id=3, url="https://docs.google.com/x")


def test_a_long_message_comes_in_parts_a_second_apart_with_the_buttons_under_the_last(hoa: World) -> None:
    hoa.decide(5, long_words(100), "long")
    start = hoa.clock.now()
    assert hoa.run(hoa.bot.deliver()) == 1
    *_, first, second, third = hoa.messages(5)
    assert [len(said(each)) for each in (first, second, third)] == [39 * 101 - 1, 39 * 101 - 1, 22 * 101 - 1]
    assert [labels(each) for each in (first, second, third)] == [[], [], ["Mở phiếu", "Nộp phiếu", "Còn thiếu gì"]]
    assert [each["at"] for each in (first, second, third)] == [
        (start + timedelta(seconds=second)).isoformat() for second in (0, 1, 2)
    ]
    assert hoa.row("long").reference == ",".join(str(each["message_id"]) for each in (first, second, third))


def test_a_part_that_has_to_wait_does_not_send_the_parts_before_it_again(hoa: World) -> None:
    hoa.decide(5, long_words(50), "long")
    hoa.clock.meanwhile.append(lambda: hoa.fault("sendMessage", status=429, retry_after=9))
    assert hoa.run(hoa.bot.deliver()) == 0
    assert [len(each) for each in came(hoa)] == [39 * 101 - 1]
    hoa.sandbox.clock.advance(9)
    assert hoa.run(hoa.bot.deliver()) == 1
    assert [len(each) for each in came(hoa)] == [39 * 101 - 1, 11 * 101 - 1]


def test_messages_behind_a_long_one_come_after_its_last_part(hoa: World) -> None:
    hoa.decide(5, long_words(50), "long")
    hoa.decide(5, Text("bot.cancelled"), "behind")
    assert hoa.run(hoa.bot.deliver()) == 2
    assert [len(each) for each in came(hoa)] == [39 * 101 - 1, 11 * 101 - 1, len(CANCELLED)]


def stored(world: World, name: str, media_type: str, content: bytes) -> str:
    with world.transaction() as session:
        return keep(session, NewFile(name, media_type, content))


def test_a_message_whose_sender_died_is_given_up_and_the_next_ones_go(hoa: World) -> None:
    hoa.decide(5, Text("bot.cancelled"), "half sent")
    with hoa.transaction() as session:
        assert isinstance(claim(session, hoa.clock.now()), OutboxRow)
    hoa.decide(5, Text("bot.cancelled"), "next")
    assert hoa.run(hoa.bot.deliver()) == 0
    hoa.sandbox.clock.advance(120)
    assert hoa.run(hoa.bot.deliver()) == 1
    assert (hoa.row("half sent").state, hoa.row("next").state) == (DeliveryState.UNCERTAIN, DeliveryState.SENT)


def test_a_picture_comes_as_a_photo_and_is_uploaded_once(hoa: World) -> None:
    hoa.person(6, "Bình")
    picture = stored(hoa, "xep-hang.png", "image/png", png(40, 30))
    hoa.decide(5, Text("bot.choice", label="Biểu đồ"), "to hoa", file=picture)
    assert hoa.run(hoa.bot.deliver()) == 1
    with hoa.transaction() as session:  # whatever is uploaded from now on is something else
        session.get_one(StoredFile, picture).content = png(50, 50)
    hoa.decide(6, Text("bot.choice", label="Biểu đồ"), "to binh", file=picture)
    assert hoa.run(hoa.bot.deliver()) == 1
    to_hoa, to_binh = hoa.last(5), hoa.last(6)
    assert (to_hoa["file"]["kind"], to_hoa["caption"]) == ("photo", "Biểu đồ")
    assert to_hoa["file"]["sha256"] == to_binh["file"]["sha256"] == picture


def test_a_workbook_comes_as_a_document_under_its_own_name(hoa: World) -> None:
    workbook = stored(hoa, "xếp-hạng.xlsx", SHEETS, b"PK invented")
    hoa.decide(5, Text("bot.choice", label="Bảng tính"), "workbook", file=workbook)
    assert hoa.run(hoa.bot.deliver()) == 1
    file = hoa.last(5)["file"]
    assert (file["kind"], file["name"], file["sha256"]) == ("document", "xếp-hạng.xlsx", workbook)


def test_a_text_too_long_for_a_caption_comes_before_its_file(hoa: World) -> None:
    workbook = stored(hoa, "b.xlsx", SHEETS, b"PK invented")
    hoa.decide(5, Text("bot.choice", label="x" * 1025), "workbook", file=workbook)
    assert hoa.run(hoa.bot.deliver()) == 1
    text, file = hoa.messages(5)[-2:]
    assert (said(text), said(file), file["file"]["sha256"]) == ("x" * 1025, "", workbook)


def test_a_file_that_telegram_no_longer_knows_is_uploaded_again(hoa: World) -> None:
    picture = stored(hoa, "xep-hang.png", "image/png", png(40, 30))
    with hoa.transaction() as session:
        session.add(FileReference(sha256=picture, channel="telegram", reference="of another bot"))
    hoa.decide(5, Text("bot.choice", label="Biểu đồ"), "again", file=picture)
    assert hoa.run(hoa.bot.deliver()) == 1
    assert hoa.last(5)["file"]["sha256"] == picture
    with hoa.transaction() as session:
        assert session.get_one(FileReference, (picture, "telegram")).reference == hoa.last(5)["file"]["file_id"]


def test_people_s_words_are_never_taken_for_markup(hoa: World) -> None:
    hoa.decide(5, Text("bot.choice", label='<b>Sở</b> & "Ban" <a href="tg://user?id=1">'), "hostile")
    hoa.run(hoa.bot.deliver())
    assert came(hoa) == ['<b>Sở</b> & "Ban" <a href="tg://user?id=1">']
    assert "entities" not in hoa.last(5)


def test_a_person_who_chose_english_is_spoken_to_in_english(hoa: World) -> None:
    hoa.write(5, "/language en")
    hoa.decide(5, Text("bot.cancelled"), "english")
    hoa.run(hoa.bot.deliver())
    assert said(hoa.last(5)) == "Stopped; nothing has changed."


def test_several_messages_to_one_person_come_a_second_apart(hoa: World) -> None:
    for number in range(4):
        hoa.decide(5, Text("bot.choice", label=str(number)), str(number))
    start = hoa.clock.now()
    assert hoa.run(hoa.bot.deliver()) == 4
    assert came(hoa) == ["0", "1", "2", "3"]
    assert hoa.clock.now() - start == timedelta(seconds=3)


def test_a_message_to_everybody_keeps_under_what_a_bot_may_send_in_a_second(world: World) -> None:
    for number in range(1, 61):
        world.post("people", id=number, first_name="Thử")
        world.http.post(f"/sandbox/people/{number}/text", json={"text": "xin chào"})
        with world.transaction() as session:
            address = meet(session, "telegram", str(number), name="Thử", language="vi")
            enqueue(session, address, "bot.cancelled", key=f"all:{number}", now=world.clock.now())
    assert world.run(world.bot.deliver()) == 60
    assert world.clock.now() - OPENING_DAY == timedelta(seconds=2)
    with world.transaction() as session:
        assert {(row.state, row.attempts) for row in session.query(OutboxRow)} == {(DeliveryState.SENT, 1)}
