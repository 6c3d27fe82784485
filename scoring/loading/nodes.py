"""From the pieces of the tree to its nodes."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from scoring.amounts import Points
from scoring.loading.pieces import NodePiece
from scoring.loading.shapes import NodeShape
from scoring.regulation import Level, Node, Question, Source
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
        return Node(
            id=shape.id,
            number=shape.number,
            label=shape.label,
            level=_level(shape.rule, children),
            how=shape.how,
            clause=shape.clause,
            assumed=shape.assumed,
            maxima={group: self._points(maximum) for group, maximum in shape.maximum.items()},
            operation="sum",
            children=children,
            rule=shape.rule,
            source=self._source(shape.rule, children),
            allows_not_applicable=self.knows_na and shape.rule is not None,
        )

    def _points(self, maximum: Fraction) -> Points:
        return int(maximum * 10**self.digits)

    def _source(self, rule: Rule | None, children: tuple[Node, ...]) -> Source | None:
        """An indicator is the unit's only if all its data are; other nodes have a source if their children share it."""
        if rule is None:
            sources = {child.source for child in children}
            return sources.pop() if len(sources) == 1 else None
        given_by = {self.questions[key].source for key in rule.questions()}
        return next(source for source in ("department", "officer", "unit") if source in given_by)


def _level(rule: Rule | None, children: tuple[Node, ...]) -> Level:
    if rule is not None:
        return "indicator"
    return "category" if all(child.rule for child in children) else "part"
