"""What the demo invents: data that every rule and check of every shipped regulation accepts, and days that fit."""

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from app.demo.calendar import Calendar
from app.demo.cast import Manner, cast
from app.demo.data import invent
from app.demo.limits import Limits
from app.demo.run import YEAR, ZONE, Play, load_play
from app.demo.script import script
from app.demo.steps import Act, Step
from scoring import Answer, completeness, rank_units, shipped


def play_of(regulation: str, seed: int = 1) -> Play:
    return load_play(regulation, seed, Path("not-written"))


def answers(play: Play, seed: int) -> dict[str, dict[str, Answer]]:
    data = invent(play.regulation, play.units, YEAR, seed)
    return {unit: {key: Answer(key, value) for key, value in each.items()} for unit, each in data.items()}


@pytest.mark.parametrize("regulation", shipped())
def test_invented_data_are_complete_and_without_problems(regulation: str) -> None:
    play = play_of(regulation)
    for seed in range(5):
        given = answers(play, seed)
        for unit in play.units:
            state = completeness(play.regulation, unit.group, given[unit.id])
            assert (state.missing, state.problems) == ((), ())


def test_one_seed_gives_one_set_of_data_and_another_seed_another() -> None:
    play = play_of("da-nang-448")
    assert answers(play, 1) == answers(play, 1)
    assert answers(play, 1) != answers(play, 2)


def test_the_units_under_a_parent_are_counted() -> None:
    given = answers(play_of("mic-2392"), 1)
    assert [given[unit]["so_xa"].value for unit in ("huyen-mau-a", "huyen-mau-b", "thi-xa-mau-c")] == [5, 4, 3]


def test_every_level_of_2392_is_reached_and_missed() -> None:
    play = play_of("mic-2392")
    reached = Counter(each.level for each in rank_units(play.regulation, play.units, answers(play, 1)))
    assert reached.keys() == {"Mức I", "Mức II", "Mức III", "Mức IV", None}


def test_a_number_has_the_room_that_the_others_leave_it() -> None:
    limits = Limits.of(play_of("hoa-binh-2018").regulation, "so")
    known = {"may_tinh": 10, "may_diet_virus": 8, "may_ban_quyen": 5}
    assert limits.room("may_mien_phi", known) == (Fraction(3), Fraction(3))
    assert limits.room("may_diet_virus", {"may_tinh": 10}) == (Fraction(0), Fraction(10))
    assert limits.room("thang_co_tin", {}) == (Fraction(0), Fraction(12))
    assert limits.room("may_tinh", {}) == (Fraction(1), None)


def test_a_whole_is_at_least_what_its_known_parts_need() -> None:
    limits = Limits.of(play_of("da-nang-2386").regulation, "phuong_xa")
    known = {"ho_so_truc_tiep": 10, "ho_so_co_phi": 60, "ho_so_da_giai_quyet": 55}
    assert limits.room("ho_so_truc_tuyen", known) == (Fraction(50), None)


def story(regulation: str) -> tuple[Calendar, list[Step]]:
    play = play_of(regulation)
    people = cast(play.regulation, play.units, play.seed)
    days = Calendar.of(play.regulation, people.contacts, YEAR, ZONE)
    return days, script(play.regulation, people, days)


def day_of(steps: list[Step], act: Act) -> date:
    return next(step.at.date() for step in steps if step.act is act)


def last_day(days: Calendar, step: Step) -> date:
    """The last day on which the contact of a step may do it."""
    assert step.player is not None
    if step.player.returned and step.at.date() > days.closed:
        return days.returned_until
    match step.player.manner:
        case Manner.EXTENDED:
            return days.extended(step.player)
        case Manner.TOO_LATE:
            return days.due(step.player).last_late_day
    return days.due(step.player).last_day


@pytest.mark.parametrize("regulation", shipped())
def test_each_unit_is_done_within_its_own_time_and_the_ranking_is_out_in_time(regulation: str) -> None:
    days, steps = story(regulation)
    for step in steps:
        if step.player and step.act in {Act.FILL, Act.MEND, Act.IMPROVE}:
            assert days.received(step.player) <= step.at.date() <= last_day(days, step)
    signed = next(step.at for step in steps if step.words == "sign:")
    assert days.at(days.closed, 23) < signed < days.timetable.publish_before
    assert signed.weekday() < 5


def test_the_year_of_cao_bang_goes_by_its_dates() -> None:
    days, steps = story("cao-bang-2310")
    assert (days.created, days.issued, days.closed) == (date(2026, 9, 7), date(2026, 9, 15), date(2026, 11, 4))
    found = [day_of(steps, act) for act in (Act.FIND, Act.OBSERVE_REST, Act.RANK)]
    assert found == [date(2026, 11, 13), date(2026, 11, 27), date(2026, 12, 9)]
    assert days.next_draft == date(2027, 8, 16)


def test_units_of_2392_have_fifteen_working_days_from_their_own_receipt_of_the_letter() -> None:
    days, steps = story("mic-2392")
    pressed = [step.player for step in steps if step.words == "received:" and step.player]
    recorded = [step.player for step in steps if step.act is Act.ACKNOWLEDGE and step.player]
    assert [player.manner for player in recorded] == [Manner.NEVER]
    assert Counter((days.received(each), days.due(each).last_day) for each in (*pressed, *recorded)) == {
        (date(2026, 10, 1), date(2026, 10, 22)): 11,
        (date(2026, 10, 2), date(2026, 10, 23)): 3,
        (date(2026, 10, 7), date(2026, 10, 28)): 1,
    }
    assert not any(step.act in {Act.OBSERVE_FIRST, Act.OBSERVE_REST} for step in steps)


def test_where_late_forms_are_taken_one_comes_a_few_days_late_and_one_even_after_the_second_date() -> None:
    _, steps = story("da-nang-2386")
    late = {
        step.player.manner: step.at.date()
        for step in steps
        if step.player
        and step.player.manner in {Manner.TOO_LATE, Manner.NEVER}
        and (step.words == "submit:" or step.act is Act.SEND_LATE)
    }
    assert late == {Manner.TOO_LATE: date(2026, 12, 3), Manner.NEVER: date(2026, 12, 16)}


@pytest.mark.parametrize(("regulation", "claims"), [("da-nang-448", True), ("hoa-binh-2018", False)])
def test_not_applicable_is_claimed_only_where_the_regulation_allows_it(regulation: str, *, claims: bool) -> None:
    play = play_of(regulation)
    assert bool(cast(play.regulation, play.units, 1).claimers) is claims
