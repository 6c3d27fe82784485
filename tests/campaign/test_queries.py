"""What people ask about a campaign."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from campaign.filling import record_reading
from campaign.finding import campaign_named, find_units, plain
from campaign.queries import UnitProgress, board, unit_progress
from campaign.refusal import Refused
from campaign.setup import arm
from campaign.stages import Stage
from scoring import Unit as ScoredUnit
from tests.campaign.world import (
    UNITS,
    at,
    collecting,
    draft,
    filled,
    form,
    held,
    submitted,
    unit,
    verifying,
    with_mistake,
)
from words import Text


def codes(units: tuple[UnitProgress, ...]) -> list[str]:
    return [each.unit.code for each in units]


def test_the_progress_of_a_unit_names_what_is_missing_and_what_is_wrong(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    record_reading(session, mot, with_mistake(held(can_bo=10)), change=at(10, 1), now=at(10, 1))
    progress = unit_progress(session, mot)
    assert (progress.filled, progress.of, progress.missing, progress.problems) == (
        1,
        3,
        ("1b – Số cán bộ có máy tính", "2a – Có phần mềm chuyên ngành"),
        (Text("campaign.unknown_unit", campaign="Phiếu!E12", unit="mười hai"),),
    )
    assert (progress.stage, progress.url, progress.last_day, progress.submission, progress.late) == (
        Stage.COLLECTING,
        "https://docs.example/mot",
        at(10, 31).date(),
        None,
        None,
    )


def test_a_unit_without_a_form_has_filled_in_nothing(session: Session) -> None:
    progress = unit_progress(session, unit(draft(session), "mot"))
    assert (progress.filled, progress.of, progress.url, progress.trouble) == (0, 3, "", None)


def test_the_board_tells_who_has_submitted_begun_kept_silent_and_come_late(session: Session) -> None:
    campaign = collecting(session)
    submitted(session, unit(campaign, "mot"), filled(), now=at(10, 20))
    record_reading(session, unit(campaign, "hai"), held(can_bo=10), change=at(10, 20), now=at(10, 20))
    submitted(session, unit(campaign, "ba"), filled(), now=at(11, 1))
    form(session, unit(campaign, "hai")).trouble = "deleted"
    state = board(session, campaign)
    assert [codes(each) for each in (state.units, state.submitted, state.silent, state.started)] == [
        ["mot", "hai", "ba"],
        ["mot"],
        ["hai", "ba"],
        ["hai", "ba"],
    ]
    assert [codes(each) for each in (state.late, state.unreachable)] == [["ba"], ["hai"]]


def test_lateness_follows_the_deadline_and_is_nowhere_stored_on_the_unit(session: Session) -> None:
    campaign = verifying(session)
    assert codes(board(session, campaign).silent) == ["ba"]


def test_units_are_found_by_name_or_code_whatever_the_case_and_the_accents(session: Session) -> None:
    campaign = collecting(session)
    found = [
        [each.code for each in find_units(session, campaign, words)]
        for words in ("sở mẫu hai", "SO DAT", "mau  HAI", "ba")
    ]
    assert found == [["hai"], ["ba"], ["hai"], ["ba"]]
    assert [each.code for each in find_units(session, campaign, "sở")] == ["mot", "hai", "ba"]
    assert [find_units(session, campaign, words) for words in ("không có", "", "  ")] == [[], [], []]


def test_an_exact_name_stands_alone_although_others_contain_it(session: Session) -> None:
    more = (*UNITS, ScoredUnit("phong", "Phòng của Sở Mẫu Một", "so"))
    campaign = draft(session, units=more)
    assert [each.code for each in find_units(session, campaign, "Sở Mẫu Một")] == ["mot"]
    assert [each.code for each in find_units(session, campaign, "Mẫu Một")] == ["mot", "phong"]


def test_plain_letters_are_those_without_marks() -> None:
    assert [plain("  Sở  Đất đai "), plain("HOÀ BÌNH"), plain("Hòa Bình")] == ["so dat dai", "hoa binh", "hoa binh"]


def test_a_campaign_is_found_by_its_code_or_is_the_newest_that_runs(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        campaign_named(session, None)
    assert refusal.value.text == Text("campaign.none_yet")
    old, new = draft(session), draft(session, year=2025)
    assert campaign_named(session, None) is new
    arm(session, old, actor="administrator", now=at(9, 1))
    assert [campaign_named(session, code) for code in (None, "mau-2025")] == [old, new]
    with pytest.raises(Refused) as refusal:
        campaign_named(session, "mau-1999")
    assert refusal.value.text == Text("campaign.unknown_campaign", campaign="mau-1999")


def test_a_board_of_many_units_costs_no_more_questions_than_one_of_few(session: Session) -> None:
    campaign = draft(session, units=tuple(ScoredUnit(f"u{n}", f"Sở {n}", "so") for n in range(100)))
    session.flush()
    session.expire_all()
    asked: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    board(session, campaign)
    assert len(asked) <= 8
