"""The grades cover every total once."""

from fractions import Fraction

from scoring.loading.pieces import Pieces
from scoring.loading.report import Report
from scoring.loading.shapes import GradesShape, RoundingShape
from scoring.rules.bounds import after, before, cover_faults


def check_grades(pieces: Pieces, report: Report) -> None:
    """Find gaps and overlaps between grades, to the printed digit: 350-429 and 430-500 leave 429.01 without a grade."""
    total = pieces.roots[0].shape if pieces.roots else None
    if total is None or not pieces.has(GradesShape, RoundingShape):
        return
    grades = pieces.section(GradesShape)
    lowest = min(band.start for band in grades.bands) if grades.below_lowest else before(Fraction(0))
    step = Fraction(1, 10 ** pieces.section(RoundingShape).digits)
    for fault in cover_faults(grades.bands, "bands", (lowest, after(max(total.maximum.values()))), step):
        report.error(fault.code, ("grades", "bands"), **fault.values)
