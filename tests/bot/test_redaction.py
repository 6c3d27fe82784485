"""The token never reaches a log, whatever writes it."""

import io
import logging
from collections.abc import Iterator

import pytest
from telegram.error import InvalidToken

from bot.redaction import RedactingFormatter
from tests.bot.world import World

TOKEN = "7000000009:AAF-an-invented-token-for-this-test"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(RedactingFormatter(logging.Formatter("%(message)s"), TOKEN))
    logger = logging.getLogger("tests.redaction")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield logger, written
    logger.removeHandler(handler)


def test_the_token_in_a_message_is_struck_out(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    logger.info('HTTP Request: POST %s "HTTP/1.1 200 OK"', f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert (
        written.getvalue() == 'HTTP Request: POST https://api.telegram.org/bot7000000009:***/getMe "HTTP/1.1 200 OK"\n'
    )


def test_the_token_in_a_traceback_is_struck_out(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    error = InvalidToken(f"The token `{TOKEN}` was rejected by the server.")
    logger.error("Start", exc_info=error)
    assert (
        written.getvalue().splitlines()[-1]
        == "telegram.error.InvalidToken: The token `7000000009:***` was rejected by the server."
    )
    assert TOKEN.partition(":")[2] not in written.getvalue()


def test_a_token_quoted_for_an_address_is_struck_out(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    logger.info("GET /bot%s/getMe", TOKEN.replace(":", "%3A"))
    assert written.getvalue() == "GET /bot7000000009%3A***/getMe\n"


def test_a_record_keeps_its_traceback_and_its_level(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, written = log
    logger.warning("Trouble", exc_info=ValueError("nothing secret"))
    assert written.getvalue() == "Trouble\nValueError: nothing secret\n"


def test_the_library_s_own_lines_about_its_requests_are_clean(world: World) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(RedactingFormatter(logging.Formatter("%(message)s"), world.sandbox.token))
    logger = logging.getLogger("httpx")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    world.run(world.bot.poll(0))
    logger.removeHandler(handler)
    logger.setLevel(before)
    wanted = "%5B%22message%22%2C+%22callback_query%22%2C+%22my_chat_member%22%5D"
    assert written.getvalue() == (
        f"HTTP Request: POST {world.sandbox.url}/telegram/bot7000000001:***/getUpdates"
        f"?timeout=0&allowed_updates={wanted}"
        ' "HTTP/1.1 200 OK"\n'
    )


def test_without_a_token_lines_stay_as_they_are() -> None:
    record = logging.LogRecord("a", logging.INFO, "a.py", 1, "nothing to hide", None, None)
    assert RedactingFormatter(logging.Formatter("%(message)s"), " ").format(record) == "nothing to hide"
