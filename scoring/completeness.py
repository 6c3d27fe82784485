"""What a unit still has to answer, and what in its answers cannot be right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from operator import eq, ge, le
from types import MappingProxyType
from typing import TypeAlias

from scoring.answers import Answer, AnswerStatus, AnswerValue
from scoring.assess import assess
from scoring.numbering import question_names, question_numbers
from scoring.quantity import Addend, Quantity, count_of
from scoring.regulation import Question, Regulation
from scoring.sentences import spoken
from scoring.values import check_value, usable_values
from words import Place, Problem, Severity, Text, Value


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what the unit must declare is there: `filled` of `of`, and the keys of the `missing` questions.

    A question is done, too, when N/A is claimed and not refused for every indicator that reads it. `problems` are
    values that their question does not allow, parts larger than their whole, and whatever the regulation's own checks
    find, each with the question's key as path; a notice among them only asks for a second look. `unevidenced` are the
    questions whose answer claims something and wants evidence (tài liệu kiểm chứng), and has none: zero, "no" and the
    choice that earns nothing claim nothing. `missing` and `unevidenced` stand in the order of the form.
    """

    filled: int
    of: int
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]
    unevidenced: tuple[str, ...] = ()


def completeness(
    regulation: Regulation,
    group: str,
    answers: Mapping[str, Answer],
    *,
    names: Mapping[str, Value] = MappingProxyType({}),
) -> Completeness:
    """Compare a unit's answers with what its group must declare.

    `names` are what problems call the questions, by key; any other has its number and its label.
    """
    wanted = _wanted(regulation, group, answers)
    asked = [regulation.questions[key] for key in question_numbers(regulation, group)]
    due = [each.key for each in asked if each.required]
    missing = tuple(key for key in due if key in wanted and not _is_given(answers.get(key)))
    name = partial(_name, regulation, group, names)
    problems = (
        *_wrong_values(regulation, group, answers, name),
        *_too_large_parts(regulation, group, answers, name),
        *_failed_checks(regulation, group, answers, name),
    )
    unevidenced = tuple(
        each.key
        for each in asked
        if each.evidence and each.key in wanted and _lacks_evidence(regulation, group, each, answers)
    )
    return Completeness(len(due) - len(missing), len(due), missing, problems, unevidenced)


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


def _lacks_evidence(regulation: Regulation, group: str, question: Question, answers: Mapping[str, Answer]) -> bool:
    answer = answers.get(question.key)
    if answer is None or not answer.value or answer.evidence.strip():
        return False
    return (question.key, answer.value) not in _claiming_nothing(regulation, group)


@lru_cache(maxsize=64)
def _claiming_nothing(regulation: Regulation, group: str) -> frozenset[tuple[str, AnswerValue]]:
    """Return the choices that earn the least of all that their question offers, and nothing."""
    nothing = assess(regulation, group, {}, self_score=True).total
    found = set()
    for question in regulation.questions_for(group):
        earned = {
            choice.id: assess(regulation, group, {question.key: Answer(question.key, choice.id)}, self_score=True).total
            for choice in question.choices
        }
        least, most = min(earned.values(), default=0), max(earned.values(), default=0)
        found |= {
            (question.key, choice) for choice, total in earned.items() if total == least < most and total <= nothing
        }
    return frozenset(found)


def _wrong_values(
    regulation: Regulation, group: str, answers: Mapping[str, Answer], name: "_Name"
) -> Iterator[Problem]:
    for question in regulation.questions_for(group):
        answer = answers.get(question.key)
        wrong = None if answer is None or answer.value is None else check_value(question, answer.value)
        if wrong:
            text = Text("scoring.problem.wrong_value", question=count_of(question.key).said(name), said=wrong)
            yield Problem("wrong_value", Severity.ERROR, Place(path=question.key), text)


def _too_large_parts(
    regulation: Regulation, group: str, answers: Mapping[str, Answer], name: "_Name"
) -> Iterator[Problem]:
    """Compare parts with their wholes, where all of them are given (Điều 8.3 calls this the logic of the data)."""
    values = usable_values(regulation, group, answers)
    rules = (node.rule for node in regulation.indicators(group))
    for parts, wholes in {limit: None for rule in rules if rule for limit in rule.limits()}:
        part, whole = _amount(parts, values), _amount(wholes, values)
        if part is not None and whole is not None and part > whole:
            text = Text(
                "scoring.problem.part_above_whole",
                part=parts.said(name),
                whole=wholes.said(name),
                found=spoken(part),
                against=spoken(whole),
            )
            yield Problem("part_above_whole", Severity.ERROR, Place(path=_path(parts)), text)


def _failed_checks(
    regulation: Regulation, group: str, answers: Mapping[str, Answer], name: "_Name"
) -> Iterator[Problem]:
    values = usable_values(regulation, group, answers)
    previous = {key: answer.previous for key, answer in answers.items() if answer.previous is not None}
    for check in regulation.checks:
        left, right = _amount(check.left, values, previous), _amount(check.right, values, previous)
        if left is not None and right is not None and not _HOLDS[check.operator](left, right):
            text = Text(
                f"scoring.problem.{'check_failed' if check.severity is Severity.ERROR else 'check_unlikely'}",
                left=check.left.said(name),
                operator={"<=": "≤", ">=": "≥"}.get(check.operator, check.operator),
                right=check.right.said(name),
                found=spoken(left),
                against=spoken(right),
                clause=check.grounds,
            )
            yield Problem("check_failed", check.severity, Place(path=_path(check.left)), text)


_Name: TypeAlias = Callable[[Addend], Value]
_HOLDS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {"<=": le, ">=": ge, "=": eq}


def _amount(
    quantity: Quantity, values: Mapping[str, AnswerValue], previous: Mapping[str, AnswerValue] = MappingProxyType({})
) -> Fraction | None:
    """Compute a quantity, None where an answer it reads is not given."""
    total = Fraction(0)
    for addend in quantity.addends:
        value = (previous if addend.previous else values).get(addend.key) if addend.key else 1
        if not isinstance(value, int | Decimal):
            return None
        total += addend.coefficient * Fraction(value)
    return total


def _path(quantity: Quantity) -> str:
    return next((addend.key for addend in quantity.addends if addend.key), "")


def _name(regulation: Regulation, group: str, names: Mapping[str, Value], addend: Addend) -> Value:
    """What a problem calls a question; last year's answer stands in none of the cells that `names` may speak of."""
    known = question_names(regulation, group).get(addend.key, regulation.questions[addend.key].label)
    question = Text("scoring.question", question=known)
    if addend.previous:
        return Text("scoring.why.last_year", question=question)
    return names.get(addend.key, question)
