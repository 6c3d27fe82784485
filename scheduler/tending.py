"""What one tick does about the forms of one campaign: make, lock, unlock, list, read, write notes.

Network calls happen between transactions, never inside one; those of one kind for several units are under way at the
same time, as many as there are accounts. A form that cannot be reached delays only its own unit; where the service
answers nobody any more, the rest waits for the next tick.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from campaign.changes import (
    anything_can_change,
    forms_to_note,
    forms_to_read,
    listed_until,
    record_bin,
    record_listed,
    record_noted,
    record_read,
)
from campaign.closing import (
    forms_to_lock,
    forms_to_unlock,
    record_locked,
    record_not_locked,
    record_unlocked,
)
from campaign.database import Database
from campaign.ends import LISTING_LAG, is_left_clean
from campaign.folder_files import record_folder_files
from campaign.issuing import key_of, order_for, record_issued, units_to_issue
from campaign.models import Campaign, Form, FormKind, Unit
from campaign.notes import notes_of
from campaign.plan import form_kind, regulation_of
from campaign.ports import Changes, FormError, FormFiles, FormNotes, FormOrder, FormReading, Forms, IssuedForm
from campaign.trouble import (
    NO_GOOGLE,
    record_reached,
    record_rights_trouble,
    record_unlisted,
    record_untried,
)
from scheduler.rounds import Rounds
from words import Language

log = logging.getLogger(__name__)

READ_IN_A_TICK = 500
"""So many changed forms are read before everything else has its turn again."""
NOTED_IN_A_TICK = 20
"""So many forms are read for the sake of the notes alone."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A form to be read: after the change of that instant, or None where there is none, but notes or trouble."""

    file_id: str
    change: datetime | None
    read: Callable[[], FormReading]


@dataclass(frozen=True, slots=True)
class ToNote:
    """What is to be written into a form that was read just now."""

    file_id: str
    notes: FormNotes
    reading: FormReading
    untick: bool


@dataclass(frozen=True, slots=True)
class Tending:
    """One campaign at one instant, and what is needed to tend its forms. Without Google, `forms` is None.

    What nobody acted for is told at `tell_at`, when offices are open.
    The calls take their time: `rounds.clock` says what time it is in between.
    """

    database: Database
    forms: Forms | None
    files: FormFiles
    bot_username: str
    language: Language
    campaign_id: int
    now: datetime
    tell_at: datetime
    rounds: Rounds

    def tend(self) -> None:
        """Do what is due. At a deadline forms are locked before anything is listed and read."""
        self._issue()
        self._lock()
        self._unlock()
        if self._list():
            self._read()

    def _issue(self) -> None:
        with self._campaign() as (session, campaign):
            units = units_to_issue(session, campaign, self.forms.pace if self.forms else None, now=self.now)
            calls = {unit.id: partial(self._make, form_kind(unit), self._order(session, unit)) for unit in units}
        self.rounds.make(calls, lambda session, unit, issued: record_issued(session, unit, issued, now=self.now))

    def _order(self, session: Session, unit: Unit) -> FormOrder:
        return order_for(session, unit, bot_username=self.bot_username, language=self.language)

    def _make(self, kind: FormKind, order: FormOrder) -> IssuedForm:
        if kind is FormKind.EXCEL:
            return IssuedForm(content=self.files.write(order))
        return self._online.issue(order)

    def _lock(self) -> None:
        with self._campaign() as (session, campaign):
            forms = forms_to_lock(session, campaign, self.now)
            calls = {form.unit_id: partial(self._lock_one, form.file_id) for form in forms}
        untried = self.rounds.make(
            calls, lambda session, unit, at: record_locked(session, unit, now=at), record_not_locked
        )
        with self._campaign() as (session, _):
            record_untried(session, untried)

    def _lock_one(self, file_id: str | None) -> datetime:
        """Return since when nobody can write into the form: what came until then is kept."""
        if not file_id:  # it is no sheet, and whoever has it writes into it for themselves
            return self.now
        self._online.lock(file_id)
        return self.rounds.clock()

    def _unlock(self) -> None:
        with self._campaign() as (session, campaign):
            forms = forms_to_unlock(session, campaign, self.now)
            calls = {form.unit_id: partial(self._unlock_one, form.file_id) for form in forms}
        self.rounds.make(calls, lambda session, unit, _: record_unlocked(session, unit), record_rights_trouble)

    def _unlock_one(self, file_id: str | None) -> None:
        if file_id:
            self._online.unlock(file_id)

    @property
    def _online(self) -> Forms:
        if self.forms is None:
            raise FormError(NO_GOOGLE, retry=True)
        return self.forms

    def _list(self) -> bool:
        """List what changed since the last listing, with the lag; return whether the forms can be reached at all."""
        with self._campaign() as (session, campaign):
            since, wanted = listed_until(session, campaign, self.now), anything_can_change(session, campaign, self.now)
        if self.forms is None or self.rounds.line.is_dead or not wanted:
            return self.forms is not None and not self.rounds.line.is_dead
        try:
            changes = self.forms.changes(since - LISTING_LAG if since else None)
        except FormError as error:
            log.warning("Changed forms cannot be listed (%s); the next tick tries again.", error.reason)
            with self._campaign() as (session, campaign):
                record_unlisted(session, campaign, error, now=self.now)
            return False
        self._record_listed(changes)
        return True

    def _record_listed(self, changes: Changes) -> None:
        with self._campaign() as (session, campaign):
            campaign.forms_listed_at = self.now
            record_listed(session, campaign, changes.forms)
            record_folder_files(session, campaign, changes.files, now=self.now)
            record_bin(session, campaign, changes.in_bin, now=self.now)

    def _read(self) -> None:
        """Read what changed, and what is to get notes; right after each reading the notes are written."""
        with self._campaign() as (session, campaign):
            changed = forms_to_read(session, campaign, most=READ_IN_A_TICK, now=self.now)
            besides = [form.unit_id for form in changed]
            silent = forms_to_note(session, campaign, besides=besides, most=NOTED_IN_A_TICK, now=self.now)
            to_read = {form.unit_id: self._to_read(form, form.changed_at) for form in changed}
            to_read |= {form.unit_id: self._to_read(form, None) for form in silent}
        ids, together = list(to_read), self._online.pace.at_once
        for first in range(0, len(ids), together):
            self._read_and_note({unit_id: to_read[unit_id] for unit_id in ids[first : first + together]})

    def _to_read(self, form: Form, change: datetime | None) -> ToRead:
        unit, file_id = form.unit, form.file_id or ""
        regulation = regulation_of(unit.campaign)
        return ToRead(file_id, change, partial(self._online.read, file_id, key_of(unit), regulation, unit.group))

    def _read_and_note(self, to_read: Mapping[int, ToRead]) -> None:
        to_note: dict[int, ToNote] = {}

        def record(session: Session, unit: Unit, reading: FormReading) -> None:
            noting = self._record_read(session, unit, to_read[unit.id], reading)
            if noting:
                to_note[unit.id] = noting

        self.rounds.make({unit_id: each.read for unit_id, each in to_read.items()}, record)
        self.rounds.make({unit_id: partial(self._note, each) for unit_id, each in to_note.items()}, _record_noted)

    def _record_read(self, session: Session, unit: Unit, what: ToRead, reading: FormReading) -> ToNote | None:
        """Keep the reading, unless it was made after no change: it may hold one that was not listed yet."""
        form, untick = session.get_one(Form, unit.id), False
        is_clean = is_left_clean(form, self.rounds.clock())
        record_reached(form)
        if what.change:
            untick = record_read(session, unit, reading, change=what.change, now=self.now, tell_at=self.tell_at)
        form.notes_due = form.notes_due or untick  # or a crash would leave the box as it is
        if is_clean or not form.notes_due:
            return None
        return ToNote(what.file_id, notes_of(session, unit), reading, untick)

    def _note(self, noting: ToNote) -> ToNote:
        self._online.annotate(noting.file_id, noting.notes, noting.reading, untick=noting.untick)
        return noting

    @contextmanager
    def _campaign(self) -> Iterator[tuple[Session, Campaign]]:
        with self.database.transaction() as session:
            yield session, session.get_one(Campaign, self.campaign_id)


def _record_locked(session: Session, unit: Unit, at: datetime) -> None:
    record_locked(session, unit, now=at)


def _record_noted(session: Session, unit: Unit, noting: ToNote) -> None:
    record_noted(session, unit, noting.notes, unticked=noting.untick)
