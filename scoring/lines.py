"""The lines of a group's point table as arithmetic: what each is worth, from the answers and from the lines below it.

This one definition is computed (`assess`), explained (`explanation`) and written as a formula (`formula`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scoring.case import Worth
from scoring.expression import (
    ZERO,
    Arithmetic,
    Compare,
    Expression,
    Greatest,
    If,
    Late,
    Least,
    NotApplicable,
    PointsOf,
    Rounded,
    ScaleOf,
    number,
    sum_of,
)
from scoring.regulation import Node, Regulation
from words import Text


@dataclass(frozen=True, slots=True)
class Later:
    """The points are known after the assessment; the text says who gives the data, or on whom they depend."""

    text: Text


@dataclass(frozen=True, slots=True)
class Line:
    """A node as one group has it.

    `points` and `scale` (the maximum that counts after N/A) are in points. `parts` are the nodes it operates on, and
    `bonus` those added outside the scale. `earned` is what the rule earns before N/A, or what the operation comes to
    before rescaling, the bonus, a penalty for lateness, and cap and floor; `left` is the scale that it was earned of,
    which a line that is rescaled brings back to its whole `scale`.
    """

    node: Node
    worth: Worth
    parts: tuple[Node, ...]
    bonus: tuple[Node, ...]
    earned: Expression
    left: Expression
    points: Expression
    scale: Expression
    is_rescaled: bool


@lru_cache(maxsize=256)
def lines_of(regulation: Regulation, group: str, *, self_score: bool = False) -> Mapping[str, Line]:
    """Return the lines by id, those they depend on first; a self-score has only the lines a unit can know itself."""
    nodes = [node for root in regulation.roots if group in root.maxima for node in _from_below(root, group)]
    lines = _Lines(regulation, group, self_score)
    return {node.id: lines.line(node) for node in nodes if not (self_score and later(regulation, group, node))}


def formula(regulation: Regulation, group: str, node_id: str) -> Expression | Later:
    """Return the points of a line as a unit can know them itself, or why it cannot.

    What the unit cannot know counts for nothing in the lines above it. Raises KeyError for a line the group lacks.
    """
    node = {each.id: each for each in regulation.nodes(group)}[node_id]
    return later(regulation, group, node) or lines_of(regulation, group, self_score=True)[node_id].points


def later(regulation: Regulation, group: str, node: Node) -> Later | None:
    """Say why nothing about a line is known from what the unit declares, None where something is."""
    if node.rule:
        reason = node.rule.known_later or (None if node.source == "unit" else node.source)
        return Later(Text(f"scoring.later.{reason}")) if reason else None
    below = [later(regulation, group, part) for part in parts_of(regulation, group, node)]
    if None in below:
        return None
    reasons = {each.text for each in below if each}
    return Later(reasons.pop() if len(reasons) == 1 else Text("scoring.later.others"))


def parts_of(regulation: Regulation, group: str, node: Node) -> tuple[Node, ...]:
    """Return the nodes that a node operates on: its children, or for a further root those it names."""
    if node.of:
        return tuple(part for part in map(regulation.node, node.of) if group in part.maxima)
    return node.children_of(group)


def _from_below(node: Node, group: str) -> list[Node]:
    return [*(each for child in node.children_of(group) for each in _from_below(child, group)), node]


@dataclass(frozen=True, slots=True)
class _Lines:
    regulation: Regulation
    group: str
    self_score: bool

    def line(self, node: Node) -> Line:
        worth = Worth(
            self.group, self._amount(node.maxima[self.group]), self.regulation.rounding(node), self.regulation
        )
        return self._indicator(node, worth) if node.rule else self._inner(node, worth)

    def _amount(self, points: int) -> Fraction:
        return Fraction(points, 10**self.regulation.digits)

    def _indicator(self, node: Node, worth: Worth) -> Line:
        earned = Rounded(node.rule.expression(worth), worth.rounding) if node.rule else ZERO
        maximum = number(worth.maximum)
        points: Expression = earned
        scale: Expression = maximum
        if node.allows_not_applicable:
            keeps = self.regulation.not_applicable.name == "full_marks"
            points = If(NotApplicable(node.id), maximum if keeps else ZERO, earned)
            scale = maximum if keeps else If(NotApplicable(node.id), ZERO, maximum)
        return Line(node, worth, (), (), earned, scale, points, scale, is_rescaled=False)

    def _inner(self, node: Node, worth: Worth) -> Line:
        every = parts_of(self.regulation, self.group, node)
        parts = tuple(part for part in every if not (part.outside_scale or part.is_informative))
        known = tuple(part for part in every if not (self.self_score and later(self.regulation, self.group, part)))
        bonus = tuple(part for part in known if part.outside_scale)
        earned = self._operated(node, worth, parts, [part for part in known if part in parts])
        left = scale = self._scale(node, worth, parts, known)
        policy = self.regulation.not_applicable
        is_rescaled = policy.name == "rescale" and node.id in policy.at
        points = If(Compare(left, ">", ZERO), _product(earned, worth.maximum, left), ZERO) if is_rescaled else earned
        if is_rescaled:
            scale = If(Compare(left, ">", ZERO), number(worth.maximum), ZERO)
        bounded = self._bounded(node, self._with_additions(node, points, bonus))
        return Line(node, worth, parts, bonus, earned, left, Rounded(bounded, worth.rounding), scale, is_rescaled)

    def _operated(self, node: Node, worth: Worth, parts: Sequence[Node], known: Sequence[Node]) -> Expression:
        """Return what the operation comes to; what is not known counts for nothing."""
        points: list[Expression] = [PointsOf(part.id) for part in known]
        match node.operation:
            case _ if not points:
                return ZERO
            case "sum":
                return sum_of(points)
            case "mean":
                return Arithmetic(sum_of(points), "/", number(len(parts)))
            case "best_of":
                return Greatest(tuple(points))
            case "weighted":  # pragma: no branch - the last operation
                return sum_of(
                    [Arithmetic(number(self._weight(node, worth, part)), "*", PointsOf(part.id)) for part in known]
                )

    def _weight(self, node: Node, worth: Worth, part: Node) -> Fraction:
        """Return what one point of a part is worth in a weighted index."""
        weight = next(each.amount for each in node.weights if each.node == part.id)
        return worth.maximum * weight / node.out_of / self._amount(part.maxima[self.group])

    def _scale(self, node: Node, worth: Worth, parts: Sequence[Node], known: Sequence[Node]) -> Expression:
        """N/A takes something out of a sum; what is normalised by its parts keeps its maximum."""
        if self.regulation.not_applicable.name not in {"out", "rescale"} or node.operation != "sum" or not parts:
            return number(worth.maximum)
        return sum_of([ScaleOf(part.id) if part in known else self._maximum(part) for part in parts])

    def _maximum(self, part: Node) -> Expression:
        return number(self._amount(part.maxima[self.group]))

    def _with_additions(self, node: Node, points: Expression, bonus: Sequence[Node]) -> Expression:
        added = sum_of([points, *(PointsOf(part.id) for part in bonus)])
        late = self.regulation.late
        if node is not self.regulation.total or late.name != "penalty" or self.self_score:
            return added
        return Arithmetic(added, "-", If(Late(), number(self._amount(late.points)), ZERO))

    def _bounded(self, node: Node, points: Expression) -> Expression:
        if self.group in node.cap:
            points = Least((points, number(self._amount(node.cap[self.group]))))
        if self.group in node.floor:
            points = Greatest((points, number(self._amount(node.floor[self.group]))))
        return points


def _product(factor: Expression, maximum: Fraction, divisor: Expression) -> Expression:
    """Multiply first and divide once, so that a spreadsheet loses nothing."""
    return Arithmetic(Arithmetic(number(maximum), "*", factor), "/", divisor)
