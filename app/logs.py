"""Logs: to standard error, without secrets."""

import logging

from app.settings import Settings
from bot.redaction import RedactingFormatter


def set_up_logs(settings: Settings) -> None:
    """Log at the level that the settings name; the bot's token is struck out wherever it would stand."""
    handler = logging.StreamHandler()
    inner = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(RedactingFormatter(inner, settings.token() or " "))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    # Every call of the bot and of Google would be a line: worth it only when looking for something.
    for noisy in ("alembic", "apscheduler", "httpx", "urllib3"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(settings.log_level)))
    # A beat that comes while the one before is still at work is left out, as intended; no news for the log.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def quieten() -> None:
    """For the demo, where the terminal belongs to the story: only what goes wrong is told."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", force=True)
