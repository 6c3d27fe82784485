"""A quantity: what a rule counts, as a sum of answers with coefficients: "may_ban + may_xach_tay - may_hong"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from scoring.expression import ONE, Arithmetic, Datum, Expression, number, sum_of
from scoring.sentences import spoken
from words import Series, Text, Value

_TERM = re.compile(
    r"\s*(?P<sign>[+-]?)\s*"
    r"(?:(?P<coefficient>[0-9]+(?:\.[0-9]+|/0*[1-9][0-9]*)?)\s*(?P<times>\*)?\s*)?"
    r"(?P<previous>previous\.)?(?P<key>[a-z][a-z0-9_]*)?\s*"
)


@dataclass(frozen=True, slots=True)
class Addend:
    """One term: a coefficient and the question it multiplies, "" for a constant; `previous` is last year's answer."""

    coefficient: Fraction
    key: str = ""
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A sum of at least one term."""

    addends: tuple[Addend, ...]

    def keys(self) -> tuple[str, ...]:
        """Return the questions it reads, in order, each once; those read of last year only are left out."""
        return tuple(dict.fromkeys(each.key for each in self.addends if each.key and not each.previous))

    def previous_keys(self) -> tuple[str, ...]:
        """Return the questions of which it reads last year's answers."""
        return tuple(dict.fromkeys(each.key for each in self.addends if each.previous))

    def expression(self) -> Expression:
        """Return it as arithmetic on this year's answers."""
        positive = [_times(each.coefficient, each.key) for each in self.addends if each.coefficient >= 0]
        negative = [_times(-each.coefficient, each.key) for each in self.addends if each.coefficient < 0]
        added = sum_of(positive) if positive else number(0)
        return Arithmetic(added, "-", sum_of(negative)) if negative else added

    def named(self, label_of: Callable[[Addend], Value]) -> Value:
        """Name what is counted: the labels of what is only added up, or else the arithmetic."""
        if all(addend.key and addend.coefficient == 1 for addend in self.addends):
            return Series(tuple(label_of(addend) for addend in self.addends))
        return self.said(label_of)

    def said(self, label_of: Callable[[Addend], Value]) -> Value:
        """Say it with the labels of its questions: "Máy để bàn + 0,5 × Máy xách tay − Máy hỏng"."""
        first, *others = self.addends
        said = _said(first, first.coefficient, label_of)
        for addend in others:
            entry = "scoring.why.plus" if addend.coefficient >= 0 else "scoring.why.minus"
            said = Text(entry, left=said, right=_said(addend, abs(addend.coefficient), label_of))
        return said


def count_of(key: str) -> Quantity:
    """Return what a single question counts."""
    return Quantity((Addend(Fraction(1), key),))


def parse_quantity(text: str) -> Quantity | None:
    """Read `a`, `a + b - c`, `1/2 * a + 3`, `previous.a`; None for anything else."""
    addends: list[Addend] = []
    place = 0
    while place < len(text) or not addends:
        found = _TERM.match(text, place)
        addend = _addend(found, is_first=not addends) if found and found.end() > place else None
        if found is None or addend is None:
            return None
        addends.append(addend)
        place = found.end()
    return Quantity(tuple(addends))


def _addend(found: "re.Match[str]", *, is_first: bool) -> Addend | None:
    """A term needs a sign before it unless it is the first, a star between number and question, and one of the two."""
    coefficient, key = found["coefficient"], found["key"]
    well_formed = (coefficient or key) and bool(found["times"]) == bool(coefficient and key)
    if not well_formed or not (is_first or found["sign"]) or (found["previous"] and not key):
        return None
    amount = Fraction(coefficient or 1)
    return Addend(-amount if found["sign"] == "-" else amount, key or "", bool(found["previous"]))


def _said(addend: Addend, coefficient: Fraction, label_of: Callable[[Addend], Value]) -> Value:
    if not addend.key:
        return spoken(coefficient)
    if coefficient == 1:
        return label_of(addend)
    return Text("scoring.why.times", count=spoken(coefficient), weight=label_of(addend))


def _times(coefficient: Fraction, key: str) -> Expression:
    if not key:
        return number(coefficient)
    return Datum(key) if number(coefficient) == ONE else Arithmetic(number(coefficient), "*", Datum(key))
