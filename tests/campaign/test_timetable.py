"""Deadlines and working days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.calendars import calendar_for
from campaign.timetable import Calendar, UnknownYearError, draw_up
from scoring import AnnualDate, Timetable

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
RULES = Timetable(
    issue_on=AnnualDate(9, 15),
    issue_before=AnnualDate(10, 1),
    collect_before=AnnualDate(11, 1),
    publish_before=AnnualDate(1, 1, years_later=1),
    draft_ahead_days=30,
)
OF_2026 = draw_up(RULES, 2026, HANOI, issue_on=date(2026, 9, 14), opening=time(8))


@pytest.mark.parametrize(
    ("event", "last_day"),
    [
        (date(2026, 8, 14), date(2026, 9, 8)),  # Saturday 22/08 is worked, 31/08 to 02/09 are off
        (date(2026, 2, 6), date(2026, 3, 6)),  # Tết takes 16/02 to 20/02
        (date(2025, 4, 18), date(2025, 5, 13)),  # Saturday 26/04 is worked, 30/04 to 02/05 are off
        (date(2026, 11, 9), date(2026, 12, 1)),  # 24/11 is off
    ],
)
def test_a_term_of_15_working_days_ends_on_its_last_day(event: date, last_day: date) -> None:
    assert calendar_for(event.year).add_working_days(event, 15) == last_day


def test_the_day_of_the_event_does_not_count() -> None:
    friday, monday = date(2026, 9, 11), date(2026, 9, 14)
    assert calendar_for(2026).add_working_days(friday, 1) == monday


def test_friday_2_january_2026_is_off_and_saturday_10_january_is_worked_for_it() -> None:
    days = [date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 10), date(2026, 1, 17)]
    assert [calendar_for(2026).is_working_day(day) for day in days] == [False, False, True, False]


def test_a_term_may_run_over_the_turn_of_the_year() -> None:
    assert calendar_for(2025, 2026).add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 5)


def test_no_year_is_guessed() -> None:
    with pytest.raises(UnknownYearError, match="2027"):
        calendar_for(2026).add_working_days(date(2026, 12, 31), 1)


@given(st.dates(date(2025, 1, 1), date(2026, 3, 1)), st.integers(0, 90), st.integers(0, 90))
def test_adding_days_in_two_steps_is_adding_their_sum(day: date, first: int, second: int) -> None:
    calendar = calendar_for(2025, 2026)
    in_two_steps = calendar.add_working_days(calendar.add_working_days(day, first), second)
    assert calendar.add_working_days(day, first + second) == in_two_steps


@given(st.dates(date(2025, 1, 20), date(2026, 12, 31)))
def test_the_working_day_on_or_before_a_day_is_the_last_one_up_to_it(day: date) -> None:
    calendar = calendar_for(2025, 2026)
    worked = calendar.working_day_on_or_before(day)
    between = [worked + timedelta(days=n) for n in range(1, (day - worked).days + 1)]
    assert [calendar.is_working_day(each) for each in (worked, *between)] == [True] + [False] * len(between)


def test_a_calendar_without_any_day_off_works_from_monday_to_friday() -> None:
    plain = Calendar(frozenset({2026}), frozenset(), frozenset())
    week = [date(2026, 6, 1) + timedelta(days=n) for n in range(7)]
    assert [plain.is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_before_the_first_of_november_ends_with_saturday_31_october_2026() -> None:
    assert (OF_2026.last_day, OF_2026.last_day.strftime("%A")) == (date(2026, 10, 31), "Saturday")


def test_the_instant_of_the_deadline_is_late_and_the_one_before_it_is_not() -> None:
    deadline = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)  # midnight in Hà Nội
    instants = [deadline - timedelta(microseconds=1), deadline, deadline + timedelta(seconds=1)]
    assert [OF_2026.is_late(each) for each in instants] == [False, True, True]


def test_the_days_of_a_year_stand_in_the_zone_of_the_campaign() -> None:
    assert (
        OF_2026.issue_at,
        OF_2026.issue_before,
        OF_2026.deadline,
        OF_2026.publish_before,
        OF_2026.draft_next_at,
    ) == (
        datetime(2026, 9, 14, 8, tzinfo=HANOI),
        datetime(2026, 10, 1, tzinfo=HANOI),
        datetime(2026, 11, 1, tzinfo=HANOI),
        datetime(2027, 1, 1, tzinfo=HANOI),
        datetime(2027, 8, 16, 8, tzinfo=HANOI),
    )


def test_the_year_is_the_campaigns_and_not_the_clocks() -> None:
    assert draw_up(RULES, 2025, HANOI, issue_on=date(2025, 9, 15), opening=time(8)).last_day == date(2025, 10, 31)
