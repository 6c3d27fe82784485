"""From answers to marks: every line of the point table gets its points and the sentence that explains them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.amounts import Points, as_decimal, half_up, percent_of
from scoring.answers import Answer, AnswerStatus, By
from scoring.case import Case
from scoring.evaluation import Facts, evaluate
from scoring.formulas import said_later
from scoring.indicators import Indicator, indicators_of
from scoring.regulation import Node, Regulation
from scoring.sentences import joined
from scoring.values import usable_values
from words import Text

NotApplicableState = Literal["", "claimed", "granted", "refused"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The points of one line, with the sentence that explains them.

    `points` is None while they are not known yet (the datum comes from somebody else, after the unit has submitted);
    `scale` is the maximum that counts after N/A.
    """

    node: Node
    points: Points | None
    maximum: Points
    scale: Points
    na: NotApplicableState
    why: Text


@dataclass(frozen=True, slots=True)
class Assessment:
    """One unit's marks by node id, in the order of the table.

    `percent` is in hundredths of a percent; `known_maximum` is how many of the `maximum` points the known marks cover.
    """

    marks: Mapping[str, Mark]
    total: Points
    maximum: Points
    percent: int
    known_maximum: Points


def assess(
    regulation: Regulation, group: str, answers: Mapping[str, Answer], *, self_score: bool = False
) -> Assessment:
    """Mark one unit of a group by its answers that count.

    With `self_score` (điểm tự chấm) a claim of N/A counts as if it were granted, and what the unit does not declare
    itself is not known yet. An answer that its question does not allow counts as not given.
    """
    facts = Facts(usable_values(regulation, group, answers))
    marker = _Marker(regulation, group, answers, facts, self_score)
    marks = {mark.node.id: mark for root in regulation.roots if group in root.maxima for mark in marker.marks(root)}
    total = marks[regulation.total.id]
    points = total.points or 0
    known = sum(mark.maximum for mark in marks.values() if mark.node.rule and mark.points is not None)
    return Assessment(marks, points, total.maximum, percent_of(points, total.scale), known)


@dataclass(frozen=True, slots=True)
class _Marker:
    regulation: Regulation
    group: str
    answers: Mapping[str, Answer]
    facts: Facts
    self_score: bool

    def marks(self, node: Node) -> Iterator[Mark]:
        """Return the marks of a node and of all below it, the node's own first."""
        if node.rule:
            yield self._indicator(indicators_of(self.regulation, self.group)[node.id])
            return
        below = [list(self.marks(child)) for child in node.children_of(self.group)]
        yield self._sum(node, [marks[0] for marks in below])
        for marks in below:
            yield from marks

    def _sum(self, node: Node, parts: list[Mark]) -> Mark:
        """Add up printed points, so that the table adds up by hand."""
        known = [part.points for part in parts if part.points is not None]
        if not known:
            return self._mark(node, None, said_later(node))
        terms = joined("scoring.why.plus", [self._printed(points) for points in known])
        return self._mark(node, sum(known), Text("scoring.why.sum", terms=terms, points=self._printed(sum(known))))

    def _indicator(self, indicator: Indicator) -> Mark:
        node = indicator.node
        claim = self.answers.get(node.id)
        na = _na(node, claim)
        if claim and (na == "granted" or (na == "claimed" and self.self_score)):
            return self._full_marks(node, na, claim)
        if self.self_score and node.source != "unit":
            return self._mark(node, None, said_later(node), na)
        points = half_up(evaluate(indicator.points, self.facts), self.regulation.digits)
        case = Case(indicator.worth, self.regulation.questions, self.facts, points)
        why = Text("scoring.why.cited", sentence=indicator.rule.explain(case), clause=node.clause)
        return self._mark(node, points, Text(f"scoring.why.{na}", sentence=why) if na else why, na)

    def _full_marks(self, node: Node, na: NotApplicableState, claim: Answer) -> Mark:
        maximum = node.maxima[self.group]
        why = Text(
            "scoring.why.not_applicable",
            reason=claim.reason or Text("scoring.why.no_reason"),
            points=self._printed(maximum),
            clause=self.regulation.not_applicable.grounds,
        )
        return self._mark(node, maximum, why, na)

    def _mark(self, node: Node, points: Points | None, why: Text, na: NotApplicableState = "") -> Mark:
        """Full marks for N/A leave the scale as it is."""
        maximum = node.maxima[self.group]
        return Mark(node, points, maximum, scale=maximum, na=na, why=why)

    def _printed(self, points: Points) -> Decimal:
        return as_decimal(points, self.regulation.digits)


def _na(node: Node, claim: Answer | None) -> NotApplicableState:
    """A unit claims N/A; only a verified row grants or refuses it."""
    if claim is None or not node.allows_not_applicable:
        return ""
    match claim.status, claim.by:
        case AnswerStatus.NOT_APPLICABLE, By.VERIFIED:
            return "granted"
        case AnswerStatus.NOT_APPLICABLE, _:
            return "claimed"
        case AnswerStatus.NOT_APPLICABLE_REFUSED, By.VERIFIED:
            return "refused"
        case _:
            return ""
