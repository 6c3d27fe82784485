"""Between which numbers a quantity can lie, from what its questions allow."""

from collections.abc import Mapping
from fractions import Fraction

from scoring.quantity import Addend, Quantity
from scoring.regulation import Question


def reach(quantity: Quantity, questions: Mapping[str, Question]) -> tuple[Fraction, Fraction | None]:
    """Return the least and the largest value, None where there is no largest; what is counted is never below 0."""
    ends = [_ends(addend, questions) for addend in quantity.addends]
    least = sum((low for low, _ in ends if low is not None), Fraction(0))
    most = sum((high for _, high in ends if high is not None), Fraction(0))
    has_no_floor, has_no_ceiling = any(low is None for low, _ in ends), any(high is None for _, high in ends)
    return Fraction(0) if has_no_floor else max(least, Fraction(0)), None if has_no_ceiling else most


def _ends(addend: Addend, questions: Mapping[str, Question]) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the largest value of one term, None where it has none."""
    if not addend.key:
        return addend.coefficient, addend.coefficient
    question = questions[addend.key]
    low = addend.coefficient * Fraction(question.minimum or 0)
    high = None if question.maximum is None else addend.coefficient * Fraction(question.maximum)
    return (low, high) if addend.coefficient >= 0 else (high, low)
