"""What stands on a unit's form, row by row, from the regulation and the facts of the unit."""

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.ports import FormOrder
from forms.coverage import Coverage, coverage
from forms.guide import guide_lines
from forms.inputs import Inputs
from forms.live import with_scores
from forms.outline import Outline, outline
from forms.sheet import (
    FIRST_RIGHT,
    GRADE,
    HIDDEN,
    LAST_LEFT,
    LEVEL,
    LIVE,
    OUT,
    Column,
    Content,
    Input,
    Row,
    Sheet,
    Style,
    node_anchor,
    question_anchor,
)
from forms.wording import how, joined, mark
from scoring import Node, Question
from words import Text, Value, say

_CLAIM = frozenset({Column.NOT_APPLICABLE, Column.REASON})


def lay_out(order: FormOrder) -> Sheet:
    """Return the form of one unit, in the language of the order; labels stay in the regulation's own."""
    lines = outline(order.regulation, order.group)
    covered = coverage(order.regulation, order.group, lines.later)
    page = _Page(order, lines, covered, Inputs(order.language))
    head = tuple(page.head())
    rows = (*head, *page.guide(), *page.general(), *page.table(), *page.totals(), *page.notes())
    name = f"{order.unit_name} – {order.title}"
    return Sheet(name=name, rows=with_scores(order, covered, rows), frozen=len(head), hidden=page.hidden)


@dataclass(frozen=True, slots=True)
class _Page:
    order: FormOrder
    outline: Outline
    covered: Coverage
    inputs: Inputs

    @property
    def hidden(self) -> frozenset[Column]:
        """The columns that are not shown: nor are those for N/A where it cannot be claimed."""
        return HIDDEN if self.outline.claimable else HIDDEN | _CLAIM

    def say(self, text_id: str, **values: Value) -> str:
        return say(Text(text_id, **values), self.order.language)

    def head(self) -> Iterator[Row]:
        """What stays in sight: whose form it is, until when, the live total, the column headers."""
        order, letter = self.order, self.order.letter
        group = order.regulation.groups[order.group].label
        yield Row("", Style.ANCHOR, {column: column.value for column in Column})
        yield _wide("", Style.TITLE, self.say("forms.title", campaign=order.title))
        yield _halves(
            "",
            self.say("forms.unit", unit=order.unit_name, group=group),
            self._last_day(),
        )
        yield _halves(
            "",
            self.say("forms.letter", number=letter.number, day=letter.day, signer=letter.signer),
            self.say("forms.submit", bot=order.bot_username),
        )
        yield _wide(LIVE, Style.FACT, "") if self.outline.later else _halves(LIVE, "", "")
        columns = [column for column in Column if column not in self.hidden]
        yield Row("", Style.HEADER, {each: self.say(f"forms.column_{each.value}") for each in columns})

    def _last_day(self) -> str:
        """By when; where each unit has its own term from its receipt of the letter, that and the last day of all."""
        if self.order.term is None:
            return self.say("forms.last_day", day=self.order.last_day)
        return self.say("forms.last_day_of_term", term=self.order.term, day=self.order.last_day)

    def guide(self) -> Iterator[Row]:
        """How to fill in and what counts."""
        for text in guide_lines(self.order, claimable=bool(self.outline.claimable)):
            yield _wide("", Style.GUIDE, say(text, self.order.language))

    def general(self) -> Iterator[Row]:
        """Part A: data that several indicators share, asked once."""
        if self.outline.shared:
            yield Row("", Style.CATEGORY, {Column.NUMBER: "A", Column.LABEL: self.say("forms.general")})
        for question in self.outline.shared:
            yield self._question(question, self.outline.number(question))

    def table(self) -> Iterator[Row]:
        """Part B: parts, categories, indicators, and under each indicator the questions that only it reads."""
        for node in self.outline.nodes:
            yield self._node(node)
            for question in self.outline.under(node):
                yield self._question(question, "")

    def totals(self) -> Iterator[Row]:
        """The last rows: the total, its grade and level where every point is known, and the further roots."""
        regulation = self.order.regulation
        total, *others = (node for node in regulation.roots if self.order.group in node.maxima)
        if self.outline.claimable and regulation.not_applicable.name in {"out", "rescale"}:
            yield self._last(OUT)
        yield self._root(total, self.say("forms.total_part", known=self.covered.known, rest=self.covered.rest))
        if regulation.grades and not self.outline.later:
            yield self._last(GRADE)
        if regulation.levels and not self.outline.later:
            yield self._last(LEVEL)
        for node in others:
            yield self._root(node, "")

    def _last(self, anchor: str) -> Row:
        """A row that is no line of the point table; what it says needs more room than an amount."""
        spans = {} if anchor == OUT else {Column.EVIDENCE: Column.REASON}
        return Row(anchor, Style.TOTAL, {Column.LABEL: self.say(f"forms.row_{anchor}")}, spans)

    def _root(self, node: Node, covered: str) -> Row:
        explained = "\n".join(filter(None, (self._how(node), covered if self.covered.rest.items else "")))
        cells = {Column.LABEL: node.label, Column.HOW: explained, **self._maximum(node)}
        return Row(node_anchor(node.id), Style.TOTAL, cells)

    def notes(self) -> Iterator[Row]:
        """What the source does not say, with the reasons for which it is taken so."""
        lines = (
            *self.outline.nodes,
            *(node for node in self.order.regulation.roots if self.order.group in node.maxima),
        )
        nodes = tuple((joined(each.number, each.label), each.assumed) for each in lines)
        questions = tuple((each.label, each.assumed) for each in self.outline.questions)
        assumed = [(what, reason) for what, reason in (*nodes, *questions) if reason]
        if assumed:
            yield _wide("", Style.GUIDE, self.say("forms.notes"))
        for what, reason in assumed:
            yield _wide("", Style.GUIDE, self.say("forms.note", what=what, reason=reason))

    def _node(self, node: Node) -> Row:
        cells: dict[Column, Content] = {
            Column.NUMBER: node.number,
            Column.LABEL: node.label,
            Column.HOW: self._how(node),
            **self._maximum(node),
        }
        if node.id in self.outline.later:
            text_id = "forms.scored_later" if self.outline.asked_for(node) else "forms.not_declared"
            cells[Column.EVIDENCE] = self.say(text_id, who=self.outline.later[node.id].text)
        if node in self.outline.claimable:
            cells[Column.NOT_APPLICABLE] = self.inputs.not_applicable()
            cells[Column.REASON] = Input("text")
        return Row(node_anchor(node.id), _STYLES[node.rung], cells)

    def _how(self, node: Node) -> str:
        return "\n".join(say(each, self.order.language) for each in how(self.outline, node, self.order.group))

    def _maximum(self, node: Node) -> dict[Column, Content]:
        if node.is_informative:
            return {Column.MAXIMUM: "–"}
        return {Column.MAXIMUM: self.order.regulation.printed(node, node.maxima[self.order.group])}

    def _question(self, question: Question, number: str) -> Row:
        notes = (f"{question.note}{mark(question)}".strip(), "" if question.required else self.say("forms.optional"))
        cells: dict[Column, Content] = {
            Column.NUMBER: number,
            Column.LABEL: question.label,
            Column.HOW: "\n".join(filter(None, notes)),
            Column.ANSWER: self.inputs.answer(question),
            Column.UNIT: question.unit,
        }
        if question.evidence:
            cells[Column.EVIDENCE] = Input("text")
        return Row(question_anchor(question.key), Style.QUESTION, cells)


_STYLES = {"part": Style.PART, "category": Style.CATEGORY, "indicator": Style.INDICATOR}


def _wide(key: str, style: Style, text: str) -> Row:
    return Row(key, style, {Column.NUMBER: text}, {Column.NUMBER: Column.REASON})


def _halves(key: str, left: str, right: str) -> Row:
    cells = {Column.NUMBER: left, FIRST_RIGHT: right}
    return Row(key, Style.FACT, cells, {Column.NUMBER: LAST_LEFT, FIRST_RIGHT: Column.REASON})
