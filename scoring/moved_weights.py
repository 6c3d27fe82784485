"""What a group's marks come to if its categories (hạng mục) weigh a little more or less.

Each category's weight moves by itself, and together they are brought back to the total. The marks of the categories
stay as they are, they only count for more or less above. The nodes above keep their maxima, so that what is asked of
them by caps, levels and grades still means the same share.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

from scoring.amounts import Rounding
from scoring.chance import Chance, moves
from scoring.columns import Column
from scoring.evaluation import Facts, evaluate
from scoring.lines import Line, lines_of, parts_of
from scoring.regulation import Node, Regulation


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of the total hangs on a node, in points; a category has no `parts`."""

    node: Node
    amount: Fraction
    parts: tuple[Self, ...]

    def categories(self) -> Iterator[Self]:
        """Return the categories below, or the node itself if it is one."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.categories()

    def under(self, moved: Mapping[str, Fraction]) -> Fraction:
        """Return the weight that the categories' moved weights come to."""
        return sum((moved[each.node.id] for each in self.categories()), Fraction(0))


def weights_of(regulation: Regulation, group: str) -> Weight:
    """Weigh the total and what is below it, down to the categories.

    A category is a node whose children are indicators, an indicator that stands beside categories, or a node of whose
    children only the best one counts. What is outside the scale, or has no maximum, has no weight.
    """
    total = regulation.total
    return _weigh(regulation, group, total, Fraction(total.maxima[group]), is_category=False)


def _weigh(regulation: Regulation, group: str, node: Node, amount: Fraction, *, is_category: bool) -> Weight:
    if is_category or node.operation == "best_of":
        return Weight(node, amount, ())
    parts = [part for part in parts_of(regulation, group, node) if not part.outside_scale]
    shares = [(part, _share(node, part, group, parts)) for part in parts]
    weighed = [
        _weigh(regulation, group, part, amount * share, is_category=part.rung != "part")
        for part, share in shares
        if share
    ]
    return Weight(node, amount, tuple(weighed))


def _share(node: Node, part: Node, group: str, parts: list[Node]) -> Fraction:
    """Return how much of a node hangs on one of its parts; the parts of a mean have equal maxima."""
    if node.operation == "weighted":
        return next(each.amount for each in node.weights if each.node == part.id) / node.out_of
    return Fraction(part.maxima[group], sum(each.maxima[group] for each in parts) or 1)


def under_moved_weights(facts: Facts, weights: Weight, bound: int, chance: Chance) -> Facts:
    """Return a group's marks under weights that moved within `bound` percent."""
    categories = list(weights.categories())
    drawn = moves(bound, len(categories), chance)
    moved = {each.node.id: each.amount * factor for each, factor in zip(categories, drawn, strict=True)}
    lines = lines_of(facts.cohort.regulation, facts.cohort.group)
    found = replace(facts, points=dict(facts.points), scales=dict(facts.scales))
    _climb(weights, moved, lines, found)
    return found


def _climb(weight: Weight, moved: Mapping[str, Fraction], lines: Mapping[str, Line], found: Facts) -> None:
    """Work out the nodes above the categories again, from below; a part that weighs more counts for as much more."""
    if not weight.parts:
        return
    counted = replace(found, points=dict(found.points), scales=dict(found.scales))
    for part in weight.parts:
        _climb(part, moved, lines, found)
        factor = part.under(moved) / part.amount * weight.amount / weight.under(moved)
        column = Column(*factor.as_integer_ratio())
        counted.points[part.node.id] = found.points[part.node.id] * column
        counted.scales[part.node.id] = found.scales[part.node.id] * column
    line = lines[weight.node.id]
    exact = Rounding(found.cohort.regulation.digits)
    found.points[weight.node.id] = evaluate(line.points, counted).rounded(exact)
    found.scales[weight.node.id] = evaluate(line.scale, counted)
