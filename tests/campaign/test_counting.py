"""What counts for a unit: roll-ups without a form, last year's answers, and data worth a second look."""

from typing import Any

from sqlalchemy.orm import Session

from campaign.closing import close, ends_at
from campaign.counting import status_of, with_previous
from campaign.filling import record_reading, shortfall_of
from campaign.models import Campaign
from campaign.queries import board, unit_progress
from campaign.ranking import compute
from campaign.roles import Role
from campaign.stages import Stage
from campaign.verifying import Verdict, find, observe
from scoring import Answer, UnitStatus
from scoring import Unit as ScoredUnit
from tests.campaign.world import (
    BY_RECEIPT,
    ROLLED_UP,
    SECOND_LOOK,
    UNITS,
    at,
    collecting,
    draft,
    filled,
    held,
    join,
    observed,
    receivers,
    submitted,
    told,
    unit,
)
from words import Text

WITH_CUM = (
    *(ScoredUnit(each.id, each.name, "so", parent="cum") for each in UNITS),
    ScoredUnit("cum", "Cụm Mẫu", "cum"),
)


def with_cum(session: Session, *amendments: tuple[str, str]) -> Campaign:
    """The three sở are under a cụm, which has nothing to declare."""
    return collecting(session, *ROLLED_UP, *amendments, units=WITH_CUM)


def results(session: Session, campaign: Campaign) -> dict[str, dict[str, Any]]:
    return {each["unit"]: each for each in compute(session, campaign).document["results"]}


def test_a_unit_without_a_form_is_on_time_and_gets_what_the_units_under_it_earned(session: Session) -> None:
    campaign = with_cum(session)
    for code, equipped in (("mot", 8), ("hai", 4)):
        submitted(session, unit(campaign, code), filled(co_may=equipped), now=at(10, 20))
    close(session, campaign, now=at(11, 1, 0), tell_at=at(11, 1, 0))
    ranked = results(session, campaign)
    assert {code: (each["status"], each["total"]) for code, each in ranked.items()} == {
        "mot": ("ranked", "60.00"),
        "hai": ("ranked", "40.00"),
        "ba": ("missing", None),
        "cum": ("ranked", "50.00"),
    }
    assert [each.parent for each in compute(session, campaign).units] == ["cum", "cum", "cum", ""]


def test_a_unit_without_a_form_is_neither_on_the_board_nor_told_that_nothing_came(session: Session) -> None:
    campaign = with_cum(session)
    join(session, campaign, Role.CONTACT, "Hoa", "cum")
    join(session, campaign, Role.CONTACT, "Cúc", "mot")
    assert [each.unit.code for each in board(session, campaign).units] == ["mot", "hai", "ba"]
    close(session, campaign, now=at(11, 1, 0), tell_at=at(11, 1, 0))
    assert receivers(session, "reports.closed_missing") == ["Cúc"]
    assert receivers(session, "reports.request") == ["Cúc"]


def test_a_unit_without_a_form_has_no_letter_to_acknowledge_and_holds_nothing_up(session: Session) -> None:
    campaign = with_cum(session, BY_RECEIPT)
    for code in ("mot", "hai", "ba"):
        submitted(session, unit(campaign, code), filled(), now=at(9, 18))
    assert board(session, campaign).unacknowledged == ()
    assert unit_progress(session, unit(campaign, "cum")).awaits_receipt is False
    assert ends_at(session, campaign) == at(10, 10, 0)
    assert status_of(session, unit(campaign, "cum")) is UnitStatus.ON_TIME


def following(session: Session) -> Campaign:
    """The campaign of 2027, in which Hoa speaks for `mot`. In 2026 it had 40 officials and, verified, 19 computers."""
    campaign = collecting(session, SECOND_LOOK)
    submitted(session, unit(campaign, "mot"), filled(can_bo=40, co_may=20), now=at(10, 20))
    campaign.stage = Stage.VERIFYING
    find(session, campaign, [Verdict("mot", Answer("co_may", 19), "(mẫu)")], actor="officer", now=at(11, 5))
    observe(session, campaign, [("mot", observed(site=True))], actor="officer", now=at(11, 5))
    after = collecting(session, SECOND_LOOK, year=2027)
    join(session, after, Role.CONTACT, "Hoa", "mot")
    return after


def test_answers_stand_beside_those_that_counted_last_year(session: Session) -> None:
    campaign = following(session)
    rows = (Answer("can_bo", 41), Answer("co_may", 21), Answer("co_trang", value=True), Answer("khac", 1))
    assert [each.previous for each in with_previous(session, unit(campaign, "mot"), rows)] == [40, 19, True, None]
    assert [each.previous for each in with_previous(session, unit(campaign, "hai"), rows)] == [None] * 4


def test_a_campaign_made_by_hand_follows_that_of_the_year_before(session: Session) -> None:
    first = draft(session)
    assert (draft(session, year=2027).previous_id, draft(session, year=2029).previous_id) == (first.id, None)


def test_what_is_unlikely_is_named_and_does_not_keep_a_form_from_being_submitted(session: Session) -> None:
    campaign = following(session)
    mot = unit(campaign, "mot")
    gaps = shortfall_of(session, mot, filled(can_bo=19, co_may=19))
    assert (gaps.missing, gaps.problems, gaps.stands_in_the_way) == ((), (), False)
    assert [each.id for each in gaps.notices] == ["scoring.problem.check_unlikely"]
    submission = submitted(session, mot, filled(can_bo=19, co_may=19), now=at(10, 20, year=2027))
    ((receiver, facts),) = told(session, "reports.second_look")
    assert (receiver, facts["receipt"], facts["n"], facts["notices"]) == ("Hoa", submission.receipt, 1, gaps.notices)


def test_what_is_likely_is_not_worth_a_second_look(session: Session) -> None:
    campaign = following(session)
    submitted(session, unit(campaign, "mot"), filled(can_bo=20, co_may=19), now=at(10, 20, year=2027))
    assert (receivers(session, "reports.receipt"), receivers(session, "reports.second_look")) == (["Hoa"], [])


def test_nobody_is_asked_for_a_second_look_at_a_form_that_can_no_longer_be_mended(session: Session) -> None:
    campaign = following(session)
    submitted(session, unit(campaign, "mot"), filled(can_bo=19, co_may=19), now=at(11, 1, 0, year=2027))
    assert (receivers(session, "reports.late_receipt"), receivers(session, "reports.second_look")) == (["Hoa"], [])


def test_notices_are_no_mistakes_that_contacts_must_mend(session: Session) -> None:
    campaign = following(session)
    record_reading(session, unit(campaign, "mot"), filled(can_bo=19), change=at(10, 1), now=at(10, 1))
    assert receivers(session, "reports.form_problems") == []
    assert unit_progress(session, unit(campaign, "mot")).problems == ()


SAME = Text("campaign.same_as_last_year", n=2, of=2)


def test_a_form_left_as_it_was_prefilled_is_one_notice_that_says_how_many_numbers_are_the_same(
    session: Session,
) -> None:
    mot = unit(following(session), "mot")
    untouched = shortfall_of(session, mot, filled(can_bo=40, co_may=19))
    assert (untouched.notices, untouched.stands_in_the_way) == ((SAME,), False)


def test_half_of_the_numbers_may_be_last_years_without_a_word(session: Session) -> None:
    mot = unit(following(session), "mot")
    assert shortfall_of(session, mot, filled(can_bo=40, co_may=20)).notices == ()


def test_who_filled_in_nothing_last_year_is_not_asked_about_it(session: Session) -> None:
    hai = unit(following(session), "hai")
    assert shortfall_of(session, hai, filled(can_bo=40, co_may=19)).notices == ()


def test_a_form_without_numbers_is_not_the_same_as_last_years(session: Session) -> None:
    mot = unit(following(session), "mot")
    assert shortfall_of(session, mot, held(co_phan_mem=True)).notices == ()
