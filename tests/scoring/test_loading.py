"""Loading a regulation: what is read, what is refused, and that nothing is ever raised."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
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
    Rounding,
    Term,
    Window,
    assess,
    load_regulation,
    parse_regulation,
    shipped,
)
from scoring.regulation import Late, Level, Mapped, NotApplicable, Ties, Weight
from tests.scoring.one_rule import as_yaml
from words import LANGUAGES, Severity, Text, say


def test_a_regulation_is_read_as_it_is_written(small: Regulation, small_text: str) -> None:
    assert (small.id, small.title, small.short_title, small.language) == ("small", "A small regulation", "Small", "vi")
    assert small.decision.date == date(2026, 1, 2)
    assert small.clauses["Điều 3"] == Clause("Điều 3", "Phạm vi", "Không có điểm")
    assert [clause.id for clause in small.clauses.values() if clause.used] == ["Điều 1", "Điều 2"]
    assert small.groups == {"so": Group("so", "Sở", "Điều 1"), "xa": Group("xa", "Xã", "Điều 1")}
    assert small.late == Late("not_ranked", "Điều 2", None, "không xếp hạng")
    assert small.ties == Ties("shared_then_skipped", None, "không nói đến")
    assert small.not_applicable == NotApplicable("full_marks", "Điều 1")
    assert small.rank_by == Policy("total")
    assert (small.points_rounding, small.total_rounding, small.percent_rounding) == (Rounding(2),) * 3
    assert small.grades == (Grade("Tốt", 800), Grade("Khá", 500), Grade("Kém", None))
    assert small.below_lowest is None
    assert small.timetable.publish_before == AnnualDate(1, 1, 1, "Điều 2")
    assert small.timetable.publish_before.in_year(2026) == date(2027, 1, 1)
    assert small.timetable.draft_ahead_days == 30
    assert (small.timetable.collect_within, small.timetable.verify_within, small.timetable.window) == (None,) * 3
    assert small.source == small_text
    assert small.sha256 == sha256(small_text.encode()).hexdigest()


def test_what_only_some_regulations_have_is_read_as_it_is_written(levels: Regulation) -> None:
    assert levels.groups["xa"] == Group("xa", "Xã", "Điều 1", under="huyen", ranked="within_parent")
    assert levels.not_applicable == NotApplicable("rescale", "Điều 1", at=("ready",))
    until = AnnualDate(12, 15, 0, "Điều 2")
    assert levels.late == Late("penalty", "Điều 2", None, "trừ 2 điểm", points=200, until=until)
    assert levels.rank_by == Policy("level_then_total", "Điều 1")
    assert (levels.total_rounding, levels.percent_rounding) == (Rounding(1), Rounding(1, "truncated"))
    assert levels.ties == Ties("shared_then_skipped", "Điều 1", breakers=("ready",))
    assert levels.levels[0] == Level(
        "Mức I",
        {
            "total": {"huyen": 9000, "xa": 5400},
            "ready": {"huyen": 3600, "xa": 2700},
            "result": {"huyen": 5400, "xa": 2700},
        },
    )
    assert levels.below_lowest == Policy("not_ranked", "Điều 1", None, "chưa đạt mức")
    assert levels.comparisons == {"small": Mapped({"machines": "virus"}, {"result": "năm trước chưa có nhóm này"})}
    assert [(check.operator, check.severity, check.grounds) for check in levels.checks] == [
        ("<=", Severity.ERROR, "Điều 1"),
        (">=", Severity.NOTICE, Text("scoring.assumed")),
    ]
    assert levels.rolled_up_from("huyen") == ("xa",)
    assert levels.rolled_up_from("xa") == ()


def test_a_year_may_have_terms_and_a_window(levels: Regulation) -> None:
    timetable = levels.timetable

    assert timetable.issue_before is None
    assert timetable.collect_before is None
    assert timetable.collect_within == Term(15, "working_days", "receipt", "Điều 2")
    assert timetable.verify_within == Term(30, "days", "complete_form", "Điều 2")
    assert timetable.window == Window(AnnualDate(10, 1, 0, "Điều 2"), AnnualDate(12, 31, 0, "Điều 2"))


def test_lines_know_what_they_do_with_others(levels: Regulation) -> None:
    total, result, pillar = levels.total, levels.node("result"), levels.node("pillar")

    assert (total.cap, total.floor) == ({"huyen": 10500}, {"huyen": 0, "xa": 0})
    assert (result.operation, result.out_of) == ("weighted", Fraction(1))
    assert result.weights == (Weight("online_rate", Fraction(3, 5)), Weight("survey", Fraction(2, 5)))
    assert (pillar.of, pillar.children, pillar.rung) == (("ready", "result"), (), "category")
    assert levels.node("bonus").outside_scale
    # not what earns nothing, depends on others, is outside the scale, or is said to apply to everybody
    claimable = [node.id for node in levels.indicators("huyen") if node.allows_not_applicable]
    assert claimable == ["machines", "network", "online_rate"]


def test_an_amended_value_is_the_one_in_force_on_the_day(levels_text: str) -> None:
    dated = "maximum: {huyen: {2020-01-01: 25, 2025-01-01: 20}, xa: 30}"
    amended = (
        "maximum:\n        huyen:\n          2020-01-01: {stated: 20, used: 25, assumed: khi đó khác}\n"
        "          2025-01-01: {stated: 21, used: 20, assumed: nay là thế}\n        xa: 30"
    )
    text = levels_text.replace(dated, amended)
    assert text != levels_text

    now, told_now = parse_regulation(text, "amended.yaml")
    before, told_before = parse_regulation(text, "amended.yaml", date(2024, 12, 31))
    since, _ = parse_regulation(text, "amended.yaml", date(2025, 1, 1))

    assert now is not None
    assert since is not None
    assert before is not None
    assert before.node("machines").maxima == {"huyen": 2500, "xa": 3000}
    assert now.node("machines").maxima == since.node("machines").maxima == {"huyen": 2000, "xa": 3000}
    assert Assumption("machines", "nay là thế") in now.assumptions
    assert Assumption("machines", "khi đó khác") not in now.assumptions
    assert [(problem.code, problem.where.path.rsplit(".", 1)[1]) for problem in told_now] == [
        ("stated_otherwise", "2020-01-01"),
        ("stated_otherwise", "2025-01-01"),
    ]
    assert [problem.code for problem in told_before] == ["stated_otherwise"]


def test_what_is_used_is_told_beside_what_is_stated(small_text: str) -> None:
    stated = "maximum: {so: 4, xa: {stated: 6 điểm như sở, used: 5, assumed: tổng chỉ là 10}}"
    text = small_text.replace("maximum: {so: 4, xa: 5}", stated)

    regulation, (problem,) = parse_regulation(text, "small.yaml")

    assert regulation is not None
    assert regulation.node("virus").maxima["xa"] == 500
    assert Assumption("virus", "tổng chỉ là 10") in regulation.assumptions
    assert (problem.code, problem.severity) == ("stated_otherwise", "notice")
    assert say(problem.text, "vi") == "Văn bản ghi 6 điểm như sở; sử dụng 5: tổng chỉ là 10"


def test_a_number_that_is_used_is_said_as_people_read_it(small_text: str) -> None:
    text = small_text.replace(
        "maximum: {so: 4, xa: 5}", "maximum: {so: 4, xa: {stated: 6.5, used: 5.0, clause: Điều 1}}"
    )

    _, (problem,) = parse_regulation(text, "small.yaml")

    assert say(problem.text, "vi") == "Văn bản ghi 6,5; sử dụng 5,0: Điều 1"


def test_a_choice_may_be_called_used(small_text: str) -> None:
    text = small_text.replace("none: Chưa có}", "used: Đang dùng}").replace("none: 0}", "used: 0}")

    regulation, problems = parse_regulation(text, "small.yaml")

    assert problems == ()
    assert regulation is not None
    assert regulation.questions["plan_made"].choice("used").label == "Đang dùng"


def test_an_assumption_without_a_reason_is_none(small_text: str) -> None:
    regulation, problems = parse_regulation(small_text.replace("assumed: phụ lục không có", "assumed:"), "small.yaml")

    assert problems == ()
    assert regulation is not None
    assert [each.path for each in regulation.assumptions] == ["ties", "timetable.issue_on", "timetable.draft_ahead"]


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


def test_a_node_knows_its_rung_its_points_and_who_gives_its_data(small: Regulation) -> None:
    rungs = {node.id: (node.rung, node.source, node.maxima.get("so")) for node in small.nodes("so")}

    assert rungs == {
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
    0,
    0.5,
    10**17,
    True,
    "x",
    "",
    "1/0",
    "0 maximum",
    "inf %",
    "90 %",
    "a * b",
    "staff - staff",
    "previous.ideas",
    "10-01",
    "wall",
    "ready",
    "total",
    "pillar",
    "mean",
    "weighted",
    "rescale",
    "penalty",
    "xa",
    [],
    {},
    [1],
    ["pillar", "total"],
    ["minus"],
    {"so": 1},
    {"huyen": 0, "xa": 0},
    {5: 6},
    {date(2020, 1, 1): 5},
    {date(2020, 1, 1): 5, "x": 6},
    {date(2020, 1, 1): {"stated": 1, "used": 2, "assumed": "y"}},
    {"stated": 1, "used": 2, "assumed": "y"},
    {"stated": {"stated": 1}, "used": {}},
    {"used": 3},
    {"kind": "roll_up", "from": "xa", "node": "minus", "counting": "x", "when_none": 0},
    {"kind": "best_of", "cases": []},
    {"kind": "steps", "count": "ideas", "points": {10**17: 5}, "beyond": 5},
]
KEYS = [
    "at",
    "below_lowest",
    "cap",
    "children",
    "collect_before",
    "floor",
    "literal",
    "minima",
    "not_applicable",
    "of",
    "operation",
    "out_of",
    "outside_scale",
    "per",
    "points",
    "ranked",
    "rule",
    "stated",
    "under",
    "until",
    "used",
    "weights",
    "window",
]


@pytest.mark.parametrize("name", ["small", "levels"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_wrong_piece_makes_the_loader_raise_or_fail_to_tell(name: str, data: st.DataObject) -> None:
    document = YAML(typ="safe").load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        holder = document
        while holder:
            if isinstance(holder, dict) and data.draw(st.integers(0, 9)) == 0:
                holder[data.draw(st.sampled_from(KEYS))] = data.draw(st.sampled_from(PIECES))
                break
            step = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[step], dict | list) or data.draw(st.booleans()):
                holder[step] = data.draw(st.sampled_from(PIECES))
                break
            holder = holder[step]

    regulation, problems = parse_regulation(as_yaml(document), "odd.yaml", data.draw(st.sampled_from(DAYS)))

    assert regulation is not None or problems != ()
    for problem in problems:
        assert problem.where.line is not None
        for language in LANGUAGES:
            assert say(problem.text, language)


DAYS = [None, date(2019, 12, 31), date(2020, 1, 1)]


@pytest.mark.parametrize(
    ("was", "by", "code"),
    [
        ("late: 1/2 maximum", f"late: {'9' * 5000}/1 maximum", "unusable"),
        ("part: protected", f"part: {'9' * 5000} * protected", "unusable"),
        ("rule: {kind: yes_no, question: wall}", "rule: " + "{x: " * 95 + "1" + "}" * 95, "yaml_too_deep"),
    ],
)
def test_what_no_regulation_needs_is_refused_instead_of_read_for_ever(
    small_text: str, was: str, by: str, code: str
) -> None:
    regulation, problems = parse_regulation(small_text.replace(was, by), "huge.yaml")

    assert regulation is None
    assert [problem.code for problem in problems] == [code]


def test_a_step_that_is_far_away_is_told_and_not_walked_to(small_text: str) -> None:
    rule = "kind: count_bands\n        count: posts_made\n        bands:\n"
    steps = "kind: steps\n        count: posts_made\n        beyond: 2\n        points: {0: 0, 99999999999999999: 2}\n"
    head, tail = small_text.split(rule)
    text = head + steps + tail.split("points: 0}\n", 1)[1]

    _, problems = parse_regulation(text, "far.yaml")

    assert [problem.code for problem in problems] == ["step_missing"]


def test_a_node_that_is_not_right_is_not_said_to_be_missing_wherever_it_is_named(levels_text: str) -> None:
    text = levels_text.replace("  - id: ready\n", "  - id: ready\n    colour: red\n")
    text = text.replace("  - id: result\n", "  - id: result\n    colour: red\n")

    _, problems = parse_regulation(text, "broken.yaml")

    assert [(problem.code, problem.where.path) for problem in problems] == [
        ("unknown_key", "tree.0.children.0.colour"),
        ("unknown_key", "tree.0.children.1.colour"),
    ]


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
    assert shipped() == (
        "cao-bang-2310",
        "da-nang-2386",
        "da-nang-448",
        "hoa-binh-2018",
        "mic-2392",
        "thanh-hoa-1379",
    )
    for shipped_name in shipped():
        assert shipped_name in say(problems[0].text, "vi")


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes("title: quy định".encode("utf-16"))

    regulation, problems = load_regulation(str(file))

    assert regulation is None
    assert [problem.code for problem in problems] == ["no_such_regulation"]
