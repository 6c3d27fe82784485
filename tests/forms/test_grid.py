from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.grid import Percent, RawTab, as_text, by_marks
from forms.sheet import DOCUMENTS, FORM
from tests.forms.paper import answered, documents_of


def test_tabs_are_known_by_their_marks_whatever_they_are_called_and_wherever_they_stand() -> None:
    form, listed, own = RawTab("A", answered()), RawTab("B", documents_of()), RawTab("C", [["số máy", 12]])
    assert by_marks([own, listed, form]) == ({FORM: form, DOCUMENTS: listed}, ())


def test_of_equal_copies_the_first_is_taken() -> None:
    tabs = [RawTab("Phiếu", answered(may_tinh=38)), RawTab("Phiếu (2)", [*answered(may_tinh=38.0), [], [None]])]
    assert by_marks(tabs) == ({FORM: tabs[0]}, ())


def test_copies_that_differ_are_a_problem() -> None:
    _, problems = by_marks([RawTab("Phiếu", answered(may_tinh=38)), RawTab("Phiếu (2)", answered(may_tinh=40))])
    assert [(problem.code, problem.where.tab) for problem in problems] == [("forms.tab_doubled", "Phiếu (2)")]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (12.0, "12"),
        (-0.5, "-0.5"),
        (True, "True"),
        (Percent(0.857), "85,7%"),
        (Percent(1), "100%"),
        (Percent("nan"), "#NUM!"),
        (10**4000, "#NUM!"),
        (float("inf"), "inf"),
        (date(202, 3, 1), "01/03/0202"),
        ("\ud800a\x00\x1fb\n", "?ab"),
    ],
)
def test_whatever_is_in_a_cell_has_a_text_that_can_be_kept(raw: object, text: str) -> None:
    assert as_text(raw) == text


@given(st.text(st.characters(), max_size=20))
def test_no_text_is_lost_on_its_way_to_a_database(raw: str) -> None:
    kept = as_text(raw)
    assert kept.encode().decode() == kept
    assert "\x00" not in kept
    assert as_text(kept) == kept
