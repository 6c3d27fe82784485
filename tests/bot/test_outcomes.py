"""Each error of the library, and whether the message may be sent again."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.outcomes import Failed, Lost, Moved, NotSent, Outcome, outcome_of


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "cause",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("no answer"),
        httpx.PoolTimeout("busy"),
        httpx.ProxyError("no way"),
        httpx.UnsupportedProtocol("ftp"),
    ],
)
def test_what_never_left_may_be_sent_again(cause: Exception) -> None:
    assert outcome_of(caused(NetworkError("httpx"), cause)) == NotSent("NetworkError: httpx")


@pytest.mark.parametrize(
    "error",
    [
        caused(TimedOut("slow"), httpx.ReadTimeout("slow")),
        caused(TimedOut("slow"), httpx.WriteTimeout("slow")),
        caused(NetworkError("slow"), httpx.ReadError("slow")),
        caused(NetworkError("slow"), httpx.RemoteProtocolError("slow")),
        NetworkError("Bad Gateway"),
        TelegramError("Invalid server response"),
    ],
)
def test_what_may_have_arrived_is_never_sent_again(error: TelegramError) -> None:
    assert isinstance(outcome_of(error), Lost)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (RetryAfter(7), NotSent("RetryAfter: Flood control exceeded. Retry in 0:00:07", timedelta(seconds=7))),
        (ChatMigrated(-1001), Moved("-1001")),
        (Forbidden("bot was blocked by the user"), Failed("Forbidden: bot was blocked by the user", dead=True)),
        (BadRequest("Chat not found"), Failed("BadRequest: Chat not found", dead=True)),
        (BadRequest("message text is empty"), Failed("BadRequest: message text is empty", dead=False)),
        (InvalidToken("Unauthorized"), NotSent("InvalidToken: Unauthorized")),
    ],
)
def test_what_telegram_says_decides(error: TelegramError, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome
