"""The sheet of one group's points: a row for each unit, a column with a formula for each line of the point table."""

from collections.abc import Iterator, Mapping

import numpy as np

from reports.recomputation.answers_sheet import AnswersSheet
from reports.recomputation.sheet import ROW, Address, Column, Formula, Head, Sheet, Style, Value, quoted
from reports.recomputation.wording import Wording
from scoring import (
    Chosen,
    Claim,
    Datum,
    Expression,
    Extreme,
    Facts,
    Given,
    Late,
    Line,
    Node,
    NotApplicable,
    PointsOf,
    Ref,
    ScaleOf,
    Subordinates,
    Yes,
    as_decimal,
    evaluate,
    lines_of,
    print_expression,
)
from scoring.columns import each_of
from scoring.evaluation import holds
from scoring.expression import Condition

_EXTREMES = {"largest": "reports.recompute_largest", "smallest": "reports.recompute_smallest"}
MEASURED_DIGITS = 4
"""The digits that a measured value such as megabits for each person is shown with."""


class PointsSheet:
    """The sheet while it is laid out: whatever a formula points at stands further left, or on another sheet."""

    def __init__(
        self, facts: Facts, place: int, answers: AnswersSheet, below: "Mapping[str, PointsSheet]", wording: Wording
    ) -> None:
        """`below` has the sheets of the groups whose points are rolled up."""
        self.facts = facts
        self.regulation = facts.cohort.regulation
        self.group = facts.cohort.group
        self.answers = answers
        self.wording = wording
        self.points: dict[str, Address] = {}
        self._below = below
        self._scales: dict[str, Address] = {}
        self._extremes: dict[Extreme, Address] = {}
        self.sheet = Sheet(
            wording.say("reports.recompute_points_sheet", place=place),
            wording.say("reports.recompute_points_title", group=self.regulation.groups[self.group].label),
            wording.say("reports.recompute_points_hint"),
            answers.sheet.rows,
            frozen=2,
        )
        self._add_units()
        for line in lines_of(self.regulation, self.group).values():
            self._add_line(line)

    def add(self, head: Head, expression: Expression, *, digits: int, style: Style = "number") -> Address:
        """Add a column with an expression's formula, and return where it is."""
        return self.sheet.add(Column(head, self._values(expression), self.printed(expression), style, digits))

    def printed(self, expression: Expression | Condition) -> str:
        """Return an expression as a formula of this sheet."""
        return print_expression(expression, self._cell_of, ",")

    def _add_units(self) -> None:
        captions = Head(
            self.wording.say("reports.unit"),
            self.wording.say("reports.recompute_number"),
            self.wording.say("reports.recompute_clause"),
            self.wording.say("reports.maximum"),
        )
        place, name = self.answers.sheet.columns[:2]
        self.place = self.sheet.add(place)
        self.sheet.add(Column(captions, name.values, style="text", width=name.width))

    def _add_line(self, line: Line) -> None:
        node = line.node
        if self._scale_varies(line):
            head = self._head(node, self.wording.say("reports.recompute_scale_of", label=node.label))
            self._scales[node.id] = self.add(head, line.scale, digits=self.regulation.digits, style="helper")
        digits, style = self.regulation.rounding(node).digits, self._style(node)
        # What nobody claims not to apply needs no question whether it does.
        expression = line.earned if node.rule and node.id not in self.answers.claims else line.points
        self.points[node.id] = self.add(self._head(node, node.label), expression, digits=digits, style=style)

    def _scale_varies(self, line: Line) -> bool:
        """Tell whether a claim of N/A has a part in the line's scale: its formula reads the unit's own row then."""
        if line.node.rule and line.node.id not in self.answers.claims:
            return False
        return ROW in self.printed(line.scale)

    def _head(self, node: Node, label: str) -> Head:
        clause = self.wording.say("reports.recompute_assumed", clause=node.clause) if node.assumed else node.clause
        return Head(label, node.number, clause, float(as_decimal(node.maxima[self.group], self.regulation.digits)))

    def _style(self, node: Node) -> Style:
        if node is self.regulation.total:
            return "total"
        return "number" if node.rule else "category"

    def _values(self, expression: Expression) -> Iterator[Value]:
        return (numerator / denominator for numerator, denominator in self._pairs(expression))

    def _pairs(self, expression: Expression) -> Iterator[tuple[int, int]]:
        column, rows = evaluate(expression, self.facts), self.sheet.rows
        return zip(each_of(column.numerators, rows), each_of(column.denominators, rows), strict=True)

    def _cell_of(self, ref: Ref) -> str:
        match ref:
            case Datum() | Given() | Yes() | Chosen():
                return self._answer(ref)
            case NotApplicable(node):
                return f"{self.answers.claims[node].cell}={quoted(self.wording.claim(Claim.GRANTED))}"
            case Late():
                return f"{self.answers.status.cell}={quoted(self.wording.status(is_late=True))}"
            case PointsOf(node):
                return self.points[node].here.cell
            case ScaleOf(node):
                return self._scales[node].here.cell if node in self._scales else self.points[node].here.top
            case Extreme():
                return self._extreme(ref).top
            case Subordinates():
                return self._subordinates(ref)

    def _answer(self, ref: Datum | Given | Yes | Chosen) -> str:
        cell = self.answers.questions[ref.key].cell
        match ref:
            case Datum():
                return cell
            case Given():
                return f'{cell}<>""'
            case Yes(key):
                return f"{cell}={self._coded(key, 1)}"
            case Chosen(key, choice):
                return f"{cell}={self._coded(key, self.facts.cohort.code_of(key, choice))}"

    def _coded(self, key: str, code: int) -> str:
        return quoted(self.wording.coded(self.regulation.questions[key])[code])

    def _extreme(self, wanted: Extreme) -> Address:
        """Add a column with what each unit has, and the largest or smallest of it on top."""
        if wanted not in self._extremes:
            formula = f'IF({self.printed(wanted.condition)},{self.printed(wanted.item)},"")'
            function = "MAX" if wanted.which == "largest" else "MIN"
            (best,) = evaluate(wanted, self.facts).fractions(1)
            top = Formula(f"{function}({self.sheet.free().here.every})", float(best))
            head = Head(self.wording.say(_EXTREMES[wanted.which]), top=top)
            column = Column(head, self._measured(wanted), formula, "helper", MEASURED_DIGITS)
            self._extremes[wanted] = self.sheet.add(column).here
        return self._extremes[wanted]

    def _measured(self, wanted: Extreme) -> Iterator[Value]:
        counts = np.broadcast_to(holds(wanted.condition, self.facts), self.sheet.rows).tolist()
        for (numerator, denominator), is_counted in zip(self._pairs(wanted.item), counts, strict=True):
            yield numerator / denominator if is_counted else ""

    def _subordinates(self, wanted: Subordinates) -> str:
        below = self._below.get(wanted.group)
        if below is None or below.answers.parent is None:
            return "0"
        parents = f"{below.answers.parent.every},{self.place.here.cell}"
        if wanted.what == "count":
            return f"COUNTIF({parents})"
        return f"SUMIFS({below.points[wanted.node].every},{parents})"
