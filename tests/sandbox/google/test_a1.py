import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.google.sheets.a1 import (
    Area,
    Corner,
    Reference,
    cell_name,
    column_of,
    letters_of,
    range_name,
    read_reference,
)

ROWS = st.integers(0, 9_999_998)
COLUMNS = st.integers(0, 18_277)
TITLES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A1", Area(0, 0, 1, 1)),
        ("$B$3", Area(2, 1, 3, 2)),
        ("A1:B2", Area(0, 0, 2, 2)),
        ("B2:A1", Area(0, 0, 2, 2)),
        ("A:C", Area(0, 0, None, 3)),
        ("2:5", Area(1, 0, 5, None)),
        ("A2:A", Area(1, 0, None, 1)),
        ("A2:3", Area(1, 0, 3, None)),
        ("'Sở''s'!AA10", Area(9, 26, 10, 27)),
    ],
)
def test_a1_notation_names_an_area(text: str, area: Area) -> None:
    reference = read_reference(text)
    assert reference is not None
    assert reference.area == area


@pytest.mark.parametrize(
    "text", ["", "A", "1", "A0", "ABCD1", "A1:", "'x'A1", "Tab!", "A1:B2:C3", "R1C1", "=A1", "Hai từ!A1"]
)
def test_what_is_no_reference_is_read_as_none(text: str) -> None:
    assert read_reference(text) is None


@given(COLUMNS)
def test_letters_of_a_column_name_that_column(column: int) -> None:
    assert column_of(letters_of(column)) == column


@given(
    st.none() | TITLES,
    st.builds(Corner, ROWS, COLUMNS, st.booleans(), st.booleans()),
    st.none() | st.builds(Corner, ROWS, COLUMNS, st.booleans(), st.booleans()),
)
def test_a_written_reference_is_read_as_itself(tab: str | None, first: Corner, last: Corner | None) -> None:
    reference = Reference(tab, first, last)
    assert read_reference(str(reference)) == reference


def test_ranges_are_named_as_the_service_names_them() -> None:
    assert range_name("Sheet1", Area(0, 0, 1, 1)) == "Sheet1!A1"
    assert range_name("Biểu mẫu 1", Area(0, 0, 2, 27)) == "'Biểu mẫu 1'!A1:AA2"
    assert range_name("A1", Area(0, 0, 2, 2)) == "'A1'!A1:B2"
    assert cell_name(79, 13) == "N80"
