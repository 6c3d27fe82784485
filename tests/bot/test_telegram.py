"""Fetching, storing and handling updates: none is lost, none is handled twice, none blocks the others."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import format_exception
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.telegram import TelegramBot
from campaign.models import Dialogue, OutboxRow, RawUpdate
from campaign.refusal import Refused
from tests.bot.world import OPENING_DAY, World, said
from words import Text

NOTHING_OPEN = "Hiện không có việc nào đang làm dở."
SORRY = (
    "Rất tiếc, hệ thống gặp lỗi khi xử lý yêu cầu vừa rồi và đã ghi lại lỗi. "
    "Anh/chị thử lại sau ít phút; nếu vẫn không được, xin báo cán bộ phụ trách."
)


@contextmanager
def another_bot(world: World, token: str | None = None) -> Iterator[TelegramBot]:
    """A second process with the same database."""
    bot = TelegramBot(
        token or world.sandbox.token,
        f"{world.sandbox.url}/telegram",
        None,
        database=world.database,
        clock=world.clock,
        forms=world.forms,
        files=world.files,
        language="vi",
    )
    yield bot
    world.run(bot.stop())


def hoa_writes(world: World, text: str) -> None:
    world.post("people", id=5, first_name="Hoa")
    world.post("people/5/text", text=text)


def came(world: World) -> list[str]:
    return [said(each) for each in world.messages(5) if each["direction"] == "out"]


def updates(world: World) -> list[RawUpdate]:
    with world.transaction() as session:
        return session.query(RawUpdate).order_by(RawUpdate.update_id).all()


def test_the_bot_knows_its_own_name(world: World) -> None:
    assert world.bot.username == "xephang_sandbox_bot"


@pytest.mark.parametrize(
    ("language_code", "menu"),
    [
        (
            "",
            {
                "tinhhinh": "Tình hình nộp phiếu",
                "conthieu": "Phiếu còn thiếu gì",
                "phieu": "Nhận phiếu dạng tệp Excel",
                "nopphieu": "Nộp phiếu",
                "ketqua": "Kết quả của đơn vị",
                "xephang": "Bảng xếp hạng",
                "ngonngu": "Chọn ngôn ngữ",
                "huy": "Dừng việc đang làm dở",
                "trogiup": "Hướng dẫn",
            },
        ),
        (
            "en",
            {
                "status": "How far the forms are",
                "missing": "What the form still lacks",
                "form": "Get the form as an Excel file",
                "submit": "Submit the form",
                "result": "The unit's result",
                "ranking": "The ranking",
                "language": "Choose the language",
                "cancel": "Stop what is under way",
                "help": "Help",
            },
        ),
    ],
)
def test_the_menu_stands_in_the_language_of_the_phone(world: World, language_code: str, menu: dict[str, str]) -> None:
    asked = {"scope": {"type": "all_private_chats"}, "language_code": language_code}
    answer = world.http.post(f"/telegram/bot{world.sandbox.token}/getMyCommands", json=asked).json()
    assert {each["command"]: each["description"] for each in answer["result"]} == menu


WRONG = "7000000001:AAF-another-token-0000000000000000000"


def test_a_wrong_token_stops_the_start_without_showing_it(world: World) -> None:
    with another_bot(world, WRONG) as bot, pytest.raises(Refused) as refusal:
        world.run(bot.start())
    assert refusal.value.text == Text("bot.token_rejected")
    assert WRONG not in "".join(format_exception(refusal.value))


def test_a_webhook_left_by_somebody_does_not_hold_the_updates_back(world: World) -> None:
    address = f"/telegram/bot{world.sandbox.token}/setWebhook"
    assert world.http.post(address, json={"url": "https://127.0.0.1:1/"}).json()["ok"]
    with another_bot(world) as bot:
        world.run(bot.start())
        hoa_writes(world, "/huy")
        assert world.run(bot.poll(0)) == 1


def test_updates_are_stored_before_anything_is_done_with_them(world: World) -> None:
    hoa_writes(world, "/huy")
    assert world.run(world.bot.poll(0)) == 1
    (update,) = updates(world)
    assert (update.body["message"]["text"], update.handled_at) == ("/huy", None)
    assert world.run(world.bot.deliver()) == 0


def test_what_one_process_fetched_another_handles_after_a_crash(world: World) -> None:
    hoa_writes(world, "/huy")
    world.run(world.bot.poll(0))
    with another_bot(world) as successor:
        world.run(successor.start())
        assert world.run(successor.poll(0)) == 0
        assert world.run(successor.handle()) == 1
        world.run(successor.deliver())
    assert came(world) == [NOTHING_OPEN]


def test_an_update_that_telegram_delivers_again_is_handled_once(world: World) -> None:
    hoa_writes(world, "/huy")
    world.settle()
    with world.transaction() as session:  # as if the mark had been lost
        session.query(RawUpdate).one().handled_at = None
    assert world.run(world.bot.handle()) == 1
    world.run(world.bot.deliver())
    assert came(world) == [NOTHING_OPEN]


def test_the_next_poll_asks_only_for_what_is_new(world: World) -> None:
    hoa_writes(world, "/huy")
    assert [world.run(world.bot.poll(0)) for _ in range(2)] == [1, 0]
    world.post("people/5/text", text="/huy")
    assert world.run(world.bot.poll(0)) == 1
    assert [each.update_id for each in updates(world)] == [1, 2]


def test_an_update_numbered_lower_than_one_of_last_month_is_fetched_once(world: World) -> None:
    hoa_writes(world, "/huy")
    world.run(world.bot.poll(0))
    with world.transaction() as session:
        session.add(RawUpdate(update_id=900, body={"update_id": 900}, received_at=OPENING_DAY, handled_at=OPENING_DAY))
    world.post("people/5/text", text="/trogiup")
    assert [world.run(world.bot.poll(0)) for _ in range(2)] == [1, 0]
    assert [each.update_id for each in updates(world)] == [1, 2, 900]


def test_two_processes_that_poll_at_once_are_told_so_and_back_off(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    async def both(other: TelegramBot) -> tuple[int, int]:
        waiting = asyncio.create_task(world.bot.poll(20))
        while not world.sandbox._app.state.polls._waiting:  # until the first poll has arrived
            await asyncio.to_thread(world.sandbox.clock.now)
        return await other.poll(0), await waiting

    with another_bot(world) as other:
        assert world.run(both(other)) == (0, 0)
    (error,) = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
    assert error == (
        "Another process fetches the updates of this bot: stop one of the two. "
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert world.clock.slept == [2]


def test_polling_waits_longer_while_telegram_fails_and_starts_afresh_afterwards(world: World) -> None:
    world.fault("getUpdates", status=502, times=3)
    assert [world.run(world.bot.poll(0)) for _ in range(4)] == [0, 0, 0, 0]
    world.fault("getUpdates", status=429, retry_after=3)
    assert world.run(world.bot.poll(0)) == 0
    assert world.clock.slept == [2, 4, 8, 2]


def test_the_wait_between_polls_is_a_minute_at_most(world: World) -> None:
    world.fault("getUpdates", status=502, times=8)
    assert [world.run(world.bot.poll(0)) for _ in range(8)] == [0] * 8
    assert world.clock.slept == [2, 4, 8, 16, 32, 60, 60, 60]


def break_dialogue(world: World) -> None:
    """A row that no version of the bot ever wrote."""
    with world.transaction() as session:
        session.add(Dialogue(address_id=world.address(5).id, state={"step": "nonsense"}))


def test_an_update_that_fails_is_noted_and_the_next_ones_are_answered(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.person(5, "Hoa")
    break_dialogue(world)
    world.post("people/5/text", text="2310/QĐ-UBND")
    world.post("people/5/text", text="/trogiup")
    world.settle()
    *_, failed, following = updates(world)
    assert (failed.error, following.error) == ("KeyError: 'nonsense'", None)
    assert failed.handled_at == following.handled_at == OPENING_DAY
    assert came(world)[1] == SORRY
    assert len(came(world)) == 3
    assert [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR] == [
        f"Update {failed.update_id}"
    ]


def test_what_a_failed_update_did_is_undone(world: World) -> None:
    world.person(5, "Hoa")
    break_dialogue(world)
    world.write(5, "2310/QĐ-UBND")
    with world.transaction() as session:
        kinds = [row.facts["text"].id for row in session.query(OutboxRow).order_by(OutboxRow.id)]
    assert kinds == ["bot.welcome_stranger", "bot.sorry"]


def test_a_pressed_button_is_acknowledged_before_the_work(world: World) -> None:
    world.person(5, "Hoa")
    world.write(5, "/ngonngu")
    (message,) = [each for each in world.messages(5) if "buttons" in each]
    query = world.post("people/5/press", message_id=message["message_id"], button="English")["callback_id"]
    break_dialogue(world)
    world.run(world.bot.poll(0))
    world.run(world.bot.handle())
    answer = world.http.get(f"/sandbox/people/5/callbacks/{query}").json()
    assert answer == {"callback_id": query, "answered": True, "text": "", "show_alert": False}


def test_a_press_that_is_too_old_to_be_acknowledged_still_counts(world: World) -> None:
    world.person(5, "Hoa")
    world.write(5, "/ngonngu")
    message = world.last(5)
    world.post("people/5/press", message_id=message["message_id"], button="English")
    world.sandbox.clock.advance(600)
    world.settle()
    assert said(world.last(5)) == "From now on you get messages in English."


ANY_TEXT = st.text(st.characters())  # half surrogate pairs, too
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
USER = st.fixed_dictionaries(
    {"id": st.integers(1, 2**60), "is_bot": st.booleans(), "first_name": ANY_TEXT},
    optional={"last_name": JSON},
)
CHAT = st.fixed_dictionaries({"id": st.integers(-(2**60), 2**60), "type": st.sampled_from(["private", "group", "?"])})
FILE = st.fixed_dictionaries(
    {"file_id": ANY_TEXT, "file_unique_id": ANY_TEXT, "width": st.just(1), "height": st.just(1)},
    optional={"file_name": ANY_TEXT | JSON, "mime_type": ANY_TEXT | JSON, "file_size": st.integers() | JSON},
)
MESSAGE = st.fixed_dictionaries(
    {"message_id": st.integers(), "date": st.integers(0, 2**33), "chat": CHAT, "from": USER | JSON},
    optional={
        "text": ANY_TEXT | st.from_regex(r"/[a-z]+ .*") | JSON,
        "sender_chat": CHAT | JSON,
        "document": FILE | JSON,
        "photo": st.lists(FILE, max_size=2) | JSON,
        "caption": ANY_TEXT | JSON,
        "media_group_id": ANY_TEXT | JSON,
    },
)
QUERY = st.fixed_dictionaries(
    {"id": st.text(), "from": USER, "chat_instance": st.text()},
    optional={"data": ANY_TEXT | st.from_regex(r"[a-z_]+:[0-9:]*"), "message": MESSAGE | JSON},
)
UPDATE = st.fixed_dictionaries(
    {}, optional={"message": MESSAGE | JSON, "callback_query": QUERY | JSON, "my_chat_member": JSON}
)


def test_nothing_that_an_update_may_hold_stops_the_handling(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "bot")

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(UPDATE | st.dictionaries(st.text(), JSON), min_size=1, max_size=10))
    def never_stops(bodies: list[dict[str, Any]]) -> None:
        with world.transaction() as session:
            first = session.query(RawUpdate).count()
            session.add_all(
                RawUpdate(
                    update_id=first + place, body={**body, "update_id": first + place}, received_at=world.clock.now()
                )
                for place, body in enumerate(bodies)
            )
        assert world.run(world.bot.handle()) == len(bodies)

    never_stops()
    assert all(each.handled_at for each in updates(world))
