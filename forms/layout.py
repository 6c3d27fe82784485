"""What stands on a unit's form, row by row, from the regulation and the facts of the unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from campaign.ports import Fact, FormOrder
from forms.coverage import Coverage, coverage
from forms.dialect import Dialect
from forms.documents import documents_tab
from forms.guide import guide_lines
from forms.highlights import highlights
from forms.identity import layout_of
from forms.inputs import Inputs
from forms.live import with_formulas
from forms.look import unseen
from forms.outline import Outline, outline
from forms.prefill import prefill
from forms.sheet import (
    DEADLINE,
    FIRST_RIGHT,
    FORM,
    GRADE,
    HIDDEN,
    LAST_LEFT,
    LAST_WIDE,
    LEVEL,
    LIVE,
    OFFICES,
    OUT,
    PROGRESS,
    STATUS,
    SUBMIT,
    AnyColumn,
    Book,
    Column,
    Content,
    Note,
    Row,
    Sample,
    Style,
    Tab,
    fact_anchor,
    identity_anchor,
    node_anchor,
    question_anchor,
)
from forms.wording import deadline, how, joined, mark, received, remarks
from scoring import Node, Question
from words import Text, Value, say


def lay_out(order: FormOrder, dialect: Dialect) -> Book:
    """Return the form of one unit, in the language of the order; labels stay in the regulation's own."""
    lines = outline(order.regulation, order.group)
    filled = prefill(order, lines)
    inputs = Inputs(order.language, filled, order.previous_year)
    covered = coverage(order.regulation, order.group, lines.later)
    page = _Page(order, lines, covered, inputs, dialect)
    head = tuple(page.head())
    plain = (*head, *page.letter(), *page.guide(), *page.general(), *page.table(), *page.totals(), *page.notes())
    rows = with_formulas(order, lines, covered, filled, dialect, plain)
    form = Tab(
        id=FORM,
        title=page.say("forms.tab_form"),
        columns=tuple(Column),
        rows=rows,
        frozen=len(head),
        hidden=page.hidden,
        highlights=highlights(rows, dialect),
    )
    name = f"{order.unit_name} – {order.title}"
    return Book(name, (form, documents_tab(lines, inputs, dialect)))


@dataclass(frozen=True, slots=True)
class _Page:
    order: FormOrder
    outline: Outline
    covered: Coverage
    inputs: Inputs
    dialect: Dialect

    @property
    def hidden(self) -> frozenset[AnyColumn]:
        """What is not shown: nor N/A where it cannot be claimed, and of the office what has nothing in it."""
        hidden: frozenset[AnyColumn] = frozenset(HIDDEN)
        if not self.outline.claimable:
            hidden |= {Column.NOT_APPLICABLE}
        return hidden | unseen(self.order.notes)

    def say(self, text_id: str, **values: Value) -> str:
        return say(Text(text_id, **values), self.order.language)

    def head(self) -> Iterator[Row]:
        """What stays in sight, and no more, for on a phone there is little room: how far it is, the column headers."""
        yield Row("", Style.ANCHOR, {column: column.value for column in Column})
        identity = identity_anchor(
            self.order.key, layout_of(self.order.regulation, self.order.group, self.order.language)
        )
        yield _wide(identity, Style.TITLE, self.say("forms.title", campaign=self.order.title))
        yield _wide(PROGRESS, Style.FACT, "")
        yield _halves(LIVE, "", "")
        shown = (column for column in Column if column not in self.hidden - OFFICES)
        yield Row("", Style.HEADER, {each: self.say(f"forms.column_{each.value}") for each in shown})

    def letter(self) -> Iterator[Row]:
        """Whose form it is, until when, with which letter it came, where it stands and how it is submitted."""
        order, letter = self.order, self.order.letter
        group = order.regulation.groups[order.group].label
        unit = self.say("forms.unit", unit=order.unit_name, group=group)
        yield _halves(DEADLINE, unit, Note(say(deadline(order), order.language)))
        sent = self.say("forms.letter", number=letter.number, day=letter.day, signer=letter.signer)
        contact = self.say("forms.contact", contact=order.contact) if order.contact else ""
        yield _halves("", sent, contact, Style.LETTER)
        status = order.notes.status
        yield _wide(STATUS, Style.STATUS, Note(say(status, order.language) if status else ""))
        yield self._submit()

    def _submit(self) -> Row:
        """Where the form is submitted: the box, or the way a file takes."""
        bot = self.order.bot_username
        if not self.dialect.has_box:
            return _wide(SUBMIT, Style.FACT, self.say("forms.submit_file", bot=bot))
        cells: dict[AnyColumn, Content] = {
            Column.NUMBER: self.say("forms.submit_box"),
            Column.ANSWER: self.inputs.box(),
            Column.UNIT: self.say("forms.submit_after", bot=bot),
        }
        return Row(SUBMIT, Style.FACT, cells, {Column.NUMBER: LAST_LEFT, Column.UNIT: LAST_WIDE})

    def guide(self) -> Iterator[Row]:
        """How to fill in and what counts."""
        claimable, prefilled = bool(self.outline.claimable), bool(self.inputs.prefill.last_year)
        yield self._legend(prefilled=prefilled)
        for text in guide_lines(self.order, claimable=claimable, prefilled=prefilled):
            yield _wide("", Style.GUIDE, say(text, self.order.language))

    def _legend(self, *, prefilled: bool) -> Row:
        """What the colours mean."""
        cells: dict[AnyColumn, Content] = {
            Column.NUMBER: self.say("forms.guide_cells"),
            Column.HOW: Sample(self.say("forms.legend_missing"), "missing"),
            Column.MAXIMUM: Sample(self.say("forms.legend_input"), "input"),
            Column.UNIT: Sample(self.say("forms.legend_done"), "done"),
            Column.EVIDENCE: Sample(self.say("forms.legend_wrong"), "wrong"),
            Column.SCORE: Sample(self.say("forms.legend_unlikely"), "unlikely"),
        }
        across: dict[AnyColumn, AnyColumn] = {
            Column.NUMBER: Column.LABEL,
            Column.MAXIMUM: Column.ANSWER,
            Column.SCORE: Column.NOT_APPLICABLE if prefilled else LAST_WIDE,
        }
        if prefilled:
            cells[Column.EXPLANATION] = Sample(self.say("forms.legend_last_year"), "last_year")
        return Row("", Style.GUIDE, cells, across)

    def general(self) -> Iterator[Row]:
        """Part A: facts about the unit, and data that several indicators share, asked once."""
        yield Row("", Style.CATEGORY, {Column.NUMBER: "A", Column.LABEL: self.say("forms.general")})
        for fact in Fact:
            label = self.say(f"forms.fact_{fact}")
            cell = self.inputs.text(self.inputs.prefill.facts.get(fact, ""))
            across: dict[AnyColumn, AnyColumn] = {Column.ANSWER: Column.EVIDENCE}
            yield Row(fact_anchor(fact), Style.QUESTION, {Column.LABEL: label, Column.ANSWER: cell}, across)
        for question in self.outline.shared:
            yield self._question(question)

    def table(self) -> Iterator[Row]:
        """Part B: parts, categories, indicators, and under each indicator the questions that only it reads."""
        for node in self.outline.nodes:
            yield self._node(node)
            for question in self.outline.under(node):
                yield self._question(question)

    def totals(self) -> Iterator[Row]:
        """The last rows: the total, its grade and level where any point is known, and the further roots."""
        regulation = self.order.regulation
        total, *others = (node for node in regulation.roots if self.order.group in node.maxima)
        if self.outline.claimable and regulation.not_applicable.name in {"out", "rescale"}:
            yield self._last(OUT)
        yield self._root(total, self.say("forms.total_part", known=self.covered.known, rest=self.covered.rest))
        if regulation.grades and self.covered.known:
            yield self._last(GRADE)
        if regulation.levels and self.covered.known:
            yield self._last(LEVEL)
        for node in others:
            yield self._root(node, "")

    def _last(self, anchor: str) -> Row:
        """A row that is no line of the point table; what it says needs more room than an amount."""
        spans: dict[AnyColumn, AnyColumn] = {} if anchor == OUT else {Column.EVIDENCE: Column.EXPLANATION}
        return Row(anchor, Style.TOTAL, {Column.LABEL: self.say(f"forms.row_{anchor}")}, spans)

    def _root(self, node: Node, covered: str) -> Row:
        explained = "\n".join(filter(None, (self._how(node), covered if self.covered.rest.items else "")))
        cells = {Column.LABEL: node.label, Column.HOW: explained, **self._maximum(node), **self._verified(node)}
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
        cells: dict[AnyColumn, Content] = {
            Column.NUMBER: node.number,
            Column.LABEL: node.label,
            Column.HOW: self._how(node),
            **self._maximum(node),
            **self._verified(node),
        }
        if node.id in self.outline.later:
            text_id = "forms.scored_later" if self.outline.asked_for(node) else "forms.not_declared"
            cells[Column.EVIDENCE] = self.say(text_id, who=self.outline.later[node.id].text)
        if node in self.outline.claimable:
            cells[Column.NOT_APPLICABLE] = self.inputs.not_applicable(node)
        if self.outline.asked_for(node):
            cells[Column.EXPLANATION] = self.inputs.explanation(node)
        if node.rule:
            cells |= self._noted(node.id)
        return Row(node_anchor(node.id), _STYLES[node.rung], cells)

    def _how(self, node: Node) -> str:
        return "\n".join(say(each, self.order.language) for each in how(self.outline, node, self.order.group))

    def _maximum(self, node: Node) -> dict[AnyColumn, Content]:
        if node.is_informative:
            return {Column.MAXIMUM: "–"}
        printed = self.order.regulation.printed(node, node.maxima[self.order.group])
        return {Column.MAXIMUM: printed.normalize()}  # a maximum of 4 is no 4,00 to anybody

    def _verified(self, node: Node) -> dict[AnyColumn, Content]:
        if node.is_informative:
            return {}
        amount: Decimal | None = self.order.notes.verified.get(node.id)
        return {Column.VERIFIED: Note(digits=self.order.regulation.rounding(node).digits, amount=amount)}

    def _noted(self, key: str) -> dict[AnyColumn, Content]:
        """What is to be mended, and the officer's reason."""
        return {
            Column.REMARK: Note(remarks(self.order.notes, key, self.order.language)),
            Column.VERDICT: Note(self.order.notes.verdicts.get(key, "")),
        }

    def _question(self, question: Question) -> Row:
        notes = (f"{question.note}{mark(question)}".strip(), "" if question.required else self.say("forms.optional"))
        cells: dict[AnyColumn, Content] = {
            Column.NUMBER: self.outline.numbers[question.key],
            Column.LABEL: question.label,
            Column.HOW: "\n".join(filter(None, notes)),
            Column.ANSWER: self.inputs.answer(question),
            Column.UNIT: question.unit,
            Column.RECEIVED: Note(received(self.order.notes, question.key, self.order.language)),
            **self._noted(question.key),
        }
        if question.evidence:
            cells[Column.EVIDENCE] = self.inputs.evidence(question)
        return Row(question_anchor(question.key), Style.QUESTION, cells)


_STYLES = {"part": Style.PART, "category": Style.CATEGORY, "indicator": Style.INDICATOR}


def _wide(key: str, style: Style, content: Content) -> Row:
    return Row(key, style, {Column.NUMBER: content}, {Column.NUMBER: LAST_WIDE})


def _halves(key: str, left: Content, right: Content, style: Style = Style.FACT) -> Row:
    cells: dict[AnyColumn, Content] = {Column.NUMBER: left, FIRST_RIGHT: right}
    return Row(key, style, cells, {Column.NUMBER: LAST_LEFT, FIRST_RIGHT: LAST_WIDE})
