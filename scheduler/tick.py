"""The tick: whatever is due now, done; everything it needs to know stands in the database.

Network calls happen between transactions, never inside one. A form that cannot be reached delays only its own unit.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from campaign.calendars import weekdays_at_least
from campaign.closing import close, ends_at, forms_to_lock, record_locked
from campaign.database import Database
from campaign.filling import record_reading
from campaign.issuing import open_collection, order_for, record_issued, units_to_issue
from campaign.models import Campaign, Form, Unit
from campaign.plan import regulation_of, timetable_of
from campaign.ports import FormError, Forms
from campaign.setup import draft_next_year
from campaign.stages import Stage
from campaign.trouble import LOST, record_trouble
from scheduler.reminders import OfficeHours, next_office_moment, remind
from words import Language

log = logging.getLogger(__name__)

LISTING_LAG = timedelta(minutes=3)
"""Drive's time of change may appear in listings this much later."""
LOCKING_LASTS = timedelta(hours=1)
"""So long the closing waits for forms that cannot be locked for a passing reason."""
CLOSED = frozenset({Stage.VERIFYING, Stage.OFFERED, Stage.APPROVED, Stage.PUBLISHED})
"""Stages in which the next year may be drafted: it does not wait for this one to be published."""


@dataclass(frozen=True, slots=True)
class Scheduler:
    """What the tick works with. It keeps nothing between two ticks."""

    database: Database
    forms: Forms
    bot_username: str
    language: Language
    hours: OfficeHours

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
            stage = self._issue_if_due(campaign_id, now)
        if stage is Stage.COLLECTING:
            self._collect(campaign_id, now)
        if stage is Stage.VERIFYING:
            self._lock(campaign_id, now)  # a form that was out of reach at the deadline may have come back
        if stage in CLOSED:
            self._draft_if_due(campaign_id, now)

    def _issue_if_due(self, campaign_id: int, now: datetime) -> Stage:
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            if campaign.stage is Stage.ARMED and now >= timetable_of(campaign).issue_at:
                open_collection(session, campaign, now=now)
            return campaign.stage

    def _collect(self, campaign_id: int, now: datetime) -> None:
        with self.database.transaction() as session:
            end = ends_at(session, session.get_one(Campaign, campaign_id))
        if now < end:
            self._issue(campaign_id, now)
        self._lock(campaign_id, now)
        self._read_changes(campaign_id, now)
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            if now < end:
                years = range(campaign.year - 1, campaign.year + 3)
                remind(session, campaign, weekdays_at_least(*years), self.hours, now=now)
            elif now >= end + LOCKING_LASTS or not _waits_for_lock(session, campaign, now):
                close(session, campaign, now=now, tell_at=self._office_moment(campaign, now))

    def _office_moment(self, campaign: Campaign, now: datetime) -> datetime:
        """The next moment within office hours: what is no answer to somebody waits for it."""
        local = now.astimezone(ZoneInfo(campaign.zone))
        return next_office_moment(weekdays_at_least(local.year, local.year + 1), self.hours, local)

    def _issue(self, campaign_id: int, now: datetime) -> None:
        with self.database.transaction() as session:
            units = units_to_issue(session, session.get_one(Campaign, campaign_id), now=now)
            orders = [
                (unit.id, order_for(session, unit, bot_username=self.bot_username, language=self.language))
                for unit in units
            ]
        for unit_id, order in orders:
            with self._pushing_aside(unit_id, now):
                issued = self.forms.issue(order)
                with self.database.transaction() as session:
                    record_issued(session, session.get_one(Unit, unit_id), issued, now=now)

    def _lock(self, campaign_id: int, now: datetime) -> None:
        with self.database.transaction() as session:
            forms = forms_to_lock(session, session.get_one(Campaign, campaign_id), now)
            due = [(form.unit_id, form.file_id) for form in forms if form.file_id and not _left_alone(form, now)]
        for unit_id, file_id in due:
            with self._pushing_aside(unit_id, now):
                self.forms.lock(file_id)
                with self.database.transaction() as session:
                    unit = session.get_one(Unit, unit_id)
                    record_locked(session, unit, now=now, tell_at=self._office_moment(unit.campaign, now))

    def _read_changes(self, campaign_id: int, now: datetime) -> None:
        """List what changed since the last listing, then read only that."""
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            since = campaign.forms_listed_at
            anything = session.scalar(_forms_of(campaign).where(Form.file_id.is_not(None)).limit(1)) is not None
        if not anything:
            return
        try:
            changes = self.forms.changed(since - LISTING_LAG if since else None)
            in_bin = set(self.forms.in_bin())
        except FormError as error:
            log.warning("Changed forms cannot be listed (%s); the next tick tries again.", error.reason)
            return
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            campaign.forms_listed_at = now
            for change in changes:
                form = session.scalar(_forms_of(campaign).where(Form.file_id == change.file_id))
                if form is not None and (form.changed_at is None or change.at > form.changed_at):
                    form.changed_at = change.at
            thrown_away = [form.unit_id for form in session.scalars(_forms_of(campaign)) if form.file_id in in_bin]
        for unit_id in thrown_away:
            self._record_trouble(unit_id, FormError("deleted", retry=False), now)
        self._read_unread(campaign_id, now)

    def _read_unread(self, campaign_id: int, now: datetime) -> None:
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            regulation = regulation_of(campaign)
            unread = [
                (form.unit_id, form.unit.group, form.file_id, form.changed_at)
                for form in session.scalars(_forms_of(campaign).where(Form.changed_at.is_not(None)))
                if form.file_id
                and form.changed_at
                and (form.read_at is None or form.changed_at > form.read_at)
                and not _left_alone(form, now)
            ]
        for unit_id, group, file_id, change in unread:
            with self._pushing_aside(unit_id, now):
                reading = self.forms.read(file_id, regulation, group)
                with self.database.transaction() as session:
                    record_reading(session, session.get_one(Unit, unit_id), reading, change=change, now=now)

    @contextmanager
    def _pushing_aside(self, unit_id: int, now: datetime) -> Iterator[None]:
        """Whatever goes wrong with one form is noted and stays with it; the others go on."""
        try:
            yield
        except FormError as error:
            self._record_trouble(unit_id, error, now)
        except Exception as error:
            log.exception("The form of unit %s could not be tended; the others go on.", unit_id)
            self._record_trouble(unit_id, FormError("unexpected", retry=True, detail=repr(error)), now)

    def _record_trouble(self, unit_id: int, error: FormError, now: datetime) -> None:
        with self.database.transaction() as session:
            record_trouble(session, session.get_one(Unit, unit_id), error, now=now)

    def _draft_if_due(self, campaign_id: int, now: datetime) -> None:
        with self.database.transaction() as session:
            campaign = session.get_one(Campaign, campaign_id)
            if now >= timetable_of(campaign).draft_next_at:
                draft_next_year(session, campaign, now=now)


def _forms_of(campaign: Campaign) -> Select[Form]:
    return select(Form).join(Unit).where(Unit.campaign_id == campaign.id).order_by(Unit.id)


def _left_alone(form: Form, now: datetime) -> bool:
    return form.trouble_until is not None and now < form.trouble_until


def _waits_for_lock(session: Session, campaign: Campaign, now: datetime) -> bool:
    return any(form.trouble not in LOST for form in forms_to_lock(session, campaign, now))
