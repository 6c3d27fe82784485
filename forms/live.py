"""The live self-score: each line of the point table computes itself from the cells of this very form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from campaign.ports import FormOrder
from forms.outline import Outline
from forms.sheet import Column, Content, Formula, Row, address, node_anchor, question_anchor
from scoring import (
    Chosen,
    Datum,
    Expression,
    Given,
    Later,
    Node,
    Points,
    PointsOf,
    Question,
    Ref,
    Yes,
    as_decimal,
    formula,
    print_expression,
)
from words import Series, Text, Value, say

LIVE, GRADE = "live", "grade"
"""The anchors of the rows that say how many points there are so far, and what grade they earn."""

_SEPARATOR = ";"
_NUMBERS = frozenset({"integer", "decimal"})
_TYPED_NUMBER = r"^-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?$"
"""What `words.parse_number` takes: the point groups thousands, the comma is decimal, and 1.5 is neither."""


def with_scores(order: FormOrder, lines: Outline, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Put the formulas into their rows, which have to stand where they will stay."""
    live = _Live(order, lines, {row.key: index for index, row in enumerate(rows) if row.key})
    return tuple(replace(row, cells={**row.cells, **live.scores(row)}) for row in rows)


@dataclass(frozen=True, slots=True)
class _Live:
    order: FormOrder
    lines: Outline
    places: Mapping[str, int]

    def scores(self, row: Row) -> dict[Column, Content]:
        if row.key == LIVE:
            return {Column.NUMBER: self._total_line()}
        if row.key == GRADE:
            return {Column.SCORE: Formula(self._grade())}
        if row.key in self._numbers():
            return {Column.VALUE: Formula(_number_in(address(Column.ANSWER.position, self.places[row.key])))}
        node = self._nodes().get(row.key)
        if node is None:
            return {}
        scored: dict[Column, Content] = {Column.SCORE: self._score(node)}
        if node.id == self.order.regulation.total.id and self.lines.later:
            scored[Column.HOW] = self._say("forms.total_part", **self._covered())
        return scored

    def _numbers(self) -> set[str]:
        """The anchors of the questions that are answered by a number."""
        return {question_anchor(each.key) for each in self.lines.questions if each.type in _NUMBERS}

    def _nodes(self) -> dict[str, Node]:
        return {node_anchor(node.id): node for node in self.order.regulation.nodes(self.order.group)}

    def _score(self, node: Node) -> Content:
        expression = formula(self.order.regulation, self.order.group, node.id)
        return "–" if isinstance(expression, Later) else Formula(self._printed(node, expression))

    def _printed(self, node: Node, expression: Expression) -> str:
        printed = print_expression(expression, self._cell, _SEPARATOR)
        if node not in self.lines.claimable:
            return printed
        claim, maximum = self._at(node, Column.NOT_APPLICABLE), self._at(node, Column.MAXIMUM)
        return f'IF({claim}<>"";{maximum};{printed})'

    def _cell(self, ref: Ref) -> str:
        """A reference as this sheet has it."""
        if isinstance(ref, PointsOf):
            return address(Column.SCORE.position, self.places[node_anchor(ref.node)])
        question = self.order.regulation.questions[ref.key]
        column = Column.VALUE if question.type in _NUMBERS else Column.ANSWER
        cell = address(column.position, self.places[question_anchor(ref.key)])
        match ref:
            case Given():
                return _given(question, cell)
            case Yes():
                return f"{cell}={_quoted(self._say('forms.yes'))}"
            case Chosen(_, choice):
                return f"{cell}={_quoted(question.choice(choice).label)}"
            case Datum():
                return cell

    def _at(self, node: Node, column: Column) -> str:
        return address(column.position, self.places[node_anchor(node.id)])

    def _total_line(self) -> Content:
        total = self.order.regulation.total
        if isinstance(self._score(total), str):
            return self._say("forms.live_none", rest=self._rest())
        after = self._say("forms.live_part" if self._rest().items else "forms.live_all", **self._covered())
        return Formula(self._at(total, Column.SCORE), self._say("forms.live_before"), after)

    def _covered(self) -> dict[str, Value]:
        """How many points the self-score can cover, and who gives the others."""
        maximum = self.order.regulation.total.maxima[self.order.group]
        return {"known": self._amount(maximum - sum(self._later_points().values())), "rest": self._rest()}

    def _rest(self) -> Series:
        later = self._later_points().items()
        return Series(tuple(Text("forms.live_rest", points=self._amount(points), who=who) for who, points in later))

    def _later_points(self) -> dict[Text, Points]:
        """The points that are known after the assessment, by who gives them."""
        found: dict[Text, Points] = {}
        for node in self.order.regulation.indicators(self.order.group):
            if node.id in self.lines.later:
                who = self.lines.later[node.id].text
                found[who] = found.get(who, 0) + node.maxima[self.order.group]
        return found

    def _amount(self, points: Points) -> int | Decimal:
        amount = as_decimal(points, self.order.regulation.digits)
        return int(amount) if amount == int(amount) else amount

    def _grade(self) -> str:
        """The first grade whose lowest total is reached; the regulation lists the best one first."""
        total, digits = self._at(self.order.regulation.total, Column.SCORE), self.order.regulation.digits
        printed = '""'
        for grade in reversed(self.order.regulation.grades):
            if grade.at_least is None:
                printed = _quoted(grade.label)
            else:
                reached = f"{total}>={Fraction(grade.at_least, 10**digits)}"
                printed = f"IF({reached};{_quoted(grade.label)};{printed})"
        return printed

    def _say(self, text_id: str, **values: Value) -> str:
        return say(Text(text_id, **values), self.order.language)


def _given(question: Question, cell: str) -> str:
    """As in scoring, what the question does not allow counts as not given: text, and numbers out of range."""
    if question.type not in _NUMBERS:
        return f'{cell}<>""'
    bounds = ((">=", question.minimum), ("<=", question.maximum))
    within = [f"{cell}{sign}{Fraction(bound)}" for sign, bound in bounds if bound is not None]
    return f"AND({_SEPARATOR.join((f'ISNUMBER({cell})', *within))})" if within else f"ISNUMBER({cell})"


def _number_in(cell: str) -> str:
    """The number in a text cell. Answers are kept as typed: a number cell would make the first of May of 1.5."""
    read = f'VALUE(SUBSTITUTE({cell};".";""))'
    return f'IF(ISNUMBER({cell});{cell};IF(REGEXMATCH({cell}&"";{_quoted(_TYPED_NUMBER)});{read};""))'


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
