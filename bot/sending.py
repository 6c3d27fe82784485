"""One call to Telegram that sends something, and what became of it."""

import logging
from dataclasses import dataclass
from struct import unpack

from telegram import Bot, InputFile, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.outcomes import Lost, Outcome, Sent, outcome_of
from bot.rendering import Part

LONGEST_SIDES = 10_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class File:
    """A file to send; `reference` is Telegram's own id of it, None where it was never uploaded."""

    sha256: str
    name: str
    media_type: str
    content: bytes
    reference: str | None


async def send(bot: Bot, chat: str, part: Part, file: File | None) -> Outcome:
    """Send one part to a chat. Never raises: what went wrong is the outcome."""
    try:
        if file is None or not part.with_file:
            message = await _send_text(bot, chat, part)
        elif _is_photo(file):
            message = await _send_photo(bot, chat, part, file)
        else:
            message = await _send_document(bot, chat, part, file)
    except TelegramError as error:
        log.warning("Message to chat %s: %s", chat, error)
        return outcome_of(error)
    except Exception as error:  # the request may have gone out before the library stumbled
        log.exception("Message to chat %s", chat)
        return Lost(f"{type(error).__name__}: {error}")
    return Sent(str(message.message_id), _file_id(message))


def _is_photo(file: File) -> bool:
    """Telegram takes a picture as a photo while its two sides together are at most 10,000 pixels."""
    if file.media_type != "image/png":
        return False
    width, height = unpack(">II", file.content[16:24])  # the first chunk of every PNG begins with its size
    return bool(width + height <= LONGEST_SIDES)


async def _send_text(bot: Bot, chat: str, part: Part) -> Message:
    return await bot.send_message(
        chat,
        part.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=part.keyboard,
    )


async def _send_photo(bot: Bot, chat: str, part: Part, file: File) -> Message:
    return await bot.send_photo(
        chat, _upload(file), caption=part.text, parse_mode=ParseMode.HTML, reply_markup=part.keyboard
    )


async def _send_document(bot: Bot, chat: str, part: Part, file: File) -> Message:
    return await bot.send_document(
        chat, _upload(file), caption=part.text, parse_mode=ParseMode.HTML, reply_markup=part.keyboard
    )


def _upload(file: File) -> str | InputFile:
    return file.reference or InputFile(file.content, filename=file.name)


def _file_id(message: Message) -> str | None:
    if message.photo:
        return message.photo[-1].file_id
    return message.document.file_id if message.document else None
