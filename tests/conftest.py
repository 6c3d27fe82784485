"""What tests of several packages need: a database with its tables, on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from campaign.database import Database
from campaign.migrate import upgrade
from campaign.models import Base
from tests import postgres


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test; under XEPHANG_TEST_REQUIRE=all fail it instead."""
    if os.environ.get("XEPHANG_TEST_REQUIRE") == "all":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server without databases of our own."""
    if reason := postgres.missing():
        skip_or_fail(reason)
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_database(postgres_server: postgres.Server) -> Iterator[Database]:
    """One database with its tables, for all tests."""
    database = Database(postgres_server.new_database())
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and no rows, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.sqlite3"
    database = Database(f"sqlite:///{file}")
    upgrade(database)
    database.close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with its tables and no rows: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield from _copy(request.getfixturevalue("sqlite_file"), request.getfixturevalue("tmp_path"))
    else:
        yield _emptied(request.getfixturevalue("postgres_database"))


def _copy(empty: Path, folder: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{shutil.copy(empty, folder / 'xephang.sqlite3')}")
    yield database
    database.close()


def _emptied(database: Database) -> Database:
    names = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with database.transaction() as session:
        session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    return database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction, for tests that need no more than one."""
    with database.transaction() as session:
        yield session
