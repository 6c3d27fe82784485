"""An office with its database, its scheduler and a shelf of forms; the test is its clock."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.database import Database
from campaign.filling import CHAT, Way, submit
from campaign.lateness import is_late
from campaign.models import Campaign, Form, Submission, Unit
from campaign.ports import FormReading
from campaign.receiving import acknowledge
from campaign.reopening import extend, give_back
from campaign.roles import Role
from campaign.stages import Stage
from scheduler.reminders import OfficeHours
from scheduler.tick import Scheduler
from tests.campaign import world
from tests.campaign.world import at
from tests.scheduler.shelf import Files, Shelf

HOURS = OfficeHours(time(7, 30), time(17, 30))


@dataclass
class Office:
    """What happens in it is asked by name; `tick` is the heartbeat."""

    database: Database
    shelf: Shelf = field(default_factory=Shelf)

    def tick(self, *moments: datetime) -> None:
        scheduler = Scheduler(self.database, self.shelf, Files(), "mau_bot", "vi", HOURS, lambda: self.shelf.now)
        for moment in moments:
            self.shelf.now = moment
            scheduler.tick(moment)

    def tick_without_google(self, *moments: datetime) -> None:
        scheduler = Scheduler(self.database, None, Files(), "mau_bot", "vi", HOURS, lambda: self.shelf.now)
        for moment in moments:
            self.shelf.now = moment
            scheduler.tick(moment)

    def arm(self, *amendments: tuple[str, str], **changes: Any) -> None:  # noqa: ANN401 - see world.wanted
        """The campaign of 2026 waits for its day; Hoa, Cúc and Bình are contacts, Dung an officer."""
        with self.database.transaction() as session:
            campaign = world.armed(session, *amendments, **changes)
            for name, code in (("Hoa", "mot"), ("Cúc", "hai"), ("Bình", "ba")):
                world.join(session, campaign, Role.CONTACT, name, code)
            world.join(session, campaign, Role.OFFICER, "Dung")

    def issue(self, *amendments: tuple[str, str], **changes: Any) -> None:  # noqa: ANN401 - see world.wanted
        """The three forms stand since 15/09, 08:00."""
        self.arm(*amendments, **changes)
        self.tick(at(9, 15, 8))

    def submit(self, code: str, reading: FormReading, now: datetime) -> Submission:
        with self.database.transaction() as session:
            outcome = submit(session, _unit(session, code), reading, Way(world.person(session), CHAT, now), now=now)
            assert isinstance(outcome, Submission)
            return outcome

    def acknowledge(self, code: str, now: datetime) -> None:
        with self.database.transaction() as session:
            day = now.astimezone(world.HANOI).date()
            acknowledge(session, _unit(session, code), day, actor="person:1", now=now)

    def extend(self, code: str, until: date, now: datetime) -> None:
        with self.database.transaction() as session:
            extend(
                session,
                _unit(session, code),
                until,
                reason="Bão lũ (mẫu)",
                asked_by="Chánh Văn phòng Mẫu",
                granted_by="Giám đốc Mẫu",
                actor="administrator",
                now=now,
            )

    def give_back(self, code: str, until: date, now: datetime) -> None:
        with self.database.transaction() as session:
            give_back(
                session,
                _unit(session, code),
                until,
                reason="Thiếu phụ lục (mẫu)",
                granted_by="Giám đốc Mẫu",
                actor="administrator",
                now=now,
            )

    @property
    def stage(self) -> Stage:
        with self.database.transaction() as session:
            return session.scalars(select(Campaign.stage).order_by(Campaign.id)).first() or Stage.DRAFT

    @property
    def forms(self) -> dict[str, Form]:
        """The forms by the code of their unit."""
        with self.database.transaction() as session:
            return {form.unit.code: form for form in session.scalars(select(Form).order_by(Form.unit_id))}

    def submissions(self, code: str) -> list[Submission]:
        """What the unit submitted, in order."""
        with self.database.transaction() as session:
            mine = select(Submission).join(Unit).where(Unit.code == code).order_by(Submission.number)
            return list(session.scalars(mine))

    def late(self, code: str) -> list[bool]:
        """Of each submission of the unit, in order, whether it is late."""
        with self.database.transaction() as session:
            mine = select(Submission).join(Unit).where(Unit.code == code).order_by(Submission.number)
            return [is_late(each) for each in session.scalars(mine)]

    def told(self, kind: str) -> list[str]:
        """Who was told."""
        with self.database.transaction() as session:
            return world.receivers(session, kind)


def _unit(session: Session, code: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == code)).one()
