"""The year by dates and terms."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from scoring.loading.shapes.grounds import Grounded
from scoring.rules.rule import Written


def _month_day(value: object) -> tuple[int, int]:
    if isinstance(value, str) and re.fullmatch("[0-9]{2}-[0-9]{2}", value):
        try:
            leap_free = date.fromisoformat(f"2001-{value}")
        except ValueError:
            pass
        else:
            return leap_free.month, leap_free.day
    raise PydanticCustomError("not_a_month_day", "a month and day are wanted")


MonthDay = Annotated[
    tuple[int, int],
    PlainValidator(_month_day),
    WithJsonSchema(
        {
            "definition": "month_day",
            "description": "A day of the year, month first: 10-01 is 1 October.",
            "type": "string",
            "pattern": "^((0[13-9]|1[0-2])-(0[1-9]|[12][0-9]|30)|(0[13578]|1[02])-31|02-(0[1-9]|1[0-9]|2[0-8]))$",
        }
    ),
]
"""A day of the year, written 10-01 for 1 October."""


class AnnualDateShape(Grounded):
    """A date that returns every year. A "before" date is the first day that is too late."""

    date: MonthDay
    years_later: Annotated[int, Field(ge=0, le=2)] = 0
    """1 where it falls into the year after the campaign's."""


class DraftAheadShape(Grounded):
    """How long before the day of issue next year's campaign is drafted."""

    days: Annotated[int, Field(ge=1, le=365)]


class TermShape(Grounded):
    """A term (thời hạn) of `days` or `working_days`; the day it is counted from is not one of them."""

    days: Annotated[int, Field(ge=1, le=365)] | None = None
    working_days: Annotated[int, Field(ge=1, le=365)] | None = None
    counted_from: Literal["issue", "receipt", "complete_form"] = Field(alias="from")
    """The issue of the letter, its receipt by the unit, or a form that is complete."""

    @model_validator(mode="after")
    def one_kind_of_days(self) -> Self:
        """Refuse a term of both kinds of days, and one of none."""
        if (self.days is None) == (self.working_days is None):
            raise PydanticCustomError("term_days", "days or working_days is wanted")
        return self


class WindowShape(Grounded):
    """The part of the year in which everything has to happen; both days are in it."""

    first: Annotated[MonthDay, Field(alias="from")]
    last: Annotated[MonthDay, Field(alias="to")]


class TimetableShape(Written):
    """The year. Forms are due by the date `collect_before` or within the term `collect_within`: one of the two."""

    issue_on: AnnualDateShape
    """The proposed day of issue."""
    issue_before: AnnualDateShape | None = None
    """The first day that is too late for the letter."""
    collect_before: AnnualDateShape | None = None
    """The first day on which a form is late."""
    collect_within: TermShape | None = None
    """How long a unit has for its form."""
    verify_within: TermShape | None = None
    """How long the department has to verify a form."""
    publish_before: AnnualDateShape
    """The first day that is too late for the ranking."""
    window: WindowShape | None = None
    draft_ahead: DraftAheadShape

    @model_validator(mode="after")
    def one_way_to_collect(self) -> Self:
        """Refuse both a date and a term for the forms, and neither."""
        if (self.collect_before is None) == (self.collect_within is None):
            raise PydanticCustomError("collect_once", "collect_before or collect_within is wanted")
        return self
