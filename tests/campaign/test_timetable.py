"""Deadlines and working days."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.calendars import calendar_for, known_of
from campaign.timetable import Calendar, Receipt, UnknownYearError, draw_up, last_day_of
from campaign.timetable import Timetable as Days
from scoring import AnnualDate, Term, Timetable

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
RULES = Timetable(
    issue_on=AnnualDate(9, 15),
    issue_before=AnnualDate(10, 1),
    collect_before=AnnualDate(11, 1),
    collect_within=None,
    verify_within=None,
    publish_before=AnnualDate(1, 1, years_later=1),
    window=None,
    draft_ahead_days=30,
)


def of_year(rules: Timetable, issue_on: date, late_until: date | None = None) -> Days:
    calendar = known_of(issue_on.year, issue_on.year + 1)
    return draw_up(
        rules, issue_on.year, HANOI, issue_on=issue_on, opening=time(8), calendar=calendar, late_until=late_until
    )


OF_2026 = of_year(RULES, date(2026, 9, 14))


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
    assert (OF_2026.due.last_day, OF_2026.due.last_day.strftime("%A")) == (date(2026, 10, 31), "Saturday")


def test_the_instant_of_the_deadline_is_late_and_the_one_before_it_is_not() -> None:
    deadline = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)  # midnight in Hà Nội
    instants = [deadline - timedelta(microseconds=1), deadline, deadline + timedelta(seconds=1)]
    assert [OF_2026.due.is_late(each) for each in instants] == [False, True, True]


def test_the_days_of_a_year_stand_in_the_zone_of_the_campaign() -> None:
    assert (
        OF_2026.issue_at,
        OF_2026.issue_before,
        OF_2026.due.deadline,
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
    assert of_year(RULES, date(2025, 9, 15)).due.last_day == date(2025, 10, 31)


def test_without_a_second_date_nobody_writes_into_a_form_after_the_deadline() -> None:
    assert OF_2026.due.closes_at == OF_2026.due.deadline


def test_until_the_second_date_forms_are_late_and_stay_open() -> None:
    due = of_year(RULES, date(2026, 9, 14), date(2026, 11, 16)).due
    assert (due.last_day, due.last_late_day) == (date(2026, 10, 31), date(2026, 11, 15))
    assert (due.deadline, due.closes_at) == (
        datetime(2026, 11, 1, tzinfo=HANOI),
        datetime(2026, 11, 16, tzinfo=HANOI),
    )


def within(count: int, unit: Literal["days", "working_days"], event: Literal["issue", "receipt"]) -> Timetable:
    return replace(RULES, collect_before=None, collect_within=Term(count, unit, event))


@pytest.mark.parametrize(
    ("issue_on", "last_day"),
    [
        (date(2026, 10, 15), date(2026, 10, 30)),  # a Friday
        (date(2026, 10, 16), date(2026, 11, 2)),  # Saturday 31/10 and Sunday are off
        (date(2026, 8, 17), date(2026, 9, 3)),  # Tuesday 01/09 and Wednesday 02/09 are off
        (date(2026, 8, 7), date(2026, 8, 22)),  # a Saturday that is worked
    ],
)
def test_a_term_of_15_days_from_the_issue_ends_on_its_last_day_or_the_next_working_day(
    issue_on: date, last_day: date
) -> None:
    timetable = of_year(within(15, "days", "issue"), issue_on)
    assert (timetable.due.last_day, timetable.due_from(None)) == (last_day, timetable.due)


def test_a_term_in_days_that_ends_in_a_year_without_calendar_is_refused() -> None:
    with pytest.raises(UnknownYearError, match="2031"):
        of_year(within(15, "days", "issue"), date(2031, 3, 3))


def test_a_term_from_receipt_is_the_units_own() -> None:
    timetable = of_year(within(15, "working_days", "receipt"), date(2026, 10, 1))
    days = [date(2026, 10, 1), date(2026, 10, 9), date(2026, 10, 10)]
    assert [timetable.due_from(day).last_day for day in days] == [
        date(2026, 10, 22),
        date(2026, 10, 30),
        date(2026, 10, 30),  # Saturday does not count, nor would the Friday before
    ]


def test_a_letter_that_is_not_acknowledged_counts_as_received_at_the_end_of_the_same_term_from_the_issue() -> None:
    timetable = of_year(within(15, "working_days", "receipt"), date(2026, 10, 1))
    assert timetable.receipt == Receipt(Term(15, "working_days", "receipt"), latest=date(2026, 10, 22))
    assert timetable.due.last_day == date(2026, 11, 12)
    days = (None, date(2026, 10, 22), date(2026, 10, 23), date(2026, 12, 31))
    assert {timetable.due_from(day) for day in days} == {timetable.due}


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(0, 40), st.integers(0, 40))
def test_a_term_in_working_days_is_two_terms_one_after_the_other(event: date, first: int, second: int) -> None:
    calendar = calendar_for(2026)
    whole, one, other = (Term(count, "working_days", "receipt") for count in (first + second, first, second))
    after_one = last_day_of(one, event, calendar)
    assert last_day_of(whole, event, calendar) == last_day_of(other, after_one, calendar)


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(1, 60), st.integers(1, 60))
def test_a_term_in_days_ends_with_the_first_working_day_on_or_after_its_last(
    event: date, first: int, second: int
) -> None:
    calendar = calendar_for(2026)
    end = last_day_of(Term(first + second, "days", "issue"), event, calendar)
    assert end == last_day_of(Term(second, "days", "issue"), event + timedelta(days=first), calendar)
    passed = [event + timedelta(days=n) for n in range(first + second, (end - event).days)]
    assert [calendar.is_working_day(day) for day in (*passed, end)] == [False] * len(passed) + [True]


@given(st.dates(date(2026, 9, 1), date(2026, 10, 20)), st.dates(date(2026, 9, 1), date(2026, 10, 20)))
def test_who_acknowledges_earlier_is_never_due_later(one: date, other: date) -> None:
    timetable = of_year(within(15, "working_days", "receipt"), date(2026, 9, 1))
    earlier, later = (timetable.due_from(day).deadline for day in sorted((one, other)))
    assert earlier <= later <= timetable.due.deadline
