"""How many units have what: "26/47 đơn vị có hệ thống một cửa điện tử (năm trước: 20/47)"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from scoring.answers import Answer, AnswerValue
from scoring.regulation import Question, Regulation
from scoring.units import Unit
from words import Text, Value

Answers: TypeAlias = Mapping[str, Mapping[str, Answer]]
"""The answers that count, by unit and key."""

_READS_ON = ("Có ", "Đã ", "Được ", "Đạt ", "Đặt ")
"""A label that begins with one of these verbs reads on after its subject."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the units that a yes/no question was put to said yes."""

    question: Question
    yes: int
    of: int


def tally(regulation: Regulation, units: Iterable[Unit], answers: Answers) -> dict[str, Tally]:
    """Count by question over the assessed units: the `units` given. Who did not answer did not say yes."""
    listed = list(units)
    found = {}
    for question in _yes_no(regulation):
        asked = [answers.get(unit.id, {}).get(question.key) for unit in listed if unit.group in question.groups]
        found[question.key] = _counted(question, [answer.value if answer else None for answer in asked])
    return found


def tally_previous(regulation: Regulation, units: Iterable[Unit], answers: Answers) -> dict[str, Tally]:
    """Count what is noted of the earlier year beside this year's answers, over the units of which it is noted."""
    rows = [answers.get(unit.id, {}) for unit in units]
    found = {}
    for question in _yes_no(regulation):
        noted = [row[question.key].previous for row in rows if question.key in row]
        given = [value for value in noted if value is not None]
        if given:
            found[question.key] = _counted(question, given)
    return found


def sentence(now: Tally, previous: Tally | None) -> Text:
    """Say it as leaders read it."""
    label = now.question.label
    values: dict[str, Value] = {"yes": now.yes, "of": now.of}
    if label.startswith(_READS_ON):
        said = Text("scoring.compared.have", **values, what=label[0].lower() + label[1:])
    else:
        said = Text("scoring.compared.answer_yes", **values, question=label)
    return Text("scoring.compared.beside", now=said, yes=previous.yes, of=previous.of) if previous else said


def _yes_no(regulation: Regulation) -> list[Question]:
    return [question for question in regulation.questions.values() if question.type == "boolean"]


def _counted(question: Question, values: Sequence[AnswerValue | None]) -> Tally:
    return Tally(question, sum(value is True for value in values), len(values))
