"""What counts for a unit: which of its submissions, in which state it came in, and all answers about it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.lateness import is_taken_late
from campaign.models import Finding, Observation, Submission, Unit
from campaign.plan import has_form, regulation_of
from scoring import Answer, AnswerValue, UnitStatus, answer_from_json, answers_that_count


def authoritative(session: Session, unit: Unit) -> Submission | None:
    """The submission that counts: the last one on time, else the last late one that the regulation still takes."""
    return _last(session, unit, late=False) or _last_taken_late(session, unit)


def last_late(session: Session, unit: Unit) -> Submission | None:
    """The last submission that came too late."""
    return _last(session, unit, late=True)


def _last(session: Session, unit: Unit, *, late: bool) -> Submission | None:
    submissions = select(Submission).where(Submission.unit_id == unit.id, Submission.late.is_(late))
    return session.scalar(submissions.order_by(Submission.number.desc()).limit(1))


def _last_taken_late(session: Session, unit: Unit) -> Submission | None:
    late_ones = select(Submission).where(Submission.unit_id == unit.id, Submission.late.is_(True))
    taken = [each for each in session.scalars(late_ones.order_by(Submission.number)) if is_taken_late(each)]
    return taken[-1] if taken else None


def status_of(session: Session, unit: Unit) -> UnitStatus:
    """How the unit's submission came in. A unit that has nothing to declare is never late."""
    counted = authoritative(session, unit)
    if counted or not has_form(unit):
        return UnitStatus.LATE if counted and counted.late else UnitStatus.ON_TIME
    not_ranked = regulation_of(unit.campaign).late.name == "not_ranked"
    return UnitStatus.LATE if not_ranked and last_late(session, unit) else UnitStatus.MISSING


def answers_of(submission: Submission | None) -> tuple[Answer, ...]:
    """The answers as they were frozen."""
    return tuple(answer_from_json(item) for item in submission.answers) if submission else ()


def answer_rows(session: Session, unit: Unit) -> tuple[Answer, ...]:
    """All answers about a unit: declared (the submission that counts), observed, verified."""
    observed = session.scalars(select(Observation).where(Observation.unit_id == unit.id).order_by(Observation.key))
    verified = session.scalars(select(Finding).where(Finding.unit_id == unit.id).order_by(Finding.key))
    return (
        *answers_of(authoritative(session, unit)),
        *(answer_from_json(row.answer) for row in observed),
        *(answer_from_json(row.answer) for row in verified),
    )


def with_previous(session: Session, unit: Unit, answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers, each beside the one that counted for the same question in the campaign of the year before."""
    before = _last_year(session, unit)
    return tuple(replace(each, previous=before.get(each.key, each.previous)) for each in answers)


def _last_year(session: Session, unit: Unit) -> Mapping[str, AnswerValue]:
    same = select(Unit).where(Unit.campaign_id == unit.campaign.previous_id, Unit.code == unit.code)
    predecessor = session.scalar(same) if unit.campaign.previous_id else None
    counted = answers_that_count(answer_rows(session, predecessor)) if predecessor else {}
    return {key: answer.value for key, answer in counted.items() if answer.value is not None}
