"""The bot's account with Telegram: how it is reached, and the first question, who it is."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from campaign.refusal import Refused
from words import Text

TELEGRAM = "https://api.telegram.org"
READ_TIMEOUT = 20.0


def account(token: str, base_url: str | None, proxy: str | None) -> Bot:
    """Return the library's bot, not yet connected. `base_url` is a root without "/bot"; None means Telegram's own."""
    root = (base_url or TELEGRAM).rstrip("/")
    request = HTTPXRequest(
        connect_timeout=10.0,
        read_timeout=READ_TIMEOUT,
        write_timeout=20.0,
        media_write_timeout=60.0,
        pool_timeout=5.0,
        proxy=proxy,
        httpx_kwargs={"trust_env": False},  # the proxy is a setting; the environment's is meant for other programs
    )
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request,
        get_updates_request=request,
    )


async def introduce(bot: Bot) -> None:
    """Ask Telegram who the bot is. Raises Refused where Telegram is out of reach or does not know the token."""
    try:
        await bot.initialize()
    except InvalidToken:
        raise Refused(Text("bot.token_rejected")) from None  # the library's own words hold the token
    except TelegramError as error:
        raise Refused(Text("bot.telegram_unreachable", error=error.message)) from error
