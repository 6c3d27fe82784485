"""From the answers that count to a ranking: computed, offered, approved by a decision, published."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.counting import answer_rows, status_of
from campaign.files import NewFile, keep
from campaign.history import lock, move
from campaign.models import Campaign, Membership, Person, Ranking, RankingFile, Unit
from campaign.notes import note_all
from campaign.plan import dues_of, regulation_of
from campaign.queries import progress_of
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from scoring import (
    Answer,
    Regulation,
    UnitResult,
    answers_that_count,
    rank_units,
    ranking_document,
)
from scoring import Unit as ScoredUnit
from words import Series, Text

LONGEST_DECISION_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Computed:
    """A ranking as computed just now, not yet kept."""

    regulation: Regulation
    units: tuple[ScoredUnit, ...]
    answers: dict[str, tuple[Answer, ...]]
    results: tuple[UnitResult, ...]
    document: dict[str, Any]


def compute(session: Session, campaign: Campaign) -> Computed:
    """Score and rank all units by the submissions that count, the observations and the findings.

    Raises Refused while a unit has time of its own to mend its form: what counts for it is not known yet.
    """
    lock(session, campaign)  # or a finding could come between computing and offering
    _check_nobody_is_mending(session, campaign)
    regulation = regulation_of(campaign)
    rows = {unit.code: answer_rows(session, unit) for unit in campaign.units}
    units = tuple(_scored_unit(session, unit) for unit in campaign.units)
    results = rank_units(regulation, units, {code: answers_that_count(answers) for code, answers in rows.items()})
    return Computed(regulation, units, rows, results, ranking_document(regulation, results))


def _check_nobody_is_mending(session: Session, campaign: Campaign) -> None:
    """A unit that was given back its form, or more time, and has not submitted since."""
    if campaign.stage not in {Stage.VERIFYING, Stage.OFFERED}:
        return
    reopened = session.scalars(
        select(Unit).where(Unit.campaign_id == campaign.id, Unit.reopenings.any()).order_by(Unit.id)
    )
    mending = [each for each in progress_of(session, reopened.all()) if each.reopening]
    if mending:
        units = tuple(Text("campaign.unit_until", unit=each.unit.name, last_day=each.last_day) for each in mending)
        raise Refused(Text("campaign.units_are_mending", campaign=campaign.code, n=len(units), units=Series(units)))


def _scored_unit(session: Session, unit: Unit) -> ScoredUnit:
    return ScoredUnit(
        unit.code, unit.name, unit.group, parent=unit.parent, status=status_of(session, unit), source=unit.source
    )


def offer(
    session: Session, campaign: Campaign, computed: Computed, files: Sequence[NewFile], *, actor: str, now: datetime
) -> Ranking:
    """Keep the ranking as the next version, with its files, for the leader to approve. Raises Refused as `compute`."""
    _check_nobody_is_mending(session, campaign)
    if campaign.stage is Stage.OFFERED:
        move(session, campaign, Stage.VERIFYING, actor=actor, now=now)
    number = 1 + (session.scalar(select(func.max(Ranking.number)).where(Ranking.campaign_id == campaign.id)) or 0)
    ranking = Ranking(
        campaign_id=campaign.id,
        number=number,
        at=now,
        document=computed.document,
        sha256=hashlib.sha256(json.dumps(computed.document, ensure_ascii=False).encode()).hexdigest(),
        files=[RankingFile(position=place, sha256=keep(session, file)) for place, file in enumerate(files)],
    )
    session.add(ranking)
    session.flush()
    move(session, campaign, Stage.OFFERED, actor=actor, now=now, version=number, sha256=ranking.sha256)
    return ranking


def check_approvable(session: Session, ranking: Ranking, person: Person) -> None:
    """Raise Refused unless the person leads this campaign and this version is the one on offer."""
    campaign = ranking.campaign
    leads = select(Membership).where(
        Membership.campaign_id == campaign.id, Membership.person_id == person.id, Membership.role == Role.LEADER
    )
    if session.scalar(leads) is None:
        raise Refused(Text("campaign.leaders_approve"))
    _check_offered(session, ranking)


def _check_offered(session: Session, ranking: Ranking) -> None:
    campaign = ranking.campaign
    newest = session.scalar(select(func.max(Ranking.number)).where(Ranking.campaign_id == campaign.id))
    if ranking.approved_at is not None:
        raise Refused(Text("campaign.already_approved", decision=ranking.decision_number or ""))
    if campaign.stage is not Stage.OFFERED or ranking.number != newest:
        raise Refused(Text("campaign.ranking_is_stale", version=ranking.number))


def approve(
    session: Session,
    ranking: Ranking,
    person: Person | None,
    *,
    decision_number: str,
    decision_day: date,
    now: datetime,
) -> None:
    """Record the decision that approves the ranking. Raises Refused when not by this person, or not now.

    Without a person it is the administrator who records a decision signed on paper.
    """
    lock(session, ranking.campaign)
    if person:
        check_approvable(session, ranking, person)
    _check_offered(session, ranking)
    _check_decision(session, ranking, decision_number, decision_day)
    ranking.decision_number, ranking.decision_day = decision_number, decision_day
    ranking.approved_by, ranking.approved_at = person.id if person else None, now
    move(
        session,
        ranking.campaign,
        Stage.APPROVED,
        actor=f"person:{person.id}" if person else "administrator",
        now=now,
        version=ranking.number,
        decision=decision_number,
        day=decision_day,
    )


def last_day_before_decision(session: Session, campaign: Campaign) -> date:
    """The last day on which forms are taken: a decision is younger than the collecting that it decides on."""
    return max(due.last_late_day for due in dues_of(session, campaign))


def _check_decision(session: Session, ranking: Ranking, number: str, day: date) -> None:
    last_day = last_day_before_decision(session, ranking.campaign)
    if not number.strip() or len(number) > LONGEST_DECISION_NUMBER or day <= last_day:
        raise Refused(Text("campaign.no_such_decision", longest=LONGEST_DECISION_NUMBER, last_day=last_day))


def mark_published(session: Session, ranking: Ranking, *, actor: str, now: datetime) -> None:
    """The approved ranking is public from now on, and every unit reads its points on its form.

    Raises Refused for a version that is not the approved one.
    """
    if ranking.approved_at is None:
        is_offered = ranking.campaign.stage is Stage.OFFERED
        why = "campaign.not_approved" if is_offered else "campaign.ranking_is_stale"
        raise Refused(Text(why, version=ranking.number))
    move(session, ranking.campaign, Stage.PUBLISHED, actor=actor, now=now, version=ranking.number)
    ranking.published_at = now
    note_all(session, ranking.campaign)
