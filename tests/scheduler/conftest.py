from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.database import Database
from campaign.migrate import upgrade
from tests.scheduler.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    """An office in which nothing has happened yet."""
    return Office(database)


@pytest.fixture
def sqlite_office(tmp_path: Path) -> Iterator[Office]:
    """An office of its own, where one kind of database is enough."""
    database = Database(f"sqlite:///{tmp_path / 'xephang.sqlite3'}")
    upgrade(database)
    yield Office(database)
    database.close()
