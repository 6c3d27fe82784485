"""Fetching a file that somebody sent to the bot."""

import logging

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.fetching import DownloadError

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Telegram gives no larger file to a bot."""
log = logging.getLogger(__name__)


async def download(bot: Bot, file_id: str) -> bytes:
    """Return the content of a file. Raises DownloadError where Telegram is out of reach or the file too large."""
    try:
        file = await bot.get_file(file_id)
        if file.file_size and file.file_size > LARGEST_DOWNLOAD:
            raise DownloadError(too_large=True)
        return bytes(await file.download_as_bytearray())
    except BadRequest as error:
        log.warning("File %s: %s", file_id, error)
        raise DownloadError(too_large="too big" in error.message) from None  # the library's error may hold the address
    except TelegramError as error:
        log.warning("File %s: %s", file_id, type(error).__name__)
        raise DownloadError(too_large=False) from None  # the address of the file holds the token
