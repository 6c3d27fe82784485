"""What a choice, a band or a step earns: so many points, or a share of the maximum."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from scoring.case import Case, Worth
from scoring.expression import Number, number
from scoring.quantity import Quantity
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import FRACTION, exact
from scoring.sentences import spoken
from words import Text


@dataclass(frozen=True, slots=True)
class Award:
    """Written `2` (points), `maximum`, or `1/2 maximum` (a share of whatever the maximum is for the group)."""

    amount: Fraction
    is_share: bool = False

    def within(self, maximum: Fraction) -> Fraction:
        """Return the points it comes to."""
        return self.amount * maximum if self.is_share else self.amount

    def constant(self, worth: Worth) -> Number:
        """Return the points it comes to, for an expression."""
        return number(self.within(worth.maximum))

    def said(self, case: Case) -> Text:
        """Say what it comes to: "2,00 điểm", or "0,5 × 5 điểm = 2,50 điểm"."""
        if self.is_share and self.amount != 1:
            return Text(
                "scoring.why.share",
                share=spoken(self.amount),
                maximum=spoken(case.worth.maximum),
                points=case.earned,
            )
        return Text("scoring.why.points", points=case.earned)


def _read(value: object) -> Award:
    if isinstance(value, str):
        share, _, word = value.rpartition(" ")
        if word == "maximum":
            return Award(exact(share) if share else Fraction(1), is_share=True)
    try:
        return Award(exact(value))
    except PydanticCustomError as error:
        raise PydanticCustomError("not_an_award", "points or a share of the maximum are wanted") from error


Awarded = Annotated[
    Award,
    BeforeValidator(_read),
    WithJsonSchema(
        {
            "definition": "award",
            "description": "What is earned: points (2, 0.5, 1/3), maximum, or a share of it (1/2 maximum).",
            "type": ["number", "string"],
            "pattern": f"^({FRACTION}|({FRACTION} )?maximum)$",
        }
    ),
]
"""An award of the file."""


def award_faults(awards: Collection[Award], near: str, setting: Setting) -> Iterator[Fault]:
    """Find awards above the maximum, and a maximum that no award reaches."""
    for group, maximum in setting.maxima.items():
        best = max(award.within(maximum) for award in awards)
        values = {"group": group, "best": spoken(best), "maximum": spoken(maximum)}
        if best > maximum:
            yield Fault("award_above_maximum", near, values)
        elif best < maximum:
            yield Fault("maximum_never_reached", near, values, is_notice=True)


def above_faults(award: Award, near: str, setting: Setting) -> Iterator[Fault]:
    """Find a stated award above the maximum."""
    for group, maximum in setting.maxima.items():
        best = award.within(maximum)
        if best > maximum:
            values = {"group": group, "best": spoken(best), "maximum": spoken(maximum)}
            yield Fault("award_above_maximum", near, values)


def falling_faults(best_last: Sequence[Award], near: str, setting: Setting) -> Iterator[Fault]:
    """Find a better datum that earns less than a worse one; `best_last` are the awards from the worst datum on."""
    for group, maximum in setting.maxima.items():
        points = [award.within(maximum) for award in best_last]
        if not setting.is_literal and points != sorted(points):
            yield Fault("award_falls", near, {"group": group})


def direction(quantity: Quantity, setting: Setting) -> int:
    """Return 1 where more of a quantity is better, -1 where less is, 0 where its questions do not say or agree."""
    signs = {
        (1 if addend.coefficient >= 0 else -1) * setting.better(addend.key) for addend in quantity.addends if addend.key
    }
    return signs.pop() if len(signs) == 1 else 0
