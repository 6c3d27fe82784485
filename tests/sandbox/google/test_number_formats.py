import pytest

from sandbox.google.locales import LOCALES
from sandbox.google.number_formats import UnknownPattern, sections, shown
from sandbox.google.sheets.display import displayed

VI = LOCALES["vi_VN"]


@pytest.mark.parametrize(
    ("number", "pattern", "text"),
    [
        (8.5, "0.00", "8,50"),
        (8.5, "0.##", "8,5"),
        (8.0, "0.##", "8"),
        (1234567.891, "#,##0.00", "1.234.567,89"),
        (1234.5, "#,##0", "1.235"),
        (0.0, "#,##0", "0"),
        (0.0, "#", ""),
        (7.0, "000", "007"),
        (-8.5, "0.0", "-8,5"),
        (-0.001, "0.0", "0,0"),
        (0.256, "0%", "26%"),
        (0.2565, "0.0%", "25,7%"),
        (2.675, "0.00", "2,68"),
        (8.5, '0.0" điểm"', "8,5 điểm"),
        (5.0, "+0;-0;bằng", None),
        (5.0, '0;(0);"-"', "5"),
        (-5.0, '0;(0);"-"', "(5)"),
        (0.0, '0;(0);"-"', "-"),
        (46083.0, "dd/mm/yyyy", "02/03/2026"),
        (46083.0, "d/m/yy", "2/3/26"),
        (46083.354166667, "hh:mm", "08:30"),
        (46083.354166667, "dd/mm/yyyy hh:mm:ss", "02/03/2026 08:30:00"),
        (46083.354166667, "yyyy-mm-dd h:mm", "2026-03-02 8:30"),
        (-5.0, "dd/mm/yyyy", "-5"),
        (5.0, "@", "5"),
    ],
)
def test_a_number_under_a_pattern(number: float, pattern: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(UnknownPattern):
            shown(number, pattern, VI)
    else:
        assert shown(number, pattern, VI) == text


@pytest.mark.parametrize("pattern", ["[$-vi]dd", "0.00 [đỏ]", "0;0;0;0", "0 0", "0_)", "xyz"])
def test_a_pattern_that_cannot_be_shown_is_refused(pattern: str) -> None:
    with pytest.raises(UnknownPattern):
        sections(pattern)


@pytest.mark.parametrize(
    ("number", "text"),
    [(8.5, "8,5"), (1 / 3, "0,3333333333"), (0.1 + 0.2, "0,3"), (1e15, "1E+15"), (-0.0, "0"), (1234.0, "1234")],
)
def test_a_number_without_a_format(number: float, text: str) -> None:
    assert displayed(number, None, VI) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [("NUMBER", "8,50"), ("PERCENT", "850,00%"), ("DATE", "07/01/1900"), ("DATE_TIME", "07/01/1900 12:00:00")],
)
def test_a_kind_of_number_has_a_usual_look(kind: str, text: str) -> None:
    assert displayed(8.5, {"type": kind}, VI) == text
