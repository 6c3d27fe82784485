"""How far the points can still come if everything that others decide on later is earned in full."""

from collections.abc import Collection
from dataclasses import dataclass, field

from forms.references import References
from scoring import (
    Assessment,
    Expression,
    Facts,
    Late,
    Later,
    Line,
    Node,
    NotApplicable,
    Points,
    PointsOf,
    Ref,
    Regulation,
    Rounding,
    ScaleOf,
    evaluate,
    lines_of,
    print_expression,
)
from scoring.columns import Column
from scoring.expression import ZERO, If, number
from scoring.lines import later


@dataclass(frozen=True, slots=True)
class BestCase:
    """The points of lines in the best case: as formulas of the form, and computed."""

    regulation: Regulation
    group: str
    references: References
    open: Collection[str] = field(init=False)
    """The lines that something later has a part in."""

    def __post_init__(self) -> None:
        """Follow what is not known upwards."""
        found: set[str] = set()
        for node_id, line in self._lines.items():
            if self._waits(line.node) or any(part.id in found for part in (*line.parts, *line.bonus)):
                found.add(node_id)
        object.__setattr__(self, "open", found)

    def formula(self, node_id: str) -> str:
        """The points of an open line; whatever is open below it is written out, for its cell leaves it out."""
        return print_expression(self._expression(node_id), self._cell, self.references.dialect.separator)

    def points(self, assessment: Assessment) -> dict[str, Points]:
        """Compute them all, from a self-score."""
        facts = Facts(assessment.facts.cohort)
        exact = Rounding(self.regulation.digits)
        for node_id, line in self._lines.items():
            facts.scales[node_id] = evaluate(line.scale, facts).rounded(exact)
            known = assessment.facts.points.get(node_id) if line.node.rule else None
            if known is None:
                known = evaluate(self._expression(node_id), facts).rounded(exact)
            facts.points[node_id] = known
        return {each: points_in(points, self.regulation) for each, points in facts.points.items()}

    @property
    def _lines(self) -> "dict[str, Line]":
        return dict(lines_of(self.regulation, self.group))

    def _waits(self, node: Node) -> bool:
        return bool(node.rule) and isinstance(later(self.regulation, self.group, node), Later)

    def _expression(self, node_id: str) -> Expression:
        line = self._lines[node_id]
        if not line.node.rule:
            return line.points
        maximum = number(line.worth.maximum)
        if node_id not in self.references.claimable:
            return maximum
        granted = maximum if self.regulation.not_applicable.name == "full_marks" else ZERO
        return If(NotApplicable(node_id), granted, maximum)

    def _cell(self, ref: Ref) -> str:
        """A reference, with what is open written out where it stands."""
        match ref:
            case PointsOf(node) if node in self.open:
                return f"({self.formula(node)})"
            case ScaleOf(node) if node in self.open:
                return f"({print_expression(self._lines[node].scale, self._cell, self.references.dialect.separator)})"
            case NotApplicable(node) if node not in self.references.claimable:
                return "FALSE"
            case Late():
                return "FALSE"
            case _:
                return self.references.cell(ref)


def points_in(column: Column, regulation: Regulation) -> Points:
    """The points of the only unit that a column is about."""
    return int(column.of(0).fractions(1)[0] * 10**regulation.digits)
