"""How many points of the total a unit can know before the assessment, and who decides on the others."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from forms.wording import amount
from scoring import Later, Regulation, reachable
from words import Series, Text


@dataclass(frozen=True, slots=True)
class Coverage:
    """The most that a self-score can come to within the scale, and what it leaves open, by who decides on it."""

    known: int | Decimal
    rest: Series


def coverage(regulation: Regulation, group: str, later: Mapping[str, Later]) -> Coverage:
    """Find out what the total can come to without the indicators that are known later, by id."""
    every = {node.id for node in regulation.indicators(group)}
    known = reachable(regulation, group, every - later.keys())
    return Coverage(amount(regulation, regulation.total, known), Series(tuple(_rest(regulation, group, later, every))))


def _rest(regulation: Regulation, group: str, later: Mapping[str, Later], every: AbstractSet[str]) -> Iterator[Text]:
    whole = reachable(regulation, group, every)
    for who in dict.fromkeys(each.text for each in later.values()):
        theirs = {node_id for node_id, each in later.items() if each.text == who}
        points = whole - reachable(regulation, group, every - theirs)
        if points:  # a penalty or a bonus changes nothing about the scale
            yield Text("forms.live_rest", points=amount(regulation, regulation.total, points), who=who)
