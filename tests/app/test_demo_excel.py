"""The whole campaign without Google: every form goes through the bot as an Excel file."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from app.commands.score import score
from app.demo.run import Play, load_play, run_demo
from campaign.database import Database
from campaign.models import Form, FormKind, Submission
from tests.app.conftest import quiet
from tests.app.test_demo_regulations import some

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Play:
    whole = load_play("mic-2392", 1, tmp_path_factory.mktemp("excel"), FormKind.EXCEL)
    play = Play(whole.regulation, some(whole.regulation, whole.units), whole.seed, whole.out, FormKind.EXCEL)
    run_demo(play, quiet)
    return play


def test_nothing_is_set_of_google_and_no_form_has_an_address(played: Play) -> None:
    database = Database(f"sqlite:///{played.backstage / 'xephang.sqlite3'}")
    with database.transaction() as session:
        forms = [(form.url, form.file_id, form.trouble) for form in session.scalars(select(Form))]
        origins = {each.origin for each in session.scalars(select(Submission))}
    database.close()
    assert set(forms) == {(None, None, None)}
    assert origins == {"excel"}
    assert not (played.backstage / "google-credentials.json").exists()


def test_one_file_comes_late_and_of_one_unit_none_can_be_taken(played: Play) -> None:
    results = json.loads((played.out / "ranking.json").read_text("utf-8"))["results"]
    statuses = [result["status"] for result in results]
    assert (statuses.count("late"), statuses.count("missing")) == (1, 1)


def test_score_gives_the_ranking_again_from_the_two_tables(played: Play, capsys: pytest.CaptureFixture[str]) -> None:
    score(played.regulation.id, played.out / "answers.csv", played.out / "units.csv", json=True)

    assert capsys.readouterr().out == (played.out / "ranking.json").read_text("utf-8")


def test_the_same_play_again_leaves_the_same_messages(played: Play, tmp_path: Path) -> None:
    again = Play(played.regulation, played.units, played.seed, tmp_path, FormKind.EXCEL)
    run_demo(again, quiet)

    assert (tmp_path / "messages.jsonl").read_bytes() == (played.out / "messages.jsonl").read_bytes()
