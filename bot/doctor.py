"""What the doctor and the invitations ask of the bot's account. Nothing that people see is changed."""

from dataclasses import dataclass

from bot.account import account, introduce
from campaign.refusal import Refused
from words import Text


@dataclass(frozen=True, slots=True)
class BotCheck:
    """What was looked at, whether it is well, and what it means or how to mend it."""

    id: str
    ok: bool
    hint: Text


async def check_bot(token: str, base_url: str | None, proxy: str | None) -> tuple[BotCheck, ...]:
    """Try the token on Telegram."""
    try:
        username = await ask_username(token, base_url, proxy)
    except Refused as refusal:
        return (BotCheck("telegram.bot", ok=False, hint=refusal.text),)
    return (BotCheck("telegram.bot", ok=True, hint=Text("bot.check_fine", username=username)),)


async def ask_username(token: str, base_url: str | None, proxy: str | None) -> str:
    """Return the bot's name without the @. Raises Refused as `introduce` does."""
    bot = account(token, base_url, proxy)
    try:
        await introduce(bot)
        return bot.username
    finally:
        await bot.shutdown()
