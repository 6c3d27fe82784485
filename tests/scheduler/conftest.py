import pytest

from campaign.database import Database
from tests.scheduler.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    """An office in which nothing has happened yet."""
    return Office(database)
