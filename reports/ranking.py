"""The one table that every picture, workbook and message of a ranking is printed from.

Amounts are Decimals with the regulation's digits ("8.50"), so each way of printing shows the same figure.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring import Node, Regulation, as_decimal
from words import Text

SHORT_SHA256 = 12


@dataclass(frozen=True, slots=True)
class Approval:
    """The decision (quyết định) that approved the ranking."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """A category (hạng mục) or an indicator (tiêu chí), and its maximum in one group."""

    id: str
    number: str
    label: str
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Category(Line):
    """A column of the table, and the indicators that its points are the sum of."""

    indicators: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a unit earned for one indicator, and why."""

    points: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A row of the table: `points` has one amount a category, `marks` the indicators of each category, in order."""

    code: str
    name: str
    rank: int
    points: tuple[Decimal, ...]
    total: Decimal
    grade: str
    marks: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True)
class UnrankedUnit:
    """A unit that stands below the table, with the reason."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade (xếp loại) and the lowest total that earns it; None for the lowest grade."""

    label: str
    at_least: Decimal | None


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the source text does not say: the line or datum it is about ("" for the whole regulation), and why so."""

    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The table of one group (nhóm cơ quan)."""

    id: str
    label: str
    categories: tuple[Category, ...]
    maximum: Decimal
    ranked: tuple[RankedUnit, ...]
    unranked: tuple[UnrankedUnit, ...]

    @property
    def rows(self) -> tuple[RankedUnit | UnrankedUnit, ...]:
        """All units: the ranked ones, then the others."""
        return (*self.ranked, *self.unranked)

    def count(self, grade: GradeBand) -> int:
        """How many units have the grade."""
        return Counter(unit.grade for unit in self.ranked)[grade.label]


@dataclass(frozen=True, slots=True)
class RankingTable:
    """A whole ranking, ready to be printed; `approval` is None while it is a draft."""

    title: str
    approval: Approval | None
    groups: tuple[GroupTable, ...]
    grades: tuple[GradeBand, ...]
    digits: int
    assumptions: tuple[Assumed, ...]
    regulation: Regulation

    @property
    def status(self) -> Text:
        """Under which decision the ranking is published, or that it is a draft."""
        if self.approval is None:
            return Text("reports.draft")
        return Text("reports.published", decision=self.approval.number, day=self.approval.day)

    @property
    def basis(self) -> Text:
        """The regulation that was applied, with the start of the SHA-256 of its text."""
        decision = self.regulation.decision
        return Text(
            "reports.basis",
            title=self.regulation.title,
            decision=decision.number,
            day=decision.date,
            sha256=self.regulation.sha256[:SHORT_SHA256],
        )


def ranking_table(
    regulation: Regulation,
    document: Mapping[str, Any],
    names: Mapping[str, str],
    *,
    title: str,
    approval: Approval | None = None,
) -> RankingTable:
    """Lay out a ranking document (`scoring.ranking_document`); `names` holds the units' names by code.

    Groups without units are left out. Raises KeyError for a document of another regulation.
    """
    present = {result["group"] for result in document["results"]}
    return RankingTable(
        title=title,
        approval=approval,
        groups=tuple(_group(regulation, each, document, names) for each in regulation.groups if each in present),
        grades=tuple(_band(each.label, each.at_least, regulation.digits) for each in regulation.grades),
        digits=regulation.digits,
        assumptions=tuple(Assumed(_subject(regulation, each.path), each.reason) for each in regulation.assumptions),
        regulation=regulation,
    )


def _subject(regulation: Regulation, path: str) -> str:
    """What an assumption is about, as people read it: an indicator, a question, or else nothing in particular."""
    labels = {key: question.label for key, question in regulation.questions.items()}
    for group in regulation.groups:
        labels |= {node.id: f"{node.number} {node.label}" for node in regulation.nodes(group)}
    return labels.get(path, "")


def _band(label: str, at_least: int | None, digits: int) -> GradeBand:
    return GradeBand(label, None if at_least is None else as_decimal(at_least, digits))


def _group(regulation: Regulation, group: str, document: Mapping[str, Any], names: Mapping[str, str]) -> GroupTable:
    categories = tuple(_category(regulation, node, group) for node in _categories(regulation.total, group))
    results = [result for result in document["results"] if result["group"] == group]
    return GroupTable(
        id=group,
        label=regulation.groups[group].label,
        categories=categories,
        maximum=as_decimal(regulation.total.maxima[group], regulation.digits),
        ranked=tuple(_ranked(each, names, categories) for each in results if each["status"] == "ranked"),
        unranked=tuple(_unranked(each, names) for each in results if each["status"] != "ranked"),
    )


def _categories(node: Node, group: str) -> Iterator[Node]:
    """Parts (of which only some regulations have any) are passed through: their categories are the columns."""
    for child in node.children_of(group):
        if child.level == "part":
            yield from _categories(child, group)
        else:
            yield child


def _category(regulation: Regulation, node: Node, group: str) -> Category:
    line, digits = _line(node, group, regulation.digits), regulation.digits
    indicators = tuple(_line(each, group, digits) for each in _indicators(node, group))
    return Category(line.id, line.number, line.label, line.maximum, indicators)


def _indicators(node: Node, group: str) -> Iterator[Node]:
    if node.rule:
        yield node
    for child in node.children_of(group):
        yield from _indicators(child, group)


def _line(node: Node, group: str, digits: int) -> Line:
    return Line(node.id, node.number, node.label, as_decimal(node.maxima[group], digits))


def _ranked(result: Mapping[str, Any], names: Mapping[str, str], categories: tuple[Category, ...]) -> RankedUnit:
    nodes = result["nodes"]
    return RankedUnit(
        code=result["unit"],
        name=names[result["unit"]],
        rank=result["rank"],
        points=tuple(Decimal(nodes[each.id]["points"]) for each in categories),
        total=Decimal(result["total"]),
        grade=result["grade"],
        marks=tuple(tuple(_mark(nodes[line.id]) for line in each.indicators) for each in categories),
    )


def _mark(node: Mapping[str, Any]) -> Mark:
    return Mark(Decimal(node["points"]), node["why"])


def _unranked(result: Mapping[str, Any], names: Mapping[str, str]) -> UnrankedUnit:
    return UnrankedUnit(result["unit"], names[result["unit"]], result["reason"])
