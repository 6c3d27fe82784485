"""Invented units and answers for any regulation: gaps, zeros, decimals, claims, late forms, several parents, ties."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from random import Random

from scoring import Answer, AnswerStatus, AnswerValue, By, Question, Regulation, Unit, UnitStatus

STATUSES = (UnitStatus.LATE, UnitStatus.LATE, UnitStatus.MISSING, *[UnitStatus.ON_TIME] * 13)
NAMES = ("Đơn vị", "=1+1", "@SUM(A1)", "+84", "<b>Sở</b> & 'Ban'")

Answers = dict[str, dict[str, Answer]]


def invented(regulation: Regulation, count: int, seed: int) -> tuple[list[Unit], Answers]:
    """Return `count` units a group, and their answers by unit and key."""
    random = Random(seed)  # noqa: S311 - invented answers, no secrets
    units = list(_units(regulation, count, random))
    answers: Answers = {}
    for unit in units:
        given = {answer.key: answer for answer in _answers(regulation, unit.group, random)}
        alike = [each.id for each in units if each.group == unit.group and each.id in answers]
        # Some units answer as another one does, so that ranks are shared.
        answers[unit.id] = answers[random.choice(alike)] if alike and random.random() < 0.15 else given
    return units, answers


def _units(regulation: Regulation, count: int, random: Random) -> Iterator[Unit]:
    by_group = {group: [f"{group}-{place:03}" for place in range(count)] for group in regulation.groups}
    for group in regulation.groups.values():
        parents = ["", *by_group.get(group.under, [])[: count // 3]]
        for place, unit in enumerate(by_group[group.id]):
            name = f"{NAMES[place % len(NAMES)]} {unit}"
            yield Unit(unit, name, group.id, random.choice(parents), random.choice(STATUSES))


def _answers(regulation: Regulation, group: str, random: Random) -> Iterator[Answer]:
    likely_gap = random.choice((0.0, 0.02, 0.2))
    for question in regulation.questions_for(group):
        if random.random() >= likely_gap:
            yield Answer(question.key, _value(question, random), by=By.OFFICER)
    for node in regulation.indicators(group):
        if node.allows_not_applicable and random.random() < 0.1:
            refused = random.random() < 0.3
            status = AnswerStatus.NOT_APPLICABLE_REFUSED if refused else AnswerStatus.NOT_APPLICABLE
            yield Answer(node.id, status=status, by=random.choice((By.UNIT, By.VERIFIED)))


def _value(question: Question, random: Random) -> AnswerValue:
    match question.type:
        case "boolean":
            return random.random() < 0.7
        case "choice":
            return random.choice(question.choices).id
        case "date":
            return date(2026, 1 + random.randrange(12), 1)
        case "text":
            return random.choice(("=1+1", "ghi chú", "007"))
        case "integer":
            return int(_number(question, random, (0,)))
        case "decimal":
            return _number(question, random, (0, 1, 2, 3))


def _number(question: Question, random: Random, digits: Sequence[int]) -> Decimal:
    """Draw small numbers often, because they meet bounds and halves, and zeros where they are allowed."""
    least = question.minimum or 0
    most = random.choice((least + 4, least + 20, least + 20, least + 1000))
    most = most if question.maximum is None else min(most, question.maximum)
    places = random.choice(digits)
    if random.random() < 0.08:
        return Decimal(least)
    return Decimal(random.randint(int(least * 10**places), int(most * 10**places))).scaleb(-places)
