"""What units fill in: drafts as their form is read, and frozen submissions with a receipt.

A notice (NOTICE) among the problems of a form never keeps it from being submitted: the unit is asked for a second look
when it asks what its form lacks, and once more after the receipt, while it can still submit again.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.counting import with_previous
from campaign.history import move, record, require_stage
from campaign.lateness import is_taken_late
from campaign.models import Draft, Form, Person, Submission, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.plan import awaits_receipt, due_of, regulation_of
from campaign.ports import FormReading
from campaign.receipts import ask_for_second_look, send_receipt
from campaign.receiving import acknowledge
from campaign.refusal import Refused
from campaign.requests import cancel_reminders
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_reached
from scoring import answer_to_json, answers_that_count, completeness
from words import Severity, Text, dump, load

TAKING_FORMS = frozenset(Stage) - {Stage.DRAFT, Stage.ARMED}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a form lacks: the labels of what is missing, the problems with their cells, and what to look at again."""

    missing: tuple[str, ...]
    problems: tuple[Text, ...]
    notices: tuple[Text, ...] = ()

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the form cannot be submitted as it is; notices alone do not matter."""
        return bool(self.missing or self.problems)


def draft_problems(draft: Draft | None) -> tuple[Text, ...]:
    """The problems of the form as it was last read."""
    return tuple(each for each in (load(item) for item in draft.problems) if isinstance(each, Text)) if draft else ()


def record_reading(session: Session, unit: Unit, reading: FormReading, *, change: datetime, now: datetime) -> None:
    """Keep what the form holds after the change of that instant.

    While they can still be mended, the contacts hear of mistakes that are new.
    """
    form = session.get_one(Form, unit.id)
    form.read_at = change
    record_reached(form)
    known, gaps = draft_problems(_draft(session, unit)), shortfall_of(session, unit, reading)
    _save_draft(session, unit, reading, gaps, now=now)
    if _can_be_mended(unit, form, now) and any(each not in known for each in gaps.problems):
        _tell_contacts(session, unit, form, gaps.problems, now=now)


def _draft(session: Session, unit: Unit) -> Draft:
    return session.get(Draft, unit.id) or Draft(unit_id=unit.id, answers=[], missing=[], problems=[])


def _save_draft(session: Session, unit: Unit, reading: FormReading, gaps: Shortfall, *, now: datetime) -> None:
    draft = _draft(session, unit)
    draft.answers = [answer_to_json(answer) for answer in reading.answers]
    draft.missing = list(gaps.missing)
    draft.problems = [dump(problem) for problem in gaps.problems]
    draft.read_at = now
    session.add(draft)
    session.flush()


def shortfall_of(session: Session, unit: Unit, reading: FormReading) -> Shortfall:
    """What the form lacks as it stands. A cell that holds something wrong is a problem and not missing."""
    answers = answers_that_count(with_previous(session, unit, reading.answers))
    state = completeness(regulation_of(unit.campaign), unit.group, answers)
    problems = (*reading.problems, *state.problems)
    errors = tuple(each.text for each in problems if each.severity is Severity.ERROR)
    notices = tuple(each.text for each in problems if each.severity is Severity.NOTICE)
    wrong = {each.where.path for each in reading.problems if each.severity is Severity.ERROR}
    return Shortfall(labels(unit, tuple(key for key in state.missing if key not in wrong)), errors, notices)


def _tell_contacts(session: Session, unit: Unit, form: Form, problems: tuple[Text, ...], *, now: datetime) -> None:
    for address in addresses_of(session, unit.campaign, Role.CONTACT, unit.id):
        enqueue(
            session,
            address,
            "reports.form_problems",
            key=f"problems:{unit.id}:{now.isoformat()}:{address.id}",
            now=now,
            campaign=unit.campaign,
            unit=unit.name,
            unit_id=unit.id,
            url=form.url or "",
            n=len(problems),
            problems=problems,
        )


def submit(
    session: Session, unit: Unit, reading: FormReading, person: Person, *, origin: str, now: datetime
) -> Submission | Shortfall:
    """Freeze what the form holds as the unit's next revision and send the receipt.

    While it can still be mended, a form with gaps or mistakes is not taken: the Shortfall says what to mend. After that
    whatever comes is kept as it is. What is late is marked so and answered with the regulation's late policy. Whoever
    submits has received the letter. Raises Refused before the campaign is issued, and for a form in which nothing has
    changed since it was last submitted.
    """
    require_stage(unit.campaign, TAKING_FORMS)
    session.refresh(unit, with_for_update=True)  # two at once are taken one after the other
    gaps = shortfall_of(session, unit, reading)
    _save_draft(session, unit, reading, gaps, now=now)
    can_be_mended = _can_be_mended(unit, session.get_one(Form, unit.id), now)
    if gaps.stands_in_the_way and can_be_mended:
        return gaps
    submission = _freeze(session, unit, reading, person, origin=origin, now=now)
    if awaits_receipt(unit) and unit.campaign.stage is Stage.COLLECTING:
        acknowledge(session, unit, _local(unit, now).date(), actor=f"person:{person.id}", now=now)
    send_receipt(session, unit, submission, now=now)
    if gaps.notices and can_be_mended:
        ask_for_second_look(session, unit, submission, gaps.notices, now=now)
    cancel_reminders(session, unit)
    _reopen(session, submission, now=now)
    return submission


def _can_be_mended(unit: Unit, form: Form, now: datetime) -> bool:
    """Whether people can still write into the form, and submit again to some effect."""
    return unit.campaign.stage is Stage.COLLECTING and form.locked_at is None and now < due_of(unit).closes_at


def _reopen(session: Session, submission: Submission, *, now: datetime) -> None:
    """A late form that counts makes a ranking stale that was offered without it."""
    campaign = submission.unit.campaign
    if campaign.stage is Stage.OFFERED and submission.late and is_taken_late(submission):
        move(session, campaign, Stage.VERIFYING, actor=f"person:{submission.person_id}", now=now)


def labels(unit: Unit, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The questions as the unit's form names them."""
    questions = regulation_of(unit.campaign).questions
    return tuple(questions[key].label for key in keys)


def _freeze(
    session: Session, unit: Unit, reading: FormReading, person: Person, *, origin: str, now: datetime
) -> Submission:
    late = unit.campaign.stage is not Stage.COLLECTING or due_of(unit).is_late(now)
    answers = [answer_to_json(answer) for answer in reading.answers]
    sha256 = hashlib.sha256(json.dumps(answers, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    last = session.scalar(
        select(Submission).where(Submission.unit_id == unit.id).order_by(Submission.number.desc()).limit(1)
    )
    if last and (last.sha256, last.late) == (sha256, late):
        raise Refused(
            Text("campaign.nothing_changed", number=last.number, receipt=last.receipt, at=_local(unit, last.at))
        )
    number = last.number + 1 if last else 1
    submission = Submission(
        unit_id=unit.id,
        number=number,
        at=now,
        late=late,
        person_id=person.id,
        origin=origin,
        answers=answers,
        sha256=sha256,
        receipt=f"{unit.campaign.year}-{unit.id:04d}-{number}",
    )
    session.add(submission)
    session.flush()
    record(
        session,
        unit.campaign,
        "submitted",
        actor=f"person:{person.id}",
        now=now,
        unit=unit.code,
        number=number,
        receipt=submission.receipt,
        late=str(late).lower(),
        sha256=submission.sha256,
    )
    return submission


def _local(unit: Unit, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(unit.campaign.zone))
