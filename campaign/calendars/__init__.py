"""Calendars of days off, one dated file a year with the document that says so."""

from functools import cache
from importlib.resources import files

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


def _read(year: int) -> dict:  # type: ignore[type-arg] # the file's own shape is checked in the tests
    from ruamel.yaml import YAML  # noqa: PLC0415 - a heavy import, needed only where days are reckoned

    file = files("campaign.calendars").joinpath(f"{year}.yaml")
    if not file.is_file():
        raise Refused(Text("campaign.no_calendar", year=str(year)))
    return YAML(typ="safe").load(file.read_text("utf-8"))  # type: ignore[no-any-return]
