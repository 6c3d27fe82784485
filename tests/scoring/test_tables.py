"""units.csv and answers.csv, as people and programs save them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    Answer,
    AnswerStatus,
    By,
    Regulation,
    Unit,
    UnitStatus,
    parse_regulation,
    read_answers,
    read_units,
    write_answers,
    write_units,
)
from tests.scoring.one_rule import one_rule
from words import LANGUAGES, Problem, say

UNITS = (Unit("s1", "Sở Một", "so"), Unit("x1", "Xã Một", "xa"))


def told(problems: Sequence[Problem]) -> list[tuple[str, int | None, str]]:
    for problem in problems:
        for language in LANGUAGES:
            assert say(problem.text, language)
    return [(problem.code, problem.where.line, problem.where.path) for problem in problems]


def test_units_are_read_in_any_order_of_columns(small: Regulation) -> None:
    text = "group;unit;status;name\nso;s1;;Sở Một\nxa;x1;late;Xã Một\n"

    units, problems = read_units(text, "units.csv", small)

    assert problems == ()
    assert units == (Unit("s1", "Sở Một", "so"), Unit("x1", "Xã Một", "xa", status=UnitStatus.LATE))


def test_a_byte_order_mark_capitals_blank_lines_and_decomposed_letters_are_no_trouble(small: Regulation) -> None:
    text = "\ufeffUnit, Name ,GROUP\r\n\r\ns1," + normalize("NFD", "Sở Một") + ",so\r\n,,\r\n"

    assert read_units(text, "units.csv", small) == ((Unit("s1", "Sở Một", "so"),), ())


def test_bad_rows_of_units_are_told_and_the_others_are_kept(small: Regulation) -> None:
    text = (
        "unit,name,group,parent,status,source\n"
        "s1,Sở Một,so,,on_time,text\n"
        "s1,Sở Hai,so,,,\n"
        "s3,Sở Ba,sở,,,\n"
        "s4,Sở Bốn,so,s9,,\n"
        "s5,Sở Năm,so,s1,today,\n"
        ",Sở Sáu,so,,,\n"
        "s7,Sở Bảy,so,,,,,thừa\n"
        "s8,Sở Tám,so,s1,missing,assumed: chưa có quyết định\n"
    )

    units, problems = read_units(text, "units.csv", small)

    assert [unit.id for unit in units] == ["s1", "s8"]
    assert units[1] == Unit("s8", "Sở Tám", "so", "s1", UnitStatus.MISSING, "assumed: chưa có quyết định")
    assert told(problems) == [
        ("row_too_long", 8, ""),
        ("row_doubled", 3, "unit"),
        ("unknown_group_of_unit", 4, "group"),
        ("unknown_unit", 5, "parent"),
        ("unknown_word", 6, "status"),
        ("cell_empty", 7, "unit"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("column_missing", 1, "unit"), ("column_missing", 1, "name"), ("column_missing", 1, "group")]),
        ("unit,name\ns1,Sở\n", [("column_missing", 1, "group")]),
        ("unit,name,group,unit\n", [("column_doubled", 1, "unit")]),
        ("unit,name,group,colour\n", [("column_unknown", 1, "colour")]),
        ('unit,name,group\ns1,"' + "x" * 200_000 + '",so\n', [("csv", 2, "")]),
    ],
)
def test_a_table_that_cannot_be_read_says_why(
    small: Regulation, text: str, expected: list[tuple[str, int, str]]
) -> None:
    units, problems = read_units(text, "units.csv", small)

    assert units == ()
    assert told(problems) == expected


def test_answers_are_read_with_their_types(small: Regulation) -> None:
    text = (
        "unit,key,value,status,evidence,by,previous,reason\n"
        "s1,machines_all,15,,,unit,12,\n"
        "s1,machines_all,14,,Biên bản 3,verified,,một máy đã thanh lý\n"
        "s1,wall,có,,Ảnh chụp,,không,\n"
        "s1,plan_made,late,,,,,\n"
        "s1,posts_made,7,,,,,\n"
        "x1,virus,,not_applicable,CV 5,,,không có máy tính\n"
        "x1,virus,,not_applicable,,verified,,\n"
    )

    answers, problems = read_answers(text, "answers.csv", small, UNITS)

    assert problems == ()
    assert answers == {
        "s1": [
            Answer("machines_all", 15, previous=12),
            Answer("machines_all", 14, evidence="Biên bản 3", by=By.VERIFIED, reason="một máy đã thanh lý"),
            Answer("wall", value=True, evidence="Ảnh chụp", previous=False),
            Answer("plan_made", "late"),
            Answer("posts_made", 7, by=By.OFFICER),
        ],
        "x1": [
            Answer("virus", None, AnswerStatus.NOT_APPLICABLE, "CV 5", reason="không có máy tính"),
            Answer("virus", None, AnswerStatus.NOT_APPLICABLE, by=By.VERIFIED),
        ],
    }


def test_missing_columns_are_empty(small: Regulation) -> None:
    answers, problems = read_answers("key,unit,value\nwall,s1,1\nwall,x1,0\n", "a.csv", small, UNITS)

    assert problems == ()
    assert answers == {"s1": [Answer("wall", value=True)], "x1": [Answer("wall", value=False)]}


def test_bad_rows_of_answers_are_told_by_their_line_and_the_others_are_kept(small: Regulation) -> None:
    text = (
        "unit;key;value;status;by;previous\n"
        "s1;wall;có;;;\n"
        "s9;wall;có;;;\n"
        "s1;walls;có;;;\n"
        "s1;virus;5;;;\n"
        "x1;plan_made;late;;;\n"
        "s1;wall;không;;;\n"
        "s1;machines_all;8.5;;;\n"
        "s1;protected;9999999;;;x\n"
        "s1;protected;-3;;;\n"
        "s1;plan_made;late;na;;\n"
        "s1;plan_made;late;;me;\n"
        "s1;posts_made;4;;unit;\n"
        "s1;machines_all;;;verified;\n"
        "s1;machines_all;;;;\n"
        "x1;machines_all;3;;;\n"
    )

    answers, problems = read_answers(text, "a.csv", small, UNITS)

    assert answers == {"s1": [Answer("wall", value=True)], "x1": [Answer("machines_all", 3)]}
    assert told(problems) == [
        ("unknown_unit", 3, "unit"),
        ("unknown_key_of_row", 4, "key"),
        ("key_is_indicator", 5, "key"),
        ("key_not_in_group", 6, "key"),
        ("row_doubled", 7, "key"),
        ("wrong_value", 8, "value"),
        ("wrong_value", 9, "previous"),
        ("wrong_value", 10, "value"),
        ("unknown_word", 11, "status"),
        ("unknown_word", 12, "by"),
        ("not_the_units", 13, "by"),
        ("verified_empty", 14, "value"),
    ]


def test_na_needs_an_indicator_that_the_group_has_and_the_right_person(small: Regulation) -> None:
    text = (
        "unit,key,reason,status,by,value\n"
        "x1,plan,không có,not_applicable,,\n"
        "x1,plan_made,không có,not_applicable,,\n"
        "x1,nothing,không có,not_applicable,,\n"
        "x1,total,không có,not_applicable,,\n"
        "s1,virus,không có,not_applicable,officer,\n"
        "s1,virus,không có,not_applicable_refused,unit,\n"
        "s1,virus,không có,not_applicable,unit,0\n"
        "s1,virus,không có,not_applicable_refused,verified,\n"
        "x1,wall,không có,not_applicable,,\n"
    )

    answers, problems = read_answers(text, "a.csv", small, UNITS)

    assert answers == {
        "s1": [Answer("virus", None, AnswerStatus.NOT_APPLICABLE_REFUSED, by=By.VERIFIED, reason="không có")],
        "x1": [Answer("firewall", None, AnswerStatus.NOT_APPLICABLE, reason="không có")],
    }
    assert told(problems) == [
        ("key_not_in_group", 2, "key"),
        ("key_not_in_group", 3, "key"),
        ("unknown_key_of_row", 4, "key"),
        ("unknown_key_of_row", 5, "key"),
        ("na_by", 6, "by"),
        ("na_by", 7, "by"),
        ("na_with_value", 8, "value"),
    ]


def test_na_by_a_question_that_several_indicators_read_is_ambiguous(cao_bang: Regulation) -> None:
    units = [Unit("so-y-te", "Sở Y tế", "so")]

    answers, problems = read_answers(
        "unit,key,status\nso-y-te,may_tinh,not_applicable\n", "a.csv", cao_bang, [*units, UNITS[0]]
    )

    assert answers == {}
    assert told(problems)[0] == ("na_key_ambiguous", 2, "key")
    assert "diet_virus, ket_noi_mang" in say(problems[0].text, "vi")


def test_na_is_refused_where_the_regulation_does_not_know_it(small_text: str) -> None:
    regulation, _ = parse_regulation(small_text.replace("policy: full_marks", "policy: not_allowed"))
    assert regulation is not None

    answers, problems = read_answers("unit,key,status\ns1,virus,not_applicable\n", "a.csv", regulation, UNITS[:1])

    assert answers == {}
    assert told(problems)[0] == ("na_not_allowed", 2, "key")


def test_a_unit_on_time_without_any_row_is_a_notice(small: Regulation) -> None:
    units = [*UNITS, Unit("s2", "Sở Hai", "so", status=UnitStatus.MISSING)]

    _, problems = read_answers("unit,key,value\ns1,wall,1\n", "a.csv", small, units)

    assert [(problem.code, problem.severity) for problem in problems] == [("unit_without_answers", "notice")]
    assert "x1" in say(problems[0].text, "vi")


def test_the_line_of_a_row_is_where_it_begins(small: Regulation) -> None:
    text = 'unit,key,value,evidence\ns1,wall,1,"dòng một\ndòng hai"\ns9,wall,1,\n'

    answers, problems = read_answers(text, "a.csv", small, UNITS[:1])

    assert answers["s1"][0].evidence == "dòng một\ndòng hai"
    assert told(problems) == [("unknown_unit", 4, "unit")]


def test_a_decimal_comma_is_read_and_a_point_only_when_it_is_announced() -> None:
    regulation = one_rule(
        {"kind": "per_item", "count": "amount", "each": 1},
        100,
        {"amount": {"label": "Số tiền", "type": "decimal", "minimum": 0}},
    )
    comma, point = 'unit,key,value\ns1,amount,"8,5"\n', "unit,key,value\ns1,amount,8.5\n"
    units = UNITS[:1]

    assert read_answers(comma, "a.csv", regulation, units) == ({"s1": [Answer("amount", Decimal("8.5"))]}, ())
    assert [problem.code for problem in read_answers(point, "a.csv", regulation, units)[1]] == [
        "wrong_value",
        "unit_without_answers",
    ]
    assert read_answers(point, "a.csv", regulation, units, decimal_point=True) == (
        {"s1": [Answer("amount", Decimal("8.5"))]},
        (),
    )


def test_what_is_written_is_read_back(small: Regulation) -> None:
    units = (*UNITS, Unit("s2", "=HYPERLINK(1)", "so", "s1", UnitStatus.LATE, "'quoted"))
    answers = {
        "s1": [
            Answer("machines_all", 15, evidence='+84 "gấp"; hôm nay', previous=3),
            Answer("protected", 5, by=By.VERIFIED),
            Answer("wall", value=True, previous=False),
            Answer("plan_made", "late", evidence="dòng một\ndòng hai"),
            Answer("posts_made", 0, by=By.OFFICER),
        ],
        "x1": [Answer("virus", None, AnswerStatus.NOT_APPLICABLE, reason="=không có máy")],
        "s2": [Answer("wall", value=False)],
    }

    assert read_units(write_units(units), "u.csv", small) == (units, ())
    assert read_answers(write_answers(small, answers), "a.csv", small, units) == (answers, ())


def test_the_caller_may_say_whose_rows_those_without_a_name_are(small: Regulation) -> None:
    text = "unit,key,value\ns1,wall,1\ns1,posts_made,4\n"

    answers, problems = read_answers(text, "a.csv", small, UNITS[:1], by=By.VERIFIED)

    assert problems == ()
    assert {answer.by for answer in answers["s1"]} == {By.VERIFIED}


def test_written_answers_stand_in_the_order_of_the_form(small: Regulation) -> None:
    answers = {"s1": [Answer("wall", value=True), Answer("protected", 5), Answer("machines_all", 15)]}

    assert write_answers(small, answers) == (
        "unit,key,value,status,evidence,by,previous,reason\n"
        "s1,machines_all,15,,,unit,,\n"
        "s1,protected,5,,,unit,,\n"
        "s1,wall,có,,,unit,,\n"
    )


def test_dates_decimals_and_texts_are_written_as_they_are_read(small: Regulation) -> None:
    answers = {
        "s1": [
            Answer("wall", date(2026, 10, 31)),
            Answer("wall", Decimal("-8.50")),
            Answer("wall", "=1+1"),
            Answer("wall"),
        ]
    }

    rows = write_answers(small, answers).splitlines()[1:]

    assert rows == [
        "s1,wall,2026-10-31,,,unit,,",
        's1,wall,"-8,50",,,unit,,',
        "s1,wall,'=1+1,,,unit,,",
        "s1,wall,,,,unit,,",
    ]


def test_a_text_that_would_be_a_formula_stays_text(small: Regulation) -> None:
    answers = {"s1": [Answer("wall", value=True, evidence="=cmd|' /C calc'!A0")]}

    assert "'=cmd|" in write_answers(small, answers)


@settings(deadline=None)
@given(st.text())
def test_no_table_makes_the_reader_raise(small: Regulation, text: str) -> None:
    read_units(text, "u.csv", small)
    read_answers(text, "a.csv", small, UNITS)
    read_units(f"unit,name,group\n{text}", "u.csv", small)
    read_answers(f"unit,key,value,status,by\ns1,{text}\ns1,wall,{text}", "a.csv", small, UNITS)
