"""python-telegram-bot runs unchanged against the sandbox."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import Application, MessageHandler
from telegram.ext.filters import TEXT

from tests.sandbox.pictures import png
from tests.sandbox.world import World

T = TypeVar("T")


def run(world: World, work: Callable[[Bot], Awaitable[T]], token: str | None = None) -> T:
    """What the work gives, done with a bot of the real library."""

    async def whole() -> T:
        root = f"{world.sandbox.url}/telegram"
        async with Bot(token or world.sandbox.token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot") as bot:
            return await work(bot)

    return asyncio.run(whole())


def test_a_message_with_buttons_is_sent_edited_and_read_back(world: World) -> None:
    async def work(bot: Bot) -> tuple[Message, Message | bool]:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Xem", callback_data="view")]])
        sent = await bot.send_message(5, "<b>Nhắc</b> 😀", parse_mode="HTML", reply_markup=keyboard)
        return sent, await sent.edit_text("Xong")

    sent, edited = run(world, work)
    assert (sent.text, sent.entities[0].type, sent.parse_entity(sent.entities[0])) == ("Nhắc 😀", "bold", "Nhắc")
    assert sent.date == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "view"
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("Xong", None)


def test_everything_that_changes_a_send_is_understood(world: World) -> None:
    async def work(bot: Bot) -> Message:
        return await bot.send_message(
            5,
            "x",
            disable_notification=True,
            protect_content=True,
            disable_web_page_preview=True,
            reply_to_message_id=1,
            reply_markup=ReplyKeyboardMarkup([["Có", "Không"]], resize_keyboard=True, one_time_keyboard=True),
        )

    sent = run(world, work)
    assert sent.has_protected_content
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"


def test_a_photo_and_a_document_are_uploaded_sent_again_and_downloaded(world: World) -> None:
    picture = png(400, 200)

    async def work(bot: Bot) -> tuple[Message, Message, bytes, bytes]:
        photo = await bot.send_photo(5, picture, caption="<i>Bảng</i>", parse_mode="HTML", filename="hang.png")
        document = await bot.send_document(5, b"PK", filename="Bảng điểm.xlsx")
        again = await bot.send_photo(5, photo.photo[-1].file_id)
        assert again.photo == photo.photo
        assert document.document is not None
        file = await document.document.get_file()
        photo_file = await photo.photo[-1].get_file()
        return (
            photo,
            document,
            bytes(await file.download_as_bytearray()),
            bytes(await photo_file.download_as_bytearray()),
        )

    photo, document, data, picture_back = run(world, work)
    assert [(size.width, size.height) for size in photo.photo] == [(90, 45), (320, 160), (400, 200)]
    assert document.document is not None
    assert document.document.file_name == "Bảng điểm.xlsx"
    assert (data, picture_back) == (b"PK", picture)


def test_updates_arrive_as_the_librarys_objects(world: World) -> None:
    async def ask(bot: Bot) -> None:
        await bot.send_message(
            5, "Duyệt?", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="y")]])
        )

    async def listen(bot: Bot) -> tuple[Message, CallbackQuery]:
        written, pressed, blocked = await bot.get_updates(timeout=5, allowed_updates=[])
        assert written.message is not None
        assert pressed.callback_query is not None
        assert blocked.my_chat_member is not None
        assert blocked.my_chat_member.new_chat_member.status == "kicked"
        await pressed.callback_query.answer("Đã ghi")
        assert await bot.get_updates(offset=blocked.update_id + 1) == ()
        return written.message, pressed.callback_query

    run(world, ask)
    world.post("people/5/text", text="/help")
    callback_id = world.post("people/5/press", message_id=2, button="Có")["callback_id"]
    world.post("people/5/block")
    message, query = run(world, listen)
    assert message.parse_entities() == {message.entities[0]: "/help"}
    assert (query.data, query.from_user.full_name) == ("y", "Hoa Thử")
    assert world.get(f"people/5/callbacks/{callback_id}")["text"] == "Đã ghi"


def test_an_application_polls_and_answers(world: World) -> None:
    root = f"{world.sandbox.url}/telegram"

    async def whole() -> None:
        answered = asyncio.Event()

        async def answer(update: object, _: object) -> None:
            message = getattr(update, "message")  # noqa: B009 - PTB types the update as object
            await message.reply_text(f"Đã nhận: {message.text}")
            answered.set()

        application = Application.builder().token(world.sandbox.token).base_url(f"{root}/bot").build()
        application.add_handler(MessageHandler(TEXT, answer))
        async with application:
            assert application.updater is not None
            await application.start()
            await application.updater.start_polling(timeout=1)
            await asyncio.to_thread(world.post, "people/5/text", text="Xin chào")
            await asyncio.wait_for(answered.wait(), 10)
            await application.updater.stop()
            await application.stop()

    asyncio.run(whole())
    assert world.get("people/5/messages")[-1]["text"] == "Đã nhận: Xin chào"


def test_menus_and_chats(world: World) -> None:
    async def work(bot: Bot) -> tuple[tuple[BotCommand, ...], str]:
        scope = BotCommandScopeChat(5)
        await bot.set_my_commands([BotCommand("help", "Trợ giúp")], scope=scope, language_code="vi")
        chat = await bot.get_chat(5)
        await bot.send_chat_action(5, "typing")
        return await bot.get_my_commands(scope=scope, language_code="vi"), chat.full_name or ""

    assert run(world, work) == ((BotCommand("help", "Trợ giúp"),), "Hoa Thử")


def test_a_wrong_token_is_invalid(world: World) -> None:
    with pytest.raises(InvalidToken):
        run(world, lambda bot: bot.get_me(), "7000000009:AAF-unknown-sandbox-token-012345678")


def test_refusals_become_the_librarys_errors(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it the library warns of what it will do one day

    def send(bot: Bot) -> Awaitable[Message]:
        return bot.send_message(5, "x")

    with pytest.raises(BadRequest, match="Chat not found"):
        run(world, lambda bot: bot.send_message(99, "x"))
    world.post("people/5/block")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        run(world, send)
    world.post("people/5/unblock")
    world.post("faults", service="telegram", method="sendMessage", status=429, retry_after=7)
    with pytest.raises(RetryAfter) as later:
        run(world, send)
    assert later.value.retry_after == timedelta(seconds=7)


def test_a_group_that_moved_becomes_chatmigrated(world: World) -> None:
    world.post("groups", id=-77, title="Tổ thẩm định")
    world.post("groups/-77/move", to=-1000000000077)
    with pytest.raises(ChatMigrated) as moved:
        run(world, lambda bot: bot.send_message(-77, "x"))
    assert moved.value.new_chat_id == -1000000000077


def test_a_second_poller_is_a_conflict(world: World) -> None:
    world.bot("setWebhook", url="https://bot.test/hook")
    with pytest.raises(Conflict):
        run(world, lambda bot: bot.get_updates())


def test_a_lost_answer_is_a_network_error_and_a_hanging_call_times_out(world: World) -> None:
    world.post("faults", service="telegram", method="sendMessage", effect="lose")
    with pytest.raises(NetworkError) as lost:
        run(world, lambda bot: bot.send_message(5, "x"))
    assert type(lost.value) is NetworkError
    world.post("faults", service="telegram", method="sendMessage", effect="lose", status=502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        run(world, lambda bot: bot.send_message(5, "x"))
    world.post("faults", service="telegram", method="sendMessage", effect="hang")
    with pytest.raises(TimedOut):
        run(world, lambda bot: bot.send_message(5, "x", read_timeout=0.2))
    assert [entry["text"] for entry in world.get("messages")] == ["x", "x"]
