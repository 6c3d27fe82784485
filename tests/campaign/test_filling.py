"""What units fill in: readings, submissions, receipts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.content import filled_of, sha256_of
from campaign.counting import answers_of, authoritative, last_late
from campaign.evidence import keep_file, withdraw
from campaign.files import NewFile
from campaign.filling import (
    CHAT,
    EXCEL,
    SHEET,
    Origin,
    Shortfall,
    drafted,
    record_reading,
    shortfall_of,
    submit,
    take_ticked,
)
from campaign.gaps import findings_of
from campaign.lateness import is_late
from campaign.models import Address, Campaign, Draft, FormKind, History, Submission
from campaign.ports import Document, Fact, Filled, FormError, FormReading
from campaign.queries import unit_progress
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_trouble
from reports.notices import notice
from scheduler.reminders import remind_unit
from scoring import Answer
from scoring import Unit as ScoredUnit
from tests.campaign.world import (
    ACCEPTED,
    HANOI,
    MINUTE,
    ROLLED_UP,
    WITH_EVIDENCE,
    actions,
    armed,
    at,
    by,
    citing,
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
    tick,
    ticked,
    told,
    unit,
    with_mistake,
)
from words import Place, Problem, Severity, Text, say

ALWAYS_UNLIKELY = ("\ntree:", "\nchecks:\n- {that: can_bo >= 3 * co_may, severity: notice, clause: Điều 1}\n\ntree:")


def contact_of_mot(session: Session, campaign: Campaign) -> Address:
    return join(session, campaign, Role.CONTACT, "Hoa", "mot")


def test_a_form_with_gaps_and_mistakes_is_not_taken_and_all_of_them_are_named(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    reading = with_mistake(held(can_bo=10), "Phiếu!E12")
    outcome = submit(session, mot, reading, by(session, at(10, 20)), now=at(10, 20))
    mistake = Text("campaign.unknown_unit", campaign="Phiếu!E12", unit="mười hai")
    assert outcome == Shortfall(("1b – Số cán bộ có máy tính", "2a – Có phần mềm chuyên ngành"), (mistake,))
    assert session.scalars(select(Submission)).all() == []


def test_what_contradicts_itself_is_not_taken_although_nothing_is_missing(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    outcome = submit(session, mot, filled(can_bo=10, co_may=11), by(session, at(10, 20)), now=at(10, 20))
    larger = Text(
        "scoring.problem.part_above_whole",
        part=Text("scoring.question", question="1b – Số cán bộ có máy tính"),
        whole=Text("scoring.question", question="1a – Số cán bộ"),
        found=11,
        against=10,
    )
    assert outcome == Shortfall((), (larger,))


def test_what_is_missing_and_what_contradicts_itself_is_told_with_its_cell(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    cells = {
        key: Place(line=row, column=6, path=key, tab="Phiếu", cell=f"F{row}")
        for key, row in {"can_bo": 24, "co_may": 25, "co_phan_mem": 27}.items()
    }
    gaps = shortfall_of(session, mot, replace(held(can_bo=10, co_may=11), cells=cells))
    assert [say(each, "vi") for each in (*gaps.missing, *gaps.problems) if isinstance(each, Text)] == [
        "2a – Có phần mềm chuyên ngành (trang “Phiếu”, ô F27)",
        (
            "“1b – Số cán bộ có máy tính” (trang “Phiếu”, ô F25) là 11, không thể lớn hơn "
            "“1a – Số cán bộ” (trang “Phiếu”, ô F24) là 10. Hãy kiểm tra lại các số liệu này."
        ),
    ]


def test_problems_are_told_row_by_row_those_of_the_form_first(session: Session) -> None:
    mot = unit(collecting(session), "mot")

    def place(cell: str, path: str = "", tab: str = "Phiếu") -> Place:
        return Place(line=int(cell[1:]), column=ord(cell[0]) - 64, path=path, tab=tab, cell=cell)

    wheres = (place("F27"), place("C9", tab="Tài liệu"), place("K24"), Place(tab="Tài liệu"), place("F9"))
    wrong = [Problem("x", Severity.ERROR, each, Text("bot.choice", label=str(each))) for each in wheres]
    cells = {"can_bo": place("F24", "can_bo"), "co_may": place("F25", "co_may")}
    reading = replace(filled(can_bo=10, co_may=11), problems=tuple(wrong), cells=cells)
    told = [str(each.where) for each in findings_of(session, mot, reading).errors]
    assert told == ["", "Phiếu!F9", "Phiếu!K24", "Phiếu!F25", "Phiếu!F27", "Tài liệu!C9"]


def test_an_empty_cell_is_no_answer_and_a_zero_is_one(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    empty = submit(session, mot, held(can_bo=10, co_phan_mem=True), by(session, at(10, 20)), now=at(10, 20))
    assert empty == Shortfall(("1b – Số cán bộ có máy tính",), ())
    zero = submit(session, mot, filled(co_may=0), by(session, at(10, 20)), now=at(10, 20))
    assert isinstance(zero, Submission)
    assert Answer("co_may", 0) in answers_of(zero)


def test_an_answer_without_a_value_is_no_answer(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    reading = held(can_bo=10, co_may=None, co_phan_mem=True)
    outcome = submit(session, mot, reading, by(session, at(10, 20)), now=at(10, 20))
    assert outcome == Shortfall(("1b – Số cán bộ có máy tính",), ())


def test_a_claim_that_an_indicator_does_not_apply_stands_for_its_answers(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    reading = claiming(held(co_phan_mem=False), "may")
    assert submitted(session, mot, reading, now=at(10, 20)).number == 1


def test_a_submission_is_frozen_numbered_and_on_record(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    first = submitted(session, mot, filled(co_may=8), now=at(10, 20))
    second = submitted(session, mot, filled(co_may=9), now=at(10, 21))
    assert [(each.number, each.receipt, each.at, each.origin) for each in (first, second)] == [
        (1, "2026-0001-1", at(10, 20), "chat"),
        (2, "2026-0001-2", at(10, 21), "chat"),
    ]
    assert answers_of(first) == filled(co_may=8).filled.answers
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
        submit(session, mot, filled(), by(session, at(10, 20, 9, 6)), now=at(10, 20, 9, 6))
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
        submit(session, unit(campaign, "mot"), filled(), by(session, at(9, 10)), now=at(9, 10))
    waiting = Text("campaign.stage_armed")
    assert refusal.value.text == Text("campaign.not_in_this_stage", campaign="mau-2026", stage=waiting)


@pytest.mark.parametrize("origin", [CHAT, SHEET, EXCEL])
def test_lateness_is_checked_on_every_way_in(session: Session, origin: Origin) -> None:
    campaign = collecting(session)
    kept = [
        submitted(session, unit(campaign, code), filled(), now=now, origin=origin)
        for code, now in (("mot", at(10, 31, 23, 59)), ("hai", at(11, 1, 0)))
    ]
    assert [(is_late(each), each.origin) for each in kept] == [(False, origin), (True, origin)]


def test_a_late_form_is_kept_as_it_is_marked_late_and_answered_with_the_rule(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    incomplete = with_mistake(held(can_bo=10))
    late = submitted(session, unit(campaign, "mot"), incomplete, now=at(11, 1, 8))
    assert (is_late(late), answers_of(late)) == (True, incomplete.filled.answers)
    ((receiver, facts),) = told(session, "reports.late_receipt")
    assert (receiver, facts["receipt"], facts["last_day"], facts["clause"], facts["filled"], facts["of"]) == (
        "Hoa",
        "2026-0001-1",
        at(10, 31).date(),
        Text("campaign.late_not_ranked", clause="Điều 2"),
        1,
        3,
    )


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
            "submission_id": submission.id,
            "unit": "Sở Mẫu Một",
            "unit_id": unit(campaign, "mot").id,
            "url": "https://docs.example/mot",
            "folder": "",
            "receipt": "2026-0001-1",
            "number": 1,
            "at": at(10, 20, 9, 5).astimezone(HANOI),
            "way": Text("campaign.way_chat"),
            "filled": 3,
            "of": 3,
            "documents": 0,
            "self_score": Decimal("60.00"),  # 8 of 10 of 50 points, and 20; the department gives the other 30
            "covered": Decimal("70.00"),
            "total": Decimal("100.00"),
            "sha256": submission.sha256[:12],
            "waits": False,
            "next": Text("campaign.receipt_counts_last"),
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
    both = replace(both, problems=(*one.problems, *both.problems))
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


def revisions(session: Session) -> list[Submission]:
    return list(session.scalars(select(Submission).order_by(Submission.id)))


def test_a_ticked_box_asks_the_contacts_to_confirm_and_stays_ticked_until_they_do(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    assert [tick(session, campaign, filled(), at(10, 20)), tick(session, campaign, filled(), at(10, 20))] == [False] * 2
    ((receiver, facts),) = told(session, "reports.confirm_submission")
    assert (receiver, facts["unit_id"], facts["at"], facts["last_day"]) == (
        "Hoa",
        unit(campaign, "mot").id,
        at(10, 20).astimezone(HANOI),
        at(10, 31).date(),
    )
    assert revisions(session) == []


def test_a_form_that_is_changed_under_its_tick_is_asked_about_anew_and_only_the_last_question_goes_out(
    session: Session,
) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    tick(session, campaign, filled(co_may=8), at(10, 20, 9))
    tick(session, campaign, filled(co_may=9), at(10, 20, 10))
    assert states(session, "reports.confirm_submission") == ["cancelled", "waiting"]


def test_a_box_that_is_confirmed_after_the_deadline_counts_from_when_it_was_ticked(session: Session) -> None:
    campaign = collecting(session, ACCEPTED)
    contact_of_mot(session, campaign)
    mot, before, after = unit(campaign, "mot"), at(10, 31, 23, 50), at(11, 1, 0, 10)
    tick(session, campaign, filled(), before)
    kept = submitted(session, mot, ticked(filled()), now=after)
    assert (kept.at, kept.came_at, kept.origin, is_late(kept)) == (after, before, SHEET, False)
    assert kept.person_id is not None
    ((_, facts),) = told(session, "reports.receipt")
    assert facts["way"] == Text("campaign.way_ticked", at=before.astimezone(HANOI))


def test_a_sheet_that_is_saved_again_as_it_was_counts_from_when_its_box_was_ticked(session: Session) -> None:
    campaign = collecting(session, ACCEPTED)
    contact_of_mot(session, campaign)
    for moment in (at(10, 31, 23, 50), at(11, 1, 0, 5)):
        tick(session, campaign, filled(), moment)
    assert not is_late(submitted(session, unit(campaign, "mot"), ticked(filled()), now=at(11, 1, 0, 10)))


def test_a_form_that_was_changed_after_the_tick_counts_from_the_press(session: Session) -> None:
    campaign = collecting(session, ACCEPTED)
    contact_of_mot(session, campaign)
    mot, after = unit(campaign, "mot"), at(11, 1, 0, 10)
    tick(session, campaign, filled(co_may=8), at(10, 31, 23, 50))
    kept = submitted(session, mot, ticked(filled(co_may=9)), now=after)
    assert (kept.came_at, is_late(kept)) == (after, True)


def test_a_box_that_was_ticked_and_unticked_again_counts_for_nothing(session: Session) -> None:
    campaign = collecting(session, ACCEPTED)
    contact_of_mot(session, campaign)
    tick(session, campaign, filled(), at(10, 31, 23, 50))
    read(session, campaign, filled(), 23, day=31)
    kept = submitted(session, unit(campaign, "mot"), filled(), now=at(11, 1, 0, 10))
    assert is_late(kept)


def test_a_ticked_form_with_gaps_is_answered_once_with_all_of_them_and_its_box_is_unticked(session: Session) -> None:
    campaign = collecting(session, WITH_EVIDENCE)
    contact_of_mot(session, campaign)
    reading = with_mistake(held(can_bo=10, co_phan_mem=True))
    assert [tick(session, campaign, reading, at(10, 20)), tick(session, campaign, reading, at(10, 20))] == [True, True]
    ((_, facts),) = told(session, "reports.ticked_too_early")
    assert (facts["missing"], facts["problems"], facts["unevidenced"]) == (
        ("1b – Số cán bộ có máy tính",),
        (reading.problems[0].text,),
        ("2a – Có phần mềm chuyên ngành",),
    )
    assert (receivers(session, "reports.form_problems"), revisions(session)) == ([], [])


@pytest.mark.parametrize("reached", [False, True], ids=["nobody joined", "the bot is blocked"])
def test_where_no_contact_can_be_asked_a_ticked_box_submits_at_once(
    session: Session,
    reached: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    campaign = collecting(session)
    if reached:
        contact_of_mot(session, campaign).dead_since = at(10, 1)
    assert [tick(session, campaign, filled(), at(10, 20)), tick(session, campaign, filled(), at(10, 21))] == [True] * 2
    (kept,) = revisions(session)
    assert (kept.origin, kept.person_id, kept.came_at, kept.at) == (SHEET, None, at(10, 20), at(10, 20) + MINUTE)
    row = session.scalars(select(History).where(History.action == "submitted")).one()
    assert (row.actor, row.facts["origin"]) == ("sheet", SHEET)


def test_a_box_that_nobody_confirmed_is_taken_at_the_deadline_as_of_when_it_was_ticked(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    tick(session, campaign, filled(), at(10, 25))
    taken = [take_ticked(session, each, now=at(11, 1, 0)) for each in campaign.units]
    assert taken[1:] == [None, None]
    (kept,) = revisions(session)
    assert (taken[0], kept.origin, kept.person_id, kept.came_at, is_late(kept)) == (
        kept,
        SHEET,
        None,
        at(10, 25),
        False,
    )
    assert take_ticked(session, unit(campaign, "mot"), now=at(11, 1, 1)) is None
    assert receivers(session, "reports.receipt") == ["Hoa"]
    assert states(session, "reports.confirm_submission") == ["cancelled"]


@pytest.mark.parametrize(
    "reading",
    [filled(), ticked(held(can_bo=10)), ticked(with_mistake(filled()))],
    ids=["not ticked", "with gaps", "with mistakes"],
)
def test_what_is_not_ticked_and_what_cannot_be_submitted_is_not_taken_at_the_deadline(
    session: Session, reading: FormReading
) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    read(session, campaign, reading, 9)
    assert take_ticked(session, unit(campaign, "mot"), now=at(11, 1, 0)) is None
    assert revisions(session) == []


def test_a_box_that_was_confirmed_is_not_taken_again_at_the_deadline(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    tick(session, campaign, filled(), at(10, 25))
    submitted(session, unit(campaign, "mot"), ticked(filled()), now=at(10, 26))
    assert take_ticked(session, unit(campaign, "mot"), now=at(11, 1, 0)) is None
    assert tick(session, campaign, filled(), at(10, 26)) is True


def test_a_box_that_was_ticked_before_something_else_was_submitted_has_been_served(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    tick(session, campaign, filled(co_may=8), at(10, 25, 9))
    submitted(session, mot, filled(co_may=9), now=at(10, 25, 10), origin=EXCEL)
    assert tick(session, campaign, filled(co_may=8), at(10, 25, 9)) is True
    assert take_ticked(session, mot, now=at(11, 1, 0)) is None
    assert [each.origin for each in revisions(session)] == [EXCEL]
    assert states(session, "reports.confirm_submission") == ["cancelled"]


def ticked_before_a_file(session: Session) -> Campaign:
    """The box is ticked at 9:00 on forms with 8 computers; at 10:00 somebody submits a file that says 9."""
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    tick(session, campaign, filled(co_may=8), at(10, 25, 9))
    submitted(session, unit(campaign, "mot"), filled(co_may=9), now=at(10, 25, 10), origin=EXCEL)
    return campaign


def test_what_the_office_writes_on_a_sheet_after_a_file_is_no_new_tick(session: Session) -> None:
    campaign = ticked_before_a_file(session)
    assert tick(session, campaign, filled(co_may=8), at(10, 25, 11)) is True
    assert take_ticked(session, unit(campaign, "mot"), now=at(11, 1, 0)) is None
    assert states(session, "reports.confirm_submission") == ["cancelled"]
    assert [each.origin for each in revisions(session)] == [EXCEL]


def test_a_box_that_is_ticked_anew_after_a_file_counts(session: Session) -> None:
    campaign = ticked_before_a_file(session)
    read(session, campaign, filled(co_may=8), 11, day=25)
    assert tick(session, campaign, filled(co_may=8), at(10, 25, 12)) is False
    assert states(session, "reports.confirm_submission") == ["cancelled", "waiting"]
    kept = take_ticked(session, unit(campaign, "mot"), now=at(11, 1, 0))
    assert kept
    assert (kept.number, kept.origin, kept.came_at, filled_of(kept)) == (
        *(2, SHEET, at(10, 25, 12)),
        filled(co_may=8).filled,
    )


def test_what_is_typed_under_a_tick_after_a_file_counts(session: Session) -> None:
    campaign = ticked_before_a_file(session)
    assert tick(session, campaign, filled(co_may=7), at(10, 25, 11)) is False
    kept = take_ticked(session, unit(campaign, "mot"), now=at(11, 1, 0))
    assert kept
    assert (kept.number, kept.came_at, filled_of(kept)) == (2, at(10, 25, 11), filled(co_may=7).filled)


def test_a_file_that_comes_too_late_does_not_stand_for_the_box_that_was_ticked_in_time(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    tick(session, campaign, filled(co_may=8), at(10, 31, 23, 50))
    submitted(session, mot, filled(co_may=9), now=at(11, 1, 0, 1), origin=EXCEL)
    kept = take_ticked(session, mot, now=at(11, 1, 0, 5))
    assert kept
    assert (kept.number, is_late(kept), authoritative(session, mot)) == (2, False, kept)


def test_a_file_that_was_taken_in_time_serves_the_older_tick_whatever_comes_late(session: Session) -> None:
    campaign = ticked_before_a_file(session)
    mot = unit(campaign, "mot")
    submitted(session, mot, filled(co_may=5), now=at(11, 1, 0, 1), origin=EXCEL)
    assert take_ticked(session, mot, now=at(11, 1, 0, 5)) is None


def test_a_file_says_nothing_of_what_stands_in_the_sheet(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    read(session, campaign, held(can_bo=10), 9)
    submitted(session, mot, filled(), now=at(10, 20), origin=EXCEL)
    assert (drafted(session, mot), form(session, mot).notes_due) == (held(can_bo=10), True)


def test_a_box_that_was_ticked_in_time_and_read_after_the_lock_is_taken_as_in_time(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    form(session, mot).locked_at = at(11, 1, 0)
    assert record_reading(session, mot, ticked(filled()), change=at(10, 31, 23, 59), now=at(11, 1, 0, 4)) is True
    (kept,) = revisions(session)
    assert (kept.origin, is_late(kept)) == (SHEET, False)


def test_gaps_in_what_came_in_time_are_no_submission_although_nobody_can_mend_them_any_more(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    form(session, mot).locked_at = at(11, 1, 0)
    gaps = ticked(held(can_bo=10))
    assert record_reading(session, mot, gaps, change=at(10, 31, 23, 59), now=at(11, 1, 0, 4)) is True
    assert revisions(session) == []
    ((receiver, facts),) = told(session, "reports.ticked_in_vain")
    assert (receiver, facts["at"], facts["missing"], facts["standing"]) == (
        "Hoa",
        at(10, 31, 23, 59).astimezone(HANOI),
        ("1b – Số cán bộ có máy tính", "2a – Có phần mềm chuyên ngành"),
        Text("campaign.nothing_counts"),
    )


def test_whoever_ticked_in_vain_is_told_which_revision_counts_all_the_same(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    submitted(session, mot, filled(), now=at(10, 20))
    form(session, mot).locked_at = at(11, 1, 0)
    record_reading(session, mot, ticked(held(can_bo=9)), change=at(10, 31, 23, 59), now=at(11, 1, 0, 4))
    ((_, facts),) = told(session, "reports.ticked_in_vain")
    said = say(notice("reports.ticked_in_vain", facts, None).text, "vi")
    assert said.splitlines()[2:7] == [
        "Ô nộp trong phiếu được đánh dấu lúc 23:59 31/10/2026, nhưng phiếu <b>không nộp được</b>:",
        "<b>Còn thiếu (2):</b>",
        "• 1b – Số cán bộ có máy tính",
        "• 2a – Có phần mềm chuyên ngành",
        "",
    ]
    assert facts["standing"] == Text("campaign.counts_all_the_same", number=1, receipt="2026-0001-1")


def test_a_box_that_waited_for_its_confirmation_and_came_to_nothing_is_answered_at_the_deadline(
    session: Session,
) -> None:
    campaign = collecting(session, WITH_EVIDENCE)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    plan = NewFile("2a.pdf", "application/pdf", b"%PDF-1.4 (mau)")
    row = keep_file(session, mot, person(session), plan, "message 1", key=None, now=at(10, 20))
    tick(session, campaign, filled(), at(10, 25))
    withdraw(session, row.id, mot, actor="person:1", now=at(10, 26))
    form(session, mot).locked_at = at(11, 1, 0)
    for _ in range(2):
        assert take_ticked(session, mot, now=at(11, 1, 0)) is None
    ((_, facts),) = told(session, "reports.ticked_in_vain")
    assert facts["unevidenced"] == ("2a – Có phần mềm chuyên ngành",)
    assert states(session, "reports.confirm_submission") == ["cancelled"]


def test_gaps_that_were_told_when_the_box_was_ticked_are_not_told_again_at_the_deadline(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    tick(session, campaign, held(can_bo=10), at(10, 25))
    form(session, unit(campaign, "mot")).locked_at = at(11, 1, 0)
    assert take_ticked(session, unit(campaign, "mot"), now=at(11, 1, 0)) is None
    assert (receivers(session, "reports.ticked_too_early"), receivers(session, "reports.ticked_in_vain")) == (
        ["Hoa"],
        [],
    )


def test_whoever_ticks_a_form_with_something_unlikely_in_it_is_asked_to_look_at_it_before_confirming(
    session: Session,
) -> None:
    campaign = collecting(session, ALWAYS_UNLIKELY)
    contact_of_mot(session, campaign)
    tick(session, campaign, filled(), at(10, 20))
    ((_, facts),) = told(session, "reports.confirm_submission")
    (unlikely,) = shortfall_of(session, unit(campaign, "mot"), filled()).notices
    asked = notice("reports.confirm_submission", facts, None).text
    said = "phiếu đã đủ để nộp, nhưng có 1 chỗ Quý đơn vị nên xem lại trước khi xác nhận:\n• "
    assert f"; {said}{say(unlikely, 'vi')}\n\nĐề nghị Quý đơn vị xác nhận" in say(asked, "vi")
    assert "but 1 entry is worth a second look before you confirm:\n• " in say(asked, "en")


def test_whoever_ticks_late_is_asked_with_the_last_day_of_late_forms_and_with_the_rule(session: Session) -> None:
    campaign = collecting(session, ACCEPTED)
    contact_of_mot(session, campaign)
    tick(session, campaign, filled(), at(11, 5))
    ((receiver, facts),) = told(session, "reports.confirm_late_submission")
    rule = Text("campaign.late_accepted", clause="Điều 2")
    assert (receiver, facts["last_day"], facts["clause"]) == (
        "Hoa",
        date(2026, 11, 15),
        Text("campaign.late_until", policy=rule, last_day=date(2026, 11, 15)),
    )
    said = notice("reports.confirm_late_submission", facts, None)
    assert [each.action for each in said.buttons[-1]] == [f"submit:{facts['unit_id']}"]
    assert "(hết ngày 15/11/2026)" in say(said.text, "vi")
    assert receivers(session, "reports.confirm_submission") == []
    submitted(session, unit(campaign, "mot"), ticked(filled()), now=at(11, 6))
    assert states(session, "reports.confirm_late_submission") == ["cancelled"]


LOST = FormReading(
    problems=(Problem("forms.tab_lost", Severity.ERROR, Place(), Text("campaign.none_yet")),)  # any text
)


def test_a_form_that_cannot_be_read_any_more_keeps_what_it_held_and_says_what_is_wrong(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    read(session, campaign, FormReading(EVERYTHING), 9)
    read(session, campaign, LOST, 10)
    assert drafted(session, mot).filled == EVERYTHING
    assert shortfall_of(session, mot, LOST) == Shortfall((), (Text("campaign.none_yet"),))
    ((_, facts),) = told(session, "reports.form_problems")
    assert facts["problems"] == (Text("campaign.none_yet"),)
    read(session, campaign, FormReading(), 11)
    assert drafted(session, mot).filled == Filled()


def test_a_form_that_lost_only_its_list_of_documents_keeps_what_was_listed_and_follows_its_answers(
    session: Session,
) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    read(session, campaign, FormReading(EVERYTHING), 9)
    fewer = replace(
        EVERYTHING,
        answers=(Answer("can_bo", 11), Answer("co_may", 8), Answer("co_phan_mem", value=True)),
        documents=(Document("can_bo", name="2/QĐ-MAU"),),
    )
    read(session, campaign, replace(LOST, filled=fewer, places="as they stood", list_lost=True), 10)
    kept = drafted(session, mot).filled
    assert kept.documents == (*EVERYTHING.documents, Document("can_bo", name="2/QĐ-MAU"))
    assert kept.answers == (Answer("can_bo", 11), *EVERYTHING.answers[1:])
    read(session, campaign, replace(FormReading(fewer), places="as they stood"), 11)
    assert drafted(session, mot).filled == fewer


def test_a_list_of_documents_that_is_lost_under_a_tick_moves_no_time(session: Session) -> None:
    listed = (Document("can_bo", "5/BC-MAU"), *EVERYTHING.documents)
    own = Document("co_may", name="3/QĐ-MAU")
    campaign, whole = collecting(session), replace(EVERYTHING, documents=(*listed, own))
    contact_of_mot(session, campaign)
    bare = replace(whole, answers=held(can_bo=10, co_may=8, co_phan_mem=True).filled.answers, documents=(own,))
    tick(session, campaign, FormReading(whole), at(10, 20, 9))
    tick(session, campaign, replace(LOST, filled=bare, places="as they stood", list_lost=True), at(10, 20, 10))
    draft = session.get_one(Draft, unit(campaign, "mot").id)
    assert (filled_of(draft), draft.changed_at) == (whole, at(10, 20, 9))


def test_a_paper_that_an_answer_cited_before_gives_way_to_the_one_that_it_cites_now(session: Session) -> None:
    campaign = collecting(session)
    read(session, campaign, citing(filled(), "co_phan_mem", "1/QĐ-MAU"), 9)
    now = citing(filled(), "co_phan_mem", "2/QĐ-MAU")
    read(session, campaign, replace(LOST, filled=now.filled, places="as they stood", list_lost=True), 10)
    assert drafted(session, unit(campaign, "mot")).filled == now.filled


def test_a_file_that_cannot_be_read_any_more_leaves_what_was_filled_in(session: Session) -> None:
    campaign = collecting(session, forms=FormKind.EXCEL)
    mot = unit(campaign, "mot")
    submit(session, mot, held(can_bo=10), by(session, at(10, 20), EXCEL), now=at(10, 20))
    outcome = submit(session, mot, LOST, by(session, at(10, 21), EXCEL), now=at(10, 21))
    assert outcome == Shortfall(
        ("1b – Số cán bộ có máy tính", "2a – Có phần mềm chuyên ngành"), (Text("campaign.none_yet"),)
    )
    assert drafted(session, mot).filled == held(can_bo=10).filled


def test_a_file_that_is_refused_says_nothing_of_the_sheet_whose_box_is_ticked(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    mot = unit(campaign, "mot")
    tick(session, campaign, filled(), at(10, 25))
    outcome = submit(session, mot, held(can_bo=9), by(session, at(10, 26), EXCEL), now=at(10, 26))
    assert isinstance(outcome, Shortfall)
    assert drafted(session, mot) == ticked(filled())
    kept = take_ticked(session, mot, now=at(11, 1, 0))
    assert kept
    assert (kept.came_at, filled_of(kept)) == (at(10, 25), filled().filled)


def test_a_press_that_was_on_its_way_for_a_moment_is_no_ticked_box(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    way = by(session, at(10, 31, 23, 59))
    kept = submit(session, unit(campaign, "mot"), filled(), way, now=at(11, 1, 0, 1))
    assert isinstance(kept, Submission)
    assert (kept.origin, is_late(kept)) == (CHAT, False)
    ((_, facts),) = told(session, "reports.receipt")
    assert facts["way"] == Text("campaign.way_chat")


def test_a_late_box_is_kept_as_a_late_revision(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    assert tick(session, campaign, filled(), at(11, 1, 0)) is True  # nobody had locked the sheet yet
    (kept,) = revisions(session)
    assert (kept.origin, is_late(kept), authoritative(session, kept.unit)) == (SHEET, True, None)
    ((_, facts),) = told(session, "reports.late_receipt")
    assert facts["clause"] == Text("campaign.late_not_ranked", clause="Điều 2")


@pytest.mark.parametrize("origin", [CHAT, EXCEL])
def test_a_late_press_and_a_late_file_are_kept_as_late_revisions_and_answered_with_the_rule(
    session: Session, origin: Origin
) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    kept = submitted(session, unit(campaign, "mot"), held(can_bo=10), now=at(11, 1, 0), origin=origin)
    assert (kept.origin, is_late(kept), authoritative(session, kept.unit)) == (origin, True, None)
    ((_, facts),) = told(session, "reports.late_receipt")
    assert (facts["way"], facts["clause"]) == (
        Text(f"campaign.way_{origin}"),
        Text("campaign.late_not_ranked", clause="Điều 2"),
    )


def test_the_box_in_a_file_means_nothing_for_whoever_sends_it_submits_it(session: Session) -> None:
    campaign = collecting(session, forms=FormKind.EXCEL)
    mot = unit(campaign, "mot")
    submitted(session, mot, ticked(filled()), now=at(10, 20), origin=EXCEL)
    assert (drafted(session, mot).ticked, take_ticked(session, mot, now=at(11, 1, 0))) == (False, None)


def test_a_draft_gives_back_what_was_read_and_lacks_the_same(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    reading = with_mistake(held(can_bo=10, co_may=11))  # a mistake that was read, and one that is found by checking
    assert drafted(session, mot) == FormReading()
    read(session, campaign, reading, 9)
    again = drafted(session, mot)
    assert again.filled == reading.filled
    assert shortfall_of(session, mot, again) == shortfall_of(session, mot, reading)
    assert len(shortfall_of(session, mot, again).problems) == 2


EVERYTHING = Filled(
    answers=(Answer("can_bo", 10), Answer("co_may", 8), Answer("co_phan_mem", value=True, evidence="1/QĐ-MAU")),
    documents=(Document("co_phan_mem", "1/QĐ-MAU", "Quyết định mẫu", date(2026, 1, 5), "https://mau.example/1"),),
    explanations={"may": "Hai máy hỏng (mẫu)"},
    facts={Fact.PERSON: "Nguyễn Thị Hoa (mẫu)", Fact.PHONE: "000"},
)


def test_everything_that_was_filled_in_is_frozen(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    kept = submitted(session, mot, FormReading(EVERYTHING), now=at(10, 20))
    session.flush()
    session.expire_all()
    assert filled_of(kept) == EVERYTHING
    assert kept.sha256 == sha256_of(EVERYTHING)


@pytest.mark.parametrize(
    "change",
    [
        {"answers": (Answer("can_bo", 10), Answer("co_may", 9), *EVERYTHING.answers[2:])},
        {"documents": ()},
        {"documents": (replace(EVERYTHING.documents[0], sha256="0" * 64),)},
        {"explanations": {"may": "Một máy hỏng (mẫu)"}},
        {"facts": {Fact.PERSON: "Nguyễn Thị Hoa (mẫu)"}},
    ],
    ids=["an answer", "a document less", "another file", "an explanation", "a fact"],
)
def test_whatever_is_changed_makes_the_next_revision(session: Session, change: dict[str, Any]) -> None:
    mot = unit(collecting(session), "mot")
    submitted(session, mot, FormReading(EVERYTHING), now=at(10, 20))
    second = submitted(session, mot, FormReading(replace(EVERYTHING, **change)), now=at(10, 21))
    assert second.number == 2


def test_a_receipt_counts_the_pieces_of_evidence(session: Session) -> None:
    campaign = collecting(session)
    contact_of_mot(session, campaign)
    submitted(session, unit(campaign, "mot"), FormReading(EVERYTHING), now=at(10, 20), origin=EXCEL)
    ((_, facts),) = told(session, "reports.receipt")
    assert (facts["documents"], facts["way"]) == (1, Text("campaign.way_excel"))


def test_who_claims_something_shows_it_and_who_claims_nothing_need_not(session: Session) -> None:
    mot = unit(collecting(session, WITH_EVIDENCE), "mot")
    nothing = filled(co_may=0, co_phan_mem=False)
    assert shortfall_of(session, mot, filled()).unevidenced == ("2a – Có phần mềm chuyên ngành",)
    assert shortfall_of(session, mot, filled()).stands_in_the_way
    assert shortfall_of(session, mot, citing(filled(), "co_phan_mem", "1/QĐ-MAU")) == Shortfall((), ())
    assert submitted(session, mot, nothing, now=at(10, 20)).number == 1


def test_evidence_that_cannot_be_read_is_a_mistake_and_not_missing_besides(session: Session) -> None:
    mot = unit(collecting(session, WITH_EVIDENCE), "mot")
    link = Problem("no_link", Severity.ERROR, Place(path="co_phan_mem", cell="H3"), Text("campaign.none_yet"))
    gaps = shortfall_of(session, mot, replace(filled(), problems=(link,)))
    assert (gaps.problems, gaps.unevidenced) == ((link.text,), ())


def test_an_empty_cell_is_missing_and_not_without_evidence(session: Session) -> None:
    mot = unit(collecting(session, WITH_EVIDENCE), "mot")
    assert shortfall_of(session, mot, held(can_bo=10, co_may=8)) == Shortfall(("2a – Có phần mềm chuyên ngành",), ())


def test_a_unit_that_declares_nothing_has_nothing_to_submit(session: Session) -> None:
    units = (ScoredUnit("mot", "Sở Mẫu Một", "so", parent="cum"), ScoredUnit("cum", "Cụm Mẫu", "cum"))
    cum = unit(collecting(session, *ROLLED_UP, units=units), "cum")
    with pytest.raises(Refused) as refusal:
        submit(session, cum, filled(), by(session, at(10, 20)), now=at(10, 20))
    assert refusal.value.text == Text("campaign.no_form", unit="Cụm Mẫu")


def test_a_reading_that_changes_what_the_office_has_to_say_has_the_notes_written(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    due = []
    for hour, reading in enumerate((filled(), filled(co_may=11), filled(co_may=11, co_phan_mem=False), filled()), 9):
        form(session, mot).notes_due = False
        read(session, campaign, reading, hour)
        due.append(form(session, mot).notes_due)
    assert due == [False, True, False, True]
