"""Where a problem is, as people point at it."""

import pytest

from words import Place, Problem, Severity, Text, has_errors


@pytest.mark.parametrize(
    ("place", "pointed_at"),
    [
        (Place(tab="Phiếu", cell="E12"), "Phiếu!E12"),
        (Place(cell="E12"), "E12"),
        (Place(file="units.csv", line=3, column=5), "units.csv:3:5"),
        (
            Place(file="cao-bang.yaml", line=7, column=1, path="groups.so.maximum"),
            "cao-bang.yaml:7:1 groups.so.maximum",
        ),
        (Place(file="units.csv"), "units.csv"),
        (Place(path="machines"), "machines"),
        (Place(), ""),
    ],
)
def test_a_place_reads_as_people_point_at_it(place: Place, pointed_at: str) -> None:
    assert str(place) == pointed_at


def test_notices_alone_are_no_errors() -> None:
    notice = Problem("gap", Severity.NOTICE, Place(), Text("a.b"))
    error = Problem("gap", Severity.ERROR, Place(), Text("a.b"))
    assert [has_errors([]), has_errors([notice]), has_errors([notice, error])] == [False, False, True]
