"""What the commands of an office share: the settings, the database, the bot's name, and who is at work."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from app.clock import clock_of
from app.database import open_database
from app.settings import BadSettingsError, Settings, read_settings
from campaign.finding import campaign_named, last_ranking
from campaign.models import Ranking
from campaign.refusal import Refused
from words import Text

ADMINISTRATOR = "administrator"
"""The actor of what is done on the command line."""


@contextmanager
def at_work() -> Iterator[tuple[Session, datetime]]:
    """Give a transaction on the office's database and the present instant, as the settings say."""
    settings = read_settings()
    now = clock_of(settings).now()
    database = open_database(settings)
    try:
        with database.transaction() as session:
            yield session, now
    finally:
        database.close()


def newest_ranking(session: Session, code: str | None) -> Ranking:
    """Return the newest version of the campaign's ranking. Raises Refused where none was computed yet."""
    campaign = campaign_named(session, code)
    ranking = last_ranking(session, campaign)
    if ranking is None:
        raise Refused(Text("app.no_ranking", campaign=campaign.code))
    return ranking


def username_of(settings: Settings) -> str:
    """Ask Telegram for the bot's username. Raises BadSettingsError without a token, Refused as `ask_username` does."""
    token = settings.token()
    if token is None:
        raise BadSettingsError(Text("app.no_token_for_links"))
    from bot.doctor import ask_username  # noqa: PLC0415 - loads telegram, which is slow

    return asyncio.run(ask_username(token, settings.telegram_base_url, settings.telegram_proxy))
