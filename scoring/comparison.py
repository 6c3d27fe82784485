"""This year beside an earlier one, also where the earlier one followed other criteria."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from scoring.amounts import as_decimal
from scoring.ranking_file import RankedNode, RankedUnit, RankingFile
from scoring.regulation import Node, Regulation
from words import Place, Problem, Series, Severity, Text

Fate = Literal["compared", "not_assessed", "new", "merged", "gone"]

NO_MERGERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Year:
    """What a line came to in one year: its points, and its percentage of the maximum that counted after N/A."""

    points: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A line in both years. `change` is in percentage points, between percentages as they are printed.

    Where the years cannot be compared `change` is None and `reason` says why; `previous` is None where nothing
    corresponds to the line.
    """

    node: Node
    now: Year
    previous: Year | None = None
    change: Decimal | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit in both years; `climbed` is by how many ranks it is better, and `note` says why it is not compared.

    "merged" is a unit made of several former ones; the `nodes` of what is not compared are empty.
    """

    unit: str
    group: str
    fate: Fate
    rank: int | None = None
    previous_rank: int | None = None
    note: Text | None = None
    nodes: tuple[NodeChange, ...] = ()

    @property
    def climbed(self) -> int | None:
        """How many ranks up; negative is down, None where a rank is missing."""
        return None if self.rank is None or self.previous_rank is None else self.previous_rank - self.rank


def compare(
    regulation: Regulation, now: RankingFile, previous: RankingFile, mergers: Mapping[str, str] = NO_MERGERS
) -> tuple[UnitChange, ...]:
    """Compare two rankings; `now` follows `regulation`, `previous` the same one or one that it maps.

    `mergers` has the new unit for each former one (a new name is a merger of one). The units are in the order of this
    year's ranking, then those that are gone in the order of the earlier one.
    """
    former: dict[str, list[RankedUnit]] = {}
    for each in previous.results:
        former.setdefault(mergers.get(each.unit, each.unit), []).append(each)
    years = _Years(regulation, previous.regulation.id)
    present = [years.unit(each, former.get(each.unit, [])) for each in now.results]
    goes_on = {
        before.unit
        for each in present
        for before in former.get(each.unit, [])
        if each.fate in _GO_ON or before.unit == each.unit
    }
    gone = [_gone(each, mergers.get(each.unit)) for each in previous.results if each.unit not in goes_on]
    return (*present, *gone)


def check_rankings(regulation: Regulation, now: RankingFile, previous: RankingFile) -> tuple[Problem, ...]:
    """Find a ranking of another regulation (an error), and an earlier one that cannot be mapped (a notice)."""
    if now.regulation.id != regulation.id:
        return (_problem("other_regulation", Severity.ERROR, now, regulation),)
    if previous.regulation.id not in {regulation.id, *regulation.comparisons}:
        return (_problem("no_comparison", Severity.NOTICE, previous, regulation),)
    return ()


def _problem(code: str, severity: Severity, ranking: RankingFile, regulation: Regulation) -> Problem:
    text = Text(f"scoring.problem.{code}", found=ranking.regulation.id, wanted=regulation.id)
    return Problem(code, severity, Place(ranking.file, path="regulation.id"), text)


def _gone(before: RankedUnit, into: str | None) -> UnitChange:
    note = Text("scoring.compared.merged_into", unit=into) if into else Text("scoring.compared.gone")
    return UnitChange(before.unit, before.group, "gone", previous_rank=before.rank, note=note)


_GO_ON = {"compared", "not_assessed"}
"""The fates of a unit that continues one former unit."""


@dataclass(frozen=True, slots=True)
class _Years:
    regulation: Regulation
    earlier: str

    def unit(self, now: RankedUnit, former: Sequence[RankedUnit]) -> UnitChange:
        """Compare a unit with the one that it continues."""
        match former:
            case []:
                return UnitChange(now.unit, now.group, "new", now.rank, note=Text("scoring.compared.new"))
            case [before]:
                return self._continued(now, before)
            case _:
                note = Text("scoring.compared.merged", units=Series(tuple(each.unit for each in former)))
                return UnitChange(now.unit, now.group, "merged", now.rank, note=note)

    def _continued(self, now: RankedUnit, before: RankedUnit) -> UnitChange:
        year = next((year for year, each in (("now", now), ("before", before)) if not each.nodes), None)
        if year:
            note = Text(f"scoring.compared.not_assessed_{year}")
            return UnitChange(now.unit, now.group, "not_assessed", now.rank, before.rank, note)
        ranked_together = now.group == before.group
        return UnitChange(
            now.unit,
            now.group,
            "compared",
            now.rank,
            before.rank if ranked_together else None,
            None if ranked_together else Text("scoring.compared.other_group", group=before.group),
            tuple(self._nodes(now, before)),
        )

    def _nodes(self, now: RankedUnit, before: RankedUnit) -> Iterator[NodeChange]:
        for node in self.regulation.nodes(now.group):
            if node.id in now.nodes:
                yield self._node(node, now.nodes[node.id], before.nodes)

    def _node(self, node: Node, now: RankedNode, before: Mapping[str, RankedNode]) -> NodeChange:
        ours, counterpart = self._year(now), self._counterpart(node)
        if isinstance(counterpart, Text):
            return NodeChange(node, ours, reason=counterpart)
        if counterpart not in before:
            return NodeChange(node, ours, reason=Text("scoring.compared.no_such_line"))
        theirs = self._year(before[counterpart])
        if "granted" in (now.na, before[counterpart].na):
            return NodeChange(node, ours, theirs, reason=Text("scoring.compared.not_applicable"))
        if ours.percent is None or theirs.percent is None:
            return NodeChange(node, ours, theirs, reason=Text("scoring.compared.no_maximum"))
        return NodeChange(node, ours, theirs, ours.percent - theirs.percent)

    def _counterpart(self, node: Node) -> str | Text:
        """Return the earlier node's id, or why there is none."""
        if self.earlier == self.regulation.id:
            return node.id
        mapped = self.regulation.comparisons.get(self.earlier)
        if mapped and node.id in mapped.not_comparable:
            return Text("scoring.compared.not_comparable", why=mapped.not_comparable[node.id])
        if mapped and node.id in mapped.nodes:
            return mapped.nodes[node.id]
        return Text("scoring.compared.not_mapped")

    def _year(self, found: RankedNode) -> Year:
        return Year(found.printed, self._percent(found.share))

    def _percent(self, share: Fraction | None) -> Decimal | None:
        rounding = self.regulation.percent_rounding
        if share is None:
            return None
        return as_decimal(rounding.of((100 * share).as_integer_ratio()), rounding.digits)
