"""From the ranking document and the regulation to the tables that are printed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.ranking import (
    Approval,
    Assumed,
    GroupTable,
    Ladder,
    Line,
    Mark,
    RankedUnit,
    RankingTable,
    Rung,
    Scored,
    UnrankedUnit,
)
from scoring import Grade, Level, Node, Regulation, Unit
from words import Text

Result = Mapping[str, Any]


def ranking_table(
    regulation: Regulation,
    document: Mapping[str, Any],
    units: Iterable[Unit],
    *,
    title: str,
    approval: Approval | None = None,
) -> RankingTable:
    """Lay out a ranking document (`scoring.ranking_document`) about these units.

    A group that is ranked within parents has a table for each of them; groups without units are left out. Raises
    KeyError for a document of another regulation or about other units.
    """
    by_code = {unit.id: unit for unit in units}
    groups = (_Group.of(regulation, group, by_code) for group in regulation.groups)
    return RankingTable(
        title=title,
        approval=approval,
        groups=tuple(table for group in groups for table in group.tables(document["results"])),
        ladders=tuple(_ladders(regulation)),
        assumptions=tuple(Assumed(_subject(regulation, each.path), each.reason) for each in regulation.assumptions),
        regulation=regulation,
    )


def _ladders(regulation: Regulation) -> Iterator[Ladder]:
    if regulation.grades:
        yield Ladder(Text("reports.grade"), tuple(_rung(regulation, grade) for grade in regulation.grades))
    if regulation.levels:
        yield Ladder(Text("reports.level"), tuple(_rung(regulation, level) for level in regulation.levels))


def _rung(regulation: Regulation, rung: Grade | Level) -> Rung:
    if isinstance(rung, Level) or rung.at_least is None:
        return Rung(rung.label, None)
    return Rung(rung.label, regulation.printed(regulation.total, rung.at_least))


def _subject(regulation: Regulation, path: str) -> str:
    """What an assumption is about, as people read it: an indicator, a question, or else nothing in particular."""
    labels = {key: question.label for key, question in regulation.questions.items()}
    for group in regulation.groups:
        labels |= {node.id: f"{node.number} {node.label}".strip() for node in regulation.nodes(group)}
    return labels.get(path, "")


@dataclass(frozen=True, slots=True)
class _Group:
    regulation: Regulation
    id: str
    units: Mapping[str, Unit]
    total: Line
    pillars: tuple[Line, ...]
    categories: tuple[Line, ...]

    @classmethod
    def of(cls, regulation: Regulation, group: str, units: Mapping[str, Unit]) -> "_Group":
        total, *pillars = _lines(regulation, regulation.roots, group)
        categories = tuple(each for each in total.columns if not each.is_part)
        return cls(regulation, group, units, total, tuple(pillars), categories)

    def tables(self, results: Iterable[Result]) -> Iterator[GroupTable]:
        """Return a table for the group, or one for each parent, in the order of the results."""
        scopes: dict[str, list[Result]] = {}
        within_parent = self.regulation.groups[self.id].ranked == "within_parent"
        for each in results:
            if each["group"] == self.id:
                scopes.setdefault(self.units[each["unit"]].parent if within_parent else "", []).append(each)
        return (self._table(parent, theirs) for parent, theirs in scopes.items())

    def _table(self, parent: str, results: Iterable[Result]) -> GroupTable:
        label = self.regulation.groups[self.id].label
        parent_name = self.units[parent].name if parent in self.units else parent
        ranked = [each for each in results if each["status"] == "ranked"]
        others = [each for each in results if each["status"] != "ranked"]
        return GroupTable(
            id=self.id,
            parent=parent,
            label=f"{label} – {parent_name}" if parent else label,
            short_label=parent_name or label,
            total=self.total,
            pillars=self.pillars,
            categories=self.categories,
            ranked=tuple(self._ranked(each) for each in ranked),
            unranked=tuple(self._unranked(each) for each in others),
        )

    def _ranked(self, result: Result) -> RankedUnit:
        rungs = tuple(each for each in (result["grade"], result["level"]) if each is not None)
        return RankedUnit(**self._scores(result), rank=result["rank"], rungs=rungs)

    def _unranked(self, result: Result) -> UnrankedUnit:
        name = self.units[result["unit"]].name
        scored = Scored(**self._scores(result)) if result["nodes"] else None
        return UnrankedUnit(result["unit"], name, result["reason"], scored)

    def _scores(self, result: Result) -> dict[str, Any]:
        lines = {key: _mark(node) for key, node in result["nodes"].items()}
        return {
            "code": result["unit"],
            "name": self.units[result["unit"]].name,
            "total": lines[self.total.id].points,
            "points": tuple(lines[each.id].points for each in self.categories),
            "marks": tuple(tuple(lines[line.id] for line in each.indicators) for each in self.categories),
            "lines": lines,
            "remarks": tuple(self._remarks(result, lines)),
        }

    def _remarks(self, result: Result, lines: Mapping[str, Mark]) -> Iterator[str | Text]:
        """Say what is out of the ordinary about a unit's row."""
        late = result["reason"] if result["status"] == "ranked" else None
        if late:
            yield late
        for line in (*(each for each in self.total.columns if each.is_part), self.total):
            if line.operation == "sum" and not line.adds_up(lines):
                is_converted = line.id in self.regulation.not_applicable.at and _has_granted(result, line)
                if is_converted or not (late and line is self.total):
                    entry = "reports.remark_converted" if is_converted else "reports.remark_unlike_sum"
                    yield Text(entry, line=line.label)
        if lines[self.total.id].scale < self.total.maximum:
            yield Text("reports.remark_scale", scale=lines[self.total.id].scale)


def _has_granted(result: Result, line: Line) -> bool:
    return any(result["nodes"][each.id]["na"] == "granted" for each in line.indicators)


def _mark(node: Mapping[str, Any]) -> Mark:
    return Mark(Decimal(node["points"]), Decimal(node["scale"]), node["why"])


def _lines(regulation: Regulation, nodes: Iterable[Node], group: str) -> Iterator[Line]:
    """Return the lines of the group's nodes but those that earn no points."""
    for node in nodes:
        if group in node.maxima and not node.is_informative:
            line = _line(regulation, node, group)
            if node.rule or line.parts:
                yield line


def _line(regulation: Regulation, node: Node, group: str) -> Line:
    below = map(regulation.node, node.of) if node.of else node.children
    return Line(
        id=node.id,
        number=node.number,
        label=node.label,
        maximum=regulation.printed(node, node.maxima[group]),
        operation=node.operation,
        rounding=regulation.rounding(node),
        outside_scale=node.outside_scale,
        parts=tuple(_lines(regulation, below, group)),
    )
