"""What the form works out by itself: the self-score of each line, typed numbers, states, progress, total and grade."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from campaign.ports import FormOrder
from forms.best_case import BestCase, points_in
from forms.coverage import Coverage
from forms.dialect import Dialect, quoted
from forms.outline import Outline
from forms.prefill import Prefill
from forms.references import References
from forms.sheet import (
    FIRST_RIGHT,
    GRADE,
    LEVEL,
    LIVE,
    OUT,
    PROGRESS,
    AnyColumn,
    Column,
    Content,
    Formula,
    Row,
    address,
    node_anchor,
)
from forms.standing import grade_formula, grade_of, level_formula, level_of
from forms.states import States
from scoring import Assessment, Later, Node, Points, Question, Regulation, as_decimal, assess, formula, lines_of
from words import Text, Value, say


def with_formulas(
    order: FormOrder, outline: Outline, covered: Coverage, filled: Prefill, dialect: Dialect, rows: tuple[Row, ...]
) -> tuple[Row, ...]:
    """Put the formulas into their rows, which have to stand where they will stay."""
    regulation, group = order.regulation, order.group
    references = References(
        regulation=regulation,
        claimable=frozenset(node.id for node in outline.claimable),
        language=order.language,
        dialect=dialect,
        rows={row.key: index for index, row in enumerate(rows) if row.key},
    )
    live = _Live(
        order=order,
        covered=covered,
        references=references,
        states=States(outline, group, filled, order.previous, references),
        best=BestCase(regulation, group, references),
        assessment=assess(regulation, group, filled.everything, self_score=True),
        filled=filled,
    )
    return tuple(replace(row, cells={**row.cells, **live.cells(row.key)}) for row in rows)


@dataclass(frozen=True)
class _Live:
    order: FormOrder
    covered: Coverage
    references: References
    states: States
    best: BestCase
    assessment: Assessment
    filled: Prefill

    @property
    def _regulation(self) -> Regulation:
        return self.order.regulation

    def cells(self, anchor: str) -> dict[AnyColumn, Content]:
        """What the form works out in the row with this anchor."""
        kind, _, key = anchor.partition(":")
        if kind == "node":
            return self._line(self._regulation.node(key))
        if kind == "question":
            return self._question(self._regulation.questions[key])
        if anchor == LIVE:
            return self._live_line()
        if anchor == PROGRESS and self.states.outline.questions:
            return {Column.NUMBER: self.states.progress()}
        if anchor == OUT:
            return {Column.SCORE: self._claimed()}
        return {Column.EVIDENCE: self._standing(anchor)} if anchor in {GRADE, LEVEL} else {}

    def _question(self, question: Question) -> dict[AnyColumn, Content]:
        """Its state, and the number that was typed as text."""
        cells: dict[AnyColumn, Content] = {Column.STATE: self.states.of(question)}
        if question.is_number:
            answer = self.filled.answers.get(question.key)
            value = answer.value if answer and isinstance(answer.value, int | Decimal) else ""
            typed, dialect = self.references.typed(question.key), self.references.dialect
            cells[Column.VALUE] = Formula(dialect.number_in(typed, question.type), value)
        return cells

    def _line(self, node: Node) -> dict[AnyColumn, Content]:
        regulation, group = self._regulation, self.order.group
        points = formula(regulation, group, node.id)
        if isinstance(points, Later):
            return {Column.SCORE: "–"}
        printed, value = self.references.printed(points), regulation.printed(node, self._now(node.id))
        if node.is_informative:
            return {Column.SCORE: Formula(printed, value, before="–")}
        cells: dict[AnyColumn, Content] = {
            Column.SCORE: Formula(printed, value, digits=regulation.rounding(node).digits)
        }
        if regulation.not_applicable.name in {"out", "rescale"}:
            scale = lines_of(regulation, group, self_score=True)[node.id].scale
            value = as_decimal(points_in(self.assessment.facts.scales[node.id], regulation), regulation.digits)
            cells[Column.SCALE] = Formula(self.references.printed(scale), value)
        if node.id in self._named_by_standing & set(self.best.open):
            value = as_decimal(self._best_points[node.id], regulation.digits)
            cells[Column.VALUE] = Formula(self.best.formula(node.id), value)
        return cells

    @cached_property
    def _named_by_standing(self) -> set[str]:
        """The lines whose points decide on the grade or the level."""
        minima = {node for level in self._regulation.levels for node in level.minima}
        return minima | {self._regulation.total.id}

    @cached_property
    def _best_points(self) -> Mapping[str, Points]:
        return self.best.points(self.assessment)

    def _live_line(self) -> dict[AnyColumn, Content]:
        """The total so far; beside it the grade or level, where the form has a row for it."""
        shown = [anchor for anchor in (GRADE, LEVEL) if anchor in self.references.rows]
        named = [(f"{self._say(f'forms.row_{each}')}: ", each) for each in shown]
        if not named:
            return {Column.NUMBER: self._total()}
        text = '&"; "&'.join(f"{quoted(said)}&{self.references.at(each, Column.EVIDENCE)}" for said, each in named)
        value = "; ".join(f"{said}{self._standing(each).value}" for said, each in named)
        return {Column.NUMBER: self._total(), FIRST_RIGHT: Formula(text, value)}

    def _total(self) -> Content:
        regulation, covered = self._regulation, self.covered
        if isinstance(formula(regulation, self.order.group, regulation.total.id), Later):
            return self._say("forms.live_none", rest=covered.rest)
        return Formula(
            self.references.points(regulation.total.id),
            regulation.printed(regulation.total, self.assessment.total),
            before=self._say("forms.live_before"),
            after=self._say(
                "forms.live_part" if covered.rest.items else "forms.live_all", known=covered.known, rest=covered.rest
            ),
            digits=regulation.total_rounding.digits,
        )

    def _standing(self, anchor: str) -> Formula:
        """The grade or level; where something is known later, the lowest and the highest that it can come to."""
        regulation, group, dialect = self._regulation, self.order.group, self.references.dialect
        if anchor == GRADE:
            low, high = (grade_formula(regulation, cells, dialect) for cells in (self._cell_now, self._cell_at_best))
            now, best = (grade_of(regulation, points) for points in (self._now, self._best_points.__getitem__))
        else:
            low, high = (
                level_formula(regulation, group, cells, dialect) for cells in (self._cell_now, self._cell_at_best)
            )
            now, best = (level_of(regulation, group, points) for points in (self._now, self._best_points.__getitem__))
        if low == high:
            return Formula(low, now)
        before, between, after = self._say("forms.from_to", low=_MARK, high=_MARK).split(_MARK)
        parts = (quoted(before), low, quoted(between), high, quoted(after))
        span = "&".join(part for part in parts if part != quoted(""))
        value = now if now == best else f"{before}{now}{between}{best}{after}"
        return Formula(dialect.call("IF", f"{low}={high}", low, span), value)

    def _now(self, node_id: str) -> Points:
        return self.assessment.points_of(self._regulation.node(node_id)) or 0

    def _cell_now(self, node_id: str) -> str:
        is_later = isinstance(formula(self._regulation, self.order.group, node_id), Later)
        return "0" if is_later else self.references.points(node_id)

    def _cell_at_best(self, node_id: str) -> str:
        if node_id not in self.best.open:
            return self.references.points(node_id)
        return self.references.at(node_anchor(node_id), Column.VALUE)

    def _claimed(self) -> Formula:
        """The maxima of the lines for which N/A is claimed, added up."""
        lines = sorted(place for anchor, place in self.references.rows.items() if anchor.startswith("node:"))
        claims, maxima = (
            f"{address(column.position, lines[0])}:{address(column.position, lines[-1])}"
            for column in (Column.NOT_APPLICABLE, Column.MAXIMUM)
        )
        regulation, group = self._regulation, self.order.group
        claimed = sum(regulation.node(each).maxima[group] for each in self.filled.claims)
        text = self.references.dialect.call("SUMIF", claims, quoted(self._say("forms.not_applicable")), maxima)
        value = as_decimal(claimed, regulation.digits)
        return Formula(text, value, digits=regulation.points_rounding.digits)

    def _say(self, text_id: str, **values: Value) -> str:
        return say(Text(text_id, **values), self.order.language)


_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a sentence where a formula puts what it names."""
