"""A round of calls for the forms of several units: each is recorded by itself, and delays nobody but its own unit."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from campaign.database import Database
from campaign.models import Unit
from campaign.ports import FormError
from campaign.trouble import UNAVAILABLE, record_trouble
from scheduler.calls import Line, called

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class Failed(Protocol):
    """Records that a call for the unit's form failed."""

    def __call__(self, session: Session, unit: Unit, error: FormError, *, now: datetime) -> None:
        """Record it."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Makes rounds of calls on one line to the service, so many calls at once; `clock` says when one failed."""

    database: Database
    at_once: int
    clock: Callable[[], datetime]
    line: Line = field(default_factory=Line)

    def make(
        self,
        calls: Mapping[int, Callable[[], Result]],
        record: Callable[[Session, Unit, Result], None],
        failed: Failed = record_trouble,
    ) -> list[int]:
        """Make the calls, by unit, and record what came of each in a transaction of its own.

        Return the units whose turn did not come, because the service answers nobody any more.
        """
        waiting = list(calls)
        with closing(called(list(calls.values()), self.at_once)) as results:
            while waiting and not self.line.is_dead:
                unit_id, result = waiting.pop(0), next(results)
                with self._pushing_aside(unit_id, failed):
                    done = self._heard(result)
                    with self.database.transaction() as session:
                        record(session, session.get_one(Unit, unit_id), done)
        if waiting:
            log.warning("The service does not answer; %s forms wait for the next tick.", len(waiting))
        return waiting

    def _heard(self, result: Callable[[], Result]) -> Result:
        try:
            done = result()
        except FormError as error:
            self.line.note(answered=error.reason != UNAVAILABLE)
            raise
        self.line.note(answered=True)
        return done

    @contextmanager
    def _pushing_aside(self, unit_id: int, failed: Failed) -> Iterator[None]:
        """Whatever goes wrong with one form is noted and stays with it; the others go on."""
        try:
            yield
        except FormError as error:
            self._record_failed(unit_id, failed, error)
        except Exception as error:
            log.exception("The form of unit %s could not be tended; the others go on.", unit_id)
            self._record_failed(unit_id, failed, FormError("unexpected", retry=True, detail=repr(error)))

    def _record_failed(self, unit_id: int, failed: Failed, error: FormError) -> None:
        with self.database.transaction() as session:
            failed(session, session.get_one(Unit, unit_id), error, now=self.clock())
