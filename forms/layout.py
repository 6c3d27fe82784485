"""What stands on a unit's form, row by row, from the regulation and the facts of the unit."""

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.ports import FormOrder
from forms.inputs import Inputs
from forms.live import GRADE, LIVE, with_scores
from forms.outline import Outline, outline
from forms.sheet import HIDDEN, Column, Content, Input, Row, Sheet, Style, node_anchor, question_anchor
from scoring import Node, Question, as_decimal
from words import Series, Text, Value, say

_LAST_LEFT, _FIRST_RIGHT = Column.UNIT, Column.EVIDENCE
_NOT_APPLICABLE = frozenset({Column.NOT_APPLICABLE, Column.REASON})


def lay_out(order: FormOrder) -> Sheet:
    """Return the form of one unit, in the language of the order; labels stay in the regulation's own."""
    page = _Page(order, outline(order.regulation, order.group), Inputs(order.language))
    head = tuple(page.head())
    rows = (*head, *page.guide(), *page.general(), *page.table(), *page.totals(), *page.notes())
    return Sheet(
        name=f"{order.unit_name} – {order.title}",
        rows=with_scores(order, page.outline, rows),
        frozen=len(head),
        digits=order.regulation.digits,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    order: FormOrder
    outline: Outline
    inputs: Inputs

    def say(self, text_id: str, **values: Value) -> str:
        return say(Text(text_id, **values), self.order.language)

    def head(self) -> Iterator[Row]:
        """What stays in sight: whose form it is, until when, the live total, the column headers."""
        order, letter = self.order, self.order.letter
        group = order.regulation.groups[order.group].label
        yield Row("", Style.ANCHOR, {column: column.value for column in Column})
        yield _wide("", Style.TITLE, self.say("forms.title", campaign=order.title))
        yield _halves(
            self.say("forms.unit", unit=order.unit_name, group=group),
            self.say("forms.last_day", day=order.last_day),
        )
        yield _halves(
            self.say("forms.letter", number=letter.number, day=letter.day, signer=letter.signer),
            self.say("forms.submit", bot=order.bot_username),
        )
        yield _wide(LIVE, Style.FACT, "")
        left_out = HIDDEN if self.outline.claimable else HIDDEN | _NOT_APPLICABLE
        columns = [column for column in Column if column not in left_out]
        yield Row("", Style.HEADER, {each: self.say(f"forms.column_{each.value}") for each in columns})

    def guide(self) -> Iterator[Row]:
        """How to fill in and what counts."""
        regulation = self.order.regulation
        yield self._guide("forms.guide_cells")
        yield self._guide("forms.guide_numbers")
        yield self._guide("forms.guide_evidence")
        if self.outline.claimable:
            yield self._guide("forms.guide_not_applicable", grounds=regulation.not_applicable.grounds)
        late = {"rule": regulation.late.text, "grounds": regulation.late.grounds}
        yield self._guide("forms.guide_submit", bot=self.order.bot_username, **late)

    def _guide(self, text_id: str, **values: Value) -> Row:
        return _wide("", Style.GUIDE, self.say(text_id, **values))

    def general(self) -> Iterator[Row]:
        """Part A: data that several indicators share, asked once."""
        if self.outline.shared:
            yield Row("", Style.CATEGORY, {Column.NUMBER: "A", Column.LABEL: self.say("forms.general")})
        for question in self.outline.shared:
            yield self._question(question, self.outline.number(question))

    def table(self) -> Iterator[Row]:
        """Part B: categories, indicators, and under each indicator the questions that only it reads."""
        for node in self.outline.nodes:
            yield self._node(node)
            for question in self.outline.under(node):
                yield self._question(question, "")

    def totals(self) -> Iterator[Row]:
        """The last rows: each root of the regulation, the total first; a grade only where every point is known."""
        for node in self.order.regulation.roots:
            if self.order.group in node.maxima:
                yield Row(node_anchor(node.id), Style.TOTAL, {Column.LABEL: node.label, **self._maximum(node)})
        if not self.outline.later:
            yield Row(GRADE, Style.TOTAL, {Column.LABEL: self.say("forms.grade")})

    def notes(self) -> Iterator[Row]:
        """What the source does not say, with the reasons for which it is taken so."""
        nodes = tuple((_joined(each.number, each.label), each.assumed) for each in self.outline.nodes)
        questions = tuple((each.label, each.assumed) for each in self.outline.questions)
        assumed = [(what, reason) for what, reason in (*nodes, *questions) if reason]
        if assumed:
            yield self._guide("forms.notes")
        for what, reason in assumed:
            yield self._guide("forms.note", what=what, reason=reason)

    def _node(self, node: Node) -> Row:
        cells: dict[Column, Content] = {
            Column.NUMBER: node.number,
            Column.LABEL: node.label,
            Column.HOW: self._how(node),
            **self._maximum(node),
        }
        if node.id in self.outline.later:
            cells[Column.EVIDENCE] = self.say("forms.not_declared", who=self.outline.later[node.id].text)
        if node in self.outline.claimable:
            cells[Column.NOT_APPLICABLE] = self.inputs.not_applicable()
            cells[Column.REASON] = Input("text")
        return Row(node_anchor(node.id), Style.INDICATOR if node.rule else Style.CATEGORY, cells)

    def _maximum(self, node: Node) -> dict[Column, Content]:
        return {Column.MAXIMUM: as_decimal(node.maxima[self.order.group], self.order.regulation.digits)}

    def _question(self, question: Question, number: str) -> Row:
        cells: dict[Column, Content] = {
            Column.NUMBER: number,
            Column.LABEL: question.label,
            Column.HOW: f"{question.note}{_mark(question)}".strip(),
            Column.ANSWER: self.inputs.answer(question),
            Column.UNIT: question.unit,
        }
        if question.evidence:
            cells[Column.EVIDENCE] = Input("text")
        return Row(question_anchor(question.key), Style.QUESTION, cells)

    def _how(self, node: Node) -> str:
        grounds = f"({node.clause}){_mark(node)}" if node.how else f"{node.clause}{_mark(node)}"
        uses = Series(tuple(self.outline.number(each) for each in self.outline.shared_by(node)))
        used = self.say("forms.uses_general", data=uses) if uses.items else ""
        return "\n".join(filter(None, (_joined(node.how, grounds), used)))


def _mark(stated: Node | Question) -> str:
    return "\N{NO-BREAK SPACE}(*)" if stated.assumed else ""


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _wide(key: str, style: Style, text: str) -> Row:
    return Row(key, style, {Column.NUMBER: text}, {Column.NUMBER: Column.REASON})


def _halves(left: str, right: str) -> Row:
    cells = {Column.NUMBER: left, _FIRST_RIGHT: right}
    return Row("", Style.FACT, cells, {Column.NUMBER: _LAST_LEFT, _FIRST_RIGHT: Column.REASON})
