"""The cells of a form turned into typed answers and problems; whatever people did to it, nothing is raised."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from campaign.ports import FormReading
from forms.cell_values import claims_not_applicable, is_error, read_cell
from forms.grid import Cells, Grid, as_text, find_anchors
from forms.outline import outline
from forms.sheet import Column, node_anchor, question_anchor
from scoring import Answer, AnswerStatus, Node, Question, Regulation
from words import Place, Problem, Severity, Text

Found = Iterator[Answer | Problem]


def parse(cells: Cells, tab: str, regulation: Regulation, group: str) -> FormReading:
    """Read a form's raw cells (numbers as numbers, dates as serial days); `tab` is its name as it is now.

    A question without an answer gives no Answer; a cell with a problem gives none either.
    """
    grid, problems = find_anchors(cells, tab)
    if grid is None:
        return FormReading((), problems)
    found = list(_Reading(grid, regulation, group).everything())
    answers = tuple(each for each in found if isinstance(each, Answer))
    return FormReading(answers, tuple(each for each in found if isinstance(each, Problem)))


@dataclass(frozen=True, slots=True)
class _Reading:
    grid: Grid
    regulation: Regulation
    group: str

    def everything(self) -> Found:
        lines = outline(self.regulation, self.group)
        for question in lines.questions:
            yield from self._question(question)
        for node in lines.claimable:
            yield from self._claim(node)

    def _question(self, question: Question) -> Found:
        row = self._row(question_anchor(question.key), question.label)
        if isinstance(row, Problem):
            yield row
            return
        value = read_cell(question, self.grid.at(row, Column.ANSWER))
        if isinstance(value, Text):
            problem = self._problem(row, Column.ANSWER, question.label, value)
            # What holds something wrong is not missing: the path tells which question it is.
            yield replace(problem, where=replace(problem.where, path=question.key))
        elif value is not None:
            evidence = as_text(self.grid.at(row, Column.EVIDENCE))
            if is_error(evidence):
                yield self._problem(row, Column.EVIDENCE, question.label, Text("forms.cell_error", error=evidence))
                evidence = ""
            yield Answer(question.key, value, evidence=evidence)

    def _claim(self, node: Node) -> Found:
        row = self._row(node_anchor(node.id), node.label)
        if isinstance(row, Problem):
            yield row
            return
        raw = self.grid.at(row, Column.NOT_APPLICABLE)
        claimed = claims_not_applicable(raw)
        if claimed is None:
            yield self._problem(row, Column.NOT_APPLICABLE, node.label, Text("forms.claim_unclear", text=as_text(raw)))
        elif claimed:
            reason = as_text(self.grid.at(row, Column.REASON))
            if not reason or is_error(reason):
                yield self._problem(row, Column.REASON, node.label, Text("forms.reason_missing"))
                reason = ""
            yield Answer(node.id, status=AnswerStatus.NOT_APPLICABLE, reason=reason)

    def _row(self, anchor: str, label: str) -> int | Problem:
        match self.grid.rows.get(anchor, ()):
            case (row,):
                return row
            case ():
                text = Text("forms.row_lost", label=label)
                return Problem(text.id, Severity.ERROR, Place(tab=self.grid.tab), text)
            case rows:
                text = Text("forms.row_doubled", rows=", ".join(str(row + 1) for row in rows))
                return self._problem(rows[-1], Column.ANSWER, label, text)

    def _problem(self, row: int, column: Column, label: str, what: Text) -> Problem:
        where = self.grid.place(row, column)
        text = Text("forms.in_cell", cell=where.cell, label=label, what=what)
        return Problem(what.id, Severity.ERROR, where, text)
