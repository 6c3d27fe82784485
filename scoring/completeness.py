"""What a unit still has to answer, and what in its answers cannot be right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answer, AnswerStatus, AnswerValue
from scoring.indicators import indicators_of
from scoring.regulation import Regulation
from scoring.values import check_value, usable_values
from words import Place, Problem, Series, Severity, Text


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what the unit must declare is there: `filled` of `of`, and the keys of the `missing` questions.

    A question is done, too, when N/A is claimed and not refused for every indicator that reads it. `problems` are
    values that their question does not allow, and parts larger than their whole, each with the question's key as path.
    """

    filled: int
    of: int
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]


def completeness(regulation: Regulation, group: str, answers: Mapping[str, Answer]) -> Completeness:
    """Compare a unit's answers with what its group must declare."""
    wanted = _wanted(regulation, group, answers)
    due = [each.key for each in regulation.questions_for(group) if each.required and each.source == "unit"]
    missing = tuple(key for key in due if key in wanted and not _is_given(answers.get(key)))
    problems = (*_wrong_values(regulation, group, answers), *_too_large_parts(regulation, group, answers))
    return Completeness(len(due) - len(missing), len(due), missing, problems)


def missing_items(regulation: Regulation, group: str, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the keys of the questions that the unit must still answer, in the order of the form."""
    return completeness(regulation, group, answers).missing


def _wanted(regulation: Regulation, group: str, answers: Mapping[str, Answer]) -> set[str]:
    """Return what is read by indicators for which N/A is not claimed."""
    return {
        key
        for node in regulation.indicators(group)
        if not (node.allows_not_applicable and _is_claimed(answers.get(node.id)))
        for key in regulation.questions_of(node)
    }


def _is_claimed(answer: Answer | None) -> bool:
    return answer is not None and answer.status is AnswerStatus.NOT_APPLICABLE


def _is_given(answer: Answer | None) -> bool:
    return answer is not None and answer.value is not None


def _wrong_values(regulation: Regulation, group: str, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    for question in regulation.questions_for(group):
        answer = answers.get(question.key)
        wrong = None if answer is None or answer.value is None else check_value(question, answer.value)
        if wrong:
            text = Text("scoring.problem.wrong_value", question=question.label, said=wrong)
            yield Problem("wrong_value", Severity.ERROR, Place(path=question.key), text)


def _too_large_parts(regulation: Regulation, group: str, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Compare parts with their wholes, where all of them are given (Điều 8.3 calls this the logic of the data)."""
    values = usable_values(regulation, group, answers)
    limits = {limit: None for each in indicators_of(regulation, group).values() for limit in each.rule.limits()}
    for parts, wholes in limits:
        part, whole = _sum(parts, values), _sum(wholes, values)
        if part is not None and whole is not None and part > whole:
            labels = {"part": _labels(regulation, parts), "whole": _labels(regulation, wholes)}
            text = Text("scoring.problem.part_above_whole", **labels)
            yield Problem("part_above_whole", Severity.ERROR, Place(path=parts[0]), text)


def _sum(keys: tuple[str, ...], values: Mapping[str, AnswerValue]) -> Fraction | None:
    given = [Fraction(value) for key in keys if isinstance(value := values.get(key), int | Decimal)]
    return sum(given, Fraction(0)) if len(given) == len(keys) else None


def _labels(regulation: Regulation, keys: tuple[str, ...]) -> Series:
    return Series(tuple(regulation.questions[key].label for key in keys))
