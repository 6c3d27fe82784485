"""What officers add: data that the department observes, and findings on what units declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.counting import answers_of, authoritative
from campaign.history import lock, move, record, require_stage
from campaign.models import Campaign, Finding, Observation, Unit
from campaign.plan import regulation_of
from campaign.refusal import Refused
from campaign.stages import Stage
from scoring import Answer, AnswerStatus, By, answer_to_json
from words import Text, Value

Row = TypeVar("Row", Observation, Finding)

OBSERVABLE = frozenset({Stage.DRAFT, Stage.ARMED, Stage.COLLECTING, Stage.VERIFYING, Stage.OFFERED})
VERIFIABLE = frozenset({Stage.VERIFYING, Stage.OFFERED})


@dataclass(frozen=True, slots=True)
class Verdict:
    """An officer's verdict: the answer that holds (a value, or N/A granted or refused) and the reason."""

    unit: str
    answer: Answer
    reason: str


def observe(
    session: Session, campaign: Campaign, observed: Iterable[tuple[str, Answer]], *, actor: str, now: datetime
) -> int:
    """Keep data that the department observed, by unit code, and return how many are new; the newer datum replaces.

    All year long, up to the approval (Điều 6.2 of 2310). The points that a council gives come in the same way, with the
    `reason` of each answer.
    """
    _check_stage(session, campaign, OBSERVABLE)
    units = _units(session, campaign)
    changed = 0
    for code, answer in observed:
        _check_observable(campaign, code, answer)
        changed += _keep_datum(session, campaign, _unit(campaign, units, code), answer, actor=actor, now=now)
    _reopen(session, campaign, changed, actor=actor, now=now)
    return changed


def _check_observable(campaign: Campaign, code: str, answer: Answer) -> None:
    """What a unit declares is corrected by a finding, which has a reason; nobody overrides it silently."""
    question = regulation_of(campaign).questions.get(answer.key)
    if question is None or question.source == "unit":
        raise Refused(Text("campaign.not_observed", unit=code, key=answer.key))


def _keep_datum(session: Session, campaign: Campaign, unit: Unit, answer: Answer, *, actor: str, now: datetime) -> bool:
    row = _existing(session, Observation, unit, answer.key) or Observation(unit_id=unit.id, key=answer.key, answer={})
    document = answer_to_json(replace(answer, by=By.OFFICER))
    if row.answer == document:
        return False
    row.answer, row.at, row.actor = document, now, actor
    session.add(row)
    session.flush()
    record(
        session,
        campaign,
        "observed",
        actor=actor,
        now=now,
        unit=unit.code,
        key=answer.key,
        value=_told(answer),
        reason=answer.reason,
    )
    return True


def find(session: Session, campaign: Campaign, verdicts: Iterable[Verdict], *, actor: str, now: datetime) -> int:
    """Keep findings; a newer verdict on the same datum replaces the older one. Return how many are new.

    A finding needs a reason. After the ranking was offered it makes that version stale.
    """
    _check_stage(session, campaign, VERIFIABLE)
    units = _units(session, campaign)
    changed = 0
    for verdict in verdicts:
        if not verdict.reason.strip():
            raise Refused(Text("campaign.finding_without_reason", unit=verdict.unit, key=verdict.answer.key))
        unit = _unit(campaign, units, verdict.unit)
        _check_claimed(session, unit, verdict.answer)
        changed += _keep_verdict(session, campaign, unit, verdict, actor=actor, now=now)
    _reopen(session, campaign, changed, actor=actor, now=now)
    return changed


def _check_claimed(session: Session, unit: Unit, answer: Answer) -> None:
    """N/A is granted or refused to a unit that claims it; of what the unit does not declare, officers say it alone."""
    if answer.status is AnswerStatus.GIVEN or regulation_of(unit.campaign).node(answer.key).source != "unit":
        return
    if all(each.key != answer.key for each in answers_of(authoritative(session, unit))):
        raise Refused(Text("campaign.nothing_claimed", unit=unit.name, key=answer.key))


def _keep_verdict(
    session: Session, campaign: Campaign, unit: Unit, verdict: Verdict, *, actor: str, now: datetime
) -> bool:
    answer = replace(verdict.answer, by=By.VERIFIED, reason=verdict.reason)
    row = _existing(session, Finding, unit, answer.key) or Finding(unit_id=unit.id, key=answer.key, answer={})
    document = answer_to_json(answer)
    if row.answer == document:
        return False
    row.answer, row.reason, row.at, row.actor = document, verdict.reason, now, actor
    session.add(row)
    session.flush()
    record(
        session,
        campaign,
        "found",
        actor=actor,
        now=now,
        unit=unit.code,
        key=answer.key,
        value=_told(answer),
        status=str(answer.status),
        reason=verdict.reason,
    )
    return True


def _told(answer: Answer) -> Value:
    return "" if answer.value is None else answer.value


def _existing(session: Session, table: type[Row], unit: Unit, key: str) -> Row | None:
    return session.scalar(select(table).where(table.unit_id == unit.id, table.key == key))


def _units(session: Session, campaign: Campaign) -> dict[str, Unit]:
    return {unit.code: unit for unit in session.scalars(select(Unit).where(Unit.campaign_id == campaign.id))}


def _unit(campaign: Campaign, units: Mapping[str, Unit], code: str) -> Unit:
    if code not in units:
        raise Refused(Text("campaign.unknown_unit", campaign=campaign.code, unit=code))
    return units[code]


def _check_stage(session: Session, campaign: Campaign, allowed: frozenset[Stage]) -> None:
    lock(session, campaign)  # or a ranking could be offered or approved without what is added here
    require_stage(campaign, allowed)


def _reopen(session: Session, campaign: Campaign, changed: int, *, actor: str, now: datetime) -> None:
    if changed and campaign.stage is Stage.OFFERED:
        move(session, campaign, Stage.VERIFYING, actor=actor, now=now)
