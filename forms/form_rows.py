"""The rows of the form itself read again, each found by its anchor."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from campaign.ports import Document, Fact
from forms.cell_values import claims_not_applicable, error_in, is_ticked, read_cell
from forms.grid import Grid, as_text
from forms.outline import Outline
from forms.sheet import SUBMIT, Column, fact_anchor, node_anchor, question_anchor
from scoring import Answer, AnswerStatus, Node, Question
from words import Place, Problem, Severity, Text

_FILLED_IN = (Column.ANSWER, Column.EVIDENCE, Column.NOT_APPLICABLE, Column.EXPLANATION)


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation (giải trình) about an indicator."""

    indicator: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A general fact about the unit."""

    fact: Fact
    text: str


@dataclass(frozen=True)
class FormRows:
    """One form's rows. Copies of a row that hold the same are one row."""

    grid: Grid
    outline: Outline

    def everything(self) -> Iterator[Answer | Document | Explained | Told | Problem]:
        """Read every cell that people may fill in; papers cited in a row come before all others."""
        for fact in Fact:
            yield from self._fact(fact)
        for question in self.outline.questions:
            yield from self._question(question)
        for node in self.outline.nodes:
            if self.outline.asked_for(node):
                yield from self._indicator(node)

    def is_ticked(self) -> bool:
        """Whether the box "submit" is ticked."""
        return any(is_ticked(self.grid.at(row, Column.ANSWER)) for row in self.grid.rows.get(SUBMIT, ()))

    def cells(self) -> Mapping[str, Place]:
        """Where each question is answered, by key; one whose row is gone is left out."""
        found = ((each.key, self.grid.rows.get(question_anchor(each.key))) for each in self.outline.questions)
        return {key: self.grid.place(rows[0], Column.ANSWER, key) for key, rows in found if rows}

    def _fact(self, fact: Fact) -> Iterator[Told | Problem]:
        anchor = fact_anchor(fact)
        if anchor in self.grid.rows:  # it scores nothing, so that nobody misses its row
            label = Text(f"forms.fact_{fact}")
            row = self._row(anchor, label, "")
            text = self._text(row, Column.ANSWER, label, "") if isinstance(row, int) else row
            if text:
                yield text if isinstance(text, Problem) else Told(fact, text)

    def _question(self, question: Question) -> Iterator[Answer | Document | Problem]:
        name = self.outline.names[question.key]
        row = self._row(question_anchor(question.key), name, question.key)
        if isinstance(row, Problem):
            yield row
            return
        value = read_cell(question, self.grid.at(row, Column.ANSWER))
        if isinstance(value, Text):
            yield self.grid.problem(row, Column.ANSWER, question.key, name, value)
        elif value is not None:
            yield Answer(question.key, value)
        if question.evidence:
            paper = self._text(row, Column.EVIDENCE, name, question.key)
            if paper:
                yield paper if isinstance(paper, Problem) else Document(question.key, name=paper)

    def _indicator(self, node: Node) -> Iterator[Answer | Explained | Problem]:
        row = self._row(node_anchor(node.id), _name(node), node.id)
        if isinstance(row, Problem):
            yield row
            return
        explanation = self._text(row, Column.EXPLANATION, _name(node), node.id)
        if isinstance(explanation, Problem):
            yield explanation
            explanation = ""
        elif explanation:
            yield Explained(node.id, explanation)
        if node in self.outline.claimable:
            yield from self._claim(row, node, explanation)

    def _claim(self, row: int, node: Node, reason: str) -> Iterator[Answer | Problem]:
        raw = self.grid.at(row, Column.NOT_APPLICABLE)
        claimed = claims_not_applicable(raw)
        if claimed is None:
            text = Text("forms.claim_unclear", text=as_text(raw))
            yield self.grid.problem(row, Column.NOT_APPLICABLE, node.id, _name(node), text)
        elif claimed:
            if not reason:
                text = Text("forms.reason_missing")
                yield self.grid.problem(row, Column.EXPLANATION, node.id, _name(node), text)
            yield Answer(node.id, status=AnswerStatus.NOT_APPLICABLE, reason=reason)

    def _text(self, row: int, column: Column, label: str | Text, path: str) -> str | Problem:
        text = as_text(self.grid.at(row, column))
        error = error_in(text)
        return self.grid.problem(row, column, path, label, error) if error else text

    def _row(self, anchor: str, label: str | Text, path: str) -> int | Problem:
        """Where the row is now; a Problem where it is gone, or where its copies differ."""
        rows = self.grid.rows.get(anchor, ())
        if not rows:
            text = Text("forms.row_lost", label=label, restore=self.grid.tab.restore)
            return Problem(text.id, Severity.ERROR, Place(tab=self.grid.tab.title, path=path), text)
        copies = {tuple(as_text(self.grid.at(row, column)) for column in _FILLED_IN) for row in rows}
        if len(copies) > 1:
            text = Text("forms.row_doubled", rows=", ".join(str(row + 1) for row in rows))
            return self.grid.problem(rows[-1], Column.ANSWER, path, label, text)
        return self._mixed(rows[0], anchor, label, path) or rows[0]

    def _mixed(self, row: int, anchor: str, label: str | Text, path: str) -> Problem | None:
        """Say so where the row has the label of another one: it was sorted without its hidden anchor."""
        printed = as_text(self.grid.at(row, Column.LABEL))
        if anchor in self._anchors_by_label.get(printed, {anchor}):
            return None
        return self.grid.problem(
            row, Column.ANSWER, path, label, Text("forms.row_mixed", printed=printed, restore=self.grid.tab.restore)
        )

    @cached_property
    def _anchors_by_label(self) -> Mapping[str, set[str]]:
        """The rows that have each label; several may have the same."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for question in self.outline.questions:
            found[as_text(question.label)].add(question_anchor(question.key))
        for node in self.outline.nodes:
            found[as_text(node.label)].add(node_anchor(node.id))
        return found


def _name(node: Node) -> str:
    return " – ".join(filter(None, (node.number, node.label)))
