"""The live self-score: each line of the point table computes itself from the cells of this very form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from campaign.ports import FormOrder
from forms.coverage import Coverage
from forms.sheet import (
    FIRST_RIGHT,
    GRADE,
    LEVEL,
    LIVE,
    OUT,
    Column,
    Content,
    Formula,
    Row,
    address,
    node_anchor,
    question_anchor,
)
from forms.standing import grade_formula, level_formula, quoted
from scoring import (
    Chosen,
    Datum,
    Expression,
    Given,
    Later,
    Node,
    NotApplicable,
    PointsOf,
    Question,
    Ref,
    ScaleOf,
    Yes,
    formula,
    lines_of,
    print_expression,
)
from words import Text, Value, say

_SEPARATOR = ";"
_TYPED_NUMBER = r"^-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?$"
"""What `words.parse_number` takes: the point groups thousands, the comma is decimal, and 1.5 is neither."""


def with_scores(order: FormOrder, covered: Coverage, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Put the formulas into their rows, which have to stand where they will stay."""
    live = _Live(order, covered, {row.key: index for index, row in enumerate(rows) if row.key})
    return tuple(replace(row, cells={**row.cells, **live.cells(row.key)}) for row in rows)


@dataclass(frozen=True, slots=True)
class _Live:
    order: FormOrder
    covered: Coverage
    places: Mapping[str, int]

    def cells(self, anchor: str) -> dict[Column, Content]:
        """What the sheet works out in the row with this anchor."""
        kind, _, key = anchor.partition(":")
        if kind == "node":
            return self._line(self.order.regulation.node(key))
        if kind == "question":
            return self._number(anchor, self.order.regulation.questions[key])
        if anchor == LIVE:
            return self._live_line()
        if anchor == OUT:
            return {Column.SCORE: Formula(self._claimed(), digits=self.order.regulation.points_rounding.digits)}
        return {Column.EVIDENCE: self._standing(anchor)} if anchor in {GRADE, LEVEL} else {}

    def _number(self, anchor: str, question: Question) -> dict[Column, Content]:
        """The number that was typed as text."""
        return {Column.VALUE: Formula(_number_in(self._at(anchor, Column.ANSWER)))} if question.is_number else {}

    def _line(self, node: Node) -> dict[Column, Content]:
        regulation, group = self.order.regulation, self.order.group
        points = formula(regulation, group, node.id)
        if isinstance(points, Later):
            return {Column.SCORE: "–"}
        if node.is_informative:
            return {Column.SCORE: Formula(self._printed(points), before="–")}
        scored = Formula(self._printed(points), digits=regulation.rounding(node).digits)
        if regulation.not_applicable.name not in {"out", "rescale"}:
            return {Column.SCORE: scored}
        scale = lines_of(regulation, group, self_score=True)[node.id].scale
        return {Column.SCORE: scored, Column.SCALE: Formula(self._printed(scale))}

    def _printed(self, expression: Expression) -> str:
        return print_expression(expression, self._cell, _SEPARATOR)

    def _cell(self, ref: Ref) -> str:
        """A reference as this sheet has it."""
        match ref:
            case PointsOf(node):
                return self._at(node_anchor(node), Column.SCORE)
            case ScaleOf(node):
                return self._at(node_anchor(node), Column.SCALE)
            case NotApplicable(node):
                return f'{self._at(node_anchor(node), Column.NOT_APPLICABLE)}<>""'
            case Given(key):
                return _given(self.order.regulation.questions[key], self._answer(key))
            case Yes(key):
                return f"{self._answer(key)}={quoted(self._say('forms.yes'))}"
            case Chosen(key, choice):
                return f"{self._answer(key)}={quoted(self.order.regulation.questions[key].choice(choice).label)}"
            case Datum(key):
                return self._answer(key)
        raise LookupError(f"No unit knows {ref} while it fills in its form.")

    def _answer(self, key: str) -> str:
        is_number = self.order.regulation.questions[key].is_number
        return self._at(question_anchor(key), Column.VALUE if is_number else Column.ANSWER)

    def _points(self, node_id: str) -> str:
        return self._at(node_anchor(node_id), Column.SCORE)

    def _at(self, anchor: str, column: Column) -> str:
        return address(column.position, self.places[anchor])

    def _live_line(self) -> dict[Column, Content]:
        """The total so far; beside it the grade or level, where the form has a row for it."""
        shown = [anchor for anchor in (GRADE, LEVEL) if anchor in self.places]
        named = [f"{quoted(self._say(f'forms.row_{each}') + ': ')}&{self._at(each, Column.EVIDENCE)}" for each in shown]
        return {Column.NUMBER: self._total()} | ({FIRST_RIGHT: Formula('&"; "&'.join(named))} if named else {})

    def _total(self) -> Content:
        regulation, covered = self.order.regulation, self.covered
        if isinstance(formula(regulation, self.order.group, regulation.total.id), Later):
            return self._say("forms.live_none", rest=covered.rest)
        return Formula(
            self._points(regulation.total.id),
            before=self._say("forms.live_before"),
            after=self._say(
                "forms.live_part" if covered.rest.items else "forms.live_all", known=covered.known, rest=covered.rest
            ),
            digits=regulation.total_rounding.digits,
        )

    def _standing(self, anchor: str) -> Formula:
        regulation = self.order.regulation
        if anchor == GRADE:
            return Formula(grade_formula(regulation, self._points))
        return Formula(level_formula(regulation, self.order.group, self._points))

    def _claimed(self) -> str:
        """The maxima of the lines for which N/A is claimed, added up."""
        lines = sorted(place for anchor, place in self.places.items() if anchor.startswith("node:"))
        claims, maxima = (
            f"{address(column.position, lines[0])}:{address(column.position, lines[-1])}"
            for column in (Column.NOT_APPLICABLE, Column.MAXIMUM)
        )
        return f'SUMIF({claims};"<>";{maxima})'

    def _say(self, text_id: str, **values: Value) -> str:
        return say(Text(text_id, **values), self.order.language)


def _given(question: Question, cell: str) -> str:
    """As in scoring, what the question does not allow counts as not given: text, and numbers out of range."""
    if not question.is_number:
        return f'{cell}<>""'
    bounds = ((">=", question.minimum), ("<=", question.maximum))
    within = [f"{cell}{sign}{Fraction(bound)}" for sign, bound in bounds if bound is not None]
    return f"AND({_SEPARATOR.join((f'ISNUMBER({cell})', *within))})" if within else f"ISNUMBER({cell})"


def _number_in(cell: str) -> str:
    """The number in a text cell. Answers are kept as typed: a number cell would make the first of May of 1.5."""
    read = f'VALUE(SUBSTITUTE({cell};".";""))'
    return f'IF(ISNUMBER({cell});{cell};IF(REGEXMATCH({cell}&"";{quoted(_TYPED_NUMBER)});{read};""))'
