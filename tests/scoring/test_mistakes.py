"""One broken sample for each mistake: what is found, where it points, and that people are told in both languages."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scoring import parse_regulation
from words import LANGUAGES, Problem, say

MISTAKES = YAML(typ="safe").load((Path(__file__).parent / "mistakes.yaml").read_text(encoding="utf-8"))


def broken(text: str, change: dict[str, str]) -> str:
    assert text.count(change["replace"]) == 1, "the sample must change exactly one place"
    return text.replace(change["replace"], change["by"])


def points_at(problem: Problem, text: str, words: str) -> bool:
    lines = text.split("\n")
    assert problem.where.line is not None
    assert problem.where.column is not None
    rest = "\n".join(lines[problem.where.line - 1 :])
    return rest[problem.where.column - 1 :].startswith(words)


@pytest.mark.parametrize("sample", MISTAKES, ids=lambda sample: sample["mistake"])
def test_a_mistake_is_found_at_its_place_and_nothing_else_is(sample: dict[str, Any], small_text: str) -> None:
    text = broken(small_text, sample)
    for step in ("first", "then"):
        text = broken(text, sample[step]) if step in sample else text

    regulation, problems = parse_regulation(text, "broken.yaml")

    found, severity = sample["found"], sample.get("severity", "error")
    assert sorted(problem.code for problem in problems) == sorted([found["code"], *sample.get("also", [])])
    (problem, *_) = [each for each in problems if each.code == found["code"] and each.where.path == found["path"]]
    assert problem.severity == severity
    assert problem.where.file == "broken.yaml"
    assert points_at(problem, text, found["at"])
    assert (regulation is None) == (severity == "error")
    for language in LANGUAGES:
        assert say(problem.text, language)


def test_all_mistakes_of_a_file_are_found_at_once(small_text: str) -> None:
    text = small_text
    together = [
        "a key that does not exist at the top",
        "a missing key in a section",
        "a number where words are wanted",
        "points that are no award",
        "a floor above the maximum",
        "categories that do not add up to the total",
        "a question that nobody reads",
        "a gap between grades, as integer bounds leave it",
        "data that are due before the letter goes out",
    ]
    samples = [sample for sample in MISTAKES if sample["mistake"] in together]
    for sample in samples:
        text = broken(text, sample)

    _, problems = parse_regulation(text, "broken.yaml")

    assert sorted(problem.code for problem in problems) == sorted(sample["found"]["code"] for sample in samples)


def test_problems_stand_in_the_order_of_the_file(small_text: str) -> None:
    text = small_text.replace("type: boolean", "type: bool").replace("short_title: Small", "short_titel: Small")

    _, problems = parse_regulation(text, "broken.yaml")

    lines = [problem.where.line or 0 for problem in problems]
    assert len(lines) == 3
    assert lines == sorted(lines)
