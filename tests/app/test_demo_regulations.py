"""The other shipped regulations, each played from the letter to the published ranking with some of its units."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.commands.score import score
from app.demo.cast import Manner, cast
from app.demo.run import Play, load_play, run_demo
from app.demo.steps import Step
from campaign.database import Database
from campaign.delivery_states import DeliveryState
from campaign.models import Campaign, OutboxRow
from campaign.stages import Stage
from scoring import Regulation, Unit, shipped

pytestmark = pytest.mark.slow

OTHERS = [name for name in shipped() if name != "cao-bang-2310"]


def some(regulation: Regulation, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Two parents with two units each under them, and three units of every group that is under nobody."""
    parents = sorted({unit.parent for unit in units if unit.parent})[:2]
    chosen = {unit.id for parent in parents for unit in [each for each in units if each.parent == parent][:2]}
    for group, rules in regulation.groups.items():
        if not rules.under:
            chosen |= {unit.id for unit in units if unit.group == group and unit.id in parents}
            chosen |= {unit.id for unit in [each for each in units if each.group == group][:3]}
    return tuple(unit for unit in units if unit.id in chosen)


@pytest.fixture(scope="module", params=OTHERS)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Play:
    whole = load_play(request.param, 1, tmp_path_factory.mktemp(request.param))
    play = Play(whole.regulation, some(whole.regulation, whole.units), whole.seed, whole.out)
    run_demo(play, quiet)
    return play


def quiet(_number: int, _total: int, _step: Step) -> None:
    """Show no progress."""


def database_of(play: Play) -> Database:
    return Database(f"sqlite:///{play.backstage / 'xephang.sqlite3'}")


def results(play: Play) -> list[dict[str, Any]]:
    return list(json.loads((play.out / "ranking.json").read_text("utf-8"))["results"])


def test_the_ranking_is_published_and_every_message_arrived(played: Play) -> None:
    database = database_of(played)
    with database.transaction() as session:
        stages = session.scalars(select(Campaign.stage).order_by(Campaign.id)).all()
        states = set(session.scalars(select(OutboxRow.state)))
    database.close()
    assert stages == [Stage.PUBLISHED, Stage.DRAFT]
    assert states <= {DeliveryState.SENT, DeliveryState.CANCELLED}


def test_score_gives_the_ranking_again_from_the_two_tables(played: Play, capsys: pytest.CaptureFixture[str]) -> None:
    score(played.regulation.id, played.out / "answers.csv", played.out / "units.csv", json=True)

    assert capsys.readouterr().out == (played.out / "ranking.json").read_text("utf-8")


def test_every_contact_is_told_the_result_of_the_unit(played: Play) -> None:
    contacts = cast(played.regulation, played.units, played.seed).contacts
    ranked = {each["unit"] for each in results(played) if each["status"] == "ranked"}
    wanted = {
        str(each.id): "reports.result" if each.unit.id in ranked else "reports.result_not_ranked"
        for each in contacts
        if each.unit
    }
    database = database_of(played)
    with database.transaction() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind.like("reports.result%"))).all()
        told = {row.address.value: row.kind for row in rows}
    database.close()
    assert told == wanted


def test_all_units_but_the_late_and_the_silent_one_are_assessed(played: Play) -> None:
    late = "late" if played.regulation.late.name == "not_ranked" else "ranked"
    wanted = {Manner.TOO_LATE: late, Manner.NEVER: "missing"}
    stand = {each["unit"]: each for each in results(played)}
    contacts = cast(played.regulation, played.units, played.seed).contacts
    for each in contacts:
        assert each.unit is not None
        found = stand[each.unit.id]
        assert found["status"] in {wanted.get(each.manner, "ranked"), "below_lowest"}
        assert bool(found["reason"]) == (each.manner in wanted or found["status"] == "below_lowest")


def test_the_folder_has_a_picture_for_every_group_that_is_ranked_by_itself(played: Play) -> None:
    apart = {
        group: sorted({unit.parent for unit in played.units if unit.group == group})
        for group, rules in played.regulation.groups.items()
        if rules.ranked == "within_parent"
    }
    wanted = {
        f"ranking-{name}.png"
        for group in played.regulation.groups
        for name in ([f"{group}-{parent}" for parent in apart[group]] if group in apart else [group])
    }
    assert {file.name for file in played.out.glob("*.png")} == wanted
