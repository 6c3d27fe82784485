"""What units fill in: drafts as their form is read, and frozen submissions with a receipt."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.history import record
from campaign.models import Draft, Form, Person, Submission, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.plan import regulation_of, timetable_of
from campaign.ports import FormReading
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_reached
from scoring import Answer, Completeness, answer_from_json, answer_to_json, answers_that_count, assess, completeness
from words import Severity, Text, dump, load


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a form is not ready to be submitted: the labels of what is missing, and the problems with their cells."""

    missing: tuple[str, ...]
    problems: tuple[Text, ...]


def draft_problems(draft: Draft | None) -> tuple[Text, ...]:
    """The problems of the form as it was last read."""
    return tuple(each for each in (load(item) for item in draft.problems) if isinstance(each, Text)) if draft else ()


def record_reading(session: Session, unit: Unit, reading: FormReading, *, change: datetime, now: datetime) -> None:
    """Keep what the form holds after the change of that instant; its contacts hear of mistakes that are new."""
    form = session.get_one(Form, unit.id)
    form.read_at = change
    record_reached(form)
    known = set(map(json.dumps, _draft(session, unit).problems))
    _save_draft(session, unit, reading, now=now)
    errors = _errors(reading)
    if any(json.dumps(dump(error)) not in known for error in errors):
        _tell_contacts(session, unit, form, errors, now=now)


def _draft(session: Session, unit: Unit) -> Draft:
    return session.get(Draft, unit.id) or Draft(unit_id=unit.id, answers=[], problems=[])


def _save_draft(session: Session, unit: Unit, reading: FormReading, *, now: datetime) -> None:
    draft = _draft(session, unit)
    draft.answers = [answer_to_json(answer) for answer in reading.answers]
    draft.problems = [dump(error) for error in _errors(reading)]
    draft.read_at = now
    session.add(draft)
    session.flush()


def _errors(reading: FormReading) -> tuple[Text, ...]:
    return tuple(problem.text for problem in reading.problems if problem.severity is Severity.ERROR)


def _tell_contacts(session: Session, unit: Unit, form: Form, errors: tuple[Text, ...], *, now: datetime) -> None:
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
            n=len(errors),
            problems=errors,
        )


def submit(
    session: Session, unit: Unit, reading: FormReading, person: Person, *, origin: str, now: datetime
) -> Submission | Shortfall:
    """Freeze what the form holds as the unit's next revision and send the receipt.

    Before the deadline a form with gaps or mistakes is not taken: the Shortfall says what to mend. After it
    whatever comes is kept as it is, marked late, and answered with the regulation's late policy.
    """
    session.refresh(unit, with_for_update=True)  # two at once make two revisions, one after the other
    late = unit.campaign.stage is not Stage.COLLECTING or timetable_of(unit.campaign).is_late(now)
    _save_draft(session, unit, reading, now=now)
    state = completeness(regulation_of(unit.campaign), unit.group, answers_that_count(reading.answers))
    problems = _errors(reading) + tuple(each.text for each in state.problems if each.severity is Severity.ERROR)
    if not late and (state.missing or problems):
        return Shortfall(labels(unit, state.missing), problems)
    submission = _freeze(session, unit, reading, person, late=late, origin=origin, now=now)
    _send_receipt(session, submission, state, now=now)
    return submission


def labels(unit: Unit, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The questions as the unit's form names them."""
    questions = regulation_of(unit.campaign).questions
    return tuple(questions[key].label for key in keys)


def _freeze(
    session: Session, unit: Unit, reading: FormReading, person: Person, *, late: bool, origin: str, now: datetime
) -> Submission:
    answers = [answer_to_json(answer) for answer in reading.answers]
    number = 1 + (session.scalar(select(func.max(Submission.number)).where(Submission.unit_id == unit.id)) or 0)
    submission = Submission(
        unit_id=unit.id,
        number=number,
        at=now,
        late=late,
        person_id=person.id,
        origin=origin,
        answers=answers,
        sha256=hashlib.sha256(json.dumps(answers, ensure_ascii=False, sort_keys=True).encode()).hexdigest(),
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


def _send_receipt(session: Session, submission: Submission, state: Completeness, *, now: datetime) -> None:
    unit = submission.unit or session.get_one(Unit, submission.unit_id)
    campaign, regulation = unit.campaign, regulation_of(unit.campaign)
    own = assess(regulation, unit.group, answers_that_count(answers_of(submission)), self_score=True)
    facts: dict[str, Any] = {
        "unit": unit.name,
        "receipt": submission.receipt,
        "number": submission.number,
        "at": submission.at.astimezone(ZoneInfo(campaign.zone)),
        "filled": state.filled,
        "of": state.of,
        "self_score": _printed(own.total, regulation.digits),
        "covered": _printed(own.known_maximum, regulation.digits),
        "total": _printed(own.maximum, regulation.digits),
        "sha256": submission.sha256[:12],
    }
    if submission.late:
        facts |= {"last_day": timetable_of(campaign).last_day, "clause": late_policy(unit)}
    for address in addresses_of(session, campaign, Role.CONTACT, unit.id):
        enqueue(
            session,
            address,
            "reports.late_receipt" if submission.late else "reports.receipt",
            key=f"receipt:{submission.id}:{address.id}",
            now=now,
            campaign=campaign,
            **facts,
        )


def _printed(points: int, digits: int) -> Decimal:
    return Decimal(points).scaleb(-digits)


def late_policy(unit: Unit) -> Text:
    """What the regulation says of a late or missing form."""
    late = regulation_of(unit.campaign).late
    return Text(f"campaign.late_{late.name}", clause=late.clause or "")


def answers_of(submission: Submission | None) -> tuple[Answer, ...]:
    """The answers as they were frozen."""
    return tuple(answer_from_json(item) for item in submission.answers) if submission else ()


def authoritative(session: Session, unit: Unit) -> Submission | None:
    """The submission that counts: the last one on time."""
    return session.scalar(
        select(Submission)
        .where(Submission.unit_id == unit.id, Submission.late.is_(False))
        .order_by(Submission.number.desc())
        .limit(1)
    )


def last_late(session: Session, unit: Unit) -> Submission | None:
    """The last submission that came too late."""
    return session.scalar(
        select(Submission)
        .where(Submission.unit_id == unit.id, Submission.late.is_(True))
        .order_by(Submission.number.desc())
        .limit(1)
    )
