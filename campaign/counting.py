"""What counts for a unit: which of its submissions, in which state it came in, and all answers about it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.content import filled_of
from campaign.history import move
from campaign.lateness import is_late, is_taken_late
from campaign.models import Finding, Observation, Submission, Unit
from campaign.plan import has_form, regulation_of
from campaign.stages import Stage
from scoring import Answer, AnswerValue, UnitStatus, answer_from_json, answers_that_count


def authoritative(session: Session, unit: Unit) -> Submission | None:
    """The submission that counts: the last one on time, else the last late one that the regulation still takes.

    Where the head of the unit confirms, only those count that are confirmed.
    """
    return that_counts(submissions_of(session, unit))


def that_counts(submissions: Iterable[Submission]) -> Submission | None:
    """Which of a unit's submissions counts; they come in the order of their numbers."""
    confirmed = [each for each in submissions if is_confirmed(each)]
    on_time = [each for each in confirmed if not is_late(each)]
    return next(reversed(on_time or [each for each in confirmed if is_taken_late(each)]), None)


def is_confirmed(submission: Submission) -> bool:
    """Whether it needs no word from the head of the unit (any more)."""
    return submission.confirmed_at is not None or not submission.unit.campaign.head_confirms


def submissions_of(session: Session, unit: Unit) -> list[Submission]:
    """All revisions of the unit, the first one first."""
    return list(session.scalars(select(Submission).where(Submission.unit_id == unit.id).order_by(Submission.number)))


def last_late(session: Session, unit: Unit) -> Submission | None:
    """The last submission that came too late, of those that need no more confirmation."""
    late = [each for each in submissions_of(session, unit) if is_late(each) and is_confirmed(each)]
    return next(reversed(late), None)


def status_of(session: Session, unit: Unit) -> UnitStatus:
    """How the unit's submission came in. A unit that has nothing to declare is never late."""
    counted = authoritative(session, unit)
    if counted or not has_form(unit):
        return UnitStatus.LATE if counted and is_late(counted) else UnitStatus.ON_TIME
    not_ranked = regulation_of(unit.campaign).late.name == "not_ranked"
    return UnitStatus.LATE if not_ranked and last_late(session, unit) else UnitStatus.MISSING


def make_stale(session: Session, unit: Unit, counted_before: Submission | None, *, actor: str, now: datetime) -> None:
    """A ranking that was offered for approval is taken back where another submission of the unit counts now."""
    campaign = unit.campaign
    if campaign.stage is Stage.OFFERED and authoritative(session, unit) is not counted_before:
        move(session, campaign, Stage.VERIFYING, actor=actor, now=now)


def answers_of(submission: Submission | None) -> tuple[Answer, ...]:
    """The answers as they were frozen."""
    return filled_of(submission).answers


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
    before = last_year(session, unit)
    return tuple(replace(each, previous=before.get(each.key, each.previous)) for each in answers)


def last_year(session: Session, unit: Unit) -> Mapping[str, AnswerValue]:
    """What counted for the unit in the campaign of the year before, by question."""
    same = select(Unit).where(Unit.campaign_id == unit.campaign.previous_id, Unit.code == unit.code)
    predecessor = session.scalar(same) if unit.campaign.previous_id else None
    counted = answers_that_count(answer_rows(session, predecessor)) if predecessor else {}
    return {key: answer.value for key, answer in counted.items() if answer.value is not None}
