"""The process dies between any two steps, or another does the same work: nothing is lost and nothing doubled."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.database import Database
from campaign.ends import LISTING_LAG
from campaign.migrate import upgrade
from campaign.models import Draft, Form, History, OutboxRow, Submission
from campaign.stages import Stage
from tests.campaign.world import at, filled, held, ticked
from tests.scheduler.office import Office

MINUTE = timedelta(minutes=1)
OPENING, MIDNIGHT = at(9, 15, 8), at(11, 1, 0)
MOT, HAI = "mau-2026-mot", "mau-2026-hai"


EVERY = 5
"""The steps of a year are like one another: so many are between two at which the process dies."""


class PowerCut(BaseException):
    """The process ends."""


class Fragile(Database):
    """Dies at the step with that number: before a transaction, or at its end, just before it is committed."""

    dies_at: int | None = None
    ticking = False
    steps = 0

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self._step()
        with super().transaction() as session:
            yield session
            self._step()

    def _step(self) -> None:
        self.steps += self.ticking
        if self.ticking and self.steps == self.dies_at:
            raise PowerCut


def live_through(office: Office, tick: Callable[[datetime], None]) -> object:
    """A year with a form ticked in time, one filled in, one untouched; what is on record in the end."""
    office.arm()
    tick(OPENING)
    office.shelf.write(MOT, ticked(filled()), OPENING + MINUTE)
    office.shelf.write(HAI, held(can_bo=10), OPENING + MINUTE)
    tick(OPENING + 2 * MINUTE)
    tick(OPENING + 3 * MINUTE)
    tick(MIDNIGHT)
    tick(MIDNIGHT + LISTING_LAG)
    for n in range(1, 4):
        tick(MIDNIGHT + LISTING_LAG + n * MINUTE)
    assert office.stage is Stage.VERIFYING
    with office.database.transaction() as session:
        return (
            sorted(session.scalars(select(OutboxRow.key))),
            sorted(session.scalars(select(History.action))),
            [(each.unit_id, each.number, each.sha256) for each in session.scalars(select(Submission))],
            # A form that was made just before the end is read once more than others, and nothing stands in it.
            [
                (each.unit_id, each.ticked)
                for each in session.scalars(select(Draft).order_by(Draft.unit_id))
                if each.answers
            ],
            [
                (each.file_id, each.trouble, each.locked_at is None, each.settled_at is None, each.notes_due)
                for each in session.scalars(select(Form).order_by(Form.unit_id))
            ],
            sorted(office.shelf.held),
            {file_id: notes.status for file_id, notes in office.shelf.notes.items()},
        )


@pytest.mark.slow
def test_wherever_the_process_dies_the_year_ends_the_same(tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    upgrade(empty)
    empty.close()

    def year(dies_at: int | None) -> tuple[object, int]:
        copyfile(tmp_path / "empty.sqlite3", tmp_path / f"{dies_at}.sqlite3")
        database = Fragile(f"sqlite:///{tmp_path / f'{dies_at}.sqlite3'}")
        database.dies_at = dies_at
        office = Office(database)

        def tick(moment: datetime) -> None:
            database.ticking = True
            try:
                office.tick(moment)
            except PowerCut:
                office.tick(moment)
            database.ticking = False

        outcome = live_through(office, tick)
        database.close()
        return outcome, database.steps

    undisturbed, steps = year(None)
    assert steps > 100
    for dies_at in range(1, steps, EVERY):
        assert (dies_at, year(dies_at)[0]) == (dies_at, undisturbed)


def test_two_processes_that_tick_at_once_double_nothing(office: Office) -> None:
    def tick(moment: datetime) -> None:
        with ThreadPoolExecutor(2) as both:
            list(both.map(office.tick, [moment, moment]))

    live_through(office, tick)
    assert office.told("reports.request") == ["Hoa", "Cúc", "Bình"]
    assert (len(office.submissions("mot")), office.told("reports.receipt")) == (1, ["Hoa"])
    assert (office.told("reports.closed_missing"), office.told("reports.closed_board")) == (["Cúc", "Bình"], ["Dung"])
    with office.database.transaction() as session:
        actions = list(session.scalars(select(History.action)))
    assert [actions.count(each) for each in ("stage.collecting", "issued", "stage.verifying")] == [1, 3, 1]
