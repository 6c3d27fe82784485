"""What becomes of late forms where the regulation takes them: due until 31/10, taken until 15/11."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from campaign.closing import close, ends_at, forms_to_lock, record_locked
from campaign.counting import authoritative, status_of
from campaign.filling import Shortfall, record_reading, submit
from campaign.lateness import is_late
from campaign.models import Campaign, Submission, Unit
from campaign.queries import board, unit_progress
from campaign.ranking import approve, compute, offer
from campaign.refusal import Refused
from campaign.reopening import extend, give_back
from campaign.roles import Role
from campaign.stages import Stage
from scoring import UnitStatus
from tests.campaign.world import (
    ACCEPTED,
    NO_LIMIT,
    NOT_RANKED_LATE,
    PENALIZED,
    actions,
    at,
    by,
    collecting,
    filled,
    held,
    join,
    receivers,
    submitted,
    told,
    unit,
    verifying,
    with_mistake,
)
from words import Text

MIDNIGHT, WITHIN, OVER = at(11, 1, 0), at(11, 15, 23, 59), at(11, 16, 0)
UNTIL_15_11 = date(2026, 11, 15)
RETURNED_AT = at(11, 3)


def issued(session: Session, late: tuple[str, str] = ACCEPTED) -> Campaign:
    """The forms stand; Hoa speaks for `mot`."""
    campaign = collecting(session, late)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    return campaign


def submitted_at(session: Session, campaign: Campaign, moments: dict[str, datetime]) -> dict[str, Submission]:
    return {code: submitted(session, unit(campaign, code), filled(), now=now) for code, now in moments.items()}


def results(session: Session, campaign: Campaign) -> dict[str, dict[str, Any]]:
    return {each["unit"]: each for each in compute(session, campaign).document["results"]}


@pytest.mark.parametrize("late", [ACCEPTED, PENALIZED], ids=["accepted", "penalty"])
def test_a_late_form_that_is_taken_is_assessed_as_late_and_after_the_second_date_it_counts_as_missing(
    session: Session, late: tuple[str, str]
) -> None:
    campaign = issued(session, late)
    kept = submitted_at(session, campaign, {"mot": at(10, 31, 23, 59), "hai": WITHIN, "ba": OVER})
    assert {code: is_late(each) for code, each in kept.items()} == {"mot": False, "hai": True, "ba": True}
    assert {each.code: status_of(session, each) for each in campaign.units} == {
        "mot": UnitStatus.ON_TIME,
        "hai": UnitStatus.LATE,
        "ba": UnitStatus.MISSING,
    }
    assert authoritative(session, unit(campaign, "hai")) is kept["hai"]
    assert authoritative(session, unit(campaign, "ba")) is None


def test_a_late_form_loses_the_points_that_the_regulation_says(session: Session) -> None:
    campaign = issued(session, PENALIZED)
    submitted_at(session, campaign, {"mot": at(10, 20), "hai": WITHIN, "ba": OVER})
    ranked = results(session, campaign)
    assert {code: (each["status"], each["total"]) for code, each in ranked.items()} == {
        "mot": ("ranked", "60.00"),
        "hai": ("ranked", "57.50"),
        "ba": ("missing", None),
    }


def test_a_form_that_was_on_time_counts_although_a_later_one_is_taken_too(session: Session) -> None:
    campaign = issued(session)
    on_time = submitted(session, unit(campaign, "mot"), filled(co_may=5), now=at(10, 20))
    submitted(session, unit(campaign, "mot"), filled(co_may=9), now=WITHIN)
    assert authoritative(session, unit(campaign, "mot")) is on_time
    assert status_of(session, unit(campaign, "mot")) is UnitStatus.ON_TIME


def test_of_several_late_forms_the_last_one_within_the_second_date_counts(session: Session) -> None:
    mot = unit(issued(session), "mot")
    submitted(session, mot, filled(co_may=5), now=at(11, 2))
    second = submitted(session, mot, filled(co_may=6), now=at(11, 3))
    submitted(session, mot, filled(co_may=7), now=OVER)
    assert authoritative(session, mot) is second


def test_without_a_second_date_every_late_form_is_taken(session: Session) -> None:
    campaign = issued(session, NO_LIMIT)
    assert ends_at(session, campaign) == MIDNIGHT
    late = submitted(session, unit(campaign, "mot"), filled(), now=at(12, 1))
    assert (authoritative(session, unit(campaign, "mot")), status_of(session, unit(campaign, "mot"))) == (
        late,
        UnitStatus.LATE,
    )


def test_while_a_late_form_can_be_mended_it_is_not_taken_with_gaps(session: Session) -> None:
    mot = unit(issued(session), "mot")
    outcome = submit(session, mot, held(can_bo=10), by(session, WITHIN), now=WITHIN)
    assert isinstance(outcome, Shortfall)
    assert is_late(submitted(session, mot, held(can_bo=10), now=OVER))


def test_until_the_second_date_contacts_hear_of_mistakes(session: Session) -> None:
    campaign = issued(session)
    for now in (WITHIN, OVER):
        reading = with_mistake(held(can_bo=10), f"Phiếu!E{now.day}")
        record_reading(session, unit(campaign, "mot"), reading, change=now, now=now)
    assert receivers(session, "reports.form_problems") == ["Hoa"]


def test_the_form_of_a_unit_that_has_submitted_is_locked_at_the_deadline_and_the_others_stay_open(
    session: Session,
) -> None:
    campaign = issued(session)
    submitted_at(session, campaign, {"mot": at(10, 20), "hai": WITHIN})
    locked = {now: [each.unit.code for each in forms_to_lock(session, campaign, now)] for now in (MIDNIGHT, OVER)}
    assert locked == {MIDNIGHT: ["mot"], OVER: ["mot", "hai", "ba"]}
    assert ends_at(session, campaign) == OVER


def test_nobody_hears_of_mistakes_in_a_form_that_is_locked(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    submitted(session, mot, filled(), now=at(10, 20))
    record_locked(session, mot, now=MIDNIGHT)
    record_reading(session, mot, with_mistake(filled()), change=MIDNIGHT, now=MIDNIGHT)
    assert receivers(session, "reports.form_problems") == []


@pytest.mark.parametrize(
    ("late", "policy"),
    [
        (ACCEPTED, Text("campaign.late_accepted", clause="Điều 2")),
        (PENALIZED, Text("campaign.late_penalty", points=Decimal("2.50"), clause="Điều 2")),
    ],
    ids=["accepted", "penalty"],
)
def test_a_late_receipt_says_what_lateness_costs_and_until_when_the_form_can_be_mended(
    session: Session, late: tuple[str, str], policy: Text
) -> None:
    campaign = issued(session, late)
    submitted(session, unit(campaign, "mot"), filled(), now=WITHIN)
    submitted(session, unit(campaign, "mot"), filled(co_may=9), now=OVER)
    first, second = (facts for _, facts in told(session, "reports.late_receipt"))
    assert (first["last_day"], first["clause"]) == (
        date(2026, 10, 31),
        Text("campaign.late_until", policy=policy, last_day=UNTIL_15_11),
    )
    assert second["clause"] == Text("campaign.missing_not_ranked", last_day=UNTIL_15_11)


def test_a_unit_from_which_nothing_came_by_the_second_date_is_told_so(session: Session) -> None:
    campaign = issued(session)
    close(session, campaign, now=OVER, tell_at=OVER)
    ((receiver, facts),) = told(session, "reports.closed_missing")
    assert (receiver, facts["last_day"], facts["clause"]) == (
        "Hoa",
        date(2026, 10, 31),
        Text("campaign.missing_not_ranked", last_day=UNTIL_15_11),
    )


def test_a_late_form_that_counts_makes_a_ranking_stale_that_was_offered_without_it(session: Session) -> None:
    campaign = issued(session, NO_LIMIT)
    campaign.stage = Stage.VERIFYING
    ranking = offer(session, campaign, compute(session, campaign), [], actor="administrator", now=at(12, 1))
    submitted(session, unit(campaign, "mot"), filled(), now=at(12, 2))
    assert (campaign.stage, actions(session)[-1]) == (Stage.VERIFYING, "stage.verifying")
    with pytest.raises(Refused) as refusal:
        approve(session, ranking, None, decision_number="1/QĐ", decision_day=date(2026, 12, 3), now=at(12, 3))
    assert refusal.value.text == Text("campaign.ranking_is_stale", version=1)


def test_where_late_forms_are_not_ranked_one_that_comes_after_the_offer_changes_nothing(session: Session) -> None:
    campaign = verifying(session)
    offer(session, campaign, compute(session, campaign), [], actor="administrator", now=at(12, 1))
    submitted(session, unit(campaign, "ba"), filled(), now=at(12, 2))
    assert campaign.stage is Stage.OFFERED


def test_a_decision_is_younger_than_the_last_day_on_which_forms_are_taken(session: Session) -> None:
    campaign = issued(session)
    campaign.stage = Stage.VERIFYING
    ranking = offer(session, campaign, compute(session, campaign), [], actor="administrator", now=at(11, 17))
    with pytest.raises(Refused) as refusal:
        approve(session, ranking, None, decision_number="1/QĐ", decision_day=UNTIL_15_11, now=at(11, 17))
    assert refusal.value.text == Text("campaign.no_such_decision", longest=60, last_day=UNTIL_15_11)
    approve(session, ranking, None, decision_number="1/QĐ", decision_day=date(2026, 11, 16), now=at(11, 17))


def granted(session: Session, of: Unit, until: date, now: datetime) -> None:
    extend(session, of, until, reason="Bão (mẫu)", asked_by="Hoa", granted_by="Giám đốc Mẫu", actor="a", now=now)


def returned(session: Session, of: Unit, until: date, now: datetime = RETURNED_AT) -> None:
    give_back(session, of, until, reason="Thiếu (mẫu)", granted_by="Giám đốc Mẫu", actor="a", now=now)


@pytest.mark.parametrize("late", [NOT_RANKED_LATE, ACCEPTED, PENALIZED], ids=["not ranked", "accepted", "penalty"])
def test_a_form_that_was_late_is_on_time_once_an_extension_covers_it_and_the_board_follows(
    session: Session, late: tuple[str, str]
) -> None:
    campaign = collecting(session, late)
    mot = unit(campaign, "mot")
    kept = submitted(session, mot, filled(), now=at(11, 5))
    before = unit_progress(session, mot)
    granted(session, mot, date(2026, 11, 10), at(11, 6))
    after = unit_progress(session, mot)
    assert (before.submission, before.late, after.submission, after.late) == (None, kept, kept, None)
    assert (is_late(kept), authoritative(session, mot), status_of(session, mot)) == (False, kept, UnitStatus.ON_TIME)
    assert [each.unit.code for each in board(session, campaign).submitted] == ["mot"]


def test_an_extension_that_does_not_reach_so_far_changes_nothing(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    kept = submitted(session, mot, filled(), now=at(11, 5))
    granted(session, mot, date(2026, 11, 4), at(11, 3))
    assert (is_late(kept), authoritative(session, mot)) == (True, None)


def test_what_came_in_time_by_an_extension_is_not_submitted_again_as_it_is(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    submitted(session, mot, filled(), now=at(11, 5))
    granted(session, mot, date(2026, 11, 10), at(11, 6))
    with pytest.raises(Refused) as refusal:
        submit(session, mot, filled(), by(session, at(11, 7)), now=at(11, 7))
    assert refusal.value.text.id == "campaign.nothing_changed"


def test_a_form_that_is_late_again_after_its_own_last_day_is_another_revision(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    granted(session, mot, date(2026, 11, 10), at(10, 20))
    kept = [submitted(session, mot, filled(), now=now) for now in (at(11, 10, 23, 59), at(11, 11, 0))]
    assert [(each.number, is_late(each)) for each in kept] == [(1, False), (2, True)]


def test_a_returned_form_counts_as_it_was_until_it_comes_again(session: Session) -> None:
    campaign = verifying(session)
    mot = unit(campaign, "mot")
    first = authoritative(session, mot)
    returned(session, mot, date(2026, 11, 10))
    assert authoritative(session, mot) is first
    second = submitted(session, mot, filled(co_may=9), now=at(11, 10, 23, 59))
    third = submitted(session, mot, filled(co_may=10), now=at(11, 11, 0))
    assert (authoritative(session, mot), is_late(second), is_late(third)) == (second, False, True)


@pytest.mark.parametrize("late", [NOT_RANKED_LATE, ACCEPTED, PENALIZED], ids=["not ranked", "accepted", "penalty"])
def test_a_late_form_that_is_returned_is_late_until_it_comes_again(session: Session, late: tuple[str, str]) -> None:
    mot = unit(collecting(session, late), "mot")
    first = submitted(session, mot, filled(), now=at(11, 2))
    returned(session, mot, date(2026, 11, 20))
    assert (is_late(first), unit_progress(session, mot).late) == (True, first)
    second = submitted(session, mot, filled(), now=at(11, 20, 23, 59))
    assert (is_late(first), is_late(second), authoritative(session, mot)) == (True, False, second)


def test_a_form_that_was_not_even_taken_late_is_not_taken_because_it_is_returned(session: Session) -> None:
    mot = unit(issued(session), "mot")
    submitted(session, mot, filled(), now=OVER)
    returned(session, mot, date(2026, 11, 20), now=at(11, 17))
    assert authoritative(session, mot) is None


def test_more_time_to_mend_a_returned_form_is_none_for_what_was_returned(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    first = submitted(session, mot, filled(), now=at(11, 2))
    returned(session, mot, date(2026, 11, 10))
    granted(session, mot, date(2026, 11, 20), at(11, 9))
    second = submitted(session, mot, filled(), now=at(11, 20))
    assert (is_late(first), is_late(second)) == (True, False)


def test_a_form_that_an_extension_made_one_on_time_is_still_that_when_it_is_returned(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    first = submitted(session, mot, filled(), now=at(11, 2))
    granted(session, mot, date(2026, 11, 10), at(11, 3))
    returned(session, mot, date(2026, 11, 20), now=at(11, 4))
    assert (is_late(first), authoritative(session, mot)) == (False, first)


def test_a_returned_form_is_not_taken_with_gaps_until_its_own_last_day(session: Session) -> None:
    mot = unit(verifying(session), "mot")
    returned(session, mot, date(2026, 11, 10))
    outcome = submit(session, mot, held(can_bo=10), by(session, at(11, 5)), now=at(11, 5))
    assert isinstance(outcome, Shortfall)
    assert is_late(submitted(session, mot, held(can_bo=10), now=at(11, 11, 0)))
