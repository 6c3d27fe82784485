"""What officers add: observations and findings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.models import Campaign, Finding, History, Observation
from campaign.ranking import approve, compute, offer
from campaign.refusal import Refused
from campaign.stages import Stage
from campaign.verifying import Verdict, find, observe
from scoring import Answer, AnswerStatus, By, answer_from_json
from tests.campaign.world import (
    BY_COUNCIL,
    actions,
    at,
    claiming,
    collecting,
    draft,
    filled,
    observed,
    submitted,
    unit,
    verifying,
)
from words import Text

NOW = at(11, 20)
SEVEN = Verdict("mot", Answer("co_may", 7), "Thiếu một máy (mẫu)")


def enter(session: Session, campaign: Campaign, *verdicts: Verdict) -> int:
    return find(session, campaign, verdicts, actor="officer", now=NOW)


def watch(session: Session, campaign: Campaign, *seen: tuple[str, Answer]) -> int:
    return observe(session, campaign, seen, actor="officer", now=NOW)


def test_a_finding_keeps_the_value_and_the_reason_and_stands_in_the_history(session: Session) -> None:
    campaign = verifying(session)
    assert enter(session, campaign, SEVEN) == 1
    row = session.scalars(select(Finding)).one()
    assert answer_from_json(row.answer) == Answer("co_may", 7, by=By.VERIFIED, reason="Thiếu một máy (mẫu)")
    assert (row.reason, row.actor, row.at) == ("Thiếu một máy (mẫu)", "officer", NOW)
    told = session.scalars(select(History).where(History.action == "found")).one()
    assert told.facts == {"unit": "mot", "key": "co_may", "value": 7, "status": "", "reason": "Thiếu một máy (mẫu)"}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_finding_without_a_reason_is_refused(session: Session, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        enter(session, verifying(session), Verdict("mot", Answer("co_may", 7), reason))
    assert refusal.value.text == Text("campaign.finding_without_reason", unit="mot", key="co_may")
    assert session.scalars(select(Finding)).all() == []


def test_the_same_finding_again_is_nothing_new_and_another_one_replaces_it(session: Session) -> None:
    campaign = verifying(session)
    six = Verdict("mot", Answer("co_may", 6), "Thiếu hai máy (mẫu)")
    assert [enter(session, campaign, each) for each in (SEVEN, SEVEN, six)] == [1, 0, 1]
    assert [answer_from_json(row.answer).value for row in session.scalars(select(Finding))] == [6]
    values = [row.facts["value"] for row in session.scalars(select(History).where(History.action == "found"))]
    assert values == [7, 6]


def test_a_finding_on_a_unit_that_does_not_exist_is_refused(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        enter(session, verifying(session), Verdict("khong-co", Answer("co_may", 7), "(mẫu)"))
    assert refusal.value.text == Text("campaign.unknown_unit", campaign="mau-2026", unit="khong-co")


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.ARMED, Stage.COLLECTING, Stage.APPROVED, Stage.PUBLISHED])
def test_findings_are_taken_only_between_the_deadline_and_the_approval(session: Session, stage: Stage) -> None:
    campaign = verifying(session)
    campaign.stage = stage
    with pytest.raises(Refused) as refusal:
        enter(session, campaign, SEVEN)
    named = Text(f"campaign.stage_{stage}")
    assert refusal.value.text == Text("campaign.not_in_this_stage", campaign="mau-2026", stage=named)


def test_a_finding_after_the_offer_brings_the_campaign_back_to_verification(session: Session) -> None:
    campaign = verifying(session)
    ranking = offer(session, campaign, compute(session, campaign), [], actor="administrator", now=NOW)
    enter(session, campaign, SEVEN)
    assert (campaign.stage, actions(session)[-2:]) == (Stage.VERIFYING, ["found", "stage.verifying"])
    with pytest.raises(Refused) as refusal:
        approve(session, ranking, None, decision_number="1/QĐ", decision_day=date(2026, 12, 1), now=NOW)
    assert refusal.value.text == Text("campaign.ranking_is_stale", version=1)


def test_a_finding_that_says_nothing_new_leaves_the_offer_as_it_is(session: Session) -> None:
    campaign = verifying(session)
    enter(session, campaign, SEVEN)
    offer(session, campaign, compute(session, campaign), [], actor="administrator", now=NOW)
    assert (enter(session, campaign, SEVEN), campaign.stage) == (0, Stage.OFFERED)


def test_observations_are_taken_all_year_and_the_same_again_is_nothing_new(session: Session) -> None:
    campaign = draft(session)
    seen = (("mot", observed(site=True)), ("hai", observed(site=False)))
    assert [watch(session, campaign, *seen), watch(session, campaign, *seen)] == [2, 0]
    assert watch(session, campaign, ("mot", observed(site=False))) == 1
    rows = session.scalars(select(Observation).order_by(Observation.unit_id))
    assert [answer_from_json(row.answer).value for row in rows] == [False, False]
    assert actions(session).count("observed") == 3


def test_an_observation_is_an_officers_whoever_entered_it(session: Session) -> None:
    campaign = collecting(session)
    watch(session, campaign, ("mot", Answer("co_trang", value=True)))
    assert answer_from_json(session.scalars(select(Observation)).one().answer).by is By.OFFICER


def test_an_observation_after_the_offer_makes_the_ranking_stale_too(session: Session) -> None:
    campaign = verifying(session)
    offer(session, campaign, compute(session, campaign), [], actor="administrator", now=NOW)
    watch(session, campaign, ("mot", observed(site=True)))
    assert campaign.stage is Stage.VERIFYING


def test_after_the_approval_nothing_is_observed_any_more(session: Session) -> None:
    campaign = verifying(session)
    campaign.stage = Stage.APPROVED
    with pytest.raises(Refused) as refusal:
        watch(session, campaign, ("mot", observed(site=True)))
    assert refusal.value.text.id == "campaign.not_in_this_stage"


def test_an_observation_of_a_unit_that_does_not_exist_is_refused(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        watch(session, collecting(session), ("khong-co", observed(site=True)))
    assert refusal.value.text == Text("campaign.unknown_unit", campaign="mau-2026", unit="khong-co")


def test_a_verdict_on_a_claim_is_kept_under_the_indicator(session: Session) -> None:
    campaign = collecting(session)
    submitted(session, unit(campaign, "mot"), claiming(filled(), "may"), now=at(10, 20))
    campaign.stage = Stage.VERIFYING
    granted = Answer("may", status=AnswerStatus.NOT_APPLICABLE)
    enter(session, campaign, Verdict("mot", granted, "Đúng chức năng (mẫu)"))
    row = session.scalars(select(Finding)).one()
    assert (row.key, answer_from_json(row.answer).status) == ("may", AnswerStatus.NOT_APPLICABLE)
    told = session.scalars(select(History).where(History.action == "found")).one()
    assert (told.facts["value"], told.facts["status"]) == ("", "not_applicable")


def test_n_a_cannot_be_granted_to_a_unit_that_did_not_claim_it(session: Session) -> None:
    granted = Verdict("mot", Answer("may", status=AnswerStatus.NOT_APPLICABLE), "Đúng chức năng (mẫu)")
    with pytest.raises(Refused) as refusal:
        enter(session, verifying(session), granted)
    assert refusal.value.text.id == "campaign.nothing_claimed"


def test_what_a_unit_declares_is_not_overridden_by_an_observation(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        watch(session, collecting(session), ("mot", Answer("co_may", 3)))
    assert refusal.value.text == Text("campaign.not_observed", unit="mot", key="co_may")


def test_the_points_that_a_council_gives_are_kept_with_their_reason_and_count(session: Session) -> None:
    campaign = collecting(session, *BY_COUNCIL)
    submitted(session, unit(campaign, "mot"), filled(), now=at(10, 20))
    given = Answer("diem", Decimal("25.5"), reason="Làm tốt, còn chậm báo cáo (mẫu)")
    assert watch(session, campaign, ("mot", given)) == 1
    row = session.scalars(select(Observation)).one()
    assert answer_from_json(row.answer) == replace(given, by=By.OFFICER)
    told = session.scalars(select(History).where(History.action == "observed")).one()
    assert told.facts == {"unit": "mot", "key": "diem", "value": Decimal("25.5"), "reason": given.reason}
    totals = {each.unit.id: each.assessment.total for each in compute(session, campaign).results if each.assessment}
    assert totals == {"mot": 4000 + 2000 + 2550}


def test_another_reason_for_the_same_points_replaces_the_older_one(session: Session) -> None:
    campaign = collecting(session, *BY_COUNCIL)
    first = Answer("diem", Decimal("25.5"), reason="Làm tốt (mẫu)")
    second = replace(first, reason="Làm rất tốt (mẫu)")
    assert [watch(session, campaign, ("mot", each)) for each in (first, second, second)] == [1, 1, 0]
