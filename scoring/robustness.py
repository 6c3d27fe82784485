"""How firm a ranking is: which ranks the units would get if weights or data were a little different."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from scoring.assess import assess_cohort
from scoring.chance import Chance
from scoring.evaluation import Facts
from scoring.moved_values import Values
from scoring.moved_weights import Weight, under_moved_weights, weights_of
from scoring.ranking import UnitResult, rank_group
from scoring.regulation import Regulation
from scoring.units import Unit
from words import Place, Problem, Severity, Text


@dataclass(frozen=True, slots=True)
class Bounds:
    """By up to how many percent (1 to 99) the categories' weights and the numeric answers move; None: they do not."""

    weights: int | None = None
    values: int | None = None


@dataclass(frozen=True, slots=True)
class Firmness:
    """A unit's published rank (None: not ranked), and its ranks in the draws.

    `best` and `worst` are the smallest and the largest rank seen, None where it was never ranked. In `kept` draws it
    stood as published, in `unranked` draws it was too low to be ranked.
    """

    unit: Unit
    rank: int | None
    best: int | None
    worst: int | None
    kept: int
    unranked: int


def robustness(
    regulation: Regulation,
    results: Sequence[UnitResult],
    bounds: Bounds,
    draws: int,
    chance_of: Callable[[int], Chance],
) -> tuple[tuple[Firmness, ...], tuple[Problem, ...]]:
    """Rank the assessed units of a ranking again in a number of draws, each with its own chance, all bounds together.

    What is asked for and can be done for no group is an error, and nothing is drawn; what cannot be done for one of
    several groups is a notice. Late and missing units that have no marks are left out.
    """
    stage = _Stage.of(regulation, results)
    problems = tuple(stage.problems(bounds))
    if any(each.severity is Severity.ERROR for each in problems):
        return (), problems
    assessed = [each for each in results if each.assessment]
    seen: dict[str, list[int | None]] = {each.unit.id: [] for each in assessed}
    for draw in range(draws):
        for result in stage.ranked(bounds, chance_of(draw)):
            seen[result.unit.id].append(result.rank)
    return tuple(_firmness(each, seen[each.unit.id]) for each in assessed), problems


def _firmness(published: UnitResult, seen: Sequence[int | None]) -> Firmness:
    ranks = [rank for rank in seen if rank is not None]
    return Firmness(
        published.unit,
        published.rank,
        best=min(ranks, default=None),
        worst=max(ranks, default=None),
        kept=sum(rank == published.rank for rank in seen),
        unranked=len(seen) - len(ranks),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """A group as it was assessed, and what can move in it."""

    facts: Facts
    values: Values
    weights: Weight
    rolls_up: tuple[str, ...]

    @property
    def label(self) -> str:
        cohort = self.facts.cohort
        return cohort.regulation.groups[cohort.group].label


@dataclass(frozen=True, slots=True)
class _Stage:
    regulation: Regulation
    groups: Mapping[str, _Group]
    order: Mapping[str, int]

    @classmethod
    def of(cls, regulation: Regulation, results: Sequence[UnitResult]) -> Self:
        facts = {each.unit.group: each.assessment.facts for each in results if each.assessment}
        groups = {
            group: _Group(
                facts[group],
                Values.of(facts[group].cohort),
                weights_of(regulation, group),
                regulation.rolled_up_from(group),
            )
            for group in regulation.groups
            if group in facts
        }
        return cls(regulation, groups, {each.unit.id: place for place, each in enumerate(results)})

    def problems(self, bounds: Bounds) -> Iterator[Problem]:
        """Say what is asked for and cannot be done."""
        if not self.groups:
            yield _problem("nobody_assessed", Severity.ERROR, "units")
        if bounds.weights is None and bounds.values is None:
            yield _problem("nothing_moves", Severity.ERROR, "weights")
        for path, bound in (("weights", bounds.weights), ("values", bounds.values)):
            if bound is not None and not 1 <= bound <= 99:  # noqa: PLR2004 - 100 % would leave nothing of a weight
                yield _problem("bound", Severity.ERROR, path, bound=bound)
        if bounds.weights is not None:
            yield from self._lacking(
                "no_weights", "weights", [len(list(each.weights.categories())) > 1 for each in self.groups.values()]
            )
        if bounds.values is not None:
            yield from self._lacking("no_values", "values", [each.values.can_move for each in self.groups.values()])

    def _lacking(self, code: str, path: str, can_move: Sequence[bool]) -> Iterator[Problem]:
        severity = Severity.NOTICE if any(can_move) else Severity.ERROR
        for group, can in zip(self.groups.values(), can_move, strict=True):
            if not can:
                yield _problem(code, severity, path, group=group.label)

    def ranked(self, bounds: Bounds, chance: Chance) -> Iterator[UnitResult]:
        """Rank every group once more after everything moved."""
        marked: dict[str, Facts] = {}
        for group in self.groups:
            facts = self._marked(group, bounds, chance, marked)
            yield from rank_group(self.regulation, facts, (), self.order)

    def _marked(self, group: str, bounds: Bounds, chance: Chance, marked: dict[str, Facts]) -> Facts:
        """Mark a group, after those whose marks it rolls up."""
        if group not in marked:
            moving = self.groups[group]
            below = [each for each in moving.rolls_up if each in self.groups]
            for each in below:
                self._marked(each, bounds, chance, marked)
            facts = moving.facts
            if bounds.values is not None:
                facts = assess_cohort(moving.values.moved(bounds.values, chance), marked)
            elif below:
                facts = assess_cohort(facts.cohort, marked)
            if bounds.weights is not None:
                facts = under_moved_weights(facts, moving.weights, bounds.weights, chance)
            marked[group] = facts
        return marked[group]


def _problem(code: str, severity: Severity, path: str, **values: str | int) -> Problem:
    return Problem(code, severity, Place(path=path), Text(f"scoring.firm.{code}", **values))
