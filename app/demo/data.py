"""The invented data of the demo: what each unit would find in its files. All follows from the seed.

Data that a rule divides by are kept at least as large as the data it counts, as in a real office.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring import AnswerValue, Question, Regulation, Unit

_FEW = 12
"""Things that happen a few times a year: meetings, courses, reports."""


@dataclass(frozen=True, slots=True)
class Data:
    """One unit's data by question, of all sources."""

    values: Mapping[str, AnswerValue]

    def of(self, questions: tuple[Question, ...], source: str) -> dict[str, AnswerValue]:
        """The data that this source gives; "department" means everybody but the unit."""
        return {each.key: self.values[each.key] for each in questions if (each.source == "unit") == (source == "unit")}


def invent(regulation: Regulation, unit: Unit, year: int, seed: int) -> Data:
    """Invent a unit's data: some units do well in nearly everything, some in little."""
    chance = random.Random(f"{seed}/{unit.id}/data")  # noqa: S311 - a demo that repeats itself, not a secret
    quality = chance.uniform(0.45, 1.0)
    size = chance.randint(24, 90)
    return Data({each.key: _value(each, chance, quality, size, year) for each in regulation.questions_for(unit.group)})


def _value(question: Question, chance: random.Random, quality: float, size: int, year: int) -> AnswerValue:
    does_well = chance.random() < quality
    match question.type:
        case "boolean":
            return does_well != (question.good == "no")
        case "choice":
            return _choice(question, chance, does_well=does_well)
        case "date":
            return date(year, chance.randint(1, 9), chance.randint(1, 28))
        case "text":
            return f"Theo báo cáo mẫu số {chance.randint(10, 99)}"
        case _:
            return _number(question, chance, quality, size, does_well=does_well)


def _choice(question: Question, chance: random.Random, *, does_well: bool) -> str:
    ids = [choice.id for choice in question.choices]
    return ids[0] if does_well else chance.choice(ids)


def _number(question: Question, chance: random.Random, quality: float, size: int, *, does_well: bool) -> int | Decimal:
    top = size if question.maximum is None else int(min(question.maximum, size))
    if question.good == "more":
        found = top if does_well and chance.random() < quality / 2 else round(top * chance.uniform(quality * 0.7, 1))
    elif question.good == "less":
        found = 0 if does_well else chance.randint(0, min(top, 3))
    else:
        found = top
    least = 0 if question.minimum is None else int(question.minimum)
    whole = max(least, min(top, found))
    return whole if question.type == "integer" else Decimal(whole)
