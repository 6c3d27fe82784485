"""A group's indicators, ready to be computed for any number of units."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from scoring.case import Worth
from scoring.expression import Expression, Rounded
from scoring.regulation import Node, Regulation

if TYPE_CHECKING:
    from scoring.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of one group: its rule, what that can earn, and its printed points as an expression."""

    node: Node
    rule: "Rule"
    worth: Worth
    points: Expression


@lru_cache(maxsize=64)
def indicators_of(regulation: Regulation, group: str) -> Mapping[str, Indicator]:
    """Return the group's indicators by id."""
    return {
        node.id: _indicator(node, node.rule, group, regulation.digits)
        for node in regulation.indicators(group)
        if node.rule
    }


def _indicator(node: Node, rule: "Rule", group: str, digits: int) -> Indicator:
    worth = Worth(group, Fraction(node.maxima[group], 10**digits), digits)
    return Indicator(node, rule, worth, Rounded(rule.expression(worth), digits))
