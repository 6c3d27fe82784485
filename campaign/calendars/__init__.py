"""Calendars of days off, one dated file a year with the document that says so."""

from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from campaign.refusal import Refused
from campaign.timetable import Calendar
from words import Text


@cache
def calendar_for(*years: int) -> Calendar:
    """Return the calendar of these years. Raises Refused for a year whose days off are not on file."""
    days_off, worked_days = set(), set()
    for year in years:
        document = _read(year)
        days_off.update(document["days_off"])
        worked_days.update(document["worked_days"])
    return Calendar(frozenset(years), frozenset(days_off), frozenset(worked_days))


def is_known(year: int) -> bool:
    """Whether the days off of the year are on file."""
    return _file(year).is_file()


def known_of(*years: int) -> Calendar:
    """The calendar of those of the years whose days off are on file. It raises UnknownYearError for the others."""
    return calendar_for(*(year for year in years if is_known(year)))


def weekdays_at_least(*years: int) -> Calendar:
    """The calendar of these years, in which a year that is not on file yet has only its weekends off.

    For messages, which may go out on an undecreed day off without harm; never for a term.
    """
    return replace(known_of(*years), years=frozenset(years))


def _read(year: int) -> dict:  # type: ignore[type-arg] # the file's own shape is checked in the tests
    from ruamel.yaml import YAML  # noqa: PLC0415 - a heavy import, needed only where days are reckoned

    if not is_known(year):
        raise Refused(Text("campaign.no_calendar", year=str(year)))
    return YAML(typ="safe").load(_file(year).read_text("utf-8"))  # type: ignore[no-any-return]


def _file(year: int) -> Traversable:
    return files("campaign.calendars").joinpath(f"{year}.yaml")
