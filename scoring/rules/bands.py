"""Bands on a count or on a percentage, each bound open or closed as the regulation writes it."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Compare, Comparison, Condition, Expression, If, number
from scoring.rules.award import Awarded, award_faults, direction, falling_faults
from scoring.rules.bounds import END, Bounds, Cut, after, before, cover_faults
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import Counted
from scoring.rules.proportion import Proportion
from scoring.rules.ranges import reach
from scoring.rules.rule import Leaf, ReadAs, counted
from scoring.sentences import spoken
from words import Text


class Band(Bounds):
    """Bounds and what they earn: `{at_least: 70, at_most: 90, points: 1}`."""

    points: Awarded


Bands = Annotated[tuple[Band, ...], Field(min_length=1)]


class CountBands(Leaf):
    """`{kind: count_bands, count: so_lop, bands: [{below: 2, points: 0}, {at_least: 2, points: maximum}]}`."""

    kind: Literal["count_bands"]
    count: Counted
    bands: Bands

    @override
    def reads(self) -> dict[str, ReadAs]:
        return dict.fromkeys(self.count.keys(), "number")

    @override
    def award(self, worth: Worth) -> Expression:
        return _earned(self.bands, self._compared, worth)

    def _compared(self, operator: Comparison, bound: Fraction) -> Condition:
        return Compare(counted(self.count), operator, number(bound))

    @override
    def sentence(self, case: Case) -> Text:
        found = case.value(counted(self.count))
        band = _band_of(self.bands, found)
        value = Text("scoring.why.count", data=case.named(self.count), count=spoken(found))
        return Text("scoring.why.band", value=value, band=band.said(), award=band.points.said(case))

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        step = Fraction(1) if self._is_whole(setting) else None
        yield from cover_faults(self.bands, "bands", self._possible(setting), step)
        yield from award_faults([band.points for band in self.bands], "bands", setting)
        yield from _falling(self.bands, direction(self.count, setting), setting)

    def _possible(self, setting: Setting) -> tuple[Cut, Cut]:
        least, most = reach(self.count, setting.questions)
        return before(least), END if most is None else after(most)

    def _is_whole(self, setting: Setting) -> bool:
        return all(
            addend.coefficient.denominator == 1 and (not addend.key or setting.questions[addend.key].type == "integer")
            for addend in self.count.addends
        )


class PercentageBands(Proportion):
    """`{kind: percentage_bands, part: …, whole: …, counting: …, bands: [{below: 70, points: 0}, …]}`."""

    kind: Literal["percentage_bands"]
    bands: Bands

    @override
    def divided(self, worth: Worth) -> Expression:
        return _earned(self.bands, self.compared, worth)

    @override
    def divided_sentence(self, case: Case) -> Text:
        percent = 100 * case.value(counted(self.part)) / case.value(counted(self.whole))
        band = _band_of(self.bands, percent)
        award = band.points.said(case)
        return Text("scoring.why.percentage_band", value=self.said(case), band=band.said(), award=award)

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        yield from super().contradictions(setting)
        possible = before(Fraction(0)), END if self.may_exceed else after(Fraction(100))
        yield from cover_faults(self.bands, "bands", possible, None)
        yield from award_faults([band.points for band in self.bands], "bands", setting)
        yield from _falling(self.bands, direction(self.part, setting), setting)


def _falling(bands: Sequence[Band], better: int, setting: Setting) -> Iterator[Fault]:
    if better:
        highest_first = [band.points for band in _from_the_top(bands)]
        yield from falling_faults(highest_first[::-1] if better > 0 else highest_first, "bands", setting)


def _from_the_top(bands: Sequence[Band]) -> list[Band]:
    return sorted(bands, key=lambda band: band.start, reverse=True)


def _earned(bands: Sequence[Band], compared: Callable[[Comparison, Fraction], Condition], worth: Worth) -> Expression:
    """Test lower bounds only, from the top: bands have neither gaps nor overlaps."""
    *upper, lowest = _from_the_top(bands)
    earned: Expression = lowest.points.constant(worth)
    for band in reversed(upper):
        _, bound, is_open = band.start
        earned = If(compared(">" if is_open else ">=", bound), band.points.constant(worth), earned)
    return earned


def _band_of(bands: Sequence[Band], value: Fraction) -> Band:
    return next(band for band in _from_the_top(bands) if before(value) >= band.start)
