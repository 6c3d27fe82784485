"""What tests of several packages need: a database with its tables, on SQLite and on PostgreSQL."""

import os
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import NoReturn

import httpx
import pytest
from hypothesis import settings
from sqlalchemy import delete, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection

from campaign.database import Database
from campaign.migrate import upgrade
from campaign.models import Base
from tests import postgres

# No test is timed: a slow machine is no defect.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@event.listens_for(Pool, "checkout")
def _do_not_wait_for_the_disk(
    connection: DBAPIConnection, _entry: ConnectionPoolEntry, _proxied: PoolProxiedConnection
) -> None:
    """Let SQLite write as PostgreSQL does in tests: nothing has to survive a power cut."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF").close()


@pytest.fixture(scope="session", autouse=True)
def _certificates_are_read_once() -> Iterator[None]:
    """Every HTTP client reads the certificates of all authorities; nobody shows one to a client here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx._transports.default.create_ssl_context", cache(httpx.create_ssl_context))
        yield


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
def postgresql_database(postgres_server: postgres.Server) -> Iterator[Database]:
    """One database with its tables, for all tests."""
    yield from _with_tables(postgres_server.new_database())


@pytest.fixture(scope="session")
def sqlite_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One file with its tables, for all tests."""
    yield from _with_tables(f"sqlite:///{tmp_path_factory.mktemp('database')}/xephang.sqlite3")


def _with_tables(url: str) -> Iterator[Database]:
    database = Database(url)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A database with its tables and no rows: the test runs once on SQLite and once on PostgreSQL."""
    database: Database = request.getfixturevalue(f"{request.param}_database")
    _empty(database)
    return database


def _empty(database: Database) -> None:
    """Forget all rows and count from 1 again, which takes PostgreSQL far less time by DELETE than by TRUNCATE."""
    with database.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
        if database.engine.dialect.name == "postgresql":
            session.execute(text("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction, for tests that need no more than one."""
    with database.transaction() as session:
        yield session
