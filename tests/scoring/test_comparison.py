"""This year beside an earlier one: the same criteria, mapped ones, units that came, went or were merged."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring import (
    Answer,
    AnswerStatus,
    AnswerValue,
    By,
    Regulation,
    Unit,
    UnitChange,
    UnitStatus,
    check_rankings,
    compare,
    rank_units,
    ranking_document,
    read_mergers,
    read_ranking,
    sentence,
    tally,
    tally_previous,
)
from scoring.ranking_file import RankingFile
from tests.scoring.one_tree import answers, granted, one_tree
from words import Place, say

UNITS = (Unit("a", "Sở A", "so"), Unit("b", "Sở B", "so"))

NOW = one_tree("""
id: this
not_applicable: {policy: full_marks, clause: Điều 1}
comparisons:
  earlier:
    nodes: {total: all, plans: papers, web: pages}
    not_comparable: {staff: Cách tính đã đổi}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 20}
  children:
  - id: plans
    label: Kế hoạch
    how: theo điểm
    clause: Điều 1
    maximum: {so: 8}
    rule: {kind: given, question: q_plans}
  - id: web
    label: Trang tin
    how: theo điểm
    clause: Điều 1
    maximum: {so: 6}
    rule: {kind: given, question: q_web}
  - id: staff
    label: Nhân lực
    how: theo điểm
    clause: Điều 1
    maximum: {so: 6}
    rule: {kind: given, question: q_staff}
questions:
  q_plans: {label: Điểm kế hoạch, type: decimal, minimum: 0, maximum: 8}
  q_web: {label: Điểm trang tin, type: decimal, minimum: 0, maximum: 6}
  q_staff: {label: Điểm nhân lực, type: decimal, minimum: 0, maximum: 6}
""")

EARLIER = one_tree("""
id: earlier
tree:
- id: all
  label: Tổng
  clause: Điều 1
  maximum: {so: 10}
  children:
  - id: papers
    label: Văn bản
    how: theo điểm
    clause: Điều 1
    maximum: {so: 3}
    rule: {kind: given, question: q_papers}
  - id: pages
    label: Trang
    how: theo điểm
    clause: Điều 1
    maximum: {so: 3}
    rule: {kind: given, question: q_pages}
  - id: people
    label: Con người
    how: theo điểm
    clause: Điều 1
    maximum: {so: 4}
    rule: {kind: given, question: q_people}
questions:
  q_papers: {label: Điểm văn bản, type: decimal, minimum: 0, maximum: 3}
  q_pages: {label: Điểm trang, type: decimal, minimum: 0, maximum: 3}
  q_people: {label: Điểm con người, type: decimal, minimum: 0, maximum: 4}
""")


def ranking(
    regulation: Regulation, given: Mapping[str, Mapping[str, Answer]], units: Sequence[Unit] = UNITS
) -> RankingFile:
    """Return a ranking as it is written and read again."""
    written = json.dumps(ranking_document(regulation, rank_units(regulation, units, given)))
    read, problems = read_ranking(written, "ranking.json")
    assert problems == ()
    assert read is not None
    return read


def said(change: UnitChange) -> str | None:
    return None if change.note is None else say(change.note, "vi")


def lines(change: UnitChange) -> dict[str, tuple[str, ...]]:
    """Return points and percent of both years and the change, or why there is none."""
    return {
        each.node.id: (
            str(each.now.points),
            str(each.now.percent),
            *((str(each.previous.points), str(each.previous.percent)) if each.previous else ()),
            say(each.reason, "vi") if each.reason else str(each.change),
        )
        for each in change.nodes
    }


def test_under_the_same_regulation_every_line_is_compared_with_itself() -> None:
    before = ranking(NOW, {"a": answers(q_plans=4, q_web=1), "b": answers(q_plans=6, q_web=6)})
    now = ranking(NOW, {"a": answers(q_plans=8, q_web=2), "b": answers(q_plans=6)})

    a, b = compare(NOW, now, before)

    # a: 10,00 of 20 after 5,00; web 2/6 = 33,33 % after 1/6 = 16,67 %: the printed ones differ by 16,66
    assert lines(a) == {
        "total": ("10.00", "50.00", "5.00", "25.00", "25.00"),
        "plans": ("8.00", "100.00", "4.00", "50.00", "50.00"),
        "web": ("2.00", "33.33", "1.00", "16.67", "16.66"),
        "staff": ("0.00", "0.00", "0.00", "0.00", "0.00"),
    }
    assert (a.unit, a.fate, a.rank, a.previous_rank, a.climbed) == ("a", "compared", 1, 2, 1)
    assert (b.unit, b.fate, b.rank, b.previous_rank, b.climbed) == ("b", "compared", 2, 1, -1)


def test_under_other_criteria_the_regulation_says_what_corresponds() -> None:
    before = ranking(EARLIER, {"a": answers(q_papers=Decimal("1.5"), q_pages=2, q_people=4), "b": {}})
    now = ranking(NOW, {"a": answers(q_plans=6, q_web=3, q_staff=6), "b": {}})

    a, _ = compare(NOW, now, before)

    # plans 6/8 = 75 % after 1,50/3 = 50 %; the scales differ, the shares do not
    assert lines(a) == {
        "total": ("15.00", "75.00", "7.50", "75.00", "0.00"),
        "plans": ("6.00", "75.00", "1.50", "50.00", "25.00"),
        "web": ("3.00", "50.00", "2.00", "66.67", "-16.67"),
        "staff": ("6.00", "100.00", "không so sánh được: Cách tính đã đổi"),
    }
    assert check_rankings(NOW, now, before) == ()


def test_what_the_regulation_does_not_map_is_not_comparable() -> None:
    before = ranking(NOW, {"a": answers(q_plans=4)})
    now = ranking(EARLIER, {"a": answers(q_papers=3)})

    a, _ = compare(EARLIER, now, before)
    (notice,) = check_rankings(EARLIER, now, before)

    why = "không so sánh được: năm trước không có tiêu chí tương ứng"
    assert {line[-1] for line in lines(a).values()} == {why}
    assert (notice.code, notice.severity) == ("no_comparison", "notice")
    assert say(notice.text, "vi") == (
        "Quy định “earlier” chưa ghi cách đối chiếu với “this” (mục comparisons) nên không so sánh được điểm, "
        "chỉ so sánh được thứ hạng. Nếu cần, hãy bổ sung."
    )


def test_what_did_not_apply_in_one_of_the_years_is_not_comparable() -> None:
    before = ranking(NOW, {"a": answers(q_plans=4) | granted("web")})
    now = ranking(NOW, {"a": answers(q_plans=4, q_web=3)})

    a, _ = compare(NOW, now, before)

    # 6,00 were its full marks for what did not apply
    assert lines(a)["web"] == (
        "3.00",
        "50.00",
        "6.00",
        "100.00",
        "không so sánh được: có năm tiêu chí không áp dụng cho đơn vị",
    )


def test_a_line_that_the_unit_did_not_have_is_not_comparable() -> None:
    text = json.dumps(ranking_document(NOW, rank_units(NOW, UNITS, {})))
    without, _ = read_ranking(text.replace('"web"', '"other"'), "before.json")
    assert without is not None

    a, _ = compare(NOW, ranking(NOW, {}), without)

    assert lines(a)["web"] == (
        "0.00",
        "0.00",
        "không so sánh được: đơn vị không có dòng này trong năm trước",
    )


def test_a_line_that_an_older_text_of_the_regulation_did_not_have_is_left_out() -> None:
    text = json.dumps(ranking_document(NOW, rank_units(NOW, UNITS, {})))
    older, _ = read_ranking(text.replace('"web"', '"other"'), "now.json")
    assert older is not None

    a, _ = compare(NOW, older, ranking(NOW, {}))

    assert list(lines(a)) == ["total", "plans", "staff"]


def test_a_line_outside_the_scale_has_points_and_no_share() -> None:
    bonus = one_tree("""
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 5}
  children:
  - {id: a, label: A, how: điểm, clause: Điều 1, maximum: {so: 5}, rule: {kind: given, question: qa}}
  - id: fines
    label: Điểm trừ
    how: mỗi lần trừ 1 điểm
    clause: Điều 1
    maximum: {so: 0}
    rule: {kind: penalty, deductions: [{count: late, each: 1}], floor: -3}
questions:
  qa: {label: Điểm A, type: decimal, minimum: 0, maximum: 5}
  late: {label: Số lần chậm, type: integer, minimum: 0}
""")
    before, now = (ranking(bonus, {"a": answers(qa=5, late=times)}) for times in (2, 1))

    a, _ = compare(bonus, now, before)

    assert lines(a) == {
        "total": ("4.00", "80.00", "3.00", "60.00", "20.00"),
        "a": ("5.00", "100.00", "5.00", "100.00", "0.00"),
        "fines": ("-1.00", "None", "-2.00", "None", "không so sánh được: dòng không tính trong thang điểm"),
    }


def test_units_that_came_and_went_are_said() -> None:
    before = ranking(NOW, {}, [Unit("a", "A", "so"), Unit("old", "Cũ", "so")])
    now = ranking(NOW, {}, [Unit("a", "A", "so"), Unit("new", "Mới", "so")])

    a, new, old = compare(NOW, now, before)

    assert (a.fate, new.unit, new.fate, new.rank, new.previous_rank, new.nodes) == (
        "compared",
        "new",
        "new",
        1,
        None,
        (),
    )
    assert (old.unit, old.fate, old.rank, old.previous_rank) == ("old", "gone", None, 1)
    assert (said(new), said(old)) == ("chưa có trong năm trước", "không còn trong năm nay")


def test_a_merged_unit_is_compared_with_none_of_its_former_ones() -> None:
    before = ranking(NOW, {}, [Unit("x", "X", "so"), Unit("y", "Y", "so"), Unit("z", "Z", "so")])
    now = ranking(NOW, {}, [Unit("xy", "XY", "so"), Unit("z2", "Z mới", "so")])
    mergers, problems = read_mergers("former,unit\nx,xy\ny,xy\nz,z2\n", "merged.csv", {"x", "y", "z"}, {"xy", "z2"})

    merged, renamed, x, y = compare(NOW, now, before, mergers)

    assert problems == ()
    assert (merged.fate, said(merged)) == ("merged", "hình thành từ x, y nên không so sánh với riêng đơn vị nào")
    assert [(each.unit, each.fate, said(each)) for each in (x, y)] == [
        ("x", "gone", "đã nhập vào xy"),
        ("y", "gone", "đã nhập vào xy"),
    ]
    # another name for the same unit is no merger
    assert (renamed.unit, renamed.fate, renamed.previous_rank) == ("z2", "compared", 1)


def test_a_unit_that_took_in_another_is_merged_too() -> None:
    before = ranking(NOW, {}, [Unit("x", "X", "so"), Unit("y", "Y", "so")])
    now = ranking(NOW, {}, [Unit("x", "X", "so")])

    x, y = compare(NOW, now, before, {"y": "x"})

    assert (x.fate, said(x)) == ("merged", "hình thành từ x, y nên không so sánh với riêng đơn vị nào")
    assert (y.fate, said(y)) == ("gone", "đã nhập vào x")


def test_a_unit_that_was_not_assessed_in_one_of_the_years_is_not_compared() -> None:
    late = [Unit("a", "A", "so", status=UnitStatus.LATE), Unit("b", "B", "so")]
    before, now = ranking(NOW, {}), ranking(NOW, {}, late)

    assert [(each.unit, each.fate, said(each)) for each in compare(NOW, now, before)] == [
        ("b", "compared", None),
        ("a", "not_assessed", "năm nay không được đánh giá"),
    ]
    assert [(each.unit, each.fate, said(each)) for each in compare(NOW, before, now)] == [
        ("a", "not_assessed", "năm trước không được đánh giá"),
        ("b", "compared", None),
    ]


def test_ranks_of_different_groups_are_not_compared(small: Regulation) -> None:
    before = ranking(small, {}, [Unit("a", "A", "xa")])
    now = ranking(small, {}, [Unit("a", "A", "so")])

    (a,) = compare(small, now, before)

    assert (a.fate, a.rank, a.previous_rank, a.climbed) == ("compared", 1, None, None)
    assert said(a) == "năm trước thuộc nhóm khác (xa) nên không so sánh thứ hạng"


def test_a_ranking_of_another_regulation_is_an_error() -> None:
    (problem,) = check_rankings(NOW, ranking(EARLIER, {}), ranking(NOW, {}))

    assert (problem.code, problem.severity) == ("other_regulation", "error")
    assert problem.where == Place("ranking.json", path="regulation.id")


def test_a_file_that_is_no_ranking_is_a_problem_and_nothing_is_raised() -> None:
    for text in ("", "[1]", '{"problems": [], "results": []}', '{"regulation": {"id": "x"}, "results": [{}]}'):
        read, (problem,) = read_ranking(text, "r.json")
        assert (read, problem.code, problem.where) == (None, "not_a_ranking", Place("r.json"))


def test_amounts_that_are_no_printed_numbers_are_a_problem() -> None:
    for points in ("NaN", "1e5", "1,5", "٣"):
        node = {"points": points, "max": "5.00", "scale": "5.00", "na": "", "why": ""}
        unit = {"unit": "a", "group": "so", "status": "ranked", "rank": 1, "nodes": {"total": node}}
        read, problems = read_ranking(json.dumps({"regulation": {"id": "x"}, "results": [unit]}), "r.json")
        assert (points, read, [problem.code for problem in problems]) == (points, None, ["not_a_ranking"])


def test_a_unit_that_is_ranked_twice_is_a_problem() -> None:
    unit: dict[str, object] = {"unit": "a", "group": "so", "status": "missing", "rank": None, "nodes": {}}
    read, (problem,) = read_ranking(json.dumps({"regulation": {"id": "x"}, "results": [unit, unit]}), "r.json")

    assert (read, problem.code) == (None, "ranked_twice")


def test_mergers_name_units_of_both_years() -> None:
    mergers, problems = read_mergers("former,unit\nx,xy\nx,xy\ny,no\nno,xy\n", "merged.csv", {"x", "y"}, {"xy"})

    assert mergers == {"x": "xy"}
    assert [(each.where.line, each.where.path, each.code) for each in problems] == [
        (3, "former", "row_doubled"),
        (4, "unit", "unknown_unit"),
        (5, "former", "unknown_unit"),
    ]


ASKED = one_tree("""
groups: {so: {label: Sở, clause: Điều 1}, xa: {label: Xã, clause: Điều 1}}
tree:
- id: total
  label: Tổng
  clause: Điều 1
  maximum: {so: 6, xa: 5}
  children:
  - id: one_door
    label: Một cửa
    how: có hay không
    clause: Điều 1
    maximum: {so: 5, xa: 5}
    rule: {kind: yes_no, question: mot_cua}
  - id: site
    label: Trang
    how: có hay không
    clause: Điều 1
    maximum: {so: 1}
    rule: {kind: yes_no, question: trang}
questions:
  mot_cua: {label: Có hệ thống một cửa điện tử, type: boolean}
  trang: {label: Trang tin có tiếng Anh, type: boolean}
""")


def yes(value: AnswerValue, previous: AnswerValue | None = None) -> dict[str, Answer]:
    return {"mot_cua": Answer("mot_cua", value, previous=previous)}


def test_units_that_say_yes_are_counted_over_all_groups_that_are_asked() -> None:
    units = [Unit("s1", "S1", "so"), Unit("s2", "S2", "so"), Unit("x1", "X1", "xa")]
    given = {"s1": yes(value=True), "s2": yes(value=False)}
    before = {"s1": yes(value=True), "x1": yes(value=True)}

    now, previous = tally(ASKED, units, given), tally(ASKED, units, before)

    # x1 did not answer: it is one of the three, and did not say yes
    assert say(sentence(now["mot_cua"], previous["mot_cua"]), "vi") == (
        "1/3 đơn vị có hệ thống một cửa điện tử (năm trước: 2/3)"
    )
    assert say(sentence(now["trang"], None), "vi") == "0/2 đơn vị trả lời có: Trang tin có tiếng Anh"
    assert say(sentence(now["mot_cua"], previous["mot_cua"]), "en") == (
        "1/3 units: có hệ thống một cửa điện tử (the year before: 2/3)"
    )


def test_the_earlier_year_may_be_noted_beside_this_years_answers() -> None:
    units = [Unit("s1", "S1", "so"), Unit("s2", "S2", "so"), Unit("x1", "X1", "xa")]
    given = {"s1": yes(value=True, previous=False), "s2": yes(value=True, previous=True), "x1": yes(value=True)}

    previous = tally_previous(ASKED, units, given)

    assert (previous["mot_cua"].yes, previous["mot_cua"].of) == (1, 2)
    assert "trang" not in previous


def test_a_claim_is_no_yes() -> None:
    claim = {"mot_cua": Answer("mot_cua", status=AnswerStatus.NOT_APPLICABLE, by=By.VERIFIED)}

    found = tally(ASKED, [Unit("s1", "S1", "so")], {"s1": claim})

    assert (found["mot_cua"].yes, found["mot_cua"].of) == (0, 1)
