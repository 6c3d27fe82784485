"""The numbers by which people call the questions: A1 and A2 for shared ones, 1.2a and 1.2b for those of indicator 1.2.

The form prints them, a unit names its files of evidence after them ("1.2a Kế hoạch.pdf"), and the bot lists them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import ascii_lowercase
from types import MappingProxyType
from unicodedata import normalize

from scoring.regulation import Node, Question, Regulation


@lru_cache(maxsize=256)
def question_numbers(regulation: Regulation, group: str) -> Mapping[str, str]:
    """Return the number of each question that a unit of the group answers itself, by key; no two are the same."""
    shared = shared_questions(regulation, group)
    numbers = {question.key: f"A{place}" for place, question in enumerate(shared, 1)}
    for node, number in zip(regulation.indicators(group), _of_indicators(regulation, group), strict=True):
        own = [key for key in _asked(regulation, node) if key not in numbers]
        numbers |= {key: number + letters for key, letters in zip(own, _letters(), strict=False)}
    return MappingProxyType(numbers)


@lru_cache(maxsize=256)
def question_names(regulation: Regulation, group: str) -> Mapping[str, str]:
    """Return the number and the label of each question that a unit of the group answers itself, by key."""
    numbers = question_numbers(regulation, group)
    return MappingProxyType({key: f"{number} – {regulation.questions[key].label}" for key, number in numbers.items()})


def shared_questions(regulation: Regulation, group: str) -> tuple[Question, ...]:
    """Return the questions to the unit that several of its indicators read, in the order of the table."""
    readers = Counter(key for node in regulation.indicators(group) for key in regulation.questions_of(node))
    return tuple(each for each in regulation.questions_for(group) if each.source == "unit" and readers[each.key] > 1)


def numbered_question(regulation: Regulation, group: str, text: str) -> str | None:
    """Return the key of the question with whose number a text begins ("1.2a – Có kế hoạch"), None where none does."""
    keys = {number.casefold(): key for key, number in question_numbers(regulation, group).items()}
    found = _NUMBER.match(normalize("NFC", text).strip())
    said = found[0].casefold() if found else ""
    while said and said not in keys:
        said = said.rpartition(".")[0]  # in "1.2a.pdf" the last piece is no part of it
    return keys.get(said)


_NUMBER = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
"""Letters and digits in groups with points between them; whatever follows is no part of it."""


def _asked(regulation: Regulation, node: Node) -> tuple[str, ...]:
    return tuple(key for key in regulation.questions_of(node) if regulation.questions[key].source == "unit")


def _of_indicators(regulation: Regulation, group: str) -> list[str]:
    """Return the indicators' own numbers; where one has none by which it can be found, its place in the table."""
    numbers = (node.number for node in regulation.indicators(group))
    return [number if _NUMBER.fullmatch(number) else f"B{place}" for place, number in enumerate(numbers, 1)]


def _letters() -> Iterator[str]:
    """Return a to z, then aa, ab and so on."""
    yield from ascii_lowercase
    yield from (first + second for first in ascii_lowercase for second in ascii_lowercase)
