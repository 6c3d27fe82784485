"""What units fill in: readings, submissions, receipts."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.counting import answers_of, authoritative, last_late
from campaign.filling import Shortfall, record_reading, submit
from campaign.models import Address, Campaign, Draft, Submission
from campaign.ports import FormError, FormReading
from campaign.queries import unit_progress
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_trouble
from scheduler.reminders import remind_unit
from scoring import Answer
from tests.campaign.world import (
    HANOI,
    actions,
    armed,
    at,
    claiming,
    collecting,
    filled,
    form,
    held,
    join,
    person,
    receivers,
    states,
    submitted,
    told,
    unit,
    verifying,
    with_mistake,
)
from words import Series, Text


def contact_of_mot(session: Session, campaign: Campaign) -> Address:
    return join(session, campaign, Role.CONTACT, "Hoa", "mot")


def test_a_form_with_gaps_and_mistakes_is_not_taken_and_all_of_them_are_named(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    reading = with_mistake(held(can_bo=10), "Phiếu!E12")
    outcome = submit(session, mot, reading, person(session), origin="telegram", now=at(10, 20))
    mistake = Text("campaign.unknown_unit", campaign="Phiếu!E12", unit="mười hai")
    assert outcome == Shortfall(("Số cán bộ có máy tính", "Có phần mềm chuyên ngành"), (mistake,))
    assert session.scalars(select(Submission)).all() == []


def test_what_contradicts_itself_is_not_taken_although_nothing_is_missing(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    outcome = submit(session, mot, filled(can_bo=10, co_may=11), person(session), origin="telegram", now=at(10, 20))
    larger = Text(
        "scoring.problem.part_above_whole", part=Series(("Số cán bộ có máy tính",)), whole=Series(("Số cán bộ",))
    )
    assert outcome == Shortfall((), (larger,))


def test_an_empty_cell_is_no_answer_and_a_zero_is_one(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    empty = submit(session, mot, held(can_bo=10, co_phan_mem=True), person(session), origin="excel", now=at(10, 20))
    assert empty == Shortfall(("Số cán bộ có máy tính",), ())
    zero = submit(session, mot, filled(co_may=0), person(session), origin="excel", now=at(10, 20))
    assert isinstance(zero, Submission)
    assert Answer("co_may", 0) in answers_of(zero)


def test_an_answer_without_a_value_is_no_answer(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    outcome = submit(
        session, mot, held(can_bo=10, co_may=None, co_phan_mem=True), person(session), origin="", now=at(10, 20)
    )
    assert outcome == Shortfall(("Số cán bộ có máy tính",), ())


def test_nothing_to_report_is_an_answer(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    reading = claiming(held(co_phan_mem=False), "may")
    assert submitted(session, mot, reading, now=at(10, 20)).late is False


def test_a_submission_is_frozen_numbered_and_on_record(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    first = submitted(session, mot, filled(co_may=8), now=at(10, 20))
    second = submitted(session, mot, filled(co_may=9), now=at(10, 21))
    assert [(each.number, each.receipt, each.late, each.origin) for each in (first, second)] == [
        (1, "2026-0001-1", False, "telegram"),
        (2, "2026-0001-2", False, "telegram"),
    ]
    assert answers_of(first) == filled(co_may=8).answers
    assert first.sha256 != second.sha256
    assert actions(session)[-2:] == ["submitted", "submitted"]


def test_the_last_submission_on_time_is_the_one_that_counts(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    submitted(session, mot, filled(co_may=8), now=at(10, 20))
    second = submitted(session, mot, filled(co_may=9), now=at(10, 31, 23, 59))
    late = submitted(session, mot, filled(co_may=10), now=at(11, 1, 0))
    assert (authoritative(session, mot), last_late(session, mot)) == (second, late)


def test_a_form_in_which_nothing_has_changed_is_not_submitted_again(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    submitted(session, mot, filled(), now=at(10, 20, 9, 5))
    with pytest.raises(Refused) as refusal:
        submit(session, mot, filled(), person(session), origin="telegram", now=at(10, 20, 9, 6))
    first = at(10, 20, 9, 5).astimezone(HANOI)
    assert refusal.value.text == Text("campaign.nothing_changed", number=1, receipt="2026-0001-1", at=first)
    assert receivers(session, "reports.receipt") == ["Hoa"]


def test_going_back_to_earlier_answers_is_a_change(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    for equipped in (8, 9, 8):
        submitted(session, mot, filled(co_may=equipped), now=at(10, 20))
    assert session.scalars(select(Submission.number).order_by(Submission.number)).all() == [1, 2, 3]


def test_before_the_issue_nothing_is_taken(session: Session) -> None:
    campaign = armed(session)
    with pytest.raises(Refused) as refusal:
        submit(session, unit(campaign, "mot"), filled(), person(session), origin="excel", now=at(9, 10))
    waiting = Text("campaign.stage_armed")
    assert refusal.value.text == Text("campaign.not_in_this_stage", campaign="mau-2026", stage=waiting)


@pytest.mark.parametrize("origin", ["telegram", "sheet", "excel"])
def test_lateness_is_checked_on_every_way_in(session: Session, origin: str) -> None:
    campaign = collecting(session)
    outcomes = [
        submit(session, unit(campaign, code), filled(), person(session), origin=origin, now=now)
        for code, now in (("mot", at(10, 31, 23, 59)), ("hai", at(11, 1, 0)))
    ]
    assert [(each.late, each.origin) for each in outcomes if isinstance(each, Submission)] == [
        (False, origin),
        (True, origin),
    ]


def test_a_late_form_is_kept_as_it_is_marked_late_and_answered_with_the_rule(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    incomplete = with_mistake(held(can_bo=10))
    late = submitted(session, unit(campaign, "mot"), incomplete, now=at(11, 1, 8))
    assert (late.late, answers_of(late)) == (True, incomplete.answers)
    ((receiver, facts),) = told(session, "reports.late_receipt")
    assert (receiver, facts["receipt"], facts["last_day"], facts["clause"], facts["filled"], facts["of"]) == (
        "Hoa",
        "2026-0001-1",
        at(10, 31).date(),
        Text("campaign.late_not_ranked", clause="Điều 2"),
        1,
        3,
    )


def test_after_the_collecting_everything_is_late_whatever_the_clock_says(session: Session) -> None:
    campaign = verifying(session)
    assert submitted(session, unit(campaign, "ba"), filled(), now=at(10, 30)).late is True


def test_every_contact_of_the_unit_gets_the_receipt_once(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    join(session, campaign, Role.CONTACT, "Bình", "mot")
    join(session, campaign, Role.CONTACT, "Cúc", "hai")
    submission = submitted(session, unit(campaign, "mot"), filled(co_may=8), now=at(10, 20, 9, 5))
    assert receivers(session, "reports.receipt") == ["Hoa", "Bình"]
    _, facts = told(session, "reports.receipt")[0]
    assert (
        facts
        == {
            "unit": "Sở Mẫu Một",
            "receipt": "2026-0001-1",
            "number": 1,
            "at": at(10, 20, 9, 5).astimezone(HANOI),
            "filled": 3,
            "of": 3,
            "self_score": Decimal("60.00"),  # 8 of 10 of 50 points, and 20; the department gives the other 30
            "covered": Decimal("70.00"),
            "total": Decimal("100.00"),
            "sha256": submission.sha256[:12],
        }
    )
    assert str(facts["at"])[:16] == "2026-10-20 09:05"


def test_a_submission_takes_back_reminders_that_have_not_gone_out(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    join(session, campaign, Role.CONTACT, "Cúc", "hai")
    for code in ("mot", "hai"):
        remind_unit(session, unit_progress(session, unit(campaign, code)), days_left=1, rung="1", now=at(10, 30))
    submitted(session, unit(campaign, "mot"), filled(), now=at(10, 30))
    assert receivers(session, "reports.reminder") == ["Hoa", "Cúc"]
    assert states(session, "reports.reminder") == ["cancelled", "waiting"]


def read(session: Session, campaign: Campaign, reading: FormReading, hour: int, *, day: int = 20) -> None:
    record_reading(session, unit(campaign, "mot"), reading, change=at(10, day, hour), now=at(10, day, hour, 1))


def test_a_reading_is_progress_and_no_submission(session: Session) -> None:
    campaign = collecting(session)
    read(session, campaign, held(can_bo=10), 9)
    draft = session.scalars(select(Draft)).one()
    assert (draft.unit_id, draft.problems, draft.read_at) == (unit(campaign, "mot").id, [], at(10, 20, 9, 1))
    assert form(session, unit(campaign, "mot")).read_at == at(10, 20, 9)
    assert authoritative(session, unit(campaign, "mot")) is None


def test_mistakes_that_are_new_are_told_once_and_unchanged_ones_not_again(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    one = with_mistake(held(can_bo=10), "Phiếu!E12")
    both = with_mistake(one, "Phiếu!E13")
    both = FormReading(both.answers, (*one.problems, *both.problems))
    for hour, reading in enumerate((one, one, both, both, one, filled(), one), start=9):
        read(session, campaign, reading, hour)
    counts = [(facts["n"], len(facts["problems"])) for _, facts in told(session, "reports.form_problems")]
    assert counts == [(1, 1), (2, 2), (1, 1)]
    assert told(session, "reports.form_problems")[0][1]["problems"] == (one.problems[0].text,)


def test_a_contradiction_between_cells_is_told_like_any_mistake(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    read(session, campaign, held(can_bo=10, co_may=11), 9)
    ((_, facts),) = told(session, "reports.form_problems")
    assert [each.id for each in facts["problems"]] == ["scoring.problem.part_above_whole"]
    assert len(unit_progress(session, unit(campaign, "mot")).problems) == 1


def test_mistakes_read_after_the_deadline_are_nobodys_errand_any_more(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mistake = with_mistake(held(can_bo=10))
    record_reading(session, unit(campaign, "mot"), mistake, change=at(11, 1, 0), now=at(11, 1, 0))
    assert receivers(session, "reports.form_problems") == []
    assert campaign.stage is Stage.COLLECTING


def test_a_form_that_was_read_is_out_of_trouble(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    record_trouble(session, mot, FormError("unavailable", retry=True), now=at(10, 20))
    read(session, campaign, filled(), 9)
    assert (form(session, mot).trouble, form(session, mot).trouble_until) == (None, None)
