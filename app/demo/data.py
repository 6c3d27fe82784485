"""The invented data of the demo: what each unit would find in its files. All follows from the seed.

A number is invented after those that bound it, as large as they leave room for, as the regulation's checks demand.
"""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.demo.limits import Limits
from scoring import AnswerValue, Question, Regulation, Unit

_FOR_EACH_OF_STAFF = {
    "người": 1,
    "máy tính": 1,
    "văn bản": 15,
    "hồ sơ": 20,
    "triệu đồng": 100,
    "câu hỏi": 2,
    "thủ tục": 2,
    "hộ": 8,
    "phiếu": 3,
    "phản ánh": 2,
    "cơ sở": 0.5,
    "tổ dân phố, thôn": 1,
}
"""How many there are for each member of staff, by the unit that is counted in."""
_BY_THE_LABEL = {"18 tuổi": 200, "cấp xã": 6, "xách tay": 0.3, "chuyên trách": 0.05}
"""The same, where the label says more than the unit."""
_IN_ALL = {
    "nhiệm vụ": (10, 20),
    "mục": (20, 20),
    "tin, bài": (60, 150),
    "Mbit/s": (100, 400),
    "camera": (10, 60),
    "sáng kiến": (0, 3),
}
"""How many there are in an office of whatever size; a few where nothing is said."""
_A_FEW = (3, 8)
_SUBORDINATES = ("xã", "phường, xã")
_SPENT_ON_ONE_THING = Fraction(3, 100)
"""No office spends more of its budget on one thing."""
_HAVE_ANYTHING_RARE = 0.3
"""How many have any of what is rewarded above the scale."""


def invent(regulation: Regulation, units: Sequence[Unit], year: int, seed: int) -> dict[str, Mapping[str, AnswerValue]]:
    """Invent the data of all units, by unit and question: most do well in nearly everything, some in little."""
    limits = {group: Limits.of(regulation, group) for group in regulation.groups}
    rare = {group: _rare(regulation, group) for group in regulation.groups}
    under = Counter(unit.parent for unit in units)
    return {
        unit.id: _Office.of(unit, quality, under[unit.id], year, seed).values(limits[unit.group], rare[unit.group])
        for unit, quality in zip(units, _qualities(len(units), seed), strict=True)
    }


def _rare(regulation: Regulation, group: str) -> set[str]:
    """What is rewarded above the scale."""
    bonuses = (node for node in regulation.nodes(group) if node.outside_scale)
    read = {key for node in bonuses for key in regulation.questions_of(node)}
    return {key for key in read if regulation.questions[key].good in {"more", "yes"}}


def _qualities(count: int, seed: int) -> list[float]:
    """Spread the units from those that do everything well down to those that do little; more of them stand above."""
    qualities = [1 - 0.85 * (place / count) ** 1.8 for place in range(count)]
    random.Random(f"{seed}/qualities").shuffle(qualities)  # noqa: S311 - a demo that repeats itself, not a secret
    return qualities


@dataclass(frozen=True, slots=True)
class _Office:
    """An office as it answers: how well it does, how many its staff are, what each has to do, and what is under it."""

    chance: random.Random
    quality: float
    staff: int
    work: float
    under: int
    year: int

    @classmethod
    def of(cls, unit: Unit, quality: float, under: int, year: int, seed: int) -> "_Office":
        chance = random.Random(f"{seed}/{unit.id}/data")  # noqa: S311 - a demo that repeats itself, not a secret
        return cls(chance, quality, chance.randint(24, 90), chance.uniform(0.9, 1.2), under, year)

    def values(self, limits: Limits, rare: set[str]) -> dict[str, AnswerValue]:
        """What the office would answer."""
        numbers: dict[str, int | Decimal] = {}
        others: dict[str, AnswerValue] = {}
        for key in limits.order:
            question = limits.questions[key]
            has_none = key in rare and self.chance.random() > _HAVE_ANYTHING_RARE
            if question.is_number:
                numbers[key] = 0 if has_none else self._number(question, limits, numbers)
            else:
                others[key] = False if has_none else self._word(question)
        found = {**numbers, **others}
        return {key: found[key] for key in limits.questions}

    def _word(self, question: Question) -> AnswerValue:
        match question.type:
            case "boolean":
                return self._does_well() != (question.good == "no")
            case "choice":
                slip = 0 if self._does_well() else 1 if self._does_well() else 2
                return question.choices[min(slip, len(question.choices) - 1)].id
            case "date":
                return date(self.year, self.chance.randint(1, 9), self.chance.randint(1, 28))
            case _:
                return f"Theo báo cáo mẫu số {self.chance.randint(10, 99)}"

    def _does_well(self) -> bool:
        return self.chance.random() < self.quality

    def _number(self, question: Question, limits: Limits, known: Mapping[str, int | Decimal]) -> int | Decimal:
        """As much as there is room for, where that is known and one does more or less of it; else what is usual."""
        least, most = limits.room(question.key, known)
        if most is None or question.good is None:
            top = self._size(question, is_compared=limits.bounds(question.key))
        else:
            top = float(most * _SPENT_ON_ONE_THING if question.unit == "triệu đồng" else most)
        found = max(float(least), top * self._share(question))
        return _fit(question, found if most is None else min(found, float(most)), most)

    def _share(self, question: Question) -> float:
        """How much of what could be is; the best may well do all."""
        match question.good:
            case "more":
                lacking = 0.1 if self._does_well() else 1 - self.quality / 2
                return min(1, 1.05 - self.chance.uniform(0, lacking))
            case "less":
                return self.chance.uniform(0, 1 - self.quality) / 2
            case _:
                return 1

    def _size(self, question: Question, *, is_compared: bool) -> float:
        """What is usual. What one does more or less of, and compares with nothing, happens a few times a year."""
        if question.unit in _SUBORDINATES:
            return self.under or self.chance.randint(8, 20)
        label = next((times for word, times in _BY_THE_LABEL.items() if word in question.label), None)
        times = label or _FOR_EACH_OF_STAFF.get(question.unit)
        if times and (is_compared or question.good is None):
            return times * (self.staff if question.unit == "người" else self.staff * self.work)
        return self.chance.randint(*_IN_ALL.get(question.unit, _A_FEW))


def _fit(question: Question, found: float, most: Fraction | None) -> int | Decimal:
    """Round to a whole number, or to tenths where the question takes them, and not above the most."""
    parts = 10 if question.type == "decimal" else 1
    counted = round(found * parts)
    if most is not None:
        counted = min(counted, math.floor(most * parts))
    return Decimal(counted) / parts if parts > 1 else counted
