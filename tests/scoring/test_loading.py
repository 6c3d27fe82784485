"""Loading a regulation: what is read, what is refused, and that nothing is ever raised."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scoring import (
    AnnualDate,
    Answer,
    Assumption,
    Choice,
    Clause,
    Grade,
    Group,
    Policy,
    Question,
    Regulation,
    assess,
    load_regulation,
    parse_regulation,
    shipped,
)
from tests.scoring.one_rule import as_yaml
from words import LANGUAGES, say


def test_a_regulation_is_read_as_it_is_written(small: Regulation, small_text: str) -> None:
    assert (small.id, small.title, small.short_title, small.language) == ("small", "A small regulation", "Small", "vi")
    assert small.decision.date == date(2026, 1, 2)
    assert small.clauses["Điều 3"] == Clause("Điều 3", "Phạm vi", "Không có điểm")
    assert [clause.id for clause in small.clauses.values() if clause.used] == ["Điều 1", "Điều 2"]
    assert small.groups == {"so": Group("so", "Sở", "Điều 1"), "xa": Group("xa", "Xã", "Điều 1")}
    assert small.late == Policy("not_ranked", "Điều 2", None, "không xếp hạng")
    assert small.ties == Policy("shared_then_skipped", None, "không nói đến")
    assert small.grades == (Grade("Tốt", 800), Grade("Khá", 500), Grade("Kém", None))
    assert small.below_lowest is None
    assert small.timetable.publish_before == AnnualDate(1, 1, 1, "Điều 2")
    assert small.timetable.publish_before.in_year(2026) == date(2027, 1, 1)
    assert small.timetable.draft_ahead_days == 30
    assert small.source == small_text
    assert small.sha256 == sha256(small_text.encode()).hexdigest()


def test_a_question_knows_which_groups_answer_it(small: Regulation) -> None:
    assert small.questions["wall"].groups == ("so", "xa")
    assert small.questions["plan_made"] == Question(
        key="plan_made",
        label="Kế hoạch",
        type="choice",
        choices=(Choice("on_time", "Đúng hạn"), Choice("late", "Chậm"), Choice("none", "Chưa có")),
        groups=("so",),
    )


def test_a_group_has_only_its_own_lines(small: Regulation) -> None:
    assert [node.id for node in small.nodes("xa")] == ["total", "machines", "virus", "firewall"]
    assert [node.id for node in small.indicators("so")] == ["virus", "firewall", "plan", "posts"]
    assert [question.key for question in small.questions_for("xa")] == ["machines_all", "protected", "wall"]
    assert small.questions_of(small.node("reports")) == ("plan_made", "posts_made")


def test_a_node_knows_its_level_its_points_and_who_gives_its_data(small: Regulation) -> None:
    levels = {node.id: (node.level, node.source, node.maxima.get("so")) for node in small.nodes("so")}

    assert levels == {
        "total": ("part", None, 1000),
        "machines": ("category", "unit", 600),
        "virus": ("indicator", "unit", 400),
        "firewall": ("indicator", "unit", 200),
        "reports": ("category", None, 400),
        "plan": ("indicator", "unit", 200),
        "posts": ("indicator", "officer", 200),
    }


def test_every_assumption_is_listed_with_its_reason(small: Regulation) -> None:
    assert small.assumptions == (
        Assumption("ties", "không nói đến"),
        Assumption("timetable.issue_on", "không nói đến"),
        Assumption("timetable.draft_ahead", "không nói đến"),
        Assumption("posts", "phụ lục không có"),
    )


def test_numbers_are_built_from_their_text_and_never_floats(small_text: str) -> None:
    text = small_text.replace("minimum: 0, maximum: 5000", "minimum: 0.1, maximum: 84.25")
    text = text.replace("{on_time: 2, late: 1/2 maximum", "{on_time: 2, late: 0.1")

    regulation, problems = parse_regulation(text)

    assert problems == ()
    assert regulation is not None
    assert regulation.questions["machines_all"].minimum == Decimal("0.1")
    assert str(regulation.questions["machines_all"].maximum) == "84.25"
    late = {"plan_made": Answer("plan_made", "late")}
    assert assess(regulation, "so", late).marks["plan"].points == 10


def test_not_allowed_means_no_indicator_takes_a_claim(small_text: str) -> None:
    regulation, _ = parse_regulation(small_text.replace("policy: full_marks", "policy: not_allowed"))

    assert regulation is not None
    assert [node.id for node in regulation.nodes("so") if node.allows_not_applicable] == []


def test_grades_count_in_printed_digits(small_text: str) -> None:
    text = small_text.replace("{label: Khá, at_least: 5, below: 8}", "{label: Khá, above: 5, at_most: 7.99}")
    text = text.replace("{label: Kém, below: 5}", "{label: Kém, at_most: 5}")

    regulation, problems = parse_regulation(text)

    assert problems == ()
    assert regulation is not None
    assert regulation.grades == (Grade("Tốt", 800), Grade("Khá", 501), Grade("Kém", None))


def test_the_lowest_grade_may_leave_totals_below_it_unranked(small_text: str) -> None:
    text = small_text.replace(
        "  - {label: Kém, below: 5}",
        "  - {label: Kém, at_least: 2, below: 5}\n"
        "  below_lowest: {policy: not_ranked, clause: Điều 1, text: chưa được xếp loại}",
    )

    regulation, problems = parse_regulation(text)

    assert problems == ()
    assert regulation is not None
    assert regulation.grades[-1] == Grade("Kém", 200)
    assert regulation.below_lowest == Policy("not_ranked", "Điều 1", None, "chưa được xếp loại")


def test_two_mistakes_in_one_list_are_both_told_and_the_list_is_not_called_empty(small_text: str) -> None:
    text = small_text.replace(
        "- {label: Tốt, at_least: 8}\n  - {label: Khá, at_least: 5, below: 8}\n  - {label: Kém, below: 5}",
        "- {label: Tốt, at_least: cao}\n  - {at_least: 5}",
    )

    _, problems = parse_regulation(text)

    assert [(problem.code, problem.where.path) for problem in problems] == [
        ("not_an_amount", "grades.bands.0.at_least"),
        ("missing_key", "grades.bands.1.label"),
    ]


@pytest.mark.parametrize("text", ["", "# only a comment", "5", "- a\n- b", "~"])
def test_a_file_that_is_no_mapping_is_one_problem(text: str) -> None:
    regulation, problems = parse_regulation(text, "odd.yaml")

    assert regulation is None
    assert [problem.code for problem in problems] == ["wrong_type"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [" * 3000, "yaml_too_deep"),
        ("a: \x07", "yaml"),
        ("a: 1\n---\nb: 2", "yaml"),
        ("a: b: c", "yaml"),
        ("%YAML 9\n---\na", "yaml"),
    ],
)
def test_a_file_that_is_no_yaml_is_one_problem(text: str, code: str) -> None:
    regulation, problems = parse_regulation(text, "odd.yaml")

    assert regulation is None
    assert [problem.code for problem in problems] == [code]
    assert say(problems[0].text, "vi")


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_the_loader_raise(text: str) -> None:
    regulation, problems = parse_regulation(text, "any.yaml")

    assert regulation is None
    assert problems != ()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_damage_to_a_regulation_makes_the_loader_raise(small_text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(small_text)))
    end = data.draw(st.integers(start, min(start + 30, len(small_text))))
    put = data.draw(st.text(alphabet="[]{}:,-&*!|>'\"#% \n\t0aé<\x00", max_size=6))

    regulation, problems = parse_regulation(small_text[:start] + put + small_text[end:], "damaged.yaml")

    assert regulation is not None or problems != ()


PIECES: list[Any] = [
    None,
    5,
    -1,
    0.5,
    10**17,
    True,
    "x",
    "",
    "1/0",
    "0 maximum",
    "wall",
    [],
    {},
    [1],
    {"so": 1},
    {5: 6},
]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_wrong_piece_makes_the_loader_raise_or_fail_to_tell(small_text: str, data: st.DataObject) -> None:
    document = YAML(typ="safe").load(small_text)
    for _ in range(data.draw(st.integers(1, 3))):
        holder = document
        while holder:
            step = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[step], dict | list) or data.draw(st.booleans()):
                holder[step] = data.draw(st.sampled_from(PIECES))
                break
            holder = holder[step]

    regulation, problems = parse_regulation(as_yaml(document), "odd.yaml")

    assert regulation is not None or problems != ()
    for problem in problems:
        for language in LANGUAGES:
            assert say(problem.text, language)


def test_decomposed_letters_are_the_same_words(small_text: str) -> None:
    head, tail = small_text.split("groups:", 1)
    mixed = normalize("NFD", head) + "groups:" + tail

    regulation, problems = parse_regulation(mixed)

    assert problems == ()
    assert regulation is not None
    assert list(regulation.clauses) == ["Điều 1", "Điều 2", "Điều 3"]


def test_the_same_text_gives_the_same_object(small_text: str) -> None:
    assert parse_regulation(small_text, "small.yaml") is parse_regulation(small_text, "small.yaml")


def test_a_regulation_is_loaded_from_a_path(tmp_path: Path, small_text: str) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(small_text, encoding="utf-8-sig")

    regulation, problems = load_regulation(str(file))

    assert problems == ()
    assert regulation is not None
    assert regulation.id == "small"


@pytest.mark.parametrize("name", ["nowhere.yaml", "", "with\0null"])
def test_a_regulation_that_is_not_there_is_a_problem_that_names_the_shipped_ones(name: str) -> None:
    regulation, problems = load_regulation(name)

    assert regulation is None
    assert [problem.code for problem in problems] == ["no_such_regulation"]
    assert shipped() == ("cao-bang-2310",)
    assert "cao-bang-2310" in say(problems[0].text, "vi")


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes("title: quy định".encode("utf-16"))

    regulation, problems = load_regulation(str(file))

    assert regulation is None
    assert [problem.code for problem in problems] == ["no_such_regulation"]
