"""Random answers for any regulation, from a seed: missing ones, zeros, claims, late units, all in bounds."""

import random
from collections.abc import Mapping
from decimal import Decimal

from scoring import Answer, AnswerValue, Question, Regulation, Unit, UnitStatus, read_units, shipped_units
from scoring.answers import AnswerStatus, By


def some_units(regulation: Regulation, chance: random.Random, share: float = 1) -> tuple[Unit, ...]:
    """Return units of a shipped regulation, some of them late; without `share` of them, but never without a parent."""
    listed, problems = read_units(shipped_units(regulation.id), "units.csv", regulation)
    assert problems == ()
    parents = {unit.parent for unit in listed}
    kept = [unit for unit in listed if unit.id in parents or chance.random() < share]
    return tuple(
        Unit(unit.id, unit.name, unit.group, unit.parent, _status(chance)) if unit.id not in parents else unit
        for unit in kept
    )


def _status(chance: random.Random) -> UnitStatus:
    return chance.choices([UnitStatus.ON_TIME, UnitStatus.LATE, UnitStatus.MISSING], weights=[12, 2, 1])[0]


def random_answers(regulation: Regulation, unit: Unit, chance: random.Random) -> Mapping[str, Answer]:
    """Return one unit's answers that count."""
    gives = chance.choice([0.7, 0.95, 1])
    answers = {
        question.key: Answer(question.key, random_value(question, chance), by=By.VERIFIED, reason="theo biên bản mẫu")
        for question in regulation.questions_for(unit.group)
        if chance.random() < gives
    }
    for node in regulation.indicators(unit.group):
        if node.allows_not_applicable and chance.random() < 0.1:
            status = chance.choice([AnswerStatus.NOT_APPLICABLE, AnswerStatus.NOT_APPLICABLE_REFUSED])
            by = chance.choice([By.UNIT, By.VERIFIED]) if status is AnswerStatus.NOT_APPLICABLE else By.VERIFIED
            answers[node.id] = Answer(node.id, status=status, by=by, reason="không có nhiệm vụ (mẫu)")
    return answers


def random_value(question: Question, chance: random.Random) -> AnswerValue:
    """Return a value that the question allows."""
    match question.type:
        case "boolean":
            return chance.random() < 0.6
        case "choice":
            return chance.choice(question.choices).id
        case "integer" | "decimal":
            least = int(question.minimum or 0)
            most = int(question.maximum) if question.maximum is not None else least + chance.choice([3, 30, 3000])
            whole = chance.choice([least, most, chance.randint(least, most)])
            if question.type == "integer":
                return whole
            return min(Decimal(whole) + Decimal(chance.randint(0, 99)) / 100, Decimal(most))
        case _:
            return "mẫu"
