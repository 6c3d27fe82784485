"""From answers to marks: every line of the point table gets its points and the sentence that explains them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scoring.amounts import Points, Rounding
from scoring.answers import Answer
from scoring.cohort import Claim, Cohort
from scoring.columns import Column, Numbers, each_of
from scoring.evaluation import Facts, evaluate
from scoring.explanation import explain, explain_later
from scoring.lines import later, lines_of
from scoring.reach import reachable
from scoring.regulation import Node, Regulation
from scoring.units import Unit
from words import Text

NO_GROUPS: Mapping[str, Facts] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mark:
    """The points of one line, with the sentence that explains them.

    `points` is None while they are not known yet (the datum comes from somebody else, after the unit has submitted);
    `scale` is the maximum that counts after N/A; `na` is "", "claimed", "granted" or "refused".
    """

    node: Node
    points: Points | None
    maximum: Points
    scale: Points
    na: str
    why: Text


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """One unit's marks: a row of its cohort's columns. Sentences are made when they are asked for."""

    facts: Facts
    row: int

    @property
    def total(self) -> Points:
        """The points that are ranked."""
        return self.points_of(self.facts.cohort.regulation.total) or 0

    @property
    def maximum(self) -> Points:
        """The maximum of the total."""
        return self.facts.cohort.regulation.total.maxima[self.facts.cohort.group]

    @property
    def percent(self) -> int:
        """The total of what counts after N/A, in units of the last printed digit of a percentage."""
        regulation = self.facts.cohort.regulation
        scale = self._scale_of(regulation.total)
        return regulation.percent_rounding.of((100 * self.total, scale)) if scale else 0

    @property
    def known_maximum(self) -> Points:
        """How far the marks that are known can bring the total."""
        cohort = self.facts.cohort
        return reachable(cohort.regulation, cohort.group, self.facts.points.keys())

    @property
    def marks(self) -> Mapping[str, Mark]:
        """All marks by node id, in the order of the table."""
        return {node.id: self.mark(node) for node in self.facts.cohort.regulation.nodes(self.facts.cohort.group)}

    def points_of(self, node: Node) -> Points | None:
        """Return the points of a line, None while they are not known."""
        column = self.facts.points.get(node.id)
        return None if column is None else _at(column.numerators, self.row)

    def mark(self, node: Node) -> Mark:
        """Return one line's mark."""
        cohort = self.facts.cohort
        group, regulation = cohort.group, cohort.regulation
        maximum = node.maxima[group]
        claim = cohort.claim(node.id, self.row) if node.rule else Claim.NONE
        if node.id not in self.facts.points:
            return Mark(node, None, maximum, maximum, claim.word, explain_later(later(regulation, group, node)))
        line = lines_of(regulation, group, self_score=cohort.trusting)[node.id]
        why = explain(line, self.facts.of(self.row), claim)
        return Mark(node, self.points_of(node), maximum, self._scale_of(node), claim.word, why)

    def _scale_of(self, node: Node) -> Points:
        return _at(self.facts.scales[node.id].numerators, self.row)


def assess(
    regulation: Regulation, group: str, answers: Mapping[str, Answer], *, self_score: bool = False
) -> Assessment:
    """Mark one unit of a group by its answers that count, as if it were the only one.

    With `self_score` (điểm tự chấm) a claim of N/A counts as if it were granted, and what the unit does not declare
    itself is not known yet. An answer that its question does not allow counts as not given.
    """
    alone = Unit("", "", group)
    return Assessment(assess_cohort(Cohort.of(regulation, group, [alone], {"": answers}, trusting=self_score)), 0)


def assess_cohort(cohort: Cohort, below: Mapping[str, Facts] = NO_GROUPS) -> Facts:
    """Mark all units of a group at once; `below` has the groups whose marks it rolls up."""
    facts = Facts(cohort, below)
    exact = Rounding(cohort.regulation.digits)
    for line in lines_of(cohort.regulation, cohort.group, self_score=cohort.trusting).values():
        facts.scales[line.node.id] = evaluate(line.scale, facts).rounded(exact).narrowed()
        facts.points[line.node.id] = evaluate(line.points, facts).rounded(exact).narrowed()
    return facts


def column_of(facts: Facts, node: Node) -> list[Points]:
    """Return the points of a line, a number for each unit."""
    return each_of(facts.points.get(node.id, Column(0)).numerators, len(facts.cohort.units))


def _at(numbers: Numbers, row: int) -> int:
    return numbers if isinstance(numbers, int) else int(numbers[row] if numbers.shape else numbers)
