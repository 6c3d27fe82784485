"""Numbers as Vietnamese forms write them: the point groups thousands, the comma is decimal."""

import re
from decimal import Decimal
from enum import StrEnum

_VIETNAMESE = re.compile(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?")
_PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_AMBIGUOUS = re.compile(r"-?[0-9]+\.[0-9]+")


class NumberProblem(StrEnum):
    """Why a text is not taken as a number."""

    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"


def parse_number(text: str, *, decimal_point: bool = False, grouping: bool = True) -> Decimal | NumberProblem:
    """Read a number typed by a person, exactly, or say why not.

    `8,5` is eight and a half and `15.763` is fifteen thousand seven hundred and sixty-three. `1.5` and `0.500` could be
    meant either way, so they are problems and never a guess. With `grouping=False` every point is a problem (CSV
    files); with `decimal_point=True` the point is decimal and nothing groups.
    """
    stripped = text.strip()
    if decimal_point:
        return Decimal(stripped.replace(",", ".")) if _PLAIN.fullmatch(stripped) else NumberProblem.NOT_A_NUMBER
    if _VIETNAMESE.fullmatch(stripped) and (grouping or "." not in stripped):
        return Decimal(stripped.replace(".", "").replace(",", "."))
    return NumberProblem.AMBIGUOUS if _AMBIGUOUS.fullmatch(stripped) else NumberProblem.NOT_A_NUMBER


def format_number(number: int | Decimal, language: str) -> str:
    """Print a number with exactly the digits it carries: `Decimal("1234.50")` is "1.234,50" in Vietnamese."""
    plain = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,d}"
    return plain.translate(_SWAP) if language == "vi" else plain


_SWAP = str.maketrans(",.", ".,")
