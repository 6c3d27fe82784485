import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.google.formulas.moving import Change, Deleted, Inserted, Moved, TornApart, copied, followed, retitled
from sandbox.google.locales import LOCALES

VI = LOCALES["vi_VN"]


def after(formula: str, change: Change, *, rows: bool = True) -> str:
    return followed(formula, VI, change, rows=rows, moves=lambda tab: tab in {None, "Tab"})


@pytest.mark.parametrize(
    ("formula", "change", "expected"),
    [
        ("=A1+A5", Inserted(2, 3), "=A1+A8"),
        ("=SUM(A1:A5)", Inserted(2, 1), "=SUM(A1:A6)"),
        ("=SUM(A3:A5)", Inserted(2, 1), "=SUM(A4:A6)"),
        ("=SUM(A1:A5)", Inserted(5, 1), "=SUM(A1:A5)"),
        ("=$A$5 & 'Tab'!A5 & Khác!A5", Inserted(0, 1), "=$A$6 & Tab!A6 & Khác!A5"),
        ("=SUM(A:A;2:3)", Inserted(0, 1), "=SUM(A:A;3:4)"),
        ("=SUM(A2:A)", Inserted(0, 2), "=SUM(A4:A)"),
        ('="A5"&A5', Inserted(0, 1), '="A5"&A6'),
        ("=A5", Deleted(4, 5), "=#REF!"),
        ("=A5", Deleted(0, 2), "=A3"),
        ("=SUM(A1:A5)", Deleted(3, 9), "=SUM(A1:A3)"),
        ("=SUM(A4:A5)", Deleted(3, 9), "=SUM(#REF!)"),
        ("=SUM(A2:A)", Deleted(0, 5), "=SUM(A1:A)"),
        ("=A2", Moved(1, 2, 5), "=A5"),
        ("=A3", Moved(1, 2, 5), "=A2"),
        ("=A5", Moved(4, 5, 0), "=A1"),
        ("=SUM(A1:A5)", Moved(1, 2, 5), "=SUM(A1:A5)"),
        ("=không phải;; công thức!", Inserted(0, 1), "=không phải;; công thức!"),
    ],
)
def test_formulas_follow_rows(formula: str, change: Change, expected: str) -> None:
    assert after(formula, change) == expected


def test_formulas_follow_columns() -> None:
    assert after("=A1+C1+SUM(B:C)", Inserted(1, 1), rows=False) == "=A1+D1+SUM(C:D)"
    assert after("=A1+C1", Deleted(0, 1), rows=False) == "=#REF!+B1"


def test_a_range_that_a_move_would_tear_apart_is_reported() -> None:
    with pytest.raises(TornApart):
        after("=SUM(A1:A3)", Moved(1, 2, 9))


@given(st.integers(0, 30), st.integers(0, 5), st.integers(1, 5), st.integers(0, 30))
def test_after_an_insertion_and_its_deletion_a_row_is_where_it_was(row: int, at: int, count: int, end: int) -> None:
    inserted, deleted = Inserted(at, count), Deleted(at, at + count)
    there = inserted.index(row)
    assert there is not None
    assert deleted.index(there) == row
    span = inserted.span((row, row + 1 + end))
    assert span is not None
    assert deleted.span(span) == (row, row + 1 + end)


@given(st.integers(0, 8), st.integers(1, 4), st.integers(0, 12))
def test_a_move_gives_every_row_one_place(start: int, count: int, to: int) -> None:
    if start < to < start + count:
        to = start
    assert sorted(Moved(start, start + count, to).index(row) or 0 for row in range(20)) == list(range(20))


def test_copied_formulas_move_their_relative_references() -> None:
    assert copied("=A1+$A$1+A$1+$A1+SUM(B2:B$3)", VI, 2, 1) == "=B3+$A$1+B$1+$A3+SUM(C4:C$3)"
    assert copied("=A1", VI, -1, 0) == "=#REF!"


def test_a_new_title_reaches_the_formulas() -> None:
    assert retitled("=A1+Cũ!A1+'cũ'!B2+Khác!A1", VI, "Cũ", "Mới 1") == "=A1+'Mới 1'!A1+'Mới 1'!B2+Khác!A1"
