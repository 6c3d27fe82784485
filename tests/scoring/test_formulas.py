"""Formulas of the lines of the point table, for the live self-score."""

import subprocess
import sys

import pytest

from scoring import Expression, Later, Regulation, formula, parse_regulation
from tests.scoring.test_rules import printed
from words import say


def test_a_total_adds_up_the_lines_that_the_unit_can_know(cao_bang: Regulation) -> None:
    total = formula(cao_bang, "so", "tong_diem")

    assert isinstance(total, Expression)
    assert printed(total, ";") == "ROUND(SUM({ha_tang};{ung_dung};{co_che};{nhan_luc});2)"


def test_a_sum_of_one_known_line_is_that_line(small: Regulation) -> None:
    reports = formula(small, "so", "reports")

    assert isinstance(reports, Expression)
    assert printed(reports, ",") == "ROUND({plan},2)"


def test_an_indicator_is_empty_until_all_its_data_are_there(small: Regulation) -> None:
    virus = formula(small, "so", "virus")

    assert isinstance(virus, Expression)
    assert printed(virus, ";") == (
        'IF({virus:na};4;ROUND(IF(AND({machines_all}<>"";{protected}<>"");'
        "IF({machines_all}>0;4*MIN({protected};{machines_all})/{machines_all};0);0);2))"
    )


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ("trang_thong_tin", "cơ quan chủ trì đánh giá theo dõi và xác định"),
        ("cap_nhat_tin_bai", "cơ quan chủ trì đánh giá theo dõi và xác định"),
        ("che_do_bao_cao", "cán bộ thẩm định xác định"),
    ],
)
def test_what_others_record_is_known_later_and_says_from_whom(cao_bang: Regulation, node: str, said: str) -> None:
    later = formula(cao_bang, "so", node)

    assert isinstance(later, Later)
    assert say(later.text, "vi") == said


def test_a_line_of_several_sources_that_are_all_known_later_names_none(small_text: str) -> None:
    text = small_text.replace('good: "yes"}', 'good: "yes", source: officer}')
    text = text.replace("unit: máy, minimum: 0, good: more", "unit: máy, minimum: 0, good: more, source: department")
    regulation, _ = parse_regulation(text)
    assert regulation is not None

    later = formula(regulation, "xa", "machines")

    assert isinstance(later, Later)
    assert say(later.text, "en") == "known only after the form is handed in"


def test_a_line_that_the_group_does_not_have_is_an_error_of_ours(small: Regulation) -> None:
    with pytest.raises(KeyError):
        formula(small, "xa", "plan")


def test_importing_scoring_is_light() -> None:
    code = "import sys, scoring; print([name for name in ('ruamel.yaml', 'pydantic', 'babel') if name in sys.modules])"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "[]\n"
