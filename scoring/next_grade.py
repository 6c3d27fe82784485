"""What a unit lacks to its next grade (xếp loại) or level (mức), and which indicators would bring it there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from scoring.amounts import Points, Rounding, as_decimal
from scoring.assess import Assessment
from scoring.columns import Column
from scoring.evaluation import evaluate
from scoring.lines import Line, lines_of, parts_of
from scoring.ranking import shortfalls
from scoring.regulation import Node, Regulation
from scoring.sentences import joined
from words import Series, Text

Lacking: TypeAlias = tuple[Node, Points, Points]
"""A node, its printed points, and the minimum that they do not reach."""


@dataclass(frozen=True, slots=True)
class Gain:
    """An indicator below its maximum by `room`; at its maximum, all else equal, it brings `points` to what lacks them.

    The two differ where points are weighted, averaged, capped or rescaled on their way up.
    """

    node: Node
    room: Points
    points: Points


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A node below the `minimum` that is asked of it, and where most is to be gained, the largest gain first."""

    node: Node
    points: Points
    minimum: Points
    gains: tuple[Gain, ...]

    @property
    def lacks(self) -> Points:
        """The points that are missing."""
        return self.minimum - self.points


@dataclass(frozen=True, slots=True)
class NextGrade:
    """The next grade or level: what falls short of it, and indicators whose maxima would be `enough`.

    None of `enough` can be left out, and where points are only added up no fewer indicators would do. It is empty where
    all maxima together are not enough. `not_known` is the maximum of the indicators that a self-score does not cover.
    """

    label: str
    shortfalls: tuple[Shortfall, ...]
    enough: tuple[Node, ...]
    not_known: Points
    explanation: Text


def next_grade(assessment: Assessment) -> NextGrade | None:
    """Return what is missing to the next grade; None at the highest one, and where the regulation has no grades."""
    regulation = assessment.facts.cohort.regulation
    total, points = regulation.total, assessment.total
    bounds = [(grade.label, points if grade.at_least is None else grade.at_least) for grade in regulation.grades]
    return _next(assessment, [(label, [(total, points, bound)] if points < bound else []) for label, bound in bounds])


def next_level(assessment: Assessment) -> NextGrade | None:
    """Return what is missing to the next level; None at the highest one, and where the regulation has no levels."""
    levels = assessment.facts.cohort.regulation.levels
    return _next(assessment, [(level.label, shortfalls(level, assessment)) for level in levels])


def _next(assessment: Assessment, highest_first: Sequence[tuple[str, Sequence[Lacking]]]) -> NextGrade | None:
    """Take the one above the highest that nothing is lacking to; where none is reached, the lowest is given or next."""
    regulation = assessment.facts.cohort.regulation
    below_all = len(highest_first) - (0 if regulation.below_lowest else 1)
    reached = next((place for place, (_, lacking) in enumerate(highest_first) if not lacking), below_all)
    if reached <= 0:
        return None
    label, lacking = highest_first[reached - 1]
    search = _Search.of(assessment)
    short = tuple(Shortfall(*each, search.gains(each[0])) for each in lacking)
    enough = search.enough(short)
    not_known = _not_known(assessment)
    said = _explained(regulation, label, short, [(node, search.room(node)) for node in enough], not_known)
    return NextGrade(label, short, enough, not_known, said)


def _not_known(assessment: Assessment) -> Points:
    cohort = assessment.facts.cohort
    indicators = cohort.regulation.indicators(cohort.group)
    return sum(node.maxima[cohort.group] for node in indicators if node.id not in assessment.facts.points)


@dataclass(frozen=True, slots=True)
class _Search:
    """Tries what a unit's points would be if some of its indicators had their maximum."""

    assessment: Assessment
    lines: Mapping[str, Line]
    open: tuple[Node, ...]

    @classmethod
    def of(cls, assessment: Assessment) -> "_Search":
        """Leave out what does not apply to the unit, what is not known yet, and what has its maximum already."""
        facts, row = assessment.facts, assessment.row
        cohort = facts.cohort
        lines = lines_of(cohort.regulation, cohort.group, self_score=cohort.trusting)
        known = (node for node in cohort.regulation.indicators(cohort.group) if node.id in lines)
        search = cls(assessment, lines, tuple(node for node in known if not cohort.does_not_apply(node.id)[row]))
        return replace(search, open=tuple(node for node in search.open if search.room(node) > 0))

    def room(self, node: Node) -> Points:
        return node.maxima[self.assessment.facts.cohort.group] - (self.assessment.points_of(node) or 0)

    def gains(self, short: Node) -> tuple[Gain, ...]:
        """Return what each open indicator alone brings to a node, the largest gain first, then as in the table."""
        before = self.assessment.points_of(short) or 0
        found = [Gain(node, self.room(node), self.points([node])[short.id] - before) for node in self._under(short)]
        return tuple(sorted((gain for gain in found if gain.points > 0), key=lambda gain: -gain.points))

    def enough(self, short: Sequence[Shortfall]) -> tuple[Node, ...]:
        """Choose the largest gains for each shortfall, the lower nodes' first, then drop what turns out superfluous."""
        order = list(self.lines)
        chosen: list[Node] = []
        for each in sorted(short, key=lambda each: order.index(each.node.id) if each.node.id in order else -1):
            useful = [gain.node for gain in each.gains]
            for node in (*useful, *(node for node in self._under(each.node) if node not in useful)):
                if not self._reached([each], chosen) and node not in chosen:
                    chosen.append(node)
        if not self._reached(short, chosen):
            return ()
        for node in tuple(chosen):
            fewer = [each for each in chosen if each is not node]
            chosen = fewer if self._reached(short, fewer) else chosen
        return tuple(chosen)

    def _reached(self, short: Sequence[Shortfall], full: Collection[Node]) -> bool:
        points = self.points(full)
        return all(points.get(each.node.id, 0) >= each.minimum for each in short)

    def _under(self, node: Node) -> list[Node]:
        cohort = self.assessment.facts.cohort
        below = {each.id for each in _indicators(cohort.regulation, cohort.group, node)}
        return [each for each in self.open if each.id in below]

    def points(self, full: Collection[Node]) -> dict[str, Points]:
        """Return the unit's points of every line if these indicators had their maximum."""
        cohort, row = self.assessment.facts.cohort, self.assessment.row
        exact, one = Rounding(cohort.regulation.digits), 10**cohort.regulation.digits
        facts = replace(self.assessment.facts.of(row), points=dict(self.assessment.facts.points))
        facts.points.update({node.id: Column(node.maxima[cohort.group], one) for node in full})
        for line in self.lines.values():
            if not line.node.rule:
                facts.points[line.node.id] = evaluate(line.points, facts).rounded(exact)
        return {each: int(facts.points[each].of(row).fractions(1)[0] * one) for each in self.lines}


def _indicators(regulation: Regulation, group: str, node: Node) -> Iterator[Node]:
    if node.rule:
        yield node
    for part in parts_of(regulation, group, node):
        yield from _indicators(regulation, group, part)


def _explained(
    regulation: Regulation,
    label: str,
    short: Sequence[Shortfall],
    enough: Sequence[tuple[Node, Points]],
    not_known: Points,
) -> Text:
    lacking, remedy = _lacking(regulation, label, short), _remedy(regulation, enough)
    if not not_known:
        return Text("scoring.next.told", lacking=lacking, remedy=remedy)
    points = as_decimal(not_known, regulation.digits)
    return Text("scoring.next.told_so_far", lacking=lacking, remedy=remedy, points=points)


def _lacking(regulation: Regulation, label: str, short: Sequence[Shortfall]) -> Text:
    terms = [
        Text(
            "scoring.next.short",
            node=each.node.label,
            lacks=regulation.printed(each.node, each.lacks),
            points=regulation.printed(each.node, each.points),
            minimum=regulation.printed(each.node, each.minimum),
        )
        for each in short
    ]
    return Text("scoring.next.lacking", label=label, nodes=joined("scoring.why.then", terms))


def _remedy(regulation: Regulation, enough: Sequence[tuple[Node, Points]]) -> Text:
    if not enough:
        return Text("scoring.next.out_of_reach")
    named = tuple(
        Text("scoring.next.room", indicator=node.label, points=regulation.printed(node, room)) for node, room in enough
    )
    return Text("scoring.next.enough", n=len(named), indicators=Series(named))
