"""One broken sample for each mistake: what is found, where it points, and that people are told in both languages."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import scoring
from scoring import load_regulation, parse_regulation
from scoring.loading.checks import CHECKS
from scoring.loading.choosing import chosen
from scoring.loading.pieces import read_pieces
from scoring.loading.report import Path as Key
from scoring.loading.report import Report
from scoring.loading.yaml_text import Data, read_yaml, value_at
from words import LANGUAGES, Problem, has_errors, say

HERE = Path(__file__).parent
MISTAKES = YAML(typ="safe").load((HERE / "mistakes.yaml").read_text(encoding="utf-8"))


def base(sample: dict[str, Any]) -> str:
    """Return the file that a sample changes."""
    return (HERE / f"{sample.get('in', 'small')}.yaml").read_text(encoding="utf-8")


def broken(text: str, change: dict[str, str]) -> str:
    assert text.count(change["replace"]) == 1, "the sample must change exactly one place"
    return text.replace(change["replace"], change["by"])


def broken_file(sample: dict[str, Any]) -> str:
    """Return the text of a sample."""
    text = broken(base(sample), sample) if "replace" in sample else base(sample)
    for step in ("first", "then"):
        text = broken(text, sample[step]) if step in sample else text
    return text


def points_at(problem: Problem, text: str, words: str) -> bool:
    lines = text.split("\n")
    assert problem.where.line is not None
    assert problem.where.column is not None
    rest = "\n".join(lines[problem.where.line - 1 :])
    return rest[problem.where.column - 1 :].startswith(words)


@pytest.mark.parametrize("sample", MISTAKES, ids=lambda sample: sample["mistake"])
def test_a_mistake_is_found_at_its_place_and_nothing_else_is(sample: dict[str, Any]) -> None:
    text = broken_file(sample)

    regulation, problems = parse_regulation(text, "broken.yaml", sample.get("on"))

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


def test_every_problem_of_the_loader_has_a_sample() -> None:
    package = Path(scoring.__file__).parent
    sources = [*package.glob("loading/**/*.py"), *package.glob("rules/*.py")]
    literals = {word for file in sources for word in re.findall(r'"([a-z_]+)"', file.read_text(encoding="utf-8"))}
    catalogue = (package.parent / "words/locale/vi/scoring.po").read_text(encoding="utf-8")
    told = literals & set(re.findall(r'msgid "scoring\.problem\.([a-z_]+)"', catalogue))

    shown = {sample["found"]["code"] for sample in MISTAKES}

    assert told - shown == {"unusable", "yaml_too_deep"}, "these two are in test_loading"


MIC = "mic-2392"


def test_the_tables_of_2392_contradict_themselves_as_they_stand() -> None:
    regulation, problems = load_regulation(MIC)
    assert regulation is not None
    stated = [problem.where.path for problem in problems]
    text = regulation.source
    # As the decision has them: the communes' readiness of 30 in 30/12/8, and 120 working days within a quarter.
    for used, as_stated in (("used: 18", "used: 30"), ("used: 7.2", "used: 12"), ("used: 4.8", "used: 8")):
        text = broken(text, {"replace": used, "by": as_stated})
    text = broken(text, {"replace": "used: 30\n      assumed: 15", "by": "used: 120\n      assumed: 15"})

    as_it_stands, found = parse_regulation(text, "as-stated.yaml")

    assert as_it_stands is None
    assert stated == [
        "timetable.verify_within.working_days",
        "tree.0.children.0.children.0.maximum.xa",
        "tree.0.children.0.children.1.maximum.xa",
        "tree.0.children.0.children.2.maximum.xa",
    ]
    errors = Counter(problem.code for problem in found if problem.severity == "error")
    # 50 of 30; in each of the four levels a share of 50 against one of 30; 15 + 120 working days twice: in the quarter
    # and before publication; and the indicators below the three categories do not come to 30, 12 and 8 either
    assert errors == {"maxima_sum": 4, "minima_sum": 4, "terms_too_long": 2}
    assert {say(problem.text, "vi") for problem in found if problem.where.path == "tree.0.children.0.maximum.xa"} == {
        "Nhóm xa: các mục con của “san_sang” cộng lại được 50 điểm, trong khi điểm tối đa là 30. Hãy sửa cho khớp."
    }


def figures() -> tuple[Data, Report, list[Key]]:
    """Return the file of 2392 as data, and the places of its levels' minima and of its maxima, as they are used."""
    regulation, _ = load_regulation(MIC)
    assert regulation is not None
    report = Report(f"{MIC}.yaml")
    data = read_yaml(regulation.source, report)
    places = [
        path
        for path in report.scalars
        if ("minima" in path or (path[0] == "tree" and "maximum" in path))
        and not {"stated", "clause", "assumed"} & set(path)
        and "cases" not in path  # of several cases only the best has to come to the maximum
    ]
    return data, report, places


def with_value(data: Data, path: Key, value: Data) -> Data:
    if not path:
        return value
    if isinstance(data, dict):
        return {**data, path[0]: with_value(data[path[0]], path[1:], value)}
    assert isinstance(data, tuple)
    return tuple(with_value(item, path[1:], value) if place == path[0] else item for place, item in enumerate(data))


def raised(value: Data, by: int) -> Data:
    """Return another number: a point more, or for a share a percent more."""
    if isinstance(value, str):
        return f"{Decimal(value.removesuffix('%').strip()) + by} %"
    assert isinstance(value, int | Decimal)
    return value + by


@pytest.mark.parametrize("by", [1, -1])
def test_no_figure_of_2392_can_be_another_without_an_error(by: int) -> None:
    data, read, places = figures()
    unnoticed = []
    for path in places:
        report = Report(read.file, dict(read.places), dict(read.scalars))
        changed = chosen(with_value(data, path, raised(value_at(data, path), by)), report, None)
        pieces = read_pieces(changed, report)
        for check in CHECKS:
            check(pieces, report)
        if not has_errors(report.problems):
            unnoticed.append(path)

    assert len(places) > 120
    assert unnoticed == []
