"""What people ask about a campaign, answered from the rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.content import filled_of
from campaign.counting import is_confirmed
from campaign.drafts import draft_problems
from campaign.evidence import joined
from campaign.gaps import numbered_labels
from campaign.lateness import is_late
from campaign.models import Campaign, Draft, EvidenceFile, Form, Reopening, Submission, Unit
from campaign.plan import awaits_receipt, due_of, has_form, regulation_of, timetable_of
from campaign.ports import Filled
from campaign.stages import Stage
from campaign.trouble import reason_text, why_unlisted
from scoring import answers_that_count, completeness
from words import Series, Text

BEFORE_THE_END = frozenset({Stage.DRAFT, Stage.ARMED, Stage.COLLECTING})


class UnitState(StrEnum):
    """Where a unit's form stands.

    Nothing is filled in yet; something is; it was submitted on time; the same, and the head of the unit has not
    confirmed it; the unit has a day of its own, for more time or because its form was returned, and has not submitted
    since; it came late; nothing came and the time is over.
    """

    WAITING = "waiting"
    FILLING = "filling"
    SUBMITTED = "submitted"
    UNCONFIRMED = "unconfirmed"
    REOPENED = "reopened"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far a unit is: what it filled in, what is missing, what is wrong, what it submitted.

    `submission` is the last one on time that needs no more confirmation, `unconfirmed` a later one that waits for the
    head of the unit, `late` the last one that came too late. `reopening` is the day of its own that the unit has, while
    it has not submitted since. `is_over` says whether its time is over, `is_locked` whether its form takes no changes,
    `lacks_evidence` whether an answer wants evidence and has none. `trouble` is why the form cannot be reached,
    `rights_trouble` why it could not be locked or unlocked.
    """

    unit: Unit
    stage: Stage
    filled: int
    of: int
    missing: tuple[str, ...]
    problems: tuple[Text, ...]
    url: str
    trouble: str | None
    last_day: date
    submission: Submission | None
    late: Submission | None
    unconfirmed: Submission | None = None
    reopening: Reopening | None = None
    is_issued: bool = True
    is_over: bool = False
    is_locked: bool = False
    lacks_evidence: bool = False
    rights_trouble: str | None = None

    @property
    def state(self) -> UnitState:
        """Where its form stands."""
        found = (
            (self.reopening, UnitState.REOPENED),
            (self.submission, UnitState.SUBMITTED),
            (self.unconfirmed, UnitState.UNCONFIRMED),
            (self.late, UnitState.LATE),
            (self.is_over, UnitState.MISSING),
            (self.filled, UnitState.FILLING),
        )
        return next((state for fact, state in found if fact), UnitState.WAITING)

    @property
    def why_in_trouble(self) -> Text | str:
        """What is wrong with its form."""
        reason = self.trouble or self.rights_trouble
        return reason_text(reason) if reason else ""

    @property
    def is_left_open(self) -> bool:
        """Whether its time is over, and its form could not be locked."""
        return self.is_over and not self.is_locked and bool(self.trouble or self.rights_trouble)

    @property
    def awaits_receipt(self) -> bool:
        """Whether the unit's term has not begun: `last_day` is then the latest that it can come to."""
        return awaits_receipt(self.unit)


@dataclass(frozen=True, slots=True)
class Board:
    """How far all units are that have something to declare; `last_day` is the last one's.

    `why_unlisted` says why nobody can tell what they changed lately, where that is so.
    """

    campaign: Campaign
    last_day: date
    units: tuple[UnitProgress, ...]
    why_unlisted: Text | None = None

    @property
    def submitted(self) -> tuple[UnitProgress, ...]:
        """Units with a submission on time."""
        return tuple(each for each in self.units if each.submission)

    @property
    def silent(self) -> tuple[UnitProgress, ...]:
        """Units without any submission on time, those that began and those that did not."""
        return tuple(each for each in self.units if not (each.submission or each.unconfirmed))

    @property
    def unconfirmed(self) -> tuple[UnitProgress, ...]:
        """Units whose submission on time waits for their head, so that nothing of theirs counts yet."""
        return tuple(each for each in self.units if each.unconfirmed and not each.submission)

    @property
    def reopened(self) -> tuple[UnitProgress, ...]:
        """Units that have a day of their own, and have not submitted since it was granted."""
        return tuple(each for each in self.units if each.reopening)

    @property
    def unlocked(self) -> tuple[UnitProgress, ...]:
        """Units whose time is over, and whose form could not be locked."""
        return tuple(each for each in self.units if each.is_left_open)

    @property
    def started(self) -> tuple[UnitProgress, ...]:
        """Units that began to fill in and did not submit."""
        return tuple(each for each in self.silent if each.filled)

    @property
    def late(self) -> tuple[UnitProgress, ...]:
        """Units whose only submissions came too late."""
        return tuple(each for each in self.silent if each.late)

    @property
    def unacknowledged(self) -> tuple[UnitProgress, ...]:
        """Units that have not acknowledged the letter, where their terms are counted from that."""
        return tuple(each for each in self.units if each.awaits_receipt)

    @property
    def unreachable(self) -> tuple[UnitProgress, ...]:
        """Units whose form cannot be reached."""
        return tuple(each for each in self.units if each.trouble)


def unacknowledged_text(board: Board) -> Text | None:
    """Who has not acknowledged the letter, and from which day their terms count in any case; None where all have."""
    receipt, units = timetable_of(board.campaign).receipt, board.unacknowledged
    if receipt is None or not units:
        return None
    names = Series(tuple(each.unit.name for each in units))
    return Text("reports.unacknowledged", n=len(units), units=names, latest=receipt.latest)


def unit_progress(session: Session, unit: Unit) -> UnitProgress:
    """How far one unit is, by its form as last read and its submissions."""
    return next(progress_of(session, [unit]))


def board(session: Session, campaign: Campaign) -> Board:
    """How far every unit is that has something to declare, in the order of the list of units."""
    units = [unit for unit in campaign.units if has_form(unit)]
    last_day, progress = timetable_of(campaign).due.last_day, tuple(progress_of(session, units))
    return Board(campaign, last_day, progress, why_unlisted(session, campaign))


def progress_of(session: Session, units: Sequence[Unit]) -> Iterator[UnitProgress]:
    """How far these units are: the same few questions to the database, for one unit or for thousands."""
    ids = [unit.id for unit in units]
    drafts = {each.unit_id: each for each in session.scalars(select(Draft).where(Draft.unit_id.in_(ids)))}
    forms = {each.unit_id: each for each in session.scalars(select(Form).where(Form.unit_id.in_(ids)))}
    in_order = select(Submission).where(Submission.unit_id.in_(ids)).order_by(Submission.unit_id, Submission.number)
    submissions = {
        unit_id: list(found) for unit_id, found in groupby(session.scalars(in_order), lambda each: each.unit_id)
    }
    evidence = select(EvidenceFile).where(EvidenceFile.unit_id.in_(ids), EvidenceFile.withdrawn_at.is_(None))
    files = {
        unit_id: list(found)
        for unit_id, found in groupby(
            session.scalars(evidence.order_by(EvidenceFile.unit_id, EvidenceFile.id)), lambda each: each.unit_id
        )
    }
    for unit in units:
        draft = drafts.get(unit.id)
        filled = joined(filled_of(draft), files.get(unit.id, []))
        yield _progress_of(unit, draft, filled, forms.get(unit.id), submissions.get(unit.id, []))


def _progress_of(
    unit: Unit, draft: Draft | None, filled: Filled, form: Form | None, submissions: list[Submission]
) -> UnitProgress:
    state = completeness(regulation_of(unit.campaign), unit.group, answers_that_count(filled.answers))
    on_time = [each for each in submissions if not is_late(each)]
    waiting = [each for each in on_time[-1:] if not is_confirmed(each) and each.rejected_at is None]
    return UnitProgress(
        unit=unit,
        stage=unit.campaign.stage,
        filled=state.filled,
        of=state.of,
        missing=tuple(draft.missing) if draft else numbered_labels(unit, state.missing),
        problems=draft_problems(draft),
        url=(form.url if form else None) or "",
        trouble=form.trouble if form else None,
        last_day=due_of(unit).last_day,
        submission=_last(each for each in on_time if is_confirmed(each)),
        late=_last(each for each in submissions if is_late(each)),
        unconfirmed=_last(waiting),
        reopening=_open_reopening(unit, form, submissions),
        is_issued=form is not None and form.issued_at is not None,
        is_over=_is_over(unit, form),
        is_locked=form is not None and form.locked_at is not None,
        lacks_evidence=bool(state.unevidenced),
        rights_trouble=form.rights_trouble if form else None,
    )


def _last(submissions: Iterable[Submission]) -> Submission | None:
    return next(reversed(list(submissions)), None)


def _open_reopening(unit: Unit, form: Form | None, submissions: list[Submission]) -> Reopening | None:
    """The day of its own that the unit has, until it has submitted again or that day is over and settled."""
    last = unit.reopenings[-1] if unit.reopenings else None
    if last is None or any(each.at > last.at for each in submissions):
        return None
    return None if form and form.settled_at and form.settled_at >= due_of(unit).deadline else last


def _is_over(unit: Unit, form: Form | None) -> bool:
    """Whether the unit's time is over, as far as that was settled."""
    if form is None or form.settled_at is None:
        return unit.campaign.stage not in BEFORE_THE_END and not unit.reopenings
    return form.settled_at >= due_of(unit).closes_at
