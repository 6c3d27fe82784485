"""Numbers and quantities as the file writes them, each with what the JSON Schema says of it."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from scoring.quantity import Addend, Quantity, parse_quantity


def plain(value: object) -> int | Decimal:
    """Accept `2` or `0.25`; anything else is a problem of the file."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("not_an_amount", "a number is wanted")


def exact(value: object) -> Fraction:
    """Read `2`, `0.25` or `1/2` without loss; anything else is a problem of the file."""
    return Fraction(value if isinstance(value, str) and _is_fraction(value) else plain(value))


def _is_fraction(text: str) -> bool:
    numerator, _, denominator = text.partition("/")
    digits = numerator + denominator
    return bool(numerator and denominator.strip("0")) and digits.isascii() and digits.isdecimal()


FRACTION = "[0-9]+/0*[1-9][0-9]*"
AMOUNT = {
    "definition": "amount",
    "description": "An exact number: 2, 0.25 or 1/2.",
    "type": ["number", "string"],
    "pattern": f"^{FRACTION}$",
}

Amount = Annotated[Fraction, BeforeValidator(exact), WithJsonSchema(AMOUNT)]
"""An exact number of the file."""

NonNegative = Annotated[Amount, Field(ge=0), WithJsonSchema({**AMOUNT, "definition": "amount_from_zero", "minimum": 0})]
"""An exact number that is not below zero."""

Positive = Annotated[
    Amount, Field(gt=0), WithJsonSchema({**AMOUNT, "definition": "amount_above_zero", "exclusiveMinimum": 0})
]
"""An exact number above zero."""

Plain = Annotated[int | Decimal, BeforeValidator(plain), WithJsonSchema({"definition": "number", "type": "number"})]
"""A whole or decimal number of the file."""


def quantity(value: object) -> Quantity:
    """Read `may_tinh`, `[may_ban, may_xach_tay]`, `a + 1/2 * b - c` or `100`; else it is a problem of the file."""
    terms = value if isinstance(value, tuple) else (value,)
    found = [_term(each) for each in terms]
    addends = tuple(addend for each in found if each for addend in each.addends)
    if not found or None in found or any(addend.previous for addend in addends):
        raise PydanticCustomError("not_a_quantity", "a sum of questions is wanted")
    return Quantity(addends)


def _term(value: object) -> Quantity | None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Quantity((Addend(Fraction(value)),))
    return parse_quantity(value) if isinstance(value, str) else None


_TERM = r"(?:[0-9]+(?:\.[0-9]+|/0*[1-9][0-9]*)?(?:\s*\*\s*KEY)?|KEY)".replace("KEY", r"(?:previous\.)?[a-z][a-z0-9_]*")
QUANTITY = rf"\s*[+-]?\s*{_TERM}(?:\s*[+-]\s*{_TERM})*\s*"
_COUNTED = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{QUANTITY}$", "not": {"pattern": "previous"}}]
}

Counted = Annotated[
    Quantity,
    PlainValidator(quantity),
    WithJsonSchema(
        {
            "definition": "quantity",
            "description": "What is counted: a question, a list that is added up, or a + 1/2 * b - c.",
            "anyOf": [*_COUNTED["anyOf"], {"type": "array", "items": _COUNTED, "minItems": 1}],
        }
    ),
]
"""What a rule counts: one question, or a sum of several with coefficients."""
