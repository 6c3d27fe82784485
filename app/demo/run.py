"""The demo from beginning to end: play the script against the production system, then write down what came of it.

It may be killed at any moment. Run again, it goes on after the last step that it finished: the sandbox and the product
keep their own state, and every act carries a key by which a repetition is recognised.
"""

import asyncio
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.demo.acts import perform
from app.demo.calendar import Calendar
from app.demo.cast import cast
from app.demo.company import Company
from app.demo.data import invent
from app.demo.outcome import write_outcome
from app.demo.production import Production, StagedClock
from app.demo.script import script
from app.demo.stage import Stage
from app.demo.steps import Step
from app.rehearsal import environment, held, settings_of
from campaign.models import FormKind
from sandbox.server import Sandbox
from scoring import Regulation, Unit, load_regulation, read_units, shipped_units

YEAR = 2026
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Progress = Callable[[int, int, Step], None]


@dataclass(frozen=True, slots=True)
class Play:
    """What is to be played, and where it is kept."""

    regulation: Regulation
    units: tuple[Unit, ...]
    seed: int
    out: Path
    forms: FormKind = FormKind.GOOGLE

    @property
    def backstage(self) -> Path:
        """State of the sandbox, of the product, and how far the script has come."""
        return self.out / ".state"

    @property
    def name(self) -> dict[str, Any]:
        """What makes two plays the same."""
        units = [unit.id for unit in self.units]
        return {"regulation": self.regulation.sha256, "units": units, "seed": self.seed, "forms": str(self.forms)}


def run_demo(play: Play, progress: Progress) -> tuple[str, ...]:
    """Play, or go on playing, until the end; the outcome is in `play.out`, and the story in short is returned.

    Raises WrongUseError while another process plays there, OSError where nothing can be written.
    """
    with held(play.out):
        if _kept(play).get("play") != play.name or _kept(play).get("over"):
            shutil.rmtree(play.backstage, ignore_errors=True)
            play.backstage.mkdir(parents=True)
            _keep(play, done=0)
        story = asyncio.run(_play(play, progress))
        _keep(play, done=_kept(play)["done"], over=True)
    return story


async def _play(play: Play, progress: Progress) -> tuple[str, ...]:
    people = cast(play.regulation, play.units, play.seed, play.forms)
    days = Calendar.of(play.regulation, people.contacts, YEAR, ZONE)
    steps = script(play.regulation, people, days, play.forms)
    with Sandbox(play.backstage / "sandbox.sqlite3", frozen_at=days.at(days.created, 7)) as sandbox:
        stage = Stage(sandbox.url)
        data = invent(play.regulation, play.units, YEAR, play.seed)
        company = Company(people, days, play.regulation, play.units, data, stage, play.backstage, play.forms)
        with settings_of(environment(sandbox, play.backstage, google=play.forms is FormKind.GOOGLE)):
            production = await Production.begin(StagedClock(sandbox.clock))
            for number in range(_kept(play)["done"], len(steps)):
                progress(number, len(steps), steps[number])
                await stage.move_clock(_utc(steps[number].at))
                await perform(company, number, steps[number])
                await production.settle()
                _keep(play, done=number + 1)
            story = await write_outcome(play.out, people, stage, production.system.database)
            await production.end()
        await stage.close()
    return story


def _utc(at: datetime) -> str:
    return at.astimezone(ZoneInfo("UTC")).isoformat()


def _progress_file(play: Play) -> Path:
    return play.backstage / "progress.json"


def _kept(play: Play) -> dict[str, Any]:
    file = _progress_file(play)
    return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}


def _keep(play: Play, *, done: int, over: bool = False) -> None:
    """Replace the file in one move: a kill leaves the old one or the new one, never half of one."""
    fresh = play.backstage / "progress.new"
    fresh.write_text(json.dumps({"play": play.name, "done": done, "over": over}), "utf-8")
    fresh.replace(_progress_file(play))


def load_play(regulation_id: str, seed: int, out: Path, forms: FormKind = FormKind.GOOGLE) -> Play:
    """Return the play of a shipped regulation with its own units. Raises LookupError for another name."""
    regulation, _ = load_regulation(regulation_id)
    if regulation is None:
        raise LookupError(regulation_id)
    units, _ = read_units(shipped_units(regulation_id), f"{regulation_id}.units.csv", regulation)
    return Play(regulation, units, seed, out, forms)
