"""What the commands of an office share: the settings, the database, and who is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from app.clock import clock_of
from app.settings import read_settings
from app.wiring import open_database
from campaign.models import Ranking
from campaign.queries import campaign_named, last_ranking
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
