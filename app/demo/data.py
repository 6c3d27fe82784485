"""The invented data of the demo: what each unit would find in its files. All follows from the seed.

Parts stay below their wholes, as the regulation's own checks demand.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring import AnswerValue, Question, Regulation, Unit

_TIMES = {"văn bản": 15, "hồ sơ": 20, "triệu đồng": 100, "câu hỏi": 2, "thủ tục": 2}
"""How many of a thing there are for each member of staff; one where nothing is said."""


@dataclass(frozen=True, slots=True)
class Data:
    """One unit's data by question, of all sources."""

    values: Mapping[str, AnswerValue]

    def observed(self, questions: tuple[Question, ...]) -> dict[str, AnswerValue]:
        """The data that the unit does not declare."""
        return {each.key: self.values[each.key] for each in questions if each.source != "unit"}


def invent(regulation: Regulation, unit: Unit, year: int, seed: int) -> Data:
    """Invent a unit's data: some units do well in nearly everything, some in little."""
    chance = random.Random(f"{seed}/{unit.id}/data")  # noqa: S311 - a demo that repeats itself, not a secret
    office = _Office(chance, quality=chance.uniform(0.5, 1.0), staff=chance.randint(24, 90), year=year)
    limits = _limits(regulation, unit.group)
    compared = {key for parts, wholes in limits for key in (*parts, *wholes)}
    questions = regulation.questions_for(unit.group)
    values = {each.key: office.value(each, compared=each.key in compared) for each in questions}
    for parts, wholes in limits:
        _keep_below(values, parts, wholes)
    return Data(values)


def _limits(regulation: Regulation, group: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The parts that may not exceed their wholes, as the rules say."""
    return [limit for node in regulation.indicators(group) if node.rule for limit in node.rule.limits()]


def _keep_below(values: dict[str, AnswerValue], parts: tuple[str, ...], wholes: tuple[str, ...]) -> None:
    """Let each part take at most an equal share of the wholes' sum."""
    share = sum(_whole_number(values[key]) for key in wholes) // len(parts)
    for key in parts:
        least = min(share, _whole_number(values[key]))
        values[key] = Decimal(least) if isinstance(values[key], Decimal) else least


def _whole_number(value: AnswerValue) -> int:
    return int(value) if isinstance(value, int | Decimal) else 0


@dataclass(frozen=True, slots=True)
class _Office:
    chance: random.Random
    quality: float
    staff: int
    year: int

    def value(self, question: Question, *, compared: bool) -> AnswerValue:
        """Something that such an office would answer."""
        does_well = self.chance.random() < self.quality
        match question.type:
            case "boolean":
                return does_well != (question.good == "no")
            case "choice":
                ids = [choice.id for choice in question.choices]
                return ids[0] if does_well else self.chance.choice(ids)
            case "date":
                return date(self.year, self.chance.randint(1, 9), self.chance.randint(1, 28))
            case "text":
                return f"Theo báo cáo mẫu số {self.chance.randint(10, 99)}"
            case "integer":
                return self._count(question, does_well=does_well, compared=compared)
            case "decimal":
                return Decimal(self._count(question, does_well=does_well, compared=compared))

    def _count(self, question: Question, *, does_well: bool, compared: bool) -> int:
        top = self._top(question, compared=compared)
        least = 0 if question.minimum is None else int(question.minimum)
        if question.good == "more":
            found = top if does_well and self.chance.random() < self.quality else round(top * self._share())
        elif question.good == "less":
            found = 0 if does_well else self.chance.randint(0, 2)
        else:
            found = top
        return max(least, found if question.maximum is None else min(found, int(question.maximum)))

    def _top(self, question: Question, *, compared: bool) -> int:
        """A part begins as large as its whole may be; what is compared with nothing happens a few times a year."""
        if compared:
            return self.staff * _TIMES.get(question.unit, 1)
        return self.chance.randint(3, 8) if question.source == "unit" else self.chance.randint(60, 150)

    def _share(self) -> float:
        return self.chance.uniform(self.quality * 0.6, 1)
