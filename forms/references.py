"""Where things stand on this very form, and how its formulas speak of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from forms.dialect import Dialect, quoted
from forms.sheet import TELLING, Column, DocumentColumn, address, node_anchor, question_anchor
from scoring import (
    Chosen,
    Datum,
    Expression,
    Given,
    NotApplicable,
    PointsOf,
    Question,
    Ref,
    Regulation,
    ScaleOf,
    Yes,
    print_expression,
)
from scoring.expression import Condition
from words import Language, Text, say


@dataclass(frozen=True, slots=True)
class References:
    """The cells of one form; `rows` are the places of its anchors, from 0, `claimable` the indicators with a claim."""

    regulation: Regulation
    claimable: frozenset[str]
    language: Language
    dialect: Dialect
    rows: Mapping[str, int]

    def at(self, anchor: str, column: Column) -> str:
        """The address of a cell."""
        return address(column.position, self.rows[anchor])

    def points(self, node_id: str) -> str:
        """Where the points of a line stand."""
        return self.at(node_anchor(node_id), Column.SCORE)

    def claim(self, node_id: str) -> str:
        """Whether N/A is claimed for an indicator; whatever else stands in its cell claims nothing, as in reading."""
        claim = quoted(say(Text("forms.not_applicable"), self.language))
        return f"{self.at(node_anchor(node_id), Column.NOT_APPLICABLE)}={claim}"

    def listed(self, number: str) -> Iterator[str]:
        """How many rows of the list of documents are for a question and say anything: one count for each column."""
        tab = say(Text("forms.tab_documents"), self.language).replace("'", "''")
        places = {each: address(each.position, 0).removesuffix("1") for each in DocumentColumn}
        columns = {each: f"'{tab}'!${place}:${place}" for each, place in places.items()}
        for column in TELLING:
            chosen = columns[DocumentColumn.QUESTION], quoted(f"{number} *")
            yield self.dialect.call("COUNTIFS", *chosen, columns[column], quoted("<>"))

    def typed(self, key: str) -> str:
        """The cell that people answer a question in."""
        return self.at(question_anchor(key), Column.ANSWER)

    def answer(self, key: str) -> str:
        """The cell that formulas read the answer from: the number, where the answer is one typed as text."""
        is_number = self.regulation.questions[key].is_number
        return self.at(question_anchor(key), Column.VALUE if is_number else Column.ANSWER)

    def given(self, key: str) -> str:
        """As in scoring, what the question does not allow counts as not given: text, and numbers out of range."""
        question, cell = self.regulation.questions[key], self.answer(key)
        if not question.is_number:
            return f'{cell}<>""'
        within = self._within(question, cell)
        return self.dialect.call("AND", f"ISNUMBER({cell})", *within) if within else f"ISNUMBER({cell})"

    def _within(self, question: Question, cell: str) -> list[str]:
        bounds = ((">=", question.minimum), ("<=", question.maximum))
        within = [f"{cell}{sign}{Fraction(bound)}" for sign, bound in bounds if bound is not None]
        return [f"INT(N({cell}))={cell}", *within] if question.type == "integer" else within

    def cell(self, ref: Ref) -> str:
        """A reference as this form has it."""
        match ref:
            case PointsOf(node):
                return self.points(node)
            case ScaleOf(node):
                return self.at(node_anchor(node), Column.SCALE)
            case NotApplicable(node):
                return self.claim(node)
            case Given(key):
                return self.given(key)
            case Yes(key):
                return f"{self.answer(key)}={quoted(say(Text('forms.yes'), self.language))}"
            case Chosen(key, choice):
                return f"{self.answer(key)}={quoted(self.regulation.questions[key].choice(choice).label)}"
            case Datum(key):
                return self.answer(key)
        raise LookupError(f"No unit knows {ref} while it fills in its form.")

    def printed(self, expression: Expression | Condition) -> str:
        """Arithmetic, or a condition, as a formula."""
        return print_expression(expression, self.cell, self.dialect.separator)
