"""The tick: whatever is due now, done; everything it needs to know stands in the database.

What concerns the forms is done by `scheduler.tending`; the rest of a campaign's year is here.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from campaign.calendars import weekdays_at_least
from campaign.closing import close, ends_at, give_up_settling, is_settled, settle, units_to_settle
from campaign.database import Database
from campaign.history import lock
from campaign.issuing import open_collection, tell_officers
from campaign.models import Campaign, Unit
from campaign.next_year import draft_next_year
from campaign.plan import timetable_of
from campaign.ports import FormFiles, Forms
from campaign.stages import Stage
from scheduler.reminders import REMINDED, OfficeHours, next_office_moment, remind
from scheduler.rounds import Rounds
from scheduler.tending import Tending
from words import Language

log = logging.getLogger(__name__)

TENDED = frozenset(Stage) - {Stage.DRAFT, Stage.ARMED}
"""Stages in which there are forms: after the collecting, those of units that were given time, and notes on all."""
CLOSED = TENDED - {Stage.COLLECTING}
"""Stages in which the next year may be drafted: it does not wait for this one to be published."""


@dataclass(frozen=True, slots=True)
class Scheduler:
    """What the tick works with. It keeps nothing between two ticks. Without Google, `forms` is None."""

    database: Database
    forms: Forms | None
    files: FormFiles
    bot_username: str
    language: Language
    hours: OfficeHours
    clock: Callable[[], datetime]

    def tick(self, now: datetime) -> None:
        """Do everything that is due at `now`, campaign by campaign; one that fails does not stop the next."""
        with self.database.transaction() as session:
            stages = {each.id: each.stage for each in session.scalars(select(Campaign).order_by(Campaign.id))}
        for campaign_id, stage in stages.items():
            try:
                self._tend(campaign_id, stage, now)
            except Exception:
                log.exception("Campaign %s could not be tended; the others go on.", campaign_id)

    def _tend(self, campaign_id: int, stage: Stage, now: datetime) -> None:
        if stage is Stage.ARMED:
            stage = self._open_if_due(campaign_id, now)
        if stage in TENDED:
            tell_at = self._office_moment(campaign_id, now)
            Tending(
                self.database,
                self.forms,
                self.files,
                self.bot_username,
                self.language,
                campaign_id,
                now,
                tell_at,
                Rounds(self.database, self.forms.pace.at_once if self.forms else 1, self.clock),
            ).tend()
            self._settle(campaign_id, now, tell_at)
            self._close_or_remind(campaign_id, now, tell_at)
        if stage in CLOSED:
            self._draft_if_due(campaign_id, now)

    def _open_if_due(self, campaign_id: int, now: datetime) -> Stage:
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            lock(session, campaign)
            if campaign.stage is Stage.ARMED and now >= timetable_of(campaign).issue_at:
                open_collection(session, campaign, now=now)
                tell_officers(session, campaign, self.forms.pace if self.forms else None, now=now)
            return campaign.stage

    def _settle(self, campaign_id: int, now: datetime, tell_at: datetime) -> None:
        """Units whose time is over, once everything that came in time is read. One that fails stops no other."""
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            units = [unit.id for unit in units_to_settle(session, campaign, now)]
        for unit_id in units:
            try:
                with self.database.transaction() as session:
                    settle(session, session.get_one(Unit, unit_id), now=now, tell_at=tell_at)
            except Exception:
                log.exception("Unit %s could not be settled; the others go on.", unit_id)
                with self.database.transaction() as session:
                    give_up_settling(session, session.get_one(Unit, unit_id), now=now)

    def _close_or_remind(self, campaign_id: int, now: datetime, tell_at: datetime) -> None:
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            lock(session, campaign)
            if campaign.stage is Stage.COLLECTING and now >= ends_at(session, campaign):
                if is_settled(session, campaign, now):
                    close(session, campaign, now=now, tell_at=tell_at)
            elif campaign.stage in REMINDED:
                years = range(campaign.year - 1, campaign.year + 3)
                remind(session, campaign, weekdays_at_least(*years), self.hours, now=now)

    def _office_moment(self, campaign_id: int, now: datetime) -> datetime:
        """The next moment within office hours: what is no answer to somebody waits for it."""
        with self.database.transaction() as session:
            local = now.astimezone(ZoneInfo(session.get_one(Campaign, campaign_id).zone))
        return next_office_moment(weekdays_at_least(local.year, local.year + 1), self.hours, local)

    def _draft_if_due(self, campaign_id: int, now: datetime) -> None:
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            if now >= timetable_of(campaign).draft_next_at:
                draft_next_year(session, campaign, now=now)
