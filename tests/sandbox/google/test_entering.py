from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.google.locales import LOCALES, Locale
from sandbox.google.sheets.computed import content
from sandbox.google.sheets.display import displayed
from sandbox.google.sheets.entering import Entry, entered

TODAY = date(2026, 3, 2)
DAY_FORMAT = {"type": "DATE", "pattern": "dd/mm/yyyy"}


def number(value: float) -> Entry:
    return Entry({"numberValue": value})


def text(value: str) -> Entry:
    return Entry({"stringValue": value})


def day(serial: int) -> Entry:
    return Entry({"numberValue": serial}, DAY_FORMAT)


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("", Entry(None)),
        ("Có", text("Có")),
        (" Có ", text(" Có ")),
        ("8,5", number(8.5)),
        (" 8,5 ", number(8.5)),
        ("-8,5", number(-8.5)),
        ("007", number(7)),
        ("1.234", number(1234)),
        ("15.763,25", number(15763.25)),
        ("85.36", number(8536)),
        ("8.5", day(46150)),  # the trap: the eighth of May
        ("1,2,3", text("1,2,3")),
        ("1.2.3", text("1.2.3")),
        ("1e3", number(1000)),
        ("25%", Entry({"numberValue": 0.25}, {"type": "PERCENT", "pattern": "0%"})),
        ("2,5%", Entry({"numberValue": 0.025}, {"type": "PERCENT", "pattern": "0.00%"})),
        ("true", Entry({"boolValue": True})),
        ("FALSE", Entry({"boolValue": False})),
        ("02/03/2026", day(46083)),
        ("2/3/26", day(46083)),
        ("2/3", day(46083)),
        ("2-3-2026", day(46083)),
        ("2026-03-02", day(46083)),
        ("30/2/2026", text("30/2/2026")),
        ("3/15/2026", text("3/15/2026")),
        ("8:30", Entry({"numberValue": 0.3541666666666667}, {"type": "TIME", "pattern": "hh:mm:ss"})),
        ("25:00", text("25:00")),
        (
            "2/3/2026 12:00",
            Entry({"numberValue": 46083.5}, {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm:ss"}),
        ),
        ("'8,5", text("8,5")),
        ("=A1+1", Entry({"formulaValue": "=A1+1"})),
        ("=", text("=")),
        ("+84 912", Entry({"formulaValue": "=+84 912"})),
        ("+8", number(8)),
        ("- không có", text("- không có")),
        ("٣", text("٣")),
        ("８", text("８")),
        ("NaN", text("NaN")),
        ("1e999", text("1e999")),
    ],
)
def test_what_is_typed_in_the_vietnamese_locale(typed: str, entry: Entry) -> None:
    assert entered(typed, LOCALES["vi_VN"], TODAY) == entry


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("8.5", number(8.5)),
        ("8,5", number(85)),  # the other trap
        ("1,234.5", number(1234.5)),
        ("3/2/2026", Entry({"numberValue": 46083}, {"type": "DATE", "pattern": "m/d/yyyy"})),
    ],
)
def test_what_is_typed_in_the_american_locale(typed: str, entry: Entry) -> None:
    assert entered(typed, LOCALES["en_US"], TODAY) == entry


@pytest.mark.parametrize("typed", ["8,5", "007", "=1+1", "'x", "TRUE"])
def test_a_cell_in_the_plain_text_format_keeps_what_is_typed(typed: str) -> None:
    assert entered(typed, LOCALES["vi_VN"], TODAY, as_text=True) == text(typed)


@given(st.text("0123456789.,/-:%+e TRUE='é٣", max_size=14), st.sampled_from(list(LOCALES.values())))
def test_whatever_is_typed_is_entered_and_shown(typed: str, locale: Locale) -> None:
    entry = entered(typed, locale, TODAY)
    value = content({"userEnteredValue": entry.value})
    if isinstance(value, float | str | bool):
        assert displayed(value, entry.format, locale) is not None
