"""An office with its database, its scheduler and a shelf of forms; the test is its clock."""

from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import select

from campaign.database import Database
from campaign.filling import submit
from campaign.models import Campaign, Submission, Unit
from campaign.ports import FormReading
from campaign.receiving import acknowledge
from campaign.roles import Role
from campaign.stages import Stage
from scheduler.reminders import OfficeHours
from scheduler.tick import Scheduler
from tests.campaign import world
from tests.campaign.world import at
from tests.scheduler.shelf import Shelf

HOURS = OfficeHours(time(7, 30), time(17, 30))


@dataclass
class Office:
    """What happens in it is asked by name; `tick` is the heartbeat."""

    database: Database
    shelf: Shelf = field(default_factory=Shelf)

    def tick(self, *moments: datetime) -> None:
        scheduler = Scheduler(self.database, self.shelf, "mau_bot", "vi", HOURS)
        for moment in moments:
            scheduler.tick(moment)

    def arm(self, *amendments: tuple[str, str]) -> None:
        """The campaign of 2026 waits for its day; Hoa, Cúc and Bình are contacts, Dung an officer."""
        with self.database.transaction() as session:
            campaign = world.armed(session, *amendments)
            for name, code in (("Hoa", "mot"), ("Cúc", "hai"), ("Bình", "ba")):
                world.join(session, campaign, Role.CONTACT, name, code)
            world.join(session, campaign, Role.OFFICER, "Dung")

    def issue(self, *amendments: tuple[str, str]) -> None:
        """The three forms stand since 15/09, 08:00."""
        self.arm(*amendments)
        self.tick(at(9, 15, 8))

    def submit(self, code: str, reading: FormReading, now: datetime) -> Submission:
        with self.database.transaction() as session:
            unit = session.scalars(select(Unit).where(Unit.code == code)).one()
            outcome = submit(session, unit, reading, world.person(session), origin="telegram", now=now)
            assert isinstance(outcome, Submission)
            return outcome

    def acknowledge(self, code: str, now: datetime) -> None:
        with self.database.transaction() as session:
            unit = session.scalars(select(Unit).where(Unit.code == code)).one()
            acknowledge(session, unit, now.astimezone(world.HANOI).date(), actor="person:1", now=now)

    @property
    def stage(self) -> Stage:
        with self.database.transaction() as session:
            return session.scalars(select(Campaign.stage).order_by(Campaign.id)).first() or Stage.DRAFT

    def told(self, kind: str) -> list[str]:
        """Who was told."""
        with self.database.transaction() as session:
            return world.receivers(session, kind)
