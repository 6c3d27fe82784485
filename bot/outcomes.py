"""What became of a send: each error of the library read as what may be done next."""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it: the number of the message, and Telegram's id of the file that went with it."""

    number: str
    file: str | None


@dataclass(frozen=True, slots=True)
class NotSent:
    """It certainly did not arrive and may be sent again, after `pause` where Telegram named one."""

    error: str
    pause: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """The answer is missing: it may have arrived, and is never sent again."""

    error: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Telegram will never take it; `dead` when it takes nothing more for this chat."""

    error: str
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat goes on under another id."""

    chat: str


Outcome = Sent | NotSent | Lost | Failed | Moved

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_NO_SUCH_CHAT = ("chat not found", "peer_id_invalid", "user not found")


def outcome_of(error: TelegramError) -> Outcome:
    """Read an error. BadRequest and TimedOut are NetworkErrors too, so the library's tree alone does not tell.

    What is left at the end (timeouts while writing or reading, a dropped connection, 5xx, an unreadable answer) may
    all come after Telegram has taken the message.
    """
    text = f"{type(error).__name__}: {error.message}"
    match error:
        case RetryAfter():
            return NotSent(text, cast("timedelta", error.retry_after))  # see the switch in bot/__init__.py
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Failed(text, dead=True)
        case BadRequest():
            return Failed(text, dead=any(each in error.message.lower() for each in _NO_SUCH_CHAT))
        case InvalidToken():
            return NotSent(text)
    return NotSent(text) if isinstance(error.__cause__, _NEVER_LEFT) else Lost(text)
