"""The stages of a campaign, and the one function that moves it."""

from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.database import Database
from campaign.history import move, record, stage_name
from campaign.models import Campaign, History
from campaign.refusal import Refused
from campaign.stages import MOVES, Stage
from tests.campaign.world import at, draft
from words import Series, Text, say

POSSIBLE = {
    ("draft", "armed"),
    ("armed", "collecting"),
    ("collecting", "verifying"),
    ("verifying", "offered"),
    ("offered", "verifying"),
    ("offered", "approved"),
    ("approved", "published"),
}


def test_every_stage_has_its_line_in_the_table() -> None:
    assert list(MOVES) == list(Stage)


def test_of_all_pairs_of_stages_only_these_are_moves(session: Session) -> None:
    campaign = draft(session)
    moved = set()
    for start, end in product(Stage, Stage):
        campaign.stage = start
        try:
            move(session, campaign, end, actor="administrator", now=at(9, 1))
        except Refused:
            assert campaign.stage is start
        else:
            assert campaign.stage is end
            moved.add((str(start), str(end)))
    assert moved == POSSIBLE


def test_a_refused_move_says_what_is_possible_instead(session: Session) -> None:
    campaign = draft(session)
    campaign.stage = Stage.OFFERED
    with pytest.raises(Refused) as refusal:
        move(session, campaign, Stage.PUBLISHED, actor="administrator", now=at(9, 1))
    possible = Series((stage_name(Stage.VERIFYING), stage_name(Stage.APPROVED)))
    assert refusal.value.text == Text(
        "campaign.no_such_move",
        campaign="mau-2026",
        stage=stage_name(Stage.OFFERED),
        to=stage_name(Stage.PUBLISHED),
        possible=possible,
    )
    assert str(refusal.value) == (
        "Cannot move mau-2026 from waiting for approval to published: "
        "from there only being verified, approved is possible."
    )


def test_every_stage_has_a_name_in_both_languages() -> None:
    names = [(say(stage_name(stage), "vi"), say(stage_name(stage), "en")) for stage in Stage]
    assert len({vi for vi, _ in names}) == len({en for _, en in names}) == len(Stage)


def test_a_move_and_its_history_row_are_one_transaction(database: Database) -> None:
    with database.transaction() as session:
        draft(session)

    def move_and_fail() -> None:
        with database.transaction() as session:
            campaign = session.scalars(select(Campaign)).one()
            move(session, campaign, Stage.ARMED, actor="administrator", now=at(9, 1))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        move_and_fail()
    assert moves(database) == (Stage.DRAFT, [])
    with database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        move(session, campaign, Stage.ARMED, actor="administrator", now=at(9, 1))
    assert moves(database) == (Stage.ARMED, [("administrator", "stage.armed", {"previous": "draft"})])


def moves(database: Database) -> tuple[Stage, list[tuple[str, str, object]]]:
    with database.transaction() as session:
        rows = session.scalars(select(History).where(History.action.startswith("stage.")).order_by(History.id))
        return session.scalars(select(Campaign.stage)).one(), [(row.actor, row.action, row.facts) for row in rows]


def test_who_looked_before_another_moved_the_campaign_cannot_move_it_again(database: Database) -> None:
    with database.transaction() as session:
        draft(session)
    with database.transaction() as session:
        stale = session.scalars(select(Campaign)).one()
    with database.transaction() as session:
        move(session, session.scalars(select(Campaign)).one(), Stage.ARMED, actor="first", now=at(9, 1))
    with database.transaction() as session:
        session.add(stale)
        with pytest.raises(Refused):
            move(session, stale, Stage.ARMED, actor="second", now=at(9, 1))
    assert [actor for actor, _, _ in moves(database)[1]] == ["first"]


def test_the_history_keeps_the_types_of_its_facts(database: Database) -> None:
    with database.transaction() as session:
        record(session, draft(session), "told", actor="administrator", now=at(9, 1), day=at(9, 1).date(), n=3)
    with database.transaction() as session:
        row = session.scalars(select(History).where(History.action == "told")).one()
        assert (row.at, row.facts) == (at(9, 1), {"day": at(9, 1).date(), "n": 3})
