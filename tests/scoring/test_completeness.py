"""What is missing, and what cannot be right."""

from decimal import Decimal

import pytest

from scoring import (
    Answer,
    AnswerStatus,
    AnswerValue,
    By,
    Question,
    Regulation,
    completeness,
    load_regulation,
    missing_items,
    parse_regulation,
    question_numbers,
    shipped,
)
from tests.scoring.one_rule import one_rule
from words import Value, say


def test_an_empty_form_lacks_everything_the_unit_declares(small: Regulation) -> None:
    empty = completeness(small, "so", {})

    assert (empty.filled, empty.of) == (0, 4)
    assert empty.missing == ("machines_all", "protected", "wall", "plan_made")
    assert empty.problems == ()


def test_what_officers_record_is_not_the_units_to_fill(small: Regulation) -> None:
    assert "posts_made" not in missing_items(small, "so", {})


def test_zero_and_no_are_answers(small: Regulation) -> None:
    answers = {"machines_all": Answer("machines_all", 0), "wall": Answer("wall", value=False)}

    assert missing_items(small, "xa", answers) == ("protected",)


def test_a_row_without_a_value_is_no_answer(small: Regulation) -> None:
    assert missing_items(small, "xa", {"wall": Answer("wall")}) == ("machines_all", "protected", "wall")


def test_a_claim_of_na_covers_what_only_that_indicator_reads(small: Regulation) -> None:
    claim = {"virus": Answer("virus", status=AnswerStatus.NOT_APPLICABLE, reason="không có máy")}

    covered = completeness(small, "xa", claim)

    assert (covered.filled, covered.of, covered.missing) == (2, 3, ("wall",))


def test_a_refused_claim_covers_nothing(small: Regulation) -> None:
    refused = {"virus": Answer("virus", status=AnswerStatus.NOT_APPLICABLE_REFUSED, by=By.VERIFIED)}

    assert missing_items(small, "xa", refused) == ("machines_all", "protected", "wall")


def test_a_question_that_another_indicator_reads_is_still_wanted(cao_bang: Regulation) -> None:
    claim = {"diet_virus": Answer("diet_virus", status=AnswerStatus.NOT_APPLICABLE)}

    missing = missing_items(cao_bang, "so", claim)

    assert "may_diet_virus" not in missing
    assert "may_tinh" in missing


def test_what_is_missing_stands_in_the_order_of_the_form(cao_bang: Regulation) -> None:
    missing = missing_items(cao_bang, "so", {})

    assert missing == tuple(key for key in question_numbers(cao_bang, "so") if cao_bang.questions[key].required)


def test_a_question_that_is_not_required_is_never_missing(small_text: str) -> None:
    regulation, _ = parse_regulation(small_text.replace("type: boolean,", "type: boolean, required: false,"))
    assert regulation is not None

    assert missing_items(regulation, "xa", {}) == ("machines_all", "protected")


def test_a_part_larger_than_its_whole_is_told(small: Regulation) -> None:
    answers = {"machines_all": Answer("machines_all", 10), "protected": Answer("protected", 12)}

    (problem,) = completeness(small, "xa", answers).problems

    assert (problem.code, problem.severity, problem.where.path) == ("part_above_whole", "error", "protected")
    assert say(problem.text, "vi") == (
        "“1.1b – Số máy có diệt virus” là 12, không thể lớn hơn “1.1a – Tổng số máy” là 10. Hãy "
        "kiểm tra lại các số liệu này."
    )


def test_parts_are_compared_together_only_when_all_are_given(cao_bang: Regulation) -> None:
    some = {"van_ban_di": Answer("van_ban_di", 10), "van_ban_chi_dien_tu": Answer("van_ban_chi_dien_tu", 8)}
    more = {**some, "van_ban_kem_giay": Answer("van_ban_kem_giay", 3)}

    assert completeness(cao_bang, "so", some).problems == ()
    assert [problem.code for problem in completeness(cao_bang, "so", more).problems] == ["part_above_whole"]


def test_limits_inside_parts_of_an_indicator_count_as_well(cao_bang: Regulation) -> None:
    answers = {"may_tinh": Answer("may_tinh", 10), "may_lan": Answer("may_lan", 11)}

    assert [each.where.path for each in completeness(cao_bang, "so", answers).problems] == ["may_lan"]


def test_a_part_that_may_exceed_its_whole_is_no_problem() -> None:
    questions = {
        "done": {"label": "Đã làm", "type": "integer", "minimum": 0},
        "planned": {"label": "Kế hoạch", "type": "integer", "minimum": 1},
    }
    rule = {"kind": "ratio", "part": "done", "whole": "planned", "counting": "việc"}
    answers = {"done": Answer("done", 12), "planned": Answer("planned", 10)}

    strict, lenient = one_rule(rule, 1, questions), one_rule({**rule, "may_exceed": True}, 1, questions)

    assert [each.code for each in completeness(strict, "so", answers).problems] == ["part_above_whole"]
    assert completeness(lenient, "so", answers).problems == ()


def test_a_value_out_of_range_is_told_once(small: Regulation) -> None:
    answers = {"machines_all": Answer("machines_all", 9999), "protected": Answer("protected", 10000)}

    (problem,) = completeness(small, "xa", answers).problems

    assert (problem.code, problem.where.path) == ("wrong_value", "machines_all")
    assert say(problem.text, "vi") == (
        "“1.1a – Tổng số máy”: 9.999 lớn hơn mức cao nhất có thể có là 5.000. Hãy kiểm tra lại số liệu."
    )


def given(**values: AnswerValue) -> dict[str, Answer]:
    return {key: Answer(key, value) for key, value in values.items()}


def test_a_check_between_two_questions_is_told_with_both_numbers_and_its_clause(levels: Regulation) -> None:
    (problem,) = completeness(levels, "xa", given(online=12, files=10)).problems

    assert (problem.code, problem.severity, problem.where.path) == ("check_failed", "error", "online")
    assert say(problem.text, "vi") == (
        "“B2a – Hồ sơ trực tuyến” phải ≤ “B2b – Hồ sơ”, nhưng số liệu là 12 và 10 (Điều 1). Hãy "
        "kiểm tra lại các số liệu này."
    )


def test_a_problem_calls_a_question_as_it_is_told_to_but_last_year_has_no_cell(levels: Regulation) -> None:
    names: dict[str, Value] = {"files": "Hồ sơ (ô F7)"}
    (problem,) = completeness(levels, "xa", {"files": Answer("files", 4, previous=10)}, names=names).problems

    assert say(problem.text, "vi").startswith("Hồ sơ (ô F7) thường ≥ 0,5 × “B2b – Hồ sơ” năm trước, nhưng")


@pytest.mark.parametrize("answers", [{"online": 10, "files": 10}, {"online": 9, "files": 10}, {"online": 12}, {}])
def test_a_check_that_holds_or_cannot_be_made_yet_says_nothing(
    levels: Regulation, answers: dict[str, AnswerValue]
) -> None:
    assert completeness(levels, "xa", given(**answers)).problems == ()


def test_a_check_against_last_year_only_asks_for_a_second_look(levels: Regulation) -> None:
    (problem,) = completeness(levels, "xa", {"files": Answer("files", 4, previous=10)}).problems

    assert (problem.code, problem.severity, problem.where.path) == ("check_failed", "notice", "files")
    assert say(problem.text, "vi") == (
        "“B2b – Hồ sơ” thường ≥ 0,5 × “B2b – Hồ sơ” năm trước, nhưng số liệu là 4 và 5 (giả định). "
        "Đề nghị xem lại các số liệu này."
    )


@pytest.mark.parametrize("files", [Answer("files", 5, previous=10), Answer("files", 5), Answer("files", previous=10)])
def test_a_check_against_last_year_needs_both_years(levels: Regulation, files: Answer) -> None:
    assert completeness(levels, "xa", {"files": files}).problems == ()


@pytest.mark.parametrize(("pieces", "codes"), [(6, []), (7, ["check_failed"]), (5, ["check_failed"])])
def test_a_check_may_want_two_sums_to_be_equal(levels_text: str, pieces: int, codes: list[str]) -> None:
    text = levels_text.replace("that: online <= files,", "that: desktops + laptops - broken = 2 * staff,")
    regulation, problems = parse_regulation(text)
    assert problems == ()
    assert regulation is not None

    found = completeness(regulation, "xa", given(desktops=pieces, laptops=1, broken=1, staff=3)).problems

    assert [problem.code for problem in found if problem.code != "part_above_whole"] == codes


def test_a_check_on_what_the_group_is_not_asked_is_not_made(levels_text: str) -> None:
    regulation, _ = parse_regulation(levels_text.replace("that: online <= files,", "that: online <= speed,"))
    assert regulation is not None
    answers = given(online=12, speed=Decimal(10))

    assert completeness(regulation, "xa", answers).problems == ()
    assert [problem.code for problem in completeness(regulation, "huyen", answers).problems] == ["check_failed"]


def test_a_part_from_which_something_is_taken_off_is_compared_as_it_is_counted(levels: Regulation) -> None:
    fits = given(desktops=3, laptops=2, broken=1, staff=3)
    too_many = given(desktops=3, laptops=3, broken=1, staff=3)

    assert completeness(levels, "xa", fits).problems == ()
    (problem,) = completeness(levels, "xa", too_many).problems
    assert (problem.code, problem.where.path) == ("part_above_whole", "desktops")
    assert say(problem.text, "vi") == (
        "“B1b – Máy để bàn” + “B1c – Máy xách tay” − “B1d – Máy hỏng” là 5, không thể lớn hơn "
        "“B1a – Cán bộ” + 1 là 4. Hãy kiểm tra lại các số liệu này."
    )


YES_NO = {"plan": {"label": "Có kế hoạch", "type": "boolean", "evidence": True}}
TRAINED = {
    "trained": {"label": "Số người được tập huấn", "type": "integer", "minimum": 0, "evidence": True},
    "staff": {"label": "Số cán bộ", "type": "integer", "minimum": 1},
}
RATIO = {"kind": "ratio", "part": "trained", "whole": "staff", "counting": "người"}


def reported(points: dict[str, object]) -> Regulation:
    """A regulation with one question, which wants evidence: what became of a report, and what that earns."""
    choices = {each: each.capitalize() for each in points}
    question = {"label": "Báo cáo", "type": "choice", "evidence": True, "choices": choices}
    return one_rule({"kind": "choice", "question": "report", "points": points}, 2, {"report": question})


@pytest.mark.parametrize(
    ("value", "evidence", "lacking"),
    [
        (True, "", ("plan",)),
        (True, "  ", ("plan",)),
        (True, "12/KH-MAU", ()),
        (False, "", ()),
        (None, "", ()),
    ],
)
def test_a_yes_is_shown_by_evidence_and_a_no_needs_none(
    value: AnswerValue | None, evidence: str, lacking: tuple[str, ...]
) -> None:
    regulation = one_rule({"kind": "yes_no", "question": "plan"}, 1, YES_NO)

    found = completeness(regulation, "so", {"plan": Answer("plan", value, evidence=evidence)})

    assert found.unevidenced == lacking


@pytest.mark.parametrize(("trained", "lacking"), [(0, ()), (1, ("trained",))])
def test_a_number_is_shown_by_evidence_and_a_zero_needs_none(trained: int, lacking: tuple[str, ...]) -> None:
    found = completeness(one_rule(RATIO, 1, TRAINED), "so", given(trained=trained, staff=10))

    assert (found.missing, found.unevidenced) == ((), lacking)


@pytest.mark.parametrize(
    ("points", "nothing"),
    [
        ({"early": 2, "in_time": 1, "never": 0}, {"never"}),
        ({"early": 2, "in_time": 1}, set()),
        ({"early": 2, "late": -1, "never": -1}, {"late", "never"}),
        ({"early": "maximum", "later": 0, "never": 0}, {"later", "never"}),
    ],
)
def test_the_choice_that_earns_the_least_and_nothing_needs_no_evidence(
    points: dict[str, object], nothing: set[str]
) -> None:
    regulation = reported(points)

    free = {each for each in points if not completeness(regulation, "so", given(report=each)).unevidenced}

    assert free == nothing


def test_what_is_claimed_not_to_apply_needs_no_evidence() -> None:
    regulation = one_rule(RATIO, 1, TRAINED)
    claim = Answer("one", status=AnswerStatus.NOT_APPLICABLE, reason="không có cán bộ (mẫu)")

    assert completeness(regulation, "so", {"trained": Answer("trained", 3), "one": claim}).unevidenced == ()


def test_what_others_record_needs_no_evidence_of_the_unit() -> None:
    questions = {"plan": {**YES_NO["plan"], "source": "department"}}
    regulation = one_rule({"kind": "yes_no", "question": "plan"}, 1, questions)

    assert completeness(regulation, "so", given(plan=True)).unevidenced == ()


@pytest.mark.parametrize("regulation_id", shipped())
def test_of_every_shipped_regulation_a_form_that_reports_nothing_needs_no_evidence(regulation_id: str) -> None:
    regulation, _ = load_regulation(regulation_id)
    assert regulation is not None
    for group in regulation.groups:
        wanting = [each for each in regulation.questions_for(group) if each.evidence]
        free = {
            each.key
            for each in wanting
            if any(not completeness(regulation, group, given(**{each.key: v})).unevidenced for v in possible(each))
        }
        assert free == {each.key for each in wanting}


def possible(question: Question) -> tuple[AnswerValue, ...]:
    """What somebody may answer who has nothing to show."""
    return tuple(each.id for each in question.choices) or (False if question.type == "boolean" else 0,)
