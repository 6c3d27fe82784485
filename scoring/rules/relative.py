"""Rules that compare a unit with the others of its group: with the best of them, or between the least and the best."""

from abc import abstractmethod
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import (
    ZERO,
    Arithmetic,
    Compare,
    Condition,
    Expression,
    Extreme,
    Given,
    If,
    Least,
    all_of,
    number,
)
from scoring.quantity import Quantity
from scoring.rules.award import Awarded, above_faults
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import Counted
from scoring.rules.ranges import reach
from scoring.rules.rule import KnownLater, Leaf, ReadAs, counted
from scoring.sentences import spoken
from words import Text, Value


class Relative(Leaf):
    """A rule on `value`, for each `per` where that is given; `counting` says in words what it measures."""

    value: Counted
    per: Counted | None = None
    counting: str
    fewer_is_better: bool = False

    @property
    @override
    def known_later(self) -> KnownLater:
        return "cohort"

    @override
    def reads(self) -> dict[str, ReadAs]:
        return dict.fromkeys((*self.value.keys(), *(self.per.keys() if self.per else ())), "number")

    @override
    def rises_with(self) -> Iterator[tuple[Quantity, int]]:
        sign = -1 if self.fewer_is_better else 1
        yield from ((self.value, sign), *([(self.per, -sign)] if self.per else []))

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        if self.per and reach(self.per, setting.questions)[0] <= 0:
            yield Fault("whole_may_be_zero_here", "per", {"whole": " + ".join(self.per.keys())})

    def measure(self) -> Expression:
        """Return the unit's own value."""
        return Arithmetic(counted(self.value), "/", counted(self.per)) if self.per else counted(self.value)

    def best(self) -> Extreme:
        """Return the value of the best unit."""
        return self._extreme("smallest" if self.fewer_is_better else "largest")

    def worst(self) -> Extreme:
        """Return the value of the unit farthest from the best."""
        return self._extreme("largest" if self.fewer_is_better else "smallest")

    def _extreme(self, which: Literal["largest", "smallest"]) -> Extreme:
        given: list[Condition] = [Given(key) for key in self.questions()]
        return Extreme(which, self.measure(), all_of(given))

    @override
    def sentence(self, case: Case) -> Text:
        own, best = case.value(self.measure()), case.value(self.best())
        said: dict[str, Value] = {"counting": self.counting, "own": measured(own), "best": measured(best)}
        return self.compared(case, said, best)

    @abstractmethod
    def compared(self, case: Case, said: dict[str, Value], best: Fraction) -> Text:
        """Explain it; `said` has the words for the unit's own value and the best."""


class RelativeToBest(Relative):
    """`{kind: relative_to_best, value: bang_thong, per: can_bo, counting: Mbit/s mỗi người, when_best_is_zero: 0}`."""

    kind: Literal["relative_to_best"]
    when_best_is_zero: Awarded

    @override
    def award(self, worth: Worth) -> Expression:
        own, best = self.measure(), self.best()
        if self.fewer_is_better:
            share: Expression = Arithmetic(Arithmetic(number(worth.maximum), "*", best), "/", own)
            share = If(Compare(own, "=", best), number(worth.maximum), share)
        else:
            share = Arithmetic(Arithmetic(number(worth.maximum), "*", own), "/", best)
        earned = Least((share, number(worth.maximum)))
        return If(Compare(best, ">", ZERO), earned, self._without_best(worth))

    def _without_best(self, worth: Worth) -> Expression:
        """Where fewer is better, a best of zero is one that units can share; the others get what is stated."""
        stated = self.when_best_is_zero.constant(worth)
        if not self.fewer_is_better:
            return stated
        return If(Compare(self.measure(), "=", ZERO), number(worth.maximum), stated)

    @override
    def compared(self, case: Case, said: dict[str, Value], best: Fraction) -> Text:
        if not best:
            return Text("scoring.why.best_is_zero", **said, award=Text("scoring.why.points", points=case.earned))
        maximum = spoken(case.worth.maximum)
        entry = "scoring.why.relative_fewer" if self.fewer_is_better else "scoring.why.relative"
        return Text(entry, **said, maximum=maximum, points=case.earned)

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        yield from super().contradictions(setting)
        yield from above_faults(self.when_best_is_zero, "when_best_is_zero", setting)


class MinMax(Relative):
    """`{kind: min_max, value: ho_so_truc_tuyen, per: ho_so, counting: tỷ lệ hồ sơ, when_all_equal: maximum}`."""

    kind: Literal["min_max"]
    when_all_equal: Awarded

    @override
    def award(self, worth: Worth) -> Expression:
        from_worst = self._distance(self.measure(), self.worst())
        span = self._distance(self.best(), self.worst())
        share = Arithmetic(Arithmetic(number(worth.maximum), "*", from_worst), "/", span)
        return If(Compare(span, ">", ZERO), share, self.when_all_equal.constant(worth))

    def _distance(self, better: Expression, worse: Expression) -> Expression:
        return Arithmetic(worse, "-", better) if self.fewer_is_better else Arithmetic(better, "-", worse)

    @override
    def compared(self, case: Case, said: dict[str, Value], best: Fraction) -> Text:
        worst = case.value(self.worst())
        if best == worst:
            return Text("scoring.why.all_equal", **said, award=Text("scoring.why.points", points=case.earned))
        values = {"worst": measured(worst), "maximum": spoken(case.worth.maximum), "points": case.earned}
        return Text("scoring.why.min_max_fewer" if self.fewer_is_better else "scoring.why.min_max", **said, **values)

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        yield from super().contradictions(setting)
        yield from above_faults(self.when_all_equal, "when_all_equal", setting)


def measured(value: Fraction) -> Text:
    """Say a measured value with four digits at most: "2,5", or "≈ 0,3333" where these are not all."""
    said = spoken(value)
    if not isinstance(said, str):
        return Text("scoring.why.measured", value=said)
    return Text("scoring.why.measured_about", value=spoken(Fraction(round(value * 10_000), 10_000)))
