"""The tables on both databases, and the types that have to survive them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, insert, inspect, text
from sqlalchemy.exc import IntegrityError, StatementError

from campaign import migrate
from campaign.content import filled_of
from campaign.database import Database
from campaign.inbox import mark_handled, next_offset, store, unhandled
from campaign.models import Address, Campaign, Draft, OutboxRow, RawUpdate, Submission
from campaign.outbox import enqueue
from campaign.people import meet
from campaign.ports import Filled
from campaign.refusal import Refused
from campaign.stages import Stage
from scoring import Answer, answer_to_json
from tests import postgres
from tests.campaign.world import at
from words import Series, Text


def test_the_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    assert migrate.differences(database) == []


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bare.sqlite3'}"
    server: postgres.Server = request.getfixturevalue("postgres_server")
    return server.new_database()


def test_the_tables_come_and_go_with_the_migrations(empty: str) -> None:
    database = Database(empty)
    migrate.upgrade(database)
    assert "outbox" in inspect(database.engine).get_table_names()
    config = migrate._config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    database.close()


def insert_older_rows(connection: Connection, *, submitted: bool) -> None:
    """One campaign that was issued, with a unit and its form, and one that was not, in the tables as they are there."""

    def add(table: str, **values: Any) -> None:  # noqa: ANN401 - whatever the column holds
        connection.execute(insert(Table(table, MetaData(), autoload_with=connection)).values(**values))

    empty = dict.fromkeys(("title", "regulation_id", "regulation_text", "regulation_sha256"), "")
    empty |= dict.fromkeys(("letter_number", "letter_signer"), "")
    for number, stage in ((1, Stage.COLLECTING), (2, Stage.DRAFT)):
        days = {"year": 2026, "issue_on": at(9, 15).date(), "created_at": at(9, 1)}
        add("campaigns", id=number, code=f"c{number}", stage=str(stage), zone="UTC", **empty, **days)
    issued = {"actor": "scheduler", "action": "stage.collecting", "facts": {}}
    add("history", campaign_id=1, at=at(9, 15, 8), **issued)
    add("units", id=1, campaign_id=1, code="a", name="", group="", parent="", source="")
    add("forms", unit_id=1)
    if submitted:
        held = {"answers": [answer_to_json(Answer("co_may", 8))]}
        add("people", id=1, name="Hoa", language="vi")
        add(
            "drafts",
            unit_id=1,
            missing=[],
            problems=[{"text": "campaign.none_yet", "values": {}}],
            read_at=at(10, 5),
            **held,
        )
        frozen = {"sha256": "", "receipt": "2026-0001-1", "origin": "telegram", "late": False, **held}
        add("submissions", id=1, unit_id=1, number=1, at=at(10, 6), person_id=1, **frozen)


def stepper(url: str) -> tuple[Database, Callable[[Callable[[Config], None]], None]]:
    """The database, and what does one step of its migration in a transaction."""
    database, config = Database(url), migrate._config()

    def step(to: Callable[[Config], None]) -> None:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            to(config)

    return database, step


def test_campaigns_of_an_older_database_know_when_they_were_issued(empty: str) -> None:
    database, step = stepper(empty)
    step(lambda config: command.upgrade(config, "0001"))
    with database.engine.begin() as connection:
        insert_older_rows(connection, submitted=False)
    step(lambda config: command.upgrade(config, "head"))
    with database.transaction() as session:
        assert [each.issued_at for each in session.query(Campaign).order_by(Campaign.id)] == [at(9, 15, 8), None]
    step(lambda config: command.downgrade(config, "0001"))
    with database.transaction() as session:
        assert session.execute(text("SELECT count(*) FROM forms JOIN units ON units.id = unit_id")).scalar() == 1
    database.close()


def test_what_was_submitted_and_drafted_in_an_older_database_is_there_as_it_was(empty: str) -> None:
    database, step = stepper(empty)
    step(lambda config: command.upgrade(config, "0002"))
    with database.engine.begin() as connection:
        insert_older_rows(connection, submitted=True)
    step(lambda config: command.upgrade(config, "head"))
    with database.transaction() as session:
        kept, draft = session.query(Submission).one(), session.query(Draft).one()
        assert filled_of(kept) == filled_of(draft) == Filled((Answer("co_may", 8),))
        assert (kept.came_at, kept.origin, kept.person_id, kept.confirmed_at) == (at(10, 6), "chat", 1, None)
        assert (draft.changed_at, draft.ticked, draft.problems) == (at(10, 5), False, [])
    step(lambda config: command.downgrade(config, "0002"))
    with database.transaction() as session:
        assert session.execute(text("SELECT number, late FROM submissions")).one() == (1, False)
    database.close()


def test_an_empty_database_gets_its_tables_and_the_next_start_changes_nothing(empty: str) -> None:
    database = Database(empty)
    migrate.require_current(database)
    migrate.require_current(database)
    assert migrate.differences(database) == []
    database.close()


def test_a_database_of_another_version_is_refused(empty: str) -> None:
    database = Database(empty)
    migrate.upgrade(database)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refused) as refusal:
        migrate.require_current(database)
    assert refusal.value.text == Text("campaign.database_outdated")
    database.close()


def test_a_database_of_somebody_else_is_refused(empty: str) -> None:
    database = Database(empty)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(Refused) as refusal:
        migrate.require_current(database)
    assert refusal.value.text == Text("campaign.database_outdated")
    database.close()


def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    told = datetime(2026, 10, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=7)))
    with database.transaction() as session:
        meet(session, "telegram", "5", name="Hoa", language="vi").dead_since = told
    with database.transaction() as session:
        kept = session.query(Address).one().dead_since
    assert kept == told
    assert kept
    assert kept.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    naive = at(10, 1).replace(tzinfo=None)
    with pytest.raises(StatementError, match="naive"), database.transaction() as session:
        meet(session, "telegram", "5", name="Hoa", language="vi").dead_since = naive


def test_the_facts_of_a_message_keep_their_types(database: Database) -> None:
    inner = Text("campaign.late_not_ranked", clause="Điều 8.2")
    with database.transaction() as session:
        hoa = meet(session, "telegram", "5", name="Hoa", language="vi")
        facts: dict[str, Any] = {"n": 3, "score": Decimal("8.50"), "day": at(10, 31).date(), "at": at(10, 31)}
        enqueue(session, hoa, "bot.answer", key="k", now=at(10, 1), items=Series(("a", inner)), lines=("b",), **facts)
    with database.transaction() as session:
        kept = session.query(OutboxRow).one().facts
    assert kept == {**facts, "items": Series(("a", inner)), "lines": ("b",)}
    assert str(kept["score"]) == "8.50"


def test_what_is_left_by_an_exception_leaves_nothing_behind(database: Database) -> None:
    def meet_and_fail() -> None:
        with database.transaction() as session:
            meet(session, "telegram", "5", name="Hoa", language="vi")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        meet_and_fail()
    with database.transaction() as session:
        assert session.query(Address).all() == []


def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(
            Submission(
                unit_id=404,
                number=1,
                at=at(10, 1),
                came_at=at(10, 1),
                person_id=None,
                origin="chat",
                answers=[],
                documents=[],
                explanations={},
                facts={},
                sha256="",
                receipt="2026-0404-1",
            )
        )


def test_an_update_is_stored_once_and_handled_in_order(database: Database) -> None:
    with database.transaction() as session:
        for update_id, body in ((8, "second"), (7, "first"), (8, "again")):
            store(session, update_id, {"said": body}, at(10, 1))
    with database.transaction() as session:
        assert [(row.update_id, row.body) for row in unhandled(session)] == [
            (7, {"said": "first"}),
            (8, {"said": "second"}),
        ]
        mark_handled(session, 7, at(10, 1, 10))
        mark_handled(session, 8, at(10, 1, 10), error="KeyError: 'x'")
    with database.transaction() as session:
        assert unhandled(session) == []
        assert [row.error for row in session.query(RawUpdate).order_by(RawUpdate.update_id)] == [None, "KeyError: 'x'"]


def test_updates_are_asked_for_from_the_first_one_not_stored(database: Database) -> None:
    with database.transaction() as session:
        assert next_offset(session) is None
        store(session, 2**40, {}, at(10, 1))
        session.flush()
        assert next_offset(session) == 2**40 + 1
