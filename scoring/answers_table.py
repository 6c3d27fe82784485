"""answers.csv: who answered what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.answers import Answer, AnswerStatus, AnswerValue, By
from scoring.csv_rows import Row, as_text, read_rows, write_rows
from scoring.regulation import Node, Question, Regulation
from scoring.units import Unit, UnitStatus
from scoring.values import parse_value
from words import Place, Problem, Series, Severity, Text

REQUIRED = ("unit", "key")
OPTIONAL = ("value", "status", "evidence", "by", "previous", "reason")


def read_answers(
    text: str,
    file: str,
    regulation: Regulation,
    units: Iterable[Unit],
    *,
    decimal_point: bool = False,
    by: By | None = None,
) -> tuple[dict[str, list[Answer]], tuple[Problem, ...]]:
    """Read answers.csv: the answers that are right by unit id, and what is wrong with the other rows.

    An empty `by` is the one given here, else whoever the regulation says gives the datum. A row without a value answers
    nothing. In a row about N/A the key is the indicator's id, or the key of a question that only one indicator of the
    group reads. `reason` is why N/A is claimed, or why a verified row says what it says. A unit that is on time and has
    no row is a notice.
    """
    by_id = {unit.id: unit for unit in units}
    rows, header_problems = read_rows(text, file, REQUIRED, OPTIONAL)
    read = list(_without_doubles(rows, _Reader(regulation, by_id, decimal_point, by)))
    answers: dict[str, list[Answer]] = {}
    for row, found in read:
        if isinstance(found, Answer):
            answers.setdefault(row.cells["unit"], []).append(found)
    row_problems = (found for _, found in read if isinstance(found, Problem))
    return answers, (*header_problems, *row_problems, *_silent_units(by_id.values(), answers, file))


def _without_doubles(rows: Iterable[Row], reader: "_Reader") -> Iterator[tuple[Row, Answer | Problem]]:
    """Read the rows; of two about the same datum by the same person the first counts."""
    taken: set[tuple[str, str, By]] = set()
    for row in rows:
        found = reader.answer(row)
        if isinstance(found, Answer):
            about = (row.cells["unit"], found.key, found.by)
            yield row, row.problem("row_doubled", "key", key=row.cells["key"]) if about in taken else found
            taken.add(about)
        elif found is not None:
            yield row, found


def _silent_units(units: Iterable[Unit], answers: Mapping[str, list[Answer]], file: str) -> Iterator[Problem]:
    for unit in units:
        if unit.status is UnitStatus.ON_TIME and unit.id not in answers:
            text = Text("scoring.problem.unit_without_answers", unit=unit.id, name=unit.name)
            yield Problem("unit_without_answers", Severity.NOTICE, Place(file), text)


@dataclass(frozen=True, slots=True)
class _Reader:
    regulation: Regulation
    units: Mapping[str, Unit]
    decimal_point: bool
    by: By | None

    def answer(self, row: Row) -> Answer | Problem | None:
        """Read one row: an answer, what is wrong with it, or None where it answers nothing."""
        unit = self.units.get(row.cells["unit"])
        if unit is None:
            return row.problem("unknown_unit", "unit", unit=row.cells["unit"])
        for column, words in (("status", tuple(AnswerStatus)), ("by", ("", *By))):
            if row.cells[column] not in words:
                return row.problem("unknown_word", column, word=row.cells[column], words=Series(words))
        if row.cells["status"]:
            return self._about_na(row, unit.group)
        return self._given(row, unit.group)

    def _given(self, row: Row, group: str) -> Answer | Problem | None:
        key, typed = row.cells["key"], row.cells["value"]
        question = self.regulation.questions.get(key)
        if question is None:
            return self._unknown_key(row, group)
        if group not in question.groups:
            return row.problem("key_not_in_group", "key", key=key, group=group)
        by = By(row.cells["by"] or self.by or (By.UNIT if question.source == "unit" else By.OFFICER))
        if by is By.UNIT and question.source != "unit":
            return row.problem("not_the_units", "by", key=key, who=Text(f"scoring.later.{question.source}"))
        if not typed:
            return row.problem("verified_empty", "value", key=key) if by is By.VERIFIED else None
        value, previous = self._value(row, question, "value"), self._value(row, question, "previous")
        if isinstance(value, Problem):
            return value
        if isinstance(previous, Problem):
            return previous
        return Answer(key, value, evidence=row.cells["evidence"], by=by, reason=row.cells["reason"], previous=previous)

    def _value(self, row: Row, question: Question, column: str) -> AnswerValue | Problem | None:
        typed = row.cells[column]
        if not typed:
            return None
        value = parse_value(question, typed, decimal_point=self.decimal_point, grouping=False)
        if isinstance(value, Text):
            return row.problem("wrong_value", column, question=question.label, said=value)
        return value

    def _unknown_key(self, row: Row, group: str) -> Problem:
        key = row.cells["key"]
        if key in {node.id for node in self.regulation.indicators(group)}:
            return row.problem("key_is_indicator", "key", key=key)
        return row.problem("unknown_key_of_row", "key", key=key)

    def _about_na(self, row: Row, group: str) -> Answer | Problem:
        key = row.cells["key"]
        status, by = AnswerStatus(row.cells["status"]), By(row.cells["by"] or self.by or By.UNIT)
        nodes = self._indicators(key, group)
        if len(nodes) != 1:
            return self._no_one_indicator(row, group, nodes)
        if not nodes[0].allows_not_applicable:
            return row.problem("na_not_allowed", "key", key=key)
        if row.cells["value"]:
            return row.problem("na_with_value", "value", key=key)
        if by is By.OFFICER or (by is By.UNIT and status is AnswerStatus.NOT_APPLICABLE_REFUSED):
            return row.problem("na_by", "by", key=key, status=status.value)
        return Answer(nodes[0].id, None, status, row.cells["evidence"], by, reason=row.cells["reason"])

    def _indicators(self, key: str, group: str) -> list[Node]:
        """Return the group's indicator with this id, or all that read the question with this key."""
        ours = self.regulation.indicators(group)
        named = [node for node in ours if node.id == key]
        return named or [node for node in ours if key in self.regulation.questions_of(node)]

    def _no_one_indicator(self, row: Row, group: str, nodes: list[Node]) -> Problem:
        key = row.cells["key"]
        if nodes:
            return row.problem("na_key_ambiguous", "key", key=key, indicators=Series(tuple(node.id for node in nodes)))
        elsewhere = {node.id for other in self.regulation.groups for node in self.regulation.indicators(other)}
        if key in self.regulation.questions or key in elsewhere:
            return row.problem("key_not_in_group", "key", key=key, group=group)
        return row.problem("unknown_key_of_row", "key", key=key)


def write_answers(regulation: Regulation, answers: Mapping[str, Iterable[Answer]]) -> str:
    """Return answers.csv by unit id, each unit's rows in the order of the form; `read_answers` reads it back."""
    order = {key: place for place, key in enumerate(dict.fromkeys(_form_order(regulation)))}
    rows = (
        _row(unit, answer)
        for unit, listed in answers.items()
        for answer in sorted(listed, key=lambda each: order[each.key])
    )
    return write_rows((*REQUIRED, *OPTIONAL), rows)


def _form_order(regulation: Regulation) -> Iterator[str]:
    for group in regulation.groups:
        for node in regulation.indicators(group):
            yield node.id
            yield from regulation.questions_of(node)


def _row(unit: str, answer: Answer) -> list[str]:
    about = [as_text(unit), answer.key, _written(answer.value), answer.status, as_text(answer.evidence), answer.by]
    return [*about, _written(answer.previous), as_text(answer.reason)]


def _written(value: AnswerValue | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case int() | Decimal():
            return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
        case date():
            return value.isoformat()
        case str():  # pragma: no branch - the last kind
            return as_text(value)
