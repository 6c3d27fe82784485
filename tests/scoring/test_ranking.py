"""Ranking: by what is printed, within a group, ties shared, and nobody ranked who was late."""

import json
from collections.abc import Sequence
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    Answer,
    Regulation,
    Unit,
    UnitResult,
    UnitStatus,
    parse_regulation,
    rank_units,
    ranking_document,
)
from tests.scoring.one_rule import one_rule
from words import Place, Problem, Severity, Text, say

POINTS = one_rule(
    {"kind": "per_item", "count": "points", "each": 0.01},
    100,
    {"points": {"label": "Điểm", "type": "integer", "minimum": 0}},
)
"""A regulation in which a unit gets the points that it says."""


def ranked(totals: Sequence[int], order: Sequence[int] | None = None) -> tuple[UnitResult, ...]:
    places = range(len(totals)) if order is None else order
    units = [Unit(f"u{place:02}", f"Đơn vị {place:02}", "so") for place in places]
    return rank_units(POINTS, units, {f"u{place:02}": says(total) for place, total in enumerate(totals)})


def says(total: int) -> dict[str, Answer]:
    return {"points": Answer("points", total)}


def ranks(results: Sequence[UnitResult]) -> dict[str, int | None]:
    return {result.unit.id: result.rank for result in results}


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    results = ranked([300, 500, 300, 100])

    assert [(result.unit.id, result.rank) for result in results] == [("u01", 1), ("u00", 2), ("u02", 2), ("u03", 4)]


totals = st.lists(st.integers(0, 40), min_size=1, max_size=12)


@settings(deadline=None)
@given(totals, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(given_totals: list[int], random: Random) -> None:
    order = list(range(len(given_totals)))
    random.shuffle(order)

    assert ranks(ranked(given_totals, order)) == ranks(ranked(given_totals))
    assert [each.unit for each in ranked(given_totals, order)] == [each.unit for each in ranked(given_totals)]


@settings(deadline=None)
@given(totals, st.integers(0, 11), st.integers(1, 20))
def test_a_better_mark_never_lowers_a_place(given_totals: list[int], which: int, more: int) -> None:
    which %= len(given_totals)
    better = [total + more * (place == which) for place, total in enumerate(given_totals)]
    unit = f"u{which:02}"

    before, after = ranks(ranked(given_totals))[unit], ranks(ranked(better))[unit]

    assert before is not None
    assert after is not None
    assert after <= before


@settings(deadline=None)
@given(totals)
def test_a_rank_is_one_more_than_the_number_of_better_units(given_totals: list[int]) -> None:
    for result in ranked(given_totals):
        total = given_totals[int(result.unit.id[1:])]
        assert result.rank == 1 + sum(other > total for other in given_totals)


def test_totals_that_are_printed_alike_are_tied() -> None:
    regulation = one_rule(
        {"kind": "ratio", "part": "a", "whole": "b", "counting": "việc"},
        1,
        {"a": {"label": "A", "type": "integer", "minimum": 0}, "b": {"label": "B", "type": "integer", "minimum": 1}},
    )
    # 666/1000 = 0,666 and 6666/10000 = 0,6666 are both 0,67 in print
    answers = {
        "x": {"a": Answer("a", 666), "b": Answer("b", 1000)},
        "y": {"a": Answer("a", 6666), "b": Answer("b", 10000)},
    }

    results = rank_units(regulation, [Unit("x", "X", "so"), Unit("y", "Y", "so")], answers)

    assert ranks(results) == {"x": 1, "y": 1}


def test_no_tie_is_cut_off_at_the_end_of_the_list() -> None:
    assert [result.rank for result in ranked([7] * 15)] == [1] * 15


def test_late_and_missing_units_are_not_assessed_and_say_why(small: Regulation) -> None:
    units = [
        Unit("late", "B trễ", "so", status=UnitStatus.LATE),
        Unit("gone", "A vắng", "so", status=UnitStatus.MISSING),
        Unit("good", "C tốt", "so"),
    ]
    answers = {"late": {"wall": Answer("wall", value=True)}}

    good, gone, late = rank_units(small, units, answers)

    assert (good.unit.id, good.status, good.rank, good.grade) == ("good", "ranked", 1, "Kém")
    assert (gone.status, gone.rank, gone.grade, gone.assessment) == ("missing", None, None, None)
    assert (late.status, late.rank, late.grade, late.assessment) == ("late", None, None, None)
    assert gone.reason is not None
    assert late.reason is not None
    assert say(gone.reason, "vi") == "Không gửi phiếu: không xếp hạng (Điều 2)"
    assert say(late.reason, "vi") == "Gửi phiếu chậm: không xếp hạng (Điều 2)"


def test_groups_are_ranked_apart_in_the_order_of_the_regulation(small: Regulation) -> None:
    units = [Unit("x1", "Xã 1", "xa"), Unit("s1", "Sở 1", "so"), Unit("x2", "Xã 2", "xa")]
    answers = {"x2": {"wall": Answer("wall", value=True)}}

    results = rank_units(small, units, answers)

    assert [(result.unit.id, result.rank) for result in results] == [("s1", 1), ("x2", 1), ("x1", 2)]


def test_a_grade_begins_exactly_at_its_bound() -> None:
    assert [result.grade for result in ranked([101, 100, 99])] == ["Đạt", "Đạt", "Không đạt"]


def test_a_total_below_the_lowest_grade_is_not_ranked_where_the_regulation_says_so(small_text: str) -> None:
    text = small_text.replace(
        "  - {label: Kém, below: 5}",
        "  - {label: Kém, at_least: 2, below: 5}\n"
        "  below_lowest: {policy: not_ranked, assumed: không nói đến, text: chưa được xếp loại}",
    )
    regulation, _ = parse_regulation(text)
    assert regulation is not None

    (result,) = rank_units(regulation, [Unit("u", "U", "so")], {})

    assert (result.status, result.rank, result.grade) == ("below_lowest", None, None)
    assert result.assessment is not None
    assert result.reason is not None
    assert say(result.reason, "vi") == "Tổng điểm 0,00 dưới mức thấp nhất: chưa được xếp loại (giả định)"


def test_a_negative_total_has_the_lowest_grade() -> None:
    regulation = one_rule(
        {"kind": "choice", "question": "report", "points": {"sent": 1, "not_sent": -1}},
        1,
        {"report": {"label": "Báo cáo", "type": "choice", "choices": {"sent": "Có", "not_sent": "Không"}}},
        "[{label: Đạt, at_least: 1}, {label: Không đạt, at_least: 0, below: 1}]",
    )

    (result,) = rank_units(regulation, [Unit("u", "U", "so")], {"u": {"report": Answer("report", "not_sent")}})

    assert (result.rank, result.grade) == (1, "Không đạt")
    assert result.assessment is not None
    assert (result.assessment.total, result.assessment.percent) == (-100, -10000)


def test_the_document_is_what_programs_rely_on(small: Regulation) -> None:
    units = [Unit("x1", "Xã 1", "xa"), Unit("x2", "Xã 2", "xa", status=UnitStatus.LATE)]
    answers = {"x1": {"wall": Answer("wall", value=True)}}
    problem = Problem("unknown_unit", Severity.ERROR, Place("a.csv", 3, path="unit"), Text("scoring.yes"))

    document = ranking_document(small, rank_units(small, units, answers), [problem])

    machines = {"points": "5.00", "max": "10.00", "scale": "10.00", "na": "", "why": "0,00 + 5,00 = 5,00 điểm"}
    assert document == {
        "regulation": {"id": "small", "sha256": small.sha256},
        "problems": [
            {
                "code": "unknown_unit",
                "severity": "error",
                "file": "a.csv",
                "line": 3,
                "column": None,
                "path": "unit",
                "cell": "",
                "text": "có",
            }
        ],
        "results": [
            {
                "unit": "x1",
                "group": "xa",
                "status": "ranked",
                "reason": None,
                "rank": 1,
                "grade": "Khá",
                "level": None,
                "total": "5.00",
                "max": "10.00",
                "percent": "50.00",
                "nodes": {
                    "total": {**machines, "why": "5,00 = 5,00 điểm"},
                    "machines": machines,
                    "virus": {
                        "points": "0.00",
                        "max": "5.00",
                        "scale": "5.00",
                        "na": "",
                        "why": "Chưa có số liệu: Tổng số máy, Số máy có diệt virus = 0,00 điểm (Điều 1)",
                    },
                    "firewall": {
                        "points": "5.00",
                        "max": "5.00",
                        "scale": "5.00",
                        "na": "",
                        "why": "Có tường lửa: có = 5,00 điểm (Điều 1)",
                    },
                },
            },
            {
                "unit": "x2",
                "group": "xa",
                "status": "late",
                "reason": "Gửi phiếu chậm: không xếp hạng (Điều 2)",
                "rank": None,
                "grade": None,
                "level": None,
                "total": None,
                "max": "10.00",
                "percent": None,
                "nodes": {},
            },
        ],
    }
    keys = ["unit", "group", "status", "reason", "rank", "grade", "level", "total", "max", "percent", "nodes"]
    assert list(document["results"][0]) == keys
    assert json.loads(json.dumps(document)) == document


def test_the_document_speaks_english_too(small: Regulation) -> None:
    results = rank_units(small, [Unit("x", "X", "xa", status=UnitStatus.MISSING)], {})

    document = ranking_document(small, results, language="en")

    assert document["results"][0]["reason"] == "Nothing handed in: không xếp hạng (Điều 2)"
