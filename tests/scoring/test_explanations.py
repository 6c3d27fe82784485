"""Every sentence ends with the points that stand in the table, in both languages, whatever was answered."""

import random
import re

import pytest

from scoring import Regulation, assess, load_regulation, rank_units, shipped
from tests.scoring.chance import random_answers, some_units
from words import LANGUAGES, Language, format_number, say


def loaded(name: str) -> Regulation:
    regulation, _ = load_regulation(name)
    assert regulation is not None
    return regulation


def numbers_of(sentence: str) -> list[str]:
    return re.findall(r"[-−]?\d[\d.,]*\d|[-−]?\d", sentence)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", shipped())
def test_every_sentence_of_every_unit_says_the_printed_points(name: str, language: Language) -> None:
    regulation = loaded(name)
    chance = random.Random(f"{name}/sentences")  # noqa: S311 - repeatable, not secret
    units = some_units(regulation, chance, share=0.3)
    answers = {unit.id: random_answers(regulation, unit, chance) for unit in units}

    silent = [
        (result.unit.id, mark.node.id, sentence)
        for result in rank_units(regulation, units, answers)
        if result.assessment
        for mark in result.assessment.marks.values()
        if mark.points is not None and (mark.maximum or mark.points)
        for sentence in [say(mark.why, language)]
        if format_number(regulation.printed(mark.node, mark.points), language) not in numbers_of(sentence)
        and mark.na != "granted"
    ]

    assert silent == []


@pytest.mark.parametrize("name", shipped())
def test_a_self_score_explains_what_is_known_and_who_gives_the_rest(name: str) -> None:
    regulation = loaded(name)
    chance = random.Random(f"{name}/self")  # noqa: S311 - repeatable, not secret
    for unit in some_units(regulation, chance, share=0.1):
        own = assess(regulation, unit.group, random_answers(regulation, unit, chance), self_score=True)

        assert 0 <= own.known_maximum <= own.maximum
        for mark in own.marks.values():
            assert say(mark.why, "vi")
            if mark.node.rule and (mark.node.source != "unit" or mark.node.rule.known_later):
                assert mark.points is None
