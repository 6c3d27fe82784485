"""A demo that is killed at any moment and run again ends as an unbroken one does."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from campaign.database import Database
from campaign.delivery_states import DeliveryState
from campaign.models import OutboxRow

pytestmark = pytest.mark.slow

RUN = """
import sys
from pathlib import Path
from app.demo.run import load_play, run_demo

def show(number, total, step):
    print(number, flush=True)

run_demo(load_play("cao-bang-2310", 1, Path(sys.argv[1])), show)
"""


def run_and_kill_after(steps: int, out: Path) -> bool:
    """Run the demo in a process of its own; kill it once it says that it begins step number `steps`."""
    process = subprocess.Popen([sys.executable, "-c", RUN, str(out)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            if int(line) >= steps:
                process.send_signal(signal.SIGKILL)
                break
        else:
            return process.wait() == 0
    process.wait()
    return False


def lines(out: Path) -> list[dict[str, Any]]:
    """The messages without their running number, which a lost uncertain one would shift."""
    record = [json.loads(line) for line in (out / "messages.jsonl").read_text("utf-8").splitlines()]
    return [{name: value for name, value in message.items() if name != "n"} for message in record]


def uncertain(out: Path) -> int:
    """How many messages the product marked as uncertain."""
    database = Database(f"sqlite:///{out / '.state' / 'xephang.sqlite3'}")
    with database.transaction() as session:
        count = session.scalar(
            select(func.count()).select_from(OutboxRow).where(OutboxRow.state == DeliveryState.UNCERTAIN)
        )
    database.close()
    return count or 0


def test_a_demo_killed_again_and_again_ends_with_the_same_ranking_receipts_and_messages(
    demo: Path, tmp_path: Path
) -> None:
    for steps in (3, 41, 75, 78, 120, 163, 201):
        assert not run_and_kill_after(steps, tmp_path)
    assert run_and_kill_after(10**6, tmp_path)

    assert (tmp_path / "ranking.json").read_bytes() == (demo / "ranking.json").read_bytes()
    assert (tmp_path / "answers.csv").read_bytes() == (demo / "answers.csv").read_bytes()
    missing = [message for message in lines(demo) if message not in lines(tmp_path)]
    assert len(missing) <= uncertain(tmp_path)
    assert [message for message in lines(tmp_path) if message not in lines(demo)] == []


def test_two_runs_of_one_seed_leave_equal_messages(demo: Path, tmp_path: Path) -> None:
    assert run_and_kill_after(10**6, tmp_path)
    assert (tmp_path / "messages.jsonl").read_bytes() == (demo / "messages.jsonl").read_bytes()
