"""What officers add: data that the department observes, and findings on what units declared."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.history import move, record
from campaign.models import Campaign, Finding, Observation, Unit
from campaign.refusal import Refused
from campaign.stages import Stage
from scoring import Answer, AnswerStatus, By, answer_to_json
from words import Text

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

    All year long, up to the approval (Điều 6.2 of 2310).
    """
    _check_stage(campaign, OBSERVABLE)
    units = _units(session, campaign)
    changed = 0
    for code, answer in observed:
        row = _existing(session, Observation, units[code], answer.key) or Observation(
            unit_id=units[code].id, key=answer.key, answer={}, at=now, actor=actor
        )
        document = answer_to_json(replace(answer, by=By.OFFICER))
        if row.answer != document:
            row.answer, row.at, row.actor = document, now, actor
            session.add(row)
            session.flush()
            record(session, campaign, "observed", actor=actor, now=now, unit=code, key=answer.key)
            changed += 1
    _reopen(session, campaign, changed, actor=actor, now=now)
    return changed


def find(session: Session, campaign: Campaign, verdicts: Iterable[Verdict], *, actor: str, now: datetime) -> int:
    """Keep findings; a newer verdict on the same datum replaces the older one. Return how many are new.

    A finding needs a reason. After the ranking was offered it makes that version stale.
    """
    _check_stage(campaign, VERIFIABLE)
    units = _units(session, campaign)
    changed = 0
    for verdict in verdicts:
        if not verdict.reason.strip():
            raise Refused(Text("campaign.finding_without_reason", unit=verdict.unit, key=verdict.answer.key))
        changed += _keep_verdict(session, campaign, units[verdict.unit], verdict, actor=actor, now=now)
    _reopen(session, campaign, changed, actor=actor, now=now)
    return changed


def _keep_verdict(
    session: Session, campaign: Campaign, unit: Unit, verdict: Verdict, *, actor: str, now: datetime
) -> bool:
    answer = replace(verdict.answer, by=By.VERIFIED, reason=verdict.reason)
    row = _existing(session, Finding, unit, answer.key) or Finding(
        unit_id=unit.id, key=answer.key, answer={}, reason="", at=now, actor=actor
    )
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
        reason=verdict.reason,
        status=str(answer.status or AnswerStatus.GIVEN),
    )
    return True


def _existing(session: Session, table: type[Row], unit: Unit, key: str) -> Row | None:
    return session.scalar(select(table).where(table.unit_id == unit.id, table.key == key))


def _units(session: Session, campaign: Campaign) -> dict[str, Unit]:
    return {unit.code: unit for unit in session.scalars(select(Unit).where(Unit.campaign_id == campaign.id))}


def _check_stage(campaign: Campaign, allowed: frozenset[Stage]) -> None:
    if campaign.stage not in allowed:
        raise Refused(
            Text("campaign.not_in_this_stage", campaign=campaign.code, stage=Text(f"campaign.stage_{campaign.stage}"))
        )


def _reopen(session: Session, campaign: Campaign, changed: int, *, actor: str, now: datetime) -> None:
    if changed and campaign.stage is Stage.OFFERED:
        move(session, campaign, Stage.VERIFYING, actor=actor, now=now)
