"""How firm a ranking is: weights and data that move, and the ranks that come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    Answer,
    Bounds,
    Cohort,
    Facts,
    Firmness,
    Regulation,
    Unit,
    UnitStatus,
    assess_cohort,
    rank_units,
    robustness,
)
from scoring.moved_values import Values
from scoring.moved_weights import under_moved_weights, weights_of
from tests.scoring.one_tree import TWO_CATEGORIES, answers, granted, one_tree
from words import Problem, say


@dataclass
class Planned:
    """A chance that goes where it is told: from the lowest (0) to the highest (1) of what there is to draw."""

    plan: Sequence[float]

    def choices(self, population: Sequence[int], *, k: int) -> list[int]:
        drawn, self.plan = self.plan[:k], self.plan[k:]
        assert len(drawn) == k, "more is drawn than was planned"
        return [population[round(place * (len(population) - 1))] for place in drawn]


class Still:
    """A chance that moves nothing."""

    def choices(self, population: Sequence[int], *, k: int) -> list[int]:
        return [population[len(population) // 2]] * k


def seeded(draw: int) -> Random:
    return Random(f"1:{draw}")  # noqa: S311 - not a secret


def firm(
    regulation: Regulation,
    units: Sequence[Unit],
    given_answers: Mapping[str, Mapping[str, Answer]],
    bounds: Bounds,
    draws: int = 40,
) -> tuple[dict[str, Firmness], tuple[Problem, ...]]:
    results = rank_units(regulation, units, given_answers)
    found, problems = robustness(regulation, results, bounds, draws, seeded)
    return {each.unit.id: each for each in found}, problems


TWO = one_tree(TWO_CATEGORIES)


def facts_of(regulation: Regulation, group: str, *rows: Mapping[str, Answer]) -> Facts:
    units = [Unit(f"u{place}", f"Đơn vị {place}", group) for place in range(len(rows))]
    given_answers = {unit.id: row for unit, row in zip(units, rows, strict=True)}
    return assess_cohort(Cohort.of(regulation, group, units, given_answers))


def points(facts: Facts, node: str) -> list[Decimal]:
    exact = facts.points[node].fractions(len(facts.cohort.units))
    return [Decimal(each.numerator) / each.denominator for each in exact]


def test_a_category_that_weighs_more_counts_for_more_and_the_total_keeps_its_maximum() -> None:
    facts = facts_of(TWO, "so", answers(qa=4, qb=2, qc=0), answers(qa=0, qb=0, qc=4), answers(qa=4, qb=2, qc=4))

    # 6 × 0,9 = 5,4 and 4 × 1,1 = 4,4; together 9,8, so 5,4 × 10/9,8 = 5,51 and 4,4 × 10/9,8 = 4,49
    moved = under_moved_weights(facts, weights_of(TWO, "so"), 10, Planned([0, 1]))

    assert points(moved, "total") == [Decimal("5.51"), Decimal("4.49"), 10]
    assert points(moved, "first") == points(facts, "first") == [6, 0, 6]


def test_what_does_not_apply_is_rescaled_under_the_moved_weights_too() -> None:
    facts = facts_of(TWO, "so", answers(qa=1, qc=4) | granted("b"))

    # b is out, so first has 1 of 4 instead of 6. Weights 5,4 and 4,4: earned 5,4 × 1/6 + 4,4 × 4/4 = 5,3
    # of what counts, 5,4 × 4/6 + 4,4 × 4/4 = 8; 5,3 ÷ 8 × 10 = 6,625
    moved = under_moved_weights(facts, weights_of(TWO, "so"), 10, Planned([0, 1]))

    assert points(moved, "total") == [Decimal("6.63")]


LEVELS = one_tree(
    """
rank_by: {policy: level_then_total, clause: Điều 1}
levels:
  clause: Điều 1
  list:
  - {label: Mức I, minima: {total: 6, left: 3, one: 1.5}}
  - {label: Mức II, minima: {total: 1, left: 0, one: 0}}
  below_lowest: {policy: not_ranked, text: chưa đạt mức nào, clause: Điều 1}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  children:
  - id: left
    label: Phần một
    clause: Điều 1
    maximum: {so: 5}
    children:
    - id: one
      label: Một
      clause: Điều 1
      maximum: {so: 2}
      children:
      - {id: a, label: A, how: theo điểm, clause: Điều 1, maximum: {so: 2}, rule: {kind: given, question: qa}}
    - id: two
      label: Hai
      clause: Điều 1
      maximum: {so: 3}
      children:
      - {id: b, label: B, how: theo điểm, clause: Điều 1, maximum: {so: 3}, rule: {kind: given, question: qb}}
  - id: right
    label: Phần hai
    clause: Điều 1
    maximum: {so: 5}
    children:
    - id: three
      label: Ba
      clause: Điều 1
      maximum: {so: 5}
      children:
      - {id: c, label: C, how: theo điểm, clause: Điều 1, maximum: {so: 5}, rule: {kind: given, question: qc}}
questions:
  qa: {label: Điểm A, type: decimal, minimum: 0, maximum: 2}
  qb: {label: Điểm B, type: decimal, minimum: 0, maximum: 3}
  qc: {label: Điểm C, type: decimal, minimum: 0, maximum: 5}
""",
    without=("grades",),
)


def test_weights_move_through_the_parts_above_the_categories() -> None:
    facts = facts_of(LEVELS, "so", answers(qa=2, qb=0, qc=5))

    # weights 2 × 1,5 = 3; 3; 5 × 0,5 = 2,5: together 8,5
    # left: 3 of its 6, so 5 × 3/6 = 2,50 of 5; right: 5,00 of 5; total: (3 + 2,5) ÷ 8,5 × 10 = 6,47
    moved = under_moved_weights(facts, weights_of(LEVELS, "so"), 50, Planned([1, 0.5, 0]))

    assert [points(moved, node) for node in ("left", "right", "total")] == [[Decimal("2.5")], [5], [Decimal("6.47")]]


def test_a_ranking_by_level_is_ranked_by_level_in_every_draw() -> None:
    units = [Unit("high", "Cao", "so"), Unit("level", "Mức", "so"), Unit("low", "Thấp", "so")]
    given_answers = {
        # total 8,00, but category one 1,40 of 1,50: Mức II however the weights move
        "high": answers(qa=Decimal("1.4"), qb=3, qc=Decimal("3.6")),
        # total 7,00 and every minimum reached with room: Mức I
        "level": answers(qa=2, qb=2, qc=3),
        # total 0,50: no level
        "low": answers(qc=Decimal("0.5")),
    }

    found, problems = firm(LEVELS, units, given_answers, Bounds(weights=20))

    assert problems == ()
    assert [(each.unit.id, each.rank, each.best, each.worst, each.kept, each.unranked) for each in found.values()] == [
        ("level", 1, 1, 1, 40, 0),
        ("high", 2, 2, 2, 40, 0),
        ("low", None, None, None, 40, 40),
    ]


def test_units_close_to_each_other_change_places_and_distant_ones_do_not() -> None:
    units = [Unit(name, name, "so") for name in ("a", "b", "c")]
    given_answers = {
        "a": answers(qa=4, qb=2, qc=Decimal("1.9")),
        "b": answers(qa=Decimal("1.8"), qb=2, qc=4),
        "c": answers(qa=1, qb=0, qc=1),
    }

    found, problems = firm(TWO, units, given_answers, Bounds(weights=20))

    assert problems == ()
    # 7,90 and 7,80: with more weight on the second category b passes a
    assert {unit: (each.rank, each.best, each.worst) for unit, each in found.items()} == {
        "a": (1, 1, 2),
        "b": (2, 1, 2),
        "c": (3, 3, 3),
    }
    assert (found["c"].kept, 0 < found["a"].kept < 40, 0 < found["b"].kept < 40) == (40, True, True)


def test_equal_seeds_give_equal_results_in_whatever_order_the_units_come() -> None:
    units = [Unit(name, name, "so") for name in ("a", "b", "c", "d")]
    given_answers = {unit.id: answers(qa=1 + place, qb=1, qc=4 - place) for place, unit in enumerate(units)}

    first, _ = firm(TWO, units, given_answers, Bounds(weights=30, values=20))
    again, _ = firm(TWO, units[::-1], given_answers, Bounds(weights=30, values=20))

    assert first == again


COUNTS = one_tree("""
checks:
- {that: certified + 30 <= machines, clause: Điều 1}
- {that: machines >= licensed, clause: Điều 1}
- {that: spare = machines, clause: Điều 1}
- {that: spare <= protected, severity: notice, clause: Điều 1}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  children:
  - id: newest
    label: Máy mới
    how: theo loại
    clause: Điều 1
    maximum: {so: 3}
    rule:
      kind: weighted_classes
      classes: [{question: fresh, weight: 1}, {question: older, weight: 1/2}]
      whole: protected
      counting: máy
      when_whole_is_zero: 0
  - id: virus
    label: Diệt virus
    how: tỷ lệ
    clause: Điều 1
    maximum: {so: 5}
    rule: {kind: ratio, part: protected, whole: machines, counting: máy}
  - id: counted
    label: Số lượng
    how: theo số lượng
    clause: Điều 1
    maximum: {so: 2}
    rule: {kind: per_item, count: money + certified + licensed + spare, each: 0.1}
  - id: known
    label: Để biết
    how: để biết
    clause: Điều 1
    maximum: {so: 0}
    rule: {kind: information, questions: [balance]}
questions:
  balance: {label: Chênh lệch thu chi, type: integer}
  machines: {label: Số máy, type: integer, minimum: 1, maximum: 105}
  protected: {label: Số máy có diệt virus, type: integer, minimum: 0}
  fresh: {label: Máy mới, type: integer, minimum: 0}
  older: {label: Máy cũ hơn, type: integer, minimum: 0}
  money: {label: Chi, type: decimal, minimum: 0}
  certified: {label: Máy có chứng nhận, type: integer, minimum: 0}
  licensed: {label: Máy có bản quyền, type: integer, minimum: 36}
  spare: {label: Máy dự phòng, type: integer, minimum: 0}
""")

LOWEST, HIGHEST = 0, 1


def moved(bound: int, plan: Mapping[str, int], **answered: Decimal | int) -> dict[str, Decimal]:
    """Move one unit's numbers, some to the lowest or highest there is within the bound, the others not at all."""
    cohort = facts_of(COUNTS, "so", answers(**answered)).cohort
    after = Values.of(cohort).moved(bound, Planned([plan.get(key, 0.5) for key in cohort.numbers]))
    exact = {key: after.numbers[key].fractions(1)[0] for key in answered}
    return {key: Decimal(each.numerator) / each.denominator for key, each in exact.items()}


def test_numbers_move_within_the_bound_and_as_precise_as_they_were_given() -> None:
    plan = {"machines": HIGHEST, "protected": LOWEST, "money": HIGHEST}

    # 50 + 10 % = 55; 25 - 10 % = 22,5, half up 23; 12,5 + 10 % = 13,75, with one digit 13,8
    assert moved(10, plan, machines=50, protected=25, money=Decimal("12.5")) == {
        "machines": 55,
        "protected": 23,
        "money": Decimal("13.8"),
    }


def test_a_number_stays_in_the_range_of_its_question() -> None:
    assert moved(10, {"machines": HIGHEST}, machines=100) == {"machines": 105}
    assert moved(10, {"balance": HIGHEST}, balance=-20) == {"balance": -22}
    assert moved(90, {"machines": LOWEST, "protected": LOWEST}, machines=1, protected=0) == {
        "machines": 1,
        "protected": 0,
    }


def test_a_part_that_came_out_above_its_whole_is_lowered_to_it() -> None:
    # machines 40 - 10 % = 36; protected 40 + 10 % = 44, lowered to 36
    plan = {"machines": LOWEST, "protected": HIGHEST}

    assert moved(10, plan, machines=40, protected=40) == {"machines": 36, "protected": 36}


def test_the_terms_of_a_sum_are_lowered_in_proportion_after_their_whole_was() -> None:
    # machines 36; protected 44 → 36; fresh 20 + 10 % = 22 and older 22 of at most 36 together: 22 × 36/44 = 18 each
    plan = {"machines": LOWEST, "protected": HIGHEST, "fresh": HIGHEST, "older": HIGHEST}

    assert moved(10, plan, machines=40, protected=40, fresh=20, older=20) == {
        "machines": 36,
        "protected": 36,
        "fresh": 18,
        "older": 18,
    }


def test_a_unit_for_which_a_check_cannot_be_kept_stays_as_it_was() -> None:
    # certified + 30 <= machines: 11 beside 36 machines; in proportion that is 9, and 39 are still more than 36
    plan = {"machines": LOWEST, "certified": HIGHEST}

    assert moved(10, plan, machines=40, certified=10) == {"machines": 40, "certified": 10}


def test_a_unit_for_which_a_range_cannot_be_kept_stays_as_it_was() -> None:
    # machines 40 - 20 % = 32, so licensed <= 32, but licensed is never below 36
    assert moved(20, {"machines": LOWEST}, machines=40, licensed=40) == {"machines": 40, "licensed": 40}


def test_equations_and_notices_do_not_hold_numbers_back() -> None:
    # spare = machines, and a notice where spare is above protected
    plan = {"spare": HIGHEST}

    assert moved(10, plan, machines=40, spare=40, protected=40) == {"machines": 40, "spare": 44, "protected": 40}


def test_an_answer_that_is_above_its_whole_already_moves_freely() -> None:
    assert moved(10, {"protected": HIGHEST}, machines=30, protected=40) == {"machines": 30, "protected": 44}


def test_what_is_not_given_does_not_become_given() -> None:
    cohort = facts_of(COUNTS, "so", answers(protected=10)).cohort

    after = Values.of(cohort).moved(10, Planned([HIGHEST] * len(cohort.numbers)))

    assert list(after.given["machines"]) == [False]
    assert [int(each) for each in after.numbers["machines"].fractions(1)] == [0]


def test_data_that_move_change_the_ranks_of_units_that_are_close() -> None:
    units = [Unit(name, name, "so") for name in ("a", "b", "c")]
    given_answers = {
        "a": answers(machines=100, protected=80),
        "b": answers(machines=100, protected=79),
        "c": answers(machines=100, protected=10),
    }

    found, problems = firm(COUNTS, units, given_answers, Bounds(values=5))

    assert problems == ()
    assert {unit: (each.rank, each.best, each.worst) for unit, each in found.items()} == {
        "a": (1, 1, 2),
        "b": (2, 1, 2),
        "c": (3, 3, 3),
    }


def test_late_units_that_are_not_assessed_are_left_out() -> None:
    units = [Unit("a", "A", "so"), Unit("late", "Trễ", "so", status=UnitStatus.LATE)]

    found, _ = firm(TWO, units, {"a": answers(qa=1)}, Bounds(values=5))

    assert list(found) == ["a"]


ONE_CATEGORY = one_tree("""
groups: {so: {label: Sở, clause: Điều 1}, xa: {label: Xã, clause: Điều 1}}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 5, xa: 6}
  children:
  - {id: a, label: A, how: có hay không, clause: Điều 1, maximum: {so: 5, xa: 5}, rule: {kind: yes_no, question: qa}}
  - {id: b, label: B, how: theo số lượng, clause: Điều 1, maximum: {xa: 1}, rule: {kind: per_item, count: qb, each: 1}}
questions:
  qa: {label: Có A, type: boolean}
  qb: {label: Số B, type: integer, minimum: 0}
""")
SO, XA = Unit("s", "S", "so"), Unit("x", "X", "xa")


@pytest.mark.parametrize(
    ("units", "bounds", "told"),
    [
        ((SO,), Bounds(values=5), "Sở: không có số liệu dạng số nào nên không có giá trị để thay đổi."),
        ((XA,), Bounds(values=5), "Xã: không có số liệu dạng số nào nên không có giá trị để thay đổi."),
        ((SO,), Bounds(weights=5), "Sở: chưa có từ hai hạng mục trở lên nên không có trọng số để thay đổi."),
        ((SO,), Bounds(), "Chưa chọn thay đổi gì. Hãy cho biết biên độ của trọng số, của số liệu, hoặc cả hai."),
        ((XA,), Bounds(weights=0), "Biên độ 0 % không dùng được. Hãy chọn từ 1 đến 99 %."),
        ((XA,), Bounds(weights=100), "Biên độ 100 % không dùng được. Hãy chọn từ 1 đến 99 %."),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(units: Sequence[Unit], bounds: Bounds, told: str) -> None:
    found, problems = firm(ONE_CATEGORY, units, {unit.id: {} for unit in units}, bounds)

    assert found == {}
    assert [(problem.severity, say(problem.text, "vi")) for problem in problems] == [("error", told)]


def test_without_assessed_units_there_is_nothing_to_try() -> None:
    found, (problem,) = firm(ONE_CATEGORY, [Unit("s", "S", "so", status=UnitStatus.MISSING)], {}, Bounds(values=5))

    assert found == {}
    assert problem.code == "nobody_assessed"


def test_what_one_of_the_groups_cannot_do_is_a_notice() -> None:
    found, problems = firm(ONE_CATEGORY, [SO, XA], {"x": answers(qb=1)}, Bounds(weights=10, values=10))

    assert list(found) == ["s", "x"]
    assert [(problem.severity, problem.code, problem.text.values) for problem in problems] == [
        ("notice", "no_weights", {"group": "Sở"}),
        ("notice", "no_values", {"group": "Sở"}),
    ]


ROLLED = one_tree("""
groups: {huyen: {label: Huyện, clause: Điều 1}, xa: {label: Xã, clause: Điều 1, under: huyen, ranked: within_parent}}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {huyen: 5, xa: 5}
  children:
  - id: count
    label: Số
    how: số lượng
    clause: Điều 1
    maximum: {xa: 5}
    rule: {kind: per_item, count: n, each: 0.01}
  - id: mean
    label: Trung bình các xã
    how: trung bình
    clause: Điều 1
    maximum: {huyen: 5}
    rule: {kind: roll_up, from: xa, node: total, counting: xã, when_none: 0}
questions:
  n: {label: Số, type: integer, minimum: 0}
""")


def test_what_moves_in_the_communes_moves_their_district() -> None:
    units = [Unit("h1", "H1", "huyen"), Unit("h2", "H2", "huyen")]
    units += [Unit(f"x{place}", f"X{place}", "xa", f"h{place % 2 + 1}") for place in range(4)]
    given_answers = {"x0": answers(n=300), "x1": answers(n=301), "x2": answers(n=100), "x3": answers(n=100)}

    found, problems = firm(ROLLED, units, given_answers, Bounds(values=5))

    # h1: (3,00 + 1,00) ÷ 2 = 2,00; h2: (3,01 + 1,00) ÷ 2 = 2,01; within each district the communes are far apart
    assert [problem.code for problem in problems] == ["no_values"]
    assert {unit: (each.rank, each.best, each.worst) for unit, each in found.items()} == {
        "h2": (1, 1, 2),
        "h1": (2, 1, 2),
        "x0": (1, 1, 1),
        "x2": (2, 2, 2),
        "x1": (1, 1, 1),
        "x3": (2, 2, 2),
    }


DISTRICTS = one_tree("""
groups: {huyen: {label: Huyện, clause: Điều 1}, xa: {label: Xã, clause: Điều 1, under: huyen}}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {huyen: 10, xa: 10}
  children:
  - {id: a, label: A, how: điểm, clause: Điều 1, maximum: {xa: 5}, rule: {kind: given, question: qa}}
  - {id: b, label: B, how: điểm, clause: Điều 1, maximum: {xa: 5}, rule: {kind: given, question: qb}}
  - id: mean
    label: Trung bình các xã
    how: trung bình
    clause: Điều 1
    maximum: {huyen: 10}
    rule: {kind: roll_up, from: xa, node: total, counting: xã, when_none: 0}
questions:
  qa: {label: Điểm A, type: decimal, minimum: 0, maximum: 5}
  qb: {label: Điểm B, type: decimal, minimum: 0, maximum: 5}
""")


def test_weights_that_move_in_the_communes_move_their_district_too() -> None:
    units = [Unit("h1", "H1", "huyen"), Unit("h2", "H2", "huyen")]
    units += [Unit("x1", "X1", "xa", "h1"), Unit("x2", "X2", "xa", "h2")]
    given_answers = {"x1": answers(qa=5, qb=0), "x2": answers(qa=0, qb=Decimal("4.9"))}

    found, problems = firm(DISTRICTS, units, given_answers, Bounds(weights=20))

    # 5,00 and 4,90; where B weighs more, the second commune and its district are ahead
    assert [problem.code for problem in problems] == ["no_weights"]
    assert {unit: (each.rank, each.best, each.worst) for unit, each in found.items()} == {
        "h1": (1, 1, 2),
        "h2": (2, 1, 2),
        "x1": (1, 1, 2),
        "x2": (2, 1, 2),
    }


OPERATIONS = one_tree("""
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  operation: weighted
  weights: {mean: 1, best: 3}
  out_of: 4
  children:
  - id: mean
    label: Trung bình
    clause: Điều 1
    maximum: {so: 4}
    operation: mean
    children:
    - id: left
      label: Trái
      clause: Điều 1
      maximum: {so: 4}
      children:
      - {id: a, label: A, how: điểm, clause: Điều 1, maximum: {so: 4}, rule: {kind: given, question: qa}}
    - id: right
      label: Phải
      clause: Điều 1
      maximum: {so: 4}
      children:
      - {id: b, label: B, how: điểm, clause: Điều 1, maximum: {so: 4}, rule: {kind: given, question: qb}}
  - id: best
    label: Cao nhất
    clause: Điều 1
    maximum: {so: 4}
    operation: best_of
    children:
    - id: one
      label: Một
      clause: Điều 1
      maximum: {so: 4}
      children:
      - {id: c, label: C, how: điểm, clause: Điều 1, maximum: {so: 4}, rule: {kind: given, question: qc}}
    - id: two
      label: Hai
      clause: Điều 1
      maximum: {so: 4}
      children:
      - {id: d, label: D, how: điểm, clause: Điều 1, maximum: {so: 4}, rule: {kind: given, question: qd}}
questions:
  qa: {label: Điểm A, type: decimal, minimum: 0, maximum: 4}
  qb: {label: Điểm B, type: decimal, minimum: 0, maximum: 4}
  qc: {label: Điểm C, type: decimal, minimum: 0, maximum: 4}
  qd: {label: Điểm D, type: decimal, minimum: 0, maximum: 4}
""")


def test_in_an_index_the_stated_weights_move_and_a_best_case_is_one_category() -> None:
    categories = list(weights_of(OPERATIONS, "so").categories())

    # of 10,00 points a quarter hangs on the mean, half of that on each part of it, and three quarters on the best case
    assert [(each.node.id, int(each.amount)) for each in categories] == [("left", 125), ("right", 125), ("best", 750)]


def test_the_weights_of_an_index_move_to_the_index() -> None:
    facts = facts_of(OPERATIONS, "so", answers(qa=4, qb=0, qc=2))

    # left 1,25 × 1,2 = 1,5; right 1,25; best 7,5 × 0,8 = 6; together 8,75
    # mean: 4 × 1,5 ÷ 2,75 = 2,18; total: (2,75 × 2,18/4 + 6 × 2/4) ÷ 8,75 × 10 = 4,49875…/8,75 × 10 = 5,14
    after = under_moved_weights(facts, weights_of(OPERATIONS, "so"), 20, Planned([1, 0.5, 0]))

    assert [points(after, node) for node in ("mean", "total")] == [[Decimal("2.18")], [Decimal("5.14")]]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 4)), min_size=1, max_size=6))
def test_where_nothing_moves_every_unit_keeps_its_rank(rows: list[tuple[int, int, int]]) -> None:
    units = [Unit(f"u{place}", f"U{place}", "so") for place in range(len(rows))]
    given_answers = {unit.id: answers(qa=a, qb=b, qc=c) for unit, (a, b, c) in zip(units, rows, strict=True)}
    results = rank_units(TWO, units, given_answers)

    found, _ = robustness(TWO, results, Bounds(weights=10, values=10), 1, lambda _: Still())

    assert [(each.unit.id, each.best, each.worst) for each in found] == [
        (each.unit.id, each.rank, each.rank) for each in results
    ]
