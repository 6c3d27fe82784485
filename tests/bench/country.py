"""A campaign of any number of communes on Google: the real scheduler, the real client, a sandbox elsewhere."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import httpx

from campaign import setup
from campaign.database import Database
from campaign.migrate import upgrade
from campaign.models import Campaign, Form
from campaign.ports import Forms, Letter
from forms.excel import ExcelFiles
from forms.google import connect
from scheduler.reminders import OfficeHours
from scheduler.tick import Scheduler
from scoring import Regulation, Unit, parse_regulation
from tests.bench.place import BEGINS

LAW = Path(__file__).with_name("few.yaml")
HEARTBEAT = timedelta(seconds=30)


class PlaceClock:
    """The sandbox's time, which only this process moves: waiting moves it on, for all that wait at the same time."""

    def __init__(self, place: httpx.Client) -> None:
        self._place = place
        self._now = BEGINS
        self._lock = threading.Lock()
        self._seen = threading.local()

    def now(self) -> datetime:
        """The present instant there."""
        self._seen.now = self._now
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let a call to Google wait. Others may have moved on since it looked at the clock: its wait began then."""
        self.wait(seconds, self._seen.now)

    def wait(self, seconds: float, since: datetime | None = None) -> None:
        """Move on to the end of the wait, unless somebody else has come further."""
        until = (since or self._now) + timedelta(seconds=seconds)
        with self._lock:
            if until > self._now:
                self._place.post("/sandbox/clock", json={"now": until.isoformat()}).raise_for_status()
                self._now = until


@dataclass(frozen=True, slots=True)
class Country:
    """The campaign under way. The heart beats as in the product: at fixed times, and not while a tick is under way."""

    place: httpx.Client
    clock: PlaceClock
    database: Database
    forms: Forms
    scheduler: Scheduler

    def tick(self) -> None:
        """One heartbeat, the next one that finds nothing under way."""
        since_last = (self.clock.now() - BEGINS) % HEARTBEAT
        self.clock.wait((HEARTBEAT - since_last).total_seconds())
        self.scheduler.tick(self.clock.now())

    def waiting(self) -> int:
        """How many forms are still to be made."""
        with self.database.transaction() as session:
            campaign = session.query(Campaign).one()
            made = session.query(Form).filter(Form.issued_at.is_not(None)).count()
            return len(campaign.units) - made

    def issue(self) -> timedelta:
        """Make all forms; return how long that took by the clock there."""
        begun = self.clock.now()
        while self.waiting():
            self.tick()
        return self.clock.now() - begun

    def change(self, count: int) -> None:
        """Let people type into so many sheets."""
        with self.database.transaction() as session:
            sheets = [form.file_id for form in session.query(Form).order_by(Form.unit_id).limit(count)]
        for sheet in sheets:
            cell = _answer_cell(self.place.get(f"/sandbox/sheets/{sheet}").raise_for_status().json())
            typed = self.place.post(f"/sandbox/sheets/{sheet}/cells", json={"cells": {cell: "Có"}})
            typed.raise_for_status()

    def sheets(self) -> int:
        """How many spreadsheets there are there."""
        return len(self.place.get("/sandbox/sheets").raise_for_status().json())


def _answer_cell(shown: dict[str, Any]) -> str:
    """Where the first question is answered: the row and the column that carry the marks."""
    cells = {name: str(cell.get("value")) for name, cell in shown["tabs"][0]["cells"].items() if cell.get("value")}
    column = next(name.rstrip("0123456789") for name, mark in cells.items() if mark == "answer")
    row = next(name for name, mark in cells.items() if mark == "question:co_quy_che")
    return f"{column}{row.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"


@contextmanager
def country(count: int, accounts: int, folder: Path) -> Iterator[Country]:
    """Arm a campaign of so many communes that is to be issued now; everything is gone when the block ends."""
    command = [sys.executable, "-m", "tests.bench.place", str(accounts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None:  # pragma: no cover - asked for above
            raise RuntimeError("The place does not say where it is.")
        about = json.loads(process.stdout.readline())
        with httpx.Client(base_url=about["url"], timeout=60) as place:
            clock, database = PlaceClock(place), Database(f"sqlite:///{folder / 'country.sqlite3'}")
            upgrade(database)
            _arm(database, count)
            forms = connect(
                [_written(folder, number, key) for number, key in enumerate(about["keys"])],
                f"{about['url']}/google",
                about["folder"],
                "link",
                now=clock.now,
                sleep=clock.sleep,
            )
            hours = OfficeHours(time(7, 30), time(17, 30))
            scheduler = Scheduler(database, forms, ExcelFiles(), "bot", "vi", hours, clock.now)
            yield Country(place, clock, database, forms, scheduler)
            database.close()
        process.communicate()


def _written(folder: Path, number: int, key: dict[str, str]) -> Path:
    file = folder / f"account-{number}.json"
    file.write_text(json.dumps(key), "utf-8")
    return file


def _arm(database: Database, count: int) -> None:
    units = tuple(Unit(f"xa-{number:05}", f"Xã Mẫu {number:05}", "xa") for number in range(1, count + 1))
    letter = Letter("1/CV (mẫu)", date(2026, 9, 10), "Người ký mẫu")
    wanted = setup.NewCampaign(law(), units, 2026, letter, None, date(2026, 9, 15), "Asia/Ho_Chi_Minh")
    now = datetime(2026, 9, 11, tzinfo=UTC)
    with database.transaction() as session:
        setup.arm(session, setup.create(session, wanted, actor="bench", now=now), actor="bench", now=now)


def law() -> Regulation:
    """The regulation, read by the loader as any other."""
    found, problems = parse_regulation(LAW.read_text("utf-8"), LAW.name)
    if found is None:
        raise ValueError(problems[0])
    return found
