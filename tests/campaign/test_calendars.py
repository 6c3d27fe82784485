"""The calendars on file, compared with the `holidays` package."""

from datetime import date, timedelta
from importlib.resources import files

import holidays
import pytest
from ruamel.yaml import YAML

from campaign.calendars import calendar_for
from campaign.refusal import Refused
from words import Text

YEARS = (2025, 2026)

DIFFERENCES = {
    date(2026, 1, 2): "off, by 12729/VPCP-KGVX; the package does not know the exchange of January 2026",
    date(2026, 1, 10): "worked for it",
}
"""Where our calendars are right and the package is not."""


def test_every_file_names_the_document_it_comes_from_and_its_days_are_in_order_and_of_its_year() -> None:
    for year in YEARS:
        document = YAML(typ="safe").load(files("campaign.calendars").joinpath(f"{year}.yaml").read_text("utf-8"))
        assert list(document) == ["source", "days_off", "worked_days"]
        assert document["source"]
        for days in (document["days_off"], document["worked_days"]):
            assert days == sorted(set(days))
            assert {day.year for day in days} == {year}
        assert [day for day in document["days_off"] if day.weekday() >= 5] == []
        assert [day for day in document["worked_days"] if day.weekday() != 5] == []


def test_a_year_without_a_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused) as refusal:
        calendar_for(2031)
    assert refusal.value.text == Text("campaign.no_calendar", year="2031")


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_package_differs_only_where_we_know_why(year: int) -> None:
    package, ours = holidays.country_holidays("VN", years=year), calendar_for(year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    theirs = {day: package.is_working_day(day) for day in days}
    differing = {day for day in days if theirs[day] != ours.is_working_day(day)}
    assert differing == {day for day in DIFFERENCES if day.year == year}
