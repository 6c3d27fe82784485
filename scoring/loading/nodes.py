"""From the pieces of the tree to its nodes."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from scoring.amounts import Points
from scoring.loading.pieces import NodePiece
from scoring.loading.shapes import EVERY, NodeShape
from scoring.regulation import Node, Question, Rung, Source, Weight
from scoring.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class NodeBuilder:
    """Builds the nodes of a regulation; `knows_na` is whether it lets indicators be not applicable at all."""

    questions: Mapping[str, Question]
    digits: int
    knows_na: bool

    def node(self, piece: NodePiece) -> Node:
        """Build a node without errors, and all below it."""
        shape = cast("NodeShape", piece.shape)
        children = tuple(self.node(child) for child in piece.children)
        groups = tuple(shape.maximum)
        return Node(
            id=shape.id,
            number=shape.number,
            label=shape.label,
            rung=_rung(shape.rule, children),
            how=shape.how,
            clause=shape.clause,
            assumed=shape.assumed,
            maxima=self._points(shape.maximum, groups),
            operation=shape.operation,
            children=children,
            of=shape.of,
            weights=tuple(Weight(node, amount) for node, amount in shape.weights.items()),
            out_of=shape.out_of or Fraction(1),
            cap=self._points(shape.cap, groups),
            floor=self._points(shape.floor, groups),
            outside_scale=shape.outside_scale,
            rule=shape.rule,
            source=self._source(shape.rule, children),
            allows_not_applicable=self._allows_not_applicable(shape),
            literal=shape.literal,
        )

    def _allows_not_applicable(self, shape: NodeShape) -> bool:
        """What earns nothing in any case, and what depends on others, cannot be claimed not to apply."""
        if not self.knows_na or shape.rule is None or shape.outside_scale:
            return False
        return shape.not_applicable and not shape.rule.rolls_up_from and any(shape.maximum.values())

    def _points(self, amounts: Mapping[str, Fraction], groups: tuple[str, ...]) -> dict[str, Points]:
        found = {group: amounts.get(group, amounts.get(EVERY)) for group in groups}
        return {group: int(amount * 10**self.digits) for group, amount in found.items() if amount is not None}

    def _source(self, rule: Rule | None, children: tuple[Node, ...]) -> Source | None:
        """An indicator is the unit's only if all its data are; other nodes have a source if their children share it."""
        if rule is None:
            sources = {child.source for child in children}
            return sources.pop() if len(sources) == 1 else None
        given_by = {self.questions[key].source for key in rule.questions()}
        return next((source for source in ("council", "department", "officer", "unit") if source in given_by), None)


def _rung(rule: Rule | None, children: tuple[Node, ...]) -> Rung:
    if rule is not None:
        return "indicator"
    return "category" if all(child.rule for child in children) else "part"
