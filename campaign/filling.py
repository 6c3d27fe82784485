"""What units fill in: drafts as their form is read, and frozen submissions with a receipt."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.history import record, require_stage
from campaign.models import Draft, Form, Person, Submission, Unit
from campaign.outbox import addresses_of, enqueue
from campaign.plan import regulation_of, timetable_of
from campaign.ports import FormReading
from campaign.refusal import Refused
from campaign.requests import cancel_reminders
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_reached
from scoring import (
    Answer,
    answer_from_json,
    answer_to_json,
    answers_that_count,
    as_decimal,
    assess,
    completeness,
)
from words import Severity, Text, dump, load

TAKING_FORMS = frozenset(Stage) - {Stage.DRAFT, Stage.ARMED}


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a form is not ready to be submitted: the labels of what is missing, and the problems with their cells."""

    missing: tuple[str, ...]
    problems: tuple[Text, ...]


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
    known, gaps = draft_problems(_draft(session, unit)), shortfall_of(unit, reading)
    _save_draft(session, unit, reading, gaps, now=now)
    if not timetable_of(unit.campaign).is_late(now) and any(each not in known for each in gaps.problems):
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


def shortfall_of(unit: Unit, reading: FormReading) -> Shortfall:
    """What keeps the form from being submitted as it stands; both parts are empty when nothing does.

    A cell that holds something wrong is a problem and not missing.
    """
    state = completeness(regulation_of(unit.campaign), unit.group, answers_that_count(reading.answers))
    problems = (*reading.problems, *state.problems)
    errors = tuple(each.text for each in problems if each.severity is Severity.ERROR)
    wrong = {each.where.path for each in reading.problems}
    return Shortfall(labels(unit, tuple(key for key in state.missing if key not in wrong)), errors)


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

    Before the deadline a form with gaps or mistakes is not taken: the Shortfall says what to mend. After it
    whatever comes is kept as it is, marked late, and answered with the regulation's late policy. Raises Refused
    before the campaign is issued, and for a form in which nothing has changed since it was last submitted.
    """
    require_stage(unit.campaign, TAKING_FORMS)
    session.refresh(unit, with_for_update=True)  # two at once are taken one after the other
    late = unit.campaign.stage is not Stage.COLLECTING or timetable_of(unit.campaign).is_late(now)
    gaps = shortfall_of(unit, reading)
    _save_draft(session, unit, reading, gaps, now=now)
    if not late and (gaps.missing or gaps.problems):
        return gaps
    submission = _freeze(session, unit, reading, person, late=late, origin=origin, now=now)
    _send_receipt(session, unit, submission, now=now)
    cancel_reminders(session, unit)
    return submission


def labels(unit: Unit, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The questions as the unit's form names them."""
    questions = regulation_of(unit.campaign).questions
    return tuple(questions[key].label for key in keys)


def _freeze(
    session: Session, unit: Unit, reading: FormReading, person: Person, *, late: bool, origin: str, now: datetime
) -> Submission:
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


def _send_receipt(session: Session, unit: Unit, submission: Submission, *, now: datetime) -> None:
    campaign, regulation = unit.campaign, regulation_of(unit.campaign)
    answers = answers_that_count(answers_of(submission))
    state = completeness(regulation, unit.group, answers)
    own = assess(regulation, unit.group, answers, self_score=True)
    facts: dict[str, Any] = {
        "unit": unit.name,
        "receipt": submission.receipt,
        "number": submission.number,
        "at": _local(unit, submission.at),
        "filled": state.filled,
        "of": state.of,
        "self_score": as_decimal(own.total, regulation.digits),
        "covered": as_decimal(own.known_maximum, regulation.digits),
        "total": as_decimal(own.maximum, regulation.digits),
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
