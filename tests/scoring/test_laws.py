"""What holds for every regulation and every kind of rule, whatever the answers are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scoring import (
    Answer,
    AnswerValue,
    Assessment,
    By,
    Node,
    Question,
    Regulation,
    Rounding,
    Unit,
    UnitResult,
    UnitStatus,
    as_decimal,
    assess,
    completeness,
    load_regulation,
    next_grade,
    next_level,
    rank_units,
    shipped,
)
from scoring.columns import Column, whole_numbers
from scoring.lines import parts_of
from tests.scoring.chance import random_answers, random_value
from tests.scoring.one_rule import as_yaml
from tests.scoring.one_tree import answers, granted, one_tree
from tests.scoring.test_rules import kinds

Given = Mapping[str, Mapping[str, Answer]]
"""The answers that count, by unit and key."""


def loaded(name: str) -> Regulation:
    regulation, _ = load_regulation(name)
    assert regulation is not None
    return regulation


SHIPPED = {name: loaded(name) for name in shipped()}
every_regulation = pytest.mark.parametrize("name", SHIPPED)  # by name: a failing example prints its arguments
chances = st.integers(0, 2**32 - 1).map(Random)
few = settings(deadline=None, max_examples=10)
some = settings(deadline=None, max_examples=25)


def units_of(regulation: Regulation) -> list[Unit]:
    """Return three units of each group, those of a group under another one under the first two of that."""
    return [
        Unit(f"{group.id}-{place}", f"{group.id} {place}", group.id, group.under and f"{group.under}-{place % 2}")
        for group in regulation.groups.values()
        for place in range(3)
    ]


def drawn(regulation: Regulation, chance: Random) -> Given:
    return {unit.id: random_answers(regulation, unit, chance) for unit in units_of(regulation)}


def by_unit(results: Sequence[UnitResult]) -> dict[str, UnitResult]:
    return {result.unit.id: result for result in results}


def marked(result: UnitResult) -> Assessment:
    assert result.assessment is not None
    return result.assessment


def points(result: UnitResult) -> dict[str, int]:
    """Return the points of every line."""
    assessment = marked(result)
    cohort = assessment.facts.cohort
    return {node.id: assessment.points_of(node) or 0 for node in cohort.regulation.nodes(cohort.group)}


@every_regulation
@few
@given(chances)
def test_the_order_of_the_input_never_matters(name: str, chance: Random) -> None:
    regulation = SHIPPED[name]
    units, given_answers = units_of(regulation), drawn(regulation, chance)
    shuffled = chance.sample(units, len(units))
    backwards = {unit: dict(reversed(list(rows.items()))) for unit, rows in reversed(list(given_answers.items()))}

    one, other = rank_units(regulation, units, given_answers), rank_units(regulation, shuffled, backwards)

    assert [(each.unit, each.rank, each.grade, each.level, points(each)) for each in one] == [
        (each.unit, each.rank, each.grade, each.level, points(each)) for each in other
    ]


def better(question: Question, value: AnswerValue, chance: Random) -> AnswerValue:
    """Return a better datum, the same where there is none better."""
    match question.good, value:
        case "yes" | "no", bool():
            return question.good == "yes"
        case "more", int() | Decimal():
            more = value + chance.choice([1, 10, 1000])
            return more if question.maximum is None else max(value, min(more, question.maximum))
        case "less", int() | Decimal():
            return max(value - chance.choice([1, 10, 1000]), min(value, question.minimum or 0))
        case _:
            return value


def with_datum(given_answers: Given, unit: str, key: str, value: AnswerValue) -> Given:
    return {**given_answers, unit: {**given_answers[unit], key: Answer(key, value, by=By.VERIFIED)}}


@every_regulation
@some
@given(chances)
def test_a_better_datum_never_lowers_the_units_points_or_its_place(name: str, chance: Random) -> None:
    regulation = SHIPPED[name]
    unit = chance.choice(units_of(regulation))
    question = chance.choice([each for each in regulation.questions_for(unit.group) if each.good])
    value = random_value(question, chance)
    given_answers = with_datum(drawn(regulation, chance), unit.id, question.key, value)
    improved = with_datum(given_answers, unit.id, question.key, better(question, value, chance))
    readers = [node for node in regulation.indicators(unit.group) if question.key in regulation.questions_of(node)]

    before, after = (
        by_unit(rank_units(regulation, units_of(regulation), each))[unit.id] for each in (given_answers, improved)
    )

    # A text that taken at its word pays less for more says so in `literal`.
    if not any(node.literal for node in readers):
        lower = [node for node, earned in points(before).items() if points(after)[node] < earned]
        assert (question.key, lower) == (question.key, [])
        assert before.rank is None or (after.rank is not None and after.rank <= before.rank)


@every_regulation
@few
@given(chances)
def test_equal_units_share_a_rank_and_a_rank_is_one_more_than_the_number_of_better_ones(
    name: str, chance: Random
) -> None:
    regulation = SHIPPED[name]
    units, given_answers = units_of(regulation), drawn(regulation, chance)
    twins = [replace(unit, id=f"{unit.id}-twin") for unit in units if unit.id.endswith("-0")]
    both = {**given_answers, **{each.id: given_answers[each.id.removesuffix("-twin")] for each in twins}}

    results = rank_units(regulation, [*units, *twins], both)

    for result in results:
        rivals = [other for other in results if scope(regulation, other.unit) == scope(regulation, result.unit)]
        ranked = [standing(other) for other in rivals if other.rank is not None]
        if result.rank is not None:
            assert result.rank == 1 + sum(other > standing(result) for other in ranked)


def scope(regulation: Regulation, unit: Unit) -> tuple[str, str]:
    return unit.group, unit.parent if regulation.groups[unit.group].ranked == "within_parent" else ""


def standing(result: UnitResult) -> tuple[int, ...]:
    """Return what a unit is ranked by, the higher the better."""
    regulation = marked(result).facts.cohort.regulation
    level = [each.label for each in regulation.levels].index(result.level) if result.level else 0
    first = (-level,) if regulation.rank_by.name == "level_then_total" else ()
    return (*first, marked(result).total, *(points(result).get(node, 0) for node in regulation.ties.breakers))


@every_regulation
@few
@given(chances, st.booleans())
def test_every_table_adds_up_in_print(name: str, chance: Random, self_score: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    regulation = SHIPPED[name]
    for unit in units_of(regulation):
        rows = random_answers(regulation, unit, chance)
        marks = assess(regulation, unit.group, rows, self_score=self_score).marks
        for node in summed(regulation, unit.group):
            found = [marks[part.id].points for part in parts_of(regulation, unit.group, node)]
            known = sum(each for each in found if each is not None)
            if known or any(each is not None for each in found):
                expected = between(node.floor.get(unit.group), known, node.cap.get(unit.group))
                assert (node.id, marks[node.id].points) == (node.id, expected)


def summed(regulation: Regulation, group: str) -> list[Node]:
    """Return the nodes whose points are the sum of those below, not converted."""
    policy = regulation.not_applicable
    converted = set(policy.at) if policy.name == "rescale" else set()
    nodes = regulation.nodes(group)
    return [node for node in nodes if not node.rule and node.operation == "sum" and node.id not in converted]


def between(least: int | None, number: int, most: int | None) -> int:
    number = number if most is None else min(number, most)
    return number if least is None else max(number, least)


@every_regulation
@some
@given(chances)
def test_what_does_not_apply_never_brings_more_than_the_maximum(name: str, chance: Random) -> None:
    regulation = SHIPPED[name]
    unit = chance.choice(units_of(regulation))
    claimable = [node.id for node in regulation.indicators(unit.group) if node.allows_not_applicable]
    claims = granted(*chance.sample(claimable, chance.randint(0, len(claimable))))

    marks = assess(regulation, unit.group, {**random_answers(regulation, unit, chance), **claims}).marks

    for mark in marks.values():
        bonus = sum(part.maxima[unit.group] for part in outside(mark.node, unit.group))
        assert mark.points is not None
        assert (mark.node.id, mark.points <= mark.maximum + bonus) == (mark.node.id, True)
        assert (mark.node.id, 0 <= mark.scale <= mark.maximum) == (mark.node.id, True)


def outside(node: Node, group: str) -> list[Node]:
    """Return what stands outside the scale anywhere below a node."""
    children = node.children_of(group)
    return [
        *(each for each in children if each.outside_scale),
        *(low for each in children for low in outside(each, group)),
    ]


@every_regulation
@few
@given(chances)
def test_a_claim_for_an_indicator_that_the_group_never_had_changes_nothing(name: str, chance: Random) -> None:
    regulation = SHIPPED[name]
    unit = chance.choice(units_of(regulation))
    rows = random_answers(regulation, unit, chance)
    ours = {node.id for node in regulation.indicators(unit.group)}
    foreign = {node.id for group in regulation.groups for node in regulation.indicators(group)} - ours

    without, with_claims = (assess(regulation, unit.group, each) for each in (rows, {**rows, **granted(*foreign)}))

    assert with_claims.marks == without.marks
    assert with_claims.percent == without.percent


@every_regulation
def test_who_answers_nothing_earns_nothing(name: str) -> None:
    regulation = SHIPPED[name]
    totals = {unit.unit.group: marked(unit).total for unit in rank_units(regulation, units_of(regulation), {})}

    assert totals == dict.fromkeys(regulation.groups, 0)


@every_regulation
@few
@given(chances)
def test_a_zero_is_an_answer(name: str, chance: Random) -> None:
    regulation = SHIPPED[name]
    unit = chance.choice(units_of(regulation))
    zeros = {
        each.key: Answer(each.key, 0)
        for each in regulation.questions_for(unit.group)
        if each.is_number and each.source == "unit" and not each.minimum
    }

    assert set(completeness(regulation, unit.group, zeros).missing) & set(zeros) == set()


@every_regulation
@some
@given(chances)
def test_what_is_said_to_be_enough_for_the_next_grade_is_enough(name: str, chance: Random) -> None:
    regulation = SHIPPED[name]
    unit = chance.choice(units_of(regulation))
    assessment = assess(regulation, unit.group, random_answers(regulation, unit, chance))
    ahead = next_level(assessment) if regulation.levels else next_grade(assessment)

    if ahead is not None:
        for short in ahead.shortfalls:
            below = [gain for gain in short.gains if gain.node in ahead.enough]
            assert short.lacks > 0
            assert not ahead.enough or sum(gain.points for gain in below) >= short.lacks


GIVEN = one_tree("""
grades: {clause: Điều 1, bands: [{label: Đạt, at_least: 25}, {label: Không đạt, below: 25}]}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 30}
  children:
  - {id: a, label: A, how: điểm, clause: Điều 1, maximum: {so: 10}, rule: {kind: given, question: qa}}
  - {id: b, label: B, how: điểm, clause: Điều 1, maximum: {so: 8}, rule: {kind: given, question: qb}}
  - {id: c, label: C, how: điểm, clause: Điều 1, maximum: {so: 7}, rule: {kind: given, question: qc}}
  - {id: d, label: D, how: điểm, clause: Điều 1, maximum: {so: 5}, rule: {kind: given, question: qd}}
questions:
  qa: {label: Điểm A, type: integer, minimum: 0, maximum: 10}
  qb: {label: Điểm B, type: integer, minimum: 0, maximum: 8}
  qc: {label: Điểm C, type: integer, minimum: 0, maximum: 7}
  qd: {label: Điểm D, type: integer, minimum: 0, maximum: 5}
""")
MAXIMA = {"a": 10, "b": 8, "c": 7, "d": 5}


@some
@given(st.tuples(*(st.integers(0, most) for most in MAXIMA.values())))
def test_no_fewer_indicators_than_those_named_would_be_enough(given_points: tuple[int, ...]) -> None:
    earned = dict(zip(MAXIMA, given_points, strict=True))
    ahead = next_grade(assess(GIVEN, "so", answers(**{f"q{each}": number for each, number in earned.items()})))

    if ahead is not None:
        rooms = [MAXIMA[each] - number for each, number in earned.items()]
        sizes = [n for n in range(5) for some_of in combinations(rooms, n) if sum(earned.values()) + sum(some_of) >= 25]
        assert len(ahead.enough) == min(sizes)


KINDS = YAML(typ="safe").load("""
- {rule: {kind: yes_no, question: y}, good: {y: "yes"}}
- {rule: {kind: all_met, conditions: [{question: y}, {question: a, at_least: 4}]}, good: {y: "yes", a: more}}
- {rule: {kind: ratio, part: a, whole: w, counting: việc}, good: {a: more}}
- {rule: {kind: ratio, part: a, whole: w, counting: việc, inverse: true}, good: {a: less}}
- {rule: {kind: ratio, part: [a, b], whole: w, counting: việc, may_exceed: true}, good: {a: more, b: more}}
- {rule: {kind: ratio, part: a - b, whole: w, counting: việc}, good: {a: more, b: less}}
- rule:
    kind: percentage_bands
    part: a
    whole: w
    counting: việc
    bands: [{above: 90, points: maximum}, {at_least: 40, at_most: 90, points: 2}, {below: 40, points: 0}]
  good: {a: more}
- rule: {kind: count_bands, count: a, bands: [{at_least: 9, points: maximum}, {below: 9, points: 1}]}
  good: {a: more}
- {rule: {kind: steps, count: a, points: {0: 0, 1: 2, 2: 3}, beyond: 4}, good: {a: more}}
- {rule: {kind: per_item, count: a + 1/2 * b, each: 0.3}, good: {a: more, b: more}}
- rule:
    kind: parts
    parts:
    - {label: Một, maximum: {so: 3}, rule: {kind: ratio, part: a, whole: w, counting: việc}}
    - {label: Hai, maximum: {so: 1}, rule: {kind: yes_no, question: y}}
  good: {a: more, y: "yes"}
- rule:
    kind: best_of
    cases:
    - {label: Một, maximum: {so: 4}, rule: {kind: ratio, part: a, whole: w, counting: việc}}
    - {label: Hai, maximum: {so: 2}, rule: {kind: yes_no, question: y}}
  good: {a: more, y: "yes"}
- {rule: {kind: threshold, part: a, whole: w, counting: việc, at_least: 50, then: proportional}, good: {a: more}}
- {rule: {kind: threshold, part: a, whole: w, counting: việc, at_least: 50, then: maximum}, good: {a: more}}
- rule:
    kind: weighted_classes
    classes: [{question: a, weight: 1}, {question: b, weight: 1/2}]
    whole: w
    counting: việc
  good: {a: more, b: more}
- rule: {kind: penalty, deductions: [{count: a, each: 0.25}, {count: b, each: 1}], floor: -2}
  good: {a: less, b: less}
- {rule: {kind: relative_to_best, value: a, per: w, counting: việc, when_best_is_zero: 0}, good: {a: more}}
- rule: {kind: relative_to_best, value: a, counting: ngày, when_best_is_zero: 0, fewer_is_better: true}
  good: {a: less}
- {rule: {kind: min_max, value: a, per: w, counting: việc, when_all_equal: maximum}, good: {a: more}}
- {rule: {kind: min_max, value: a, counting: ngày, when_all_equal: maximum, fewer_is_better: true}, good: {a: less}}
- {rule: {kind: given, question: d}, good: {d: more}}
""")
WITHOUT_A_BETTER_DATUM = {"choice", "roll_up", "information"}
"""A choice is no scale, a roll-up reads what others earned, information earns nothing."""
FOUR = [Unit(f"u{place}", f"Đơn vị {place}", "so") for place in range(4)]


def law_of(rule: Mapping[str, object], good: Mapping[str, str]) -> Regulation:
    """Return a regulation with the rule and a row that reads all questions there are."""
    directions = {key: f', good: "{good[key]}"' if key in good else "" for key in "abwyd"}
    return one_tree(f"""
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {{so: 4}}
  children:
  - {{id: one, label: Một, how: theo quy tắc, clause: Điều 1, maximum: {{so: 4}}, rule: {as_yaml(rule)}}}
  - id: rest
    label: Số liệu khác
    how: để biết
    clause: Điều 1
    maximum: {{so: 0}}
    rule: {{kind: information, questions: [a, b, w, y, d]}}
grades: {{clause: Điều 1, bands: [{{label: Đạt, at_least: 1}}, {{label: Không đạt, below: 1}}]}}
questions:
  a: {{label: A, type: integer, minimum: 0, maximum: 40{directions["a"]}}}
  b: {{label: B, type: integer, minimum: 0, maximum: 40{directions["b"]}}}
  w: {{label: W, type: integer, minimum: 1, maximum: 40{directions["w"]}}}
  y: {{label: Y, type: boolean{directions["y"]}}}
  d: {{label: D, type: decimal, minimum: 0, maximum: 4{directions["d"]}}}
""")


LAWS = {f"{place} {each['rule']['kind']}": law_of(each["rule"], each["good"]) for place, each in enumerate(KINDS)}


@pytest.mark.parametrize("name", LAWS)
@some
@given(chances)
def test_for_every_kind_of_rule_a_better_datum_never_earns_less(name: str, chance: Random) -> None:
    regulation = LAWS[name]
    cohort: Given = {
        unit.id: {each.key: Answer(each.key, random_value(each, chance)) for each in regulation.questions.values()}
        for unit in FOUR
    }
    question = chance.choice([each for each in regulation.questions.values() if each.good])
    value = cohort["u0"][question.key].value
    assert value is not None
    improved = with_datum(cohort, "u0", question.key, better(question, value, chance))

    before, after = (by_unit(rank_units(regulation, FOUR, each)) for each in (cohort, improved))

    assert points(before["u0"])["one"] <= points(after["u0"])["one"] <= 400
    for other in ("u1", "u2", "u3"):
        # what is measured against the others may cost them something, and never brings them anything
        assert points(before[other])["one"] >= points(after[other])["one"]


def test_every_kind_of_rule_is_held_to_that_law() -> None:
    assert {each["rule"]["kind"] for each in KINDS} == set(kinds()) - WITHOUT_A_BETTER_DATUM


ROLLED = one_tree("""
groups: {huyen: {label: Huyện, clause: Điều 1}, xa: {label: Xã, clause: Điều 1, under: huyen}}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {huyen: 5, xa: 10}
  children:
  - id: own
    label: Số
    how: điểm
    clause: Điều 1
    maximum: {xa: 10}
    rule: {kind: given, question: n}
  - id: mean
    label: Trung bình các xã
    how: trung bình
    clause: Điều 1
    maximum: {huyen: 5}
    rule: {kind: roll_up, from: xa, node: total, counting: xã, when_none: 0}
questions:
  n: {label: Điểm, type: integer, minimum: 0, maximum: 10}
""")
earned = st.lists(st.tuples(st.integers(0, 10), st.sampled_from(UnitStatus)), max_size=6)


@some
@given(earned)
def test_in_a_mean_a_true_zero_counts_and_a_unit_that_was_not_assessed_does_not(
    communes: list[tuple[int, UnitStatus]],
) -> None:
    units = [Unit(f"x{place}", f"X{place}", "xa", "h", status) for place, (_, status) in enumerate(communes)]
    given_answers = {unit.id: answers(n=number) for unit, (number, _) in zip(units, communes, strict=True)}

    results = by_unit(rank_units(ROLLED, [Unit("h", "H", "huyen"), *units], given_answers))

    counted = [number for number, status in communes if status is UnitStatus.ON_TIME]
    mean = Fraction(sum(counted), len(counted)) if counted else Fraction(0)
    assert points(results["h"])["mean"] == Rounding(2).of((mean / 2).as_integer_ratio())


MEAN = one_tree("""
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  operation: mean
  children:
  - {id: a, label: A, how: điểm, clause: Điều 1, maximum: {so: 10}, rule: {kind: given, question: qa}}
  - {id: b, label: B, how: điểm, clause: Điều 1, maximum: {so: 10}, rule: {kind: given, question: qb}}
  - {id: c, label: C, how: điểm, clause: Điều 1, maximum: {so: 10}, rule: {kind: given, question: qc}}
questions:
  qa: {label: Điểm A, type: integer, minimum: 0, maximum: 10}
  qb: {label: Điểm B, type: integer, minimum: 0, maximum: 10}
  qc: {label: Điểm C, type: integer, minimum: 0, maximum: 10}
""")


@some
@given(st.tuples(*[st.integers(0, 10)] * 3))
def test_a_part_of_zero_points_counts_in_the_mean_of_parts(parts: tuple[int, int, int]) -> None:
    a, b, c = parts

    assert assess(MEAN, "so", answers(qa=a, qb=b, qc=c)).total == Rounding(2).of((a + b + c, 3))


fractions = st.tuples(st.integers(-(10**20), 10**20), st.integers(1, 10**6))
halves = st.tuples(st.integers(-999, 999).map(lambda number: 2 * number + 1), st.sampled_from([2, 20, 200, 2000]))
METHODS = {"half_up": ROUND_HALF_UP, "truncated": ROUND_DOWN}


@given(
    st.lists(fractions | halves, min_size=1, max_size=5), st.integers(0, 4), st.sampled_from(["half_up", "truncated"])
)
def test_numbers_are_rounded_as_the_regulation_says_one_by_one_and_in_columns(
    numbers: list[tuple[int, int]], digits: int, method: Literal["half_up", "truncated"]
) -> None:
    rounding = Rounding(digits, method)
    column = Column(whole_numbers([number for number, _ in numbers]), whole_numbers([below for _, below in numbers]))

    with localcontext(prec=60):
        unit = Decimal(1).scaleb(-digits)
        expected = [(Decimal(number) / below).quantize(unit, METHODS[method]) for number, below in numbers]

    assert [as_decimal(rounding.of(number), digits) for number in numbers] == expected
    assert [
        Decimal(each.numerator) / each.denominator for each in column.rounded(rounding).fractions(len(numbers))
    ] == expected
