"""From the answers that count to a ranking that is offered, approved and published."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile
from campaign.finding import last_ranking
from campaign.models import Campaign, History, Person, Ranking, StoredFile
from campaign.ranking import approve, check_approvable, compute, mark_published, offer
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from campaign.verifying import Verdict, find, observe
from scoring import Answer, AnswerStatus
from tests.campaign.world import (
    at,
    claiming,
    collecting,
    draft,
    filled,
    held,
    join,
    observed,
    submitted,
    unit,
    verifying,
)
from words import Text

NOW = at(12, 9)
DAY = date(2026, 12, 9)


def results(session: Session, campaign: Campaign) -> dict[str, dict[str, Any]]:
    return {each["unit"]: each for each in compute(session, campaign).document["results"]}


def offered(session: Session, campaign: Campaign) -> Ranking:
    return offer(session, campaign, compute(session, campaign), [], actor="administrator", now=NOW)


def leader_of(session: Session, campaign: Campaign) -> Person:
    return join(session, campaign, Role.LEADER, "Lan").person


def sign(session: Session, ranking: Ranking, person: Person | None, number: str = "2568/QĐ-UBND") -> None:
    approve(session, ranking, person, decision_number=number, decision_day=DAY, now=NOW)


def refusal_of(session: Session, ranking: Ranking, person: Person | None) -> Text:
    with pytest.raises(Refused) as refusal:
        sign(session, ranking, person)
    return refusal.value.text


def test_units_are_ranked_by_what_they_declared_and_the_department_saw(session: Session) -> None:
    campaign = verifying(session)
    observe(session, campaign, [("mot", observed(site=False)), ("hai", observed(site=True))], actor="officer", now=NOW)
    ranked = results(session, campaign)
    assert [(code, ranked[code]["rank"], ranked[code]["total"], ranked[code]["grade"]) for code in ("hai", "mot")] == [
        ("hai", 1, "75.00", "Đạt"),  # 5 of 10 of 50 points, 20, 30
        ("mot", 2, "60.00", "Đạt"),  # 8 of 10 of 50 points, 20, 0
    ]


def test_a_unit_that_sent_nothing_and_one_that_was_late_are_not_ranked_and_told_why(session: Session) -> None:
    campaign = verifying(session)
    before = results(session, campaign)["ba"]
    assert (before["status"], before["rank"], before["grade"], before["total"]) == ("missing", None, None, None)
    submitted(session, unit(campaign, "ba"), filled(co_may=10), now=at(11, 1, 8))
    after = results(session, campaign)["ba"]
    assert (after["status"], after["rank"], after["grade"], after["total"]) == ("late", None, None, None)
    assert ["Điều 2" in each["reason"] for each in (before, after)] == [True, True]
    assert before["reason"] != after["reason"]


def test_what_came_late_does_not_replace_what_was_on_time(session: Session) -> None:
    campaign = verifying(session)
    submitted(session, unit(campaign, "mot"), filled(co_may=10), now=at(11, 1, 8))
    assert (results(session, campaign)["mot"]["status"], results(session, campaign)["mot"]["total"]) == (
        "ranked",
        "60.00",
    )


def test_a_verified_value_wins_over_the_declared_one(session: Session) -> None:
    campaign = verifying(session)
    find(session, campaign, [Verdict("mot", Answer("co_may", 6), "(mẫu)")], actor="officer", now=NOW)
    assert results(session, campaign)["mot"]["total"] == "50.00"


def test_a_claim_of_not_applicable_earns_only_once_it_is_granted(session: Session) -> None:
    campaign = collecting(session)
    for code in ("mot", "hai"):
        submitted(session, unit(campaign, code), claiming(filled(co_may=1), "may"), now=at(10, 20))
    submitted(session, unit(campaign, "ba"), claiming(held(co_phan_mem=True), "may"), now=at(10, 20))
    campaign.stage = Stage.VERIFYING
    granted, refused = AnswerStatus.NOT_APPLICABLE, AnswerStatus.NOT_APPLICABLE_REFUSED
    verdicts = [
        Verdict("mot", Answer("may", status=granted), "Đúng (mẫu)"),
        Verdict("hai", Answer("may", status=refused), "Có nhiệm vụ này (mẫu)"),
    ]
    find(session, campaign, verdicts, actor="officer", now=NOW)
    marked = {code: each["nodes"]["may"] for code, each in results(session, campaign).items()}
    assert {code: (mark["points"], mark["na"]) for code, mark in marked.items()} == {
        "mot": ("50.00", "granted"),
        "hai": ("5.00", "refused"),
        "ba": ("0.00", "claimed"),
    }


def test_an_offer_keeps_document_hash_and_files_in_order(session: Session) -> None:
    campaign = verifying(session)
    files = [NewFile("xep-hang.png", "image/png", b"picture"), NewFile("xep-hang.xlsx", "application/x", b"book")]
    ranking = offer(session, campaign, compute(session, campaign), files, actor="administrator", now=NOW)
    session.refresh(ranking)
    assert (ranking.number, ranking.document, campaign.stage) == (1, compute(session, campaign).document, Stage.OFFERED)
    assert [session.get_one(StoredFile, each.sha256).content for each in ranking.files] == [b"picture", b"book"]
    row = session.scalars(select(History).where(History.action == "stage.offered")).one()
    assert row.facts == {"previous": "verifying", "version": 1, "sha256": ranking.sha256}


def test_offering_again_makes_the_next_version(session: Session) -> None:
    campaign = verifying(session)
    assert [offered(session, campaign).number for _ in range(3)] == [1, 2, 3]
    newest = last_ranking(session, campaign)
    assert newest
    assert (newest.number, campaign.stage) == (3, Stage.OFFERED)


def test_while_units_still_fill_in_nothing_is_offered(session: Session) -> None:
    campaign = collecting(session)
    with pytest.raises(Refused) as refusal:
        offered(session, campaign)
    assert refusal.value.text.id == "campaign.no_such_move"


def test_a_leader_approves_with_the_number_and_the_day_of_the_decision(session: Session) -> None:
    campaign = verifying(session)
    ranking, lan = offered(session, campaign), leader_of(session, campaign)
    sign(session, ranking, lan)
    session.flush()
    session.refresh(ranking)
    assert (ranking.decision_number, ranking.decision_day, ranking.approved_by, ranking.approved_at) == (
        "2568/QĐ-UBND",
        DAY,
        lan.id,
        NOW,
    )
    row = session.scalars(select(History).where(History.action == "stage.approved")).one()
    assert (row.actor, row.facts["decision"], row.facts["day"]) == (f"person:{lan.id}", "2568/QĐ-UBND", DAY)


@pytest.mark.parametrize("role", [Role.CONTACT, Role.OFFICER, None])
def test_nobody_but_a_leader_of_this_campaign_approves(session: Session, role: Role | None) -> None:
    campaign = verifying(session)
    ranking = offered(session, campaign)
    if role is None:
        somebody = leader_of(session, draft(session, year=2025))
    else:
        somebody = join(session, campaign, role, "Hoa", "mot").person
    assert refusal_of(session, ranking, somebody) == Text("campaign.leaders_approve")
    with pytest.raises(Refused):
        check_approvable(session, ranking, somebody)
    assert (campaign.stage, ranking.approved_at) == (Stage.OFFERED, None)


def test_a_decision_signed_on_paper_is_recorded_by_the_administrator(session: Session) -> None:
    campaign = verifying(session)
    ranking = offered(session, campaign)
    sign(session, ranking, None)
    row = session.scalars(select(History).where(History.action == "stage.approved")).one()
    assert (ranking.approved_by, row.actor) == (None, "administrator")


def test_only_the_newest_version_can_be_approved(session: Session) -> None:
    campaign = verifying(session)
    lan = leader_of(session, campaign)
    first, second = offered(session, campaign), offered(session, campaign)
    assert refusal_of(session, first, lan) == Text("campaign.ranking_is_stale", version=1)
    sign(session, second, lan)
    assert campaign.stage is Stage.APPROVED


def test_what_is_approved_is_not_approved_twice(session: Session) -> None:
    campaign = verifying(session)
    ranking, lan = offered(session, campaign), leader_of(session, campaign)
    sign(session, ranking, lan)
    assert refusal_of(session, ranking, lan) == Text("campaign.already_approved", decision="2568/QĐ-UBND")


def test_a_published_result_is_what_was_approved(session: Session) -> None:
    campaign = verifying(session)
    ranking = offered(session, campaign)
    sign(session, ranking, None)
    assert last_ranking(session, campaign, published=True) is None
    mark_published(session, ranking, actor="administrator", now=NOW)
    published = last_ranking(session, campaign, published=True)
    assert published is ranking
    totals = {each["unit"]: each["total"] for each in published.document["results"]}
    assert (totals["mot"], campaign.stage, ranking.published_at) == ("60.00", Stage.PUBLISHED, NOW)


def test_a_version_that_was_not_approved_is_not_published(session: Session) -> None:
    campaign = verifying(session)
    first, second = offered(session, campaign), offered(session, campaign)
    sign(session, second, None)
    with pytest.raises(Refused) as refusal:
        mark_published(session, first, actor="administrator", now=NOW)
    assert (refusal.value.text, campaign.stage) == (Text("campaign.ranking_is_stale", version=1), Stage.APPROVED)


def test_what_is_offered_is_not_published_before_its_approval(session: Session) -> None:
    campaign = verifying(session)
    with pytest.raises(Refused) as refusal:
        mark_published(session, offered(session, campaign), actor="administrator", now=NOW)
    assert (refusal.value.text, campaign.stage) == (Text("campaign.not_approved", version=1), Stage.OFFERED)
