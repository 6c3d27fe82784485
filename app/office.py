"""What the commands of an office share: the settings, the database, and who is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from app.clock import clock_of
from app.settings import read_settings
from app.wiring import open_database

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
