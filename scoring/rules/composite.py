"""Rules made of rules: the sum of parts, and the best of several cases."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field
from typing_extensions import override

from scoring.case import Case, Worth
from scoring.expression import Expression, Greatest, Rounded, sum_of
from scoring.quantity import Quantity
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import NonNegative
from scoring.rules.rule import KnownLater, ReadAs, Rule, Written
from scoring.sentences import joined, spoken
from words import Text

if TYPE_CHECKING:
    from scoring.rules import AnyRule


class Part(Written):
    """A rule inside a rule, with its own label and maximum by group. Its points are printed, so they are rounded."""

    label: str
    maximum: dict[str, NonNegative]
    rule: "AnyRule"

    def worth(self, worth: Worth) -> Worth:
        """Return what the part can earn."""
        return replace(worth, maximum=self.maximum[worth.group])

    def points(self, worth: Worth) -> Expression:
        """Return the part's printed points."""
        return Rounded(self.rule.expression(self.worth(worth)), worth.rounding)

    def case(self, case: Case) -> Case:
        """Return the unit's answers before this part."""
        return Case(self.worth(case.worth), case.facts, self.points(case.worth))

    def said(self, case: Case) -> Text:
        """Explain the part under its label."""
        return Text("scoring.why.part", label=self.label, sentence=self.rule.explain(self.case(case)))

    def faults(self, setting: Setting) -> Iterator[Fault]:
        """Find maxima for other groups than the indicator has, and everything wrong with the rule."""
        if set(self.maximum) == set(setting.maxima):
            yield from self.rule.faults(replace(setting, maxima=self.maximum))
        else:
            groups = ", ".join(setting.maxima)
            yield Fault("part_groups", self.label, {"label": self.label, "groups": groups})


SomeParts = Annotated[tuple[Part, ...], Field(min_length=1)]


class Parts(Rule):
    """`{kind: parts, parts: [{label: …, maximum: {so: 3}, rule: {…}}, …]}`; the maxima add up to the indicator's."""

    kind: Literal["parts"]
    parts: SomeParts

    @override
    def reads(self) -> dict[str, ReadAs]:
        return _reads(self.parts)

    @property
    @override
    def known_later(self) -> KnownLater | None:
        return _known_later(self.parts)

    @property
    @override
    def rolls_up_from(self) -> tuple[str, ...]:
        return _rolls_up_from(self.parts)

    @override
    def limits(self) -> Iterator[tuple[Quantity, Quantity]]:
        for part in self.parts:
            yield from part.rule.limits()

    @override
    def expression(self, worth: Worth) -> Expression:
        return sum_of([part.points(worth) for part in self.parts])

    @override
    def explain(self, case: Case) -> Text:
        sentences = joined("scoring.why.then", [part.said(case) for part in self.parts])
        return Text("scoring.why.parts", sentences=sentences, points=case.earned)

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        for part in self.parts:
            yield from part.faults(setting)
        for group, maximum in setting.maxima.items():
            together = sum((part.maximum.get(group, Fraction(0)) for part in self.parts), Fraction(0))
            if together != maximum:
                yield _mismatch("parts_sum", "parts", group, together, maximum)


class BestOf(Rule):
    """`{kind: best_of, cases: [{label: …, maximum: {so: 3}, rule: {…}}, …]}`; the best case can reach the maximum."""

    kind: Literal["best_of"]
    cases: SomeParts

    @override
    def reads(self) -> dict[str, ReadAs]:
        return _reads(self.cases)

    @property
    @override
    def known_later(self) -> KnownLater | None:
        return _known_later(self.cases)

    @property
    @override
    def rolls_up_from(self) -> tuple[str, ...]:
        return _rolls_up_from(self.cases)

    @override
    def limits(self) -> Iterator[tuple[Quantity, Quantity]]:
        for each in self.cases:
            yield from each.rule.limits()

    @override
    def expression(self, worth: Worth) -> Expression:
        return Greatest(tuple(each.points(worth) for each in self.cases))

    @override
    def explain(self, case: Case) -> Text:
        best = max(self.cases, key=lambda each: each.case(case).earned)
        return Text("scoring.why.best_of", n=len(self.cases), best=best.said(case), points=case.earned)

    @override
    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        for each in self.cases:
            yield from each.faults(setting)
        for group, maximum in setting.maxima.items():
            best = max(each.maximum.get(group, Fraction(0)) for each in self.cases)
            if best != maximum:
                yield _mismatch("cases_best", "cases", group, best, maximum)


def rules_within(rule: Rule) -> list[Rule]:
    """Return a rule and the rules inside it."""
    parts = rule.parts if isinstance(rule, Parts) else rule.cases if isinstance(rule, BestOf) else ()
    return [rule, *(each for part in parts for each in rules_within(part.rule))]


def _reads(parts: tuple[Part, ...]) -> dict[str, ReadAs]:
    return {key: read_as for part in parts for key, read_as in part.rule.reads().items()}


def _known_later(parts: tuple[Part, ...]) -> KnownLater | None:
    return next((part.rule.known_later for part in parts if part.rule.known_later), None)


def _rolls_up_from(parts: tuple[Part, ...]) -> tuple[str, ...]:
    return tuple(group for part in parts for group in part.rule.rolls_up_from)


def _mismatch(code: str, near: str, group: str, found: Fraction, maximum: Fraction) -> Fault:
    return Fault(code, near, {"group": group, "found": spoken(found), "maximum": spoken(maximum)})
