"""Whether the bot account can be used: asked of Telegram itself."""

from typing import NamedTuple

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.telegram import new_bot
from words import Text


class Check(NamedTuple):
    """What was asked, whether it is well, and what it means or how to mend it."""

    id: str
    ok: bool
    hint: Text


async def check_bot(token: str, base_url: str | None, proxy: str | None) -> list[Check]:
    """Ask Telegram who the token belongs to, and whether a webhook keeps updates from being fetched."""
    try:
        async with new_bot(token, base_url, proxy) as bot:
            return [
                Check("telegram.token", ok=True, hint=Text("bot.account", username=bot.username)),
                await _webhook(bot),
            ]
    except InvalidToken:
        return [Check("telegram.token", ok=False, hint=Text("bot.bad_token"))]
    except TelegramError as error:
        return [Check("telegram.reach", ok=False, hint=Text("bot.unreachable", error=str(error)))]


async def _webhook(bot: Bot) -> Check:
    webhook = await bot.get_webhook_info()
    if webhook.url:
        return Check("telegram.webhook", ok=False, hint=Text("bot.webhook_set"))
    return Check("telegram.webhook", ok=True, hint=Text("bot.no_webhook"))


async def ask_username(token: str, base_url: str | None, proxy: str | None) -> str:
    """The bot's name without the @. Raises TelegramError where it cannot be asked."""
    async with new_bot(token, base_url, proxy) as bot:
        return str(bot.username)
