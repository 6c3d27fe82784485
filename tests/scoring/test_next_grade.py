"""What is missing to the next grade or level, and which indicators would bring it."""

from scoring import Answer, AnswerStatus, AnswerValue, NextGrade, Regulation, assess, next_grade, next_level
from tests.scoring.one_tree import answers, granted, one_tree
from words import say


def missing(regulation: Regulation, group: str, **given: AnswerValue) -> NextGrade:
    found = next_grade(assess(regulation, group, answers(**given)))
    assert found is not None
    return found


def gains(found: NextGrade) -> list[tuple[str, int, int]]:
    return [(gain.node.id, gain.room, gain.points) for short in found.shortfalls for gain in short.gains]


def enough(found: NextGrade) -> list[str]:
    return [node.id for node in found.enough]


def test_it_says_what_lacks_and_where_most_is_to_be_gained(small: Regulation) -> None:
    # virus 3/4 × 4 = 3,00; firewall 2,00; plan 1,00; posts 0,00: 6,00 of the 8,00 that Tốt asks for
    found = missing(small, "so", machines_all=4, protected=3, wall=True, plan_made="late", posts_made=0)

    (short,) = found.shortfalls
    assert (found.label, short.node.id, short.points, short.minimum, short.lacks) == ("Tốt", "total", 600, 800, 200)
    assert gains(found) == [("posts", 200, 200), ("virus", 100, 100), ("plan", 100, 100)]
    assert enough(found) == ["posts"]
    assert say(found.explanation, "vi") == (
        "Để đạt Tốt, còn thiếu 2,00 điểm ở “Tổng điểm” (hiện có 6,00, cần 8,00). "
        "Chỉ cần đạt điểm tối đa ở 1 tiêu chí: Tin bài (thêm 2,00 điểm)."
    )
    assert say(found.explanation, "en") == (
        "To reach Tốt: 2.00 points short in “Tổng điểm” (has 6.00, needs 8.00). "
        "Full marks in one indicator would do: Tin bài (2.00 points more)."
    )


def test_the_fewest_indicators_are_named(small: Regulation) -> None:
    # 1,00 of 5,00: virus brings 4,00 alone, of the others it would take three
    assert enough(missing(small, "so", machines_all=4, protected=0, plan_made="late")) == ["virus"]
    # 0,00 of 5,00: virus and one more; of equal ones the first in the table
    assert enough(missing(small, "so")) == ["virus", "firewall"]


def test_at_the_highest_grade_nothing_is_missing(small: Regulation) -> None:
    assert next_grade(assess(small, "xa", answers(machines_all=4, protected=4, wall=True))) is None


def test_a_regulation_without_levels_has_no_next_level(small: Regulation) -> None:
    assert next_level(assess(small, "xa", {})) is None


def test_exactly_on_the_bound_the_grade_above_is_next(small: Regulation) -> None:
    # 5,00 is Khá already
    found = missing(small, "xa", wall=True)

    assert (found.label, [short.lacks for short in found.shortfalls]) == ("Tốt", [300])


def test_an_indicator_that_does_not_apply_is_left_out(small: Regulation) -> None:
    found = next_grade(assess(small, "so", granted("posts")))

    # with the full marks for posts 2,00 of 5,00
    assert found is not None
    assert gains(found) == [("virus", 400, 400), ("firewall", 200, 200), ("plan", 200, 200)]


def test_an_indicator_whose_claim_is_not_granted_is_still_to_be_earned(small: Regulation) -> None:
    claim = {"posts": Answer("posts", status=AnswerStatus.NOT_APPLICABLE)}
    officially, by_itself = (next_grade(assess(small, "so", claim, self_score=each)) for each in (False, True))

    assert officially is not None
    assert by_itself is not None
    assert ("posts", 200, 200) in gains(officially)
    assert "posts" not in {indicator for indicator, _, _ in gains(by_itself)}


def test_a_self_score_says_what_it_does_not_cover_yet(small: Regulation) -> None:
    found = next_grade(assess(small, "so", answers(machines_all=4, protected=1), self_score=True))

    assert found is not None
    # 1,00 of 5,00; posts are counted by the officer
    assert (gains(found), found.not_known) == ([("virus", 300, 300), ("firewall", 200, 200), ("plan", 200, 200)], 200)
    assert say(found.explanation, "vi") == (
        "Để đạt Khá, còn thiếu 4,00 điểm ở “Tổng điểm” (hiện có 1,00, cần 5,00). "
        "Chỉ cần đạt điểm tối đa ở 2 tiêu chí: Tỷ lệ máy có diệt virus (thêm 3,00 điểm), Có tường lửa (thêm 2,00 điểm)."
        " Chưa tính 2,00 điểm tối đa của các tiêu chí xác định sau."
    )


WEIGHTED = one_tree("""
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  operation: weighted
  weights: {a: 3, b: 1}
  out_of: 4
  children:
  - {id: a, label: A, how: theo lựa chọn, clause: Điều 1, maximum: {so: 1}, rule: {kind: yes_no, question: qa}}
  - {id: b, label: B, how: theo lựa chọn, clause: Điều 1, maximum: {so: 100}, rule: {kind: yes_no, question: qb}}
questions: {qa: {label: Có A, type: boolean}, qb: {label: Có B, type: boolean}}
""")


def test_a_gain_is_what_reaches_the_total_where_points_are_weighted() -> None:
    # a: 1 point brings 10 × 3/4 = 7,50; b: 100 points bring 10 × 1/4 = 2,50
    found = missing(WEIGHTED, "so")

    assert (gains(found), enough(found)) == ([("a", 100, 750), ("b", 10000, 250)], ["a"])


BEST = one_tree("""
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 6}
  operation: best_of
  children:
  - id: one
    label: Một
    clause: Điều 1
    maximum: {so: 6}
    children:
    - {id: a, label: A, how: theo lựa chọn, clause: Điều 1, maximum: {so: 4}, rule: {kind: yes_no, question: qa}}
    - {id: b, label: B, how: theo lựa chọn, clause: Điều 1, maximum: {so: 2}, rule: {kind: yes_no, question: qb}}
  - id: other
    label: Hai
    clause: Điều 1
    maximum: {so: 6}
    children:
    - {id: c, label: C, how: theo lựa chọn, clause: Điều 1, maximum: {so: 3}, rule: {kind: yes_no, question: qc}}
    - {id: d, label: D, how: theo lựa chọn, clause: Điều 1, maximum: {so: 3}, rule: {kind: yes_no, question: qd}}
questions:
  qa: {label: Có A, type: boolean}
  qb: {label: Có B, type: boolean}
  qc: {label: Có C, type: boolean}
  qd: {label: Có D, type: boolean}
""")


def test_of_several_cases_only_what_lifts_the_best_one_is_a_gain() -> None:
    # one: 2,00, other: 0,00; a would make one 6,00; c alone would make other 3,00; 5,00 are wanted
    found = missing(BEST, "so", qb=True)

    assert gains(found) == [("a", 400, 400), ("c", 300, 100), ("d", 300, 100)]
    assert enough(found) == ["a"]


def test_nothing_superfluous_is_named() -> None:
    # from nothing a brings most, but then it takes c and d as well, and these two are enough without it: 6,00
    assert enough(missing(BEST, "so")) == ["c", "d"]


LEVELS = one_tree(
    """
levels:
  clause: Điều 1
  list:
  - {label: Mức I, minima: {total: 9, one: 3.6, other: 5.4}}
  - {label: Mức II, minima: {total: 5, one: 2, other: 3}}
  below_lowest: {policy: not_ranked, text: chưa đạt mức nào, clause: Điều 1}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  children:
  - id: one
    label: Một
    clause: Điều 1
    maximum: {so: 4}
    children:
    - {id: a, label: A, how: theo tỷ lệ, clause: Điều 1, maximum: {so: 3}, rule: {kind: given, question: qa}}
    - {id: b, label: B, how: theo tỷ lệ, clause: Điều 1, maximum: {so: 1}, rule: {kind: given, question: qb}}
  - id: other
    label: Hai
    clause: Điều 1
    maximum: {so: 6}
    children:
    - {id: c, label: C, how: theo tỷ lệ, clause: Điều 1, maximum: {so: 4}, rule: {kind: given, question: qc}}
    - {id: d, label: D, how: theo tỷ lệ, clause: Điều 1, maximum: {so: 2}, rule: {kind: given, question: qd}}
questions:
  qa: {label: Điểm A, type: decimal, minimum: 0, maximum: 3}
  qb: {label: Điểm B, type: decimal, minimum: 0, maximum: 1}
  qc: {label: Điểm C, type: decimal, minimum: 0, maximum: 4}
  qd: {label: Điểm D, type: decimal, minimum: 0, maximum: 2}
""",
    without=("grades",),
)


def test_a_level_lacks_every_minimum_that_is_not_reached() -> None:
    # one 1 + 1 = 2,00 of 3,60; other 4 + 2 = 6,00 of 5,40; together 8,00 of 9,00
    found = next_level(assess(LEVELS, "so", answers(qa=1, qb=1, qc=4, qd=2)))

    assert found is not None
    assert (found.label, [(short.node.id, short.lacks) for short in found.shortfalls]) == (
        "Mức I",
        [("total", 100), ("one", 160)],
    )
    assert (gains(found), enough(found)) == ([("a", 200, 200), ("a", 200, 200)], ["a"])
    assert say(found.explanation, "vi") == (
        "Để đạt Mức I, còn thiếu 1,00 điểm ở “Tổng” (hiện có 8,00, cần 9,00); "
        "1,60 điểm ở “Một” (hiện có 2,00, cần 3,60). Chỉ cần đạt điểm tối đa ở 1 tiêu chí: A (thêm 2,00 điểm)."
    )


def test_what_is_enough_for_one_minimum_is_counted_for_the_others() -> None:
    # Mức II from 0,00: one lacks 2,00, other 3,00, together 5,00; a and c bring 3,00 and 4,00
    found = next_level(assess(LEVELS, "so", {}))

    assert found is not None
    assert (found.label, enough(found)) == ("Mức II", ["a", "c"])


def test_at_the_highest_level_nothing_is_missing() -> None:
    assert next_level(assess(LEVELS, "so", answers(qa=3, qb=1, qc=4, qd=2))) is None


OUT = one_tree("""
not_applicable: {policy: out, clause: Điều 1}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  children:
  - {id: a, label: A, how: theo lựa chọn, clause: Điều 1, maximum: {so: 6}, rule: {kind: yes_no, question: qa}}
  - {id: b, label: B, how: theo lựa chọn, clause: Điều 1, maximum: {so: 4}, rule: {kind: yes_no, question: qb}}
questions: {qa: {label: Có A, type: boolean}, qb: {label: Có B, type: boolean}}
""")


def test_where_all_maxima_together_are_not_enough_that_is_said() -> None:
    found = next_grade(assess(OUT, "so", granted("a")))

    assert found is not None
    assert (gains(found), enough(found)) == ([("b", 400, 400)], [])
    assert say(found.explanation, "vi") == (
        "Để đạt Đạt, còn thiếu 5,00 điểm ở “Tổng” (hiện có 0,00, cần 5,00). "
        "Đạt điểm tối đa ở mọi tiêu chí đang chấm cũng chưa đủ."
    )


def test_a_unit_too_low_for_any_grade_has_the_lowest_one_before_it() -> None:
    strict = one_tree(
        """
grades:
  clause: Điều 1
  bands: [{label: Đạt, at_least: 5}, {label: Yếu, at_least: 2, below: 5}]
  below_lowest: {policy: not_ranked, assumed: không nói đến, text: chưa được xếp loại}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 6}
  children:
  - {id: a, label: A, how: theo lựa chọn, clause: Điều 1, maximum: {so: 6}, rule: {kind: yes_no, question: qa}}
questions: {qa: {label: Có A, type: boolean}}
"""
    )
    found = missing(strict, "so")

    assert (found.label, [short.lacks for short in found.shortfalls]) == ("Yếu", [200])
