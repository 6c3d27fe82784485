"""How a value looks in its cell."""

from sandbox.google.formulas.values import Failure, Value, general
from sandbox.google.json_object import JSON
from sandbox.google.locales import Locale
from sandbox.google.number_formats import shown

DECIMALS = 10  # of a number without a format
PATTERNS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": "#,##0.00",
    "TIME": "hh:mm:ss",
    "TEXT": "@",
}
"""What a kind of number looks like where the format has no pattern of its own."""
MOMENTS = {"DATE", "TIME", "DATE_TIME"}


def displayed(value: Value, format_: JSON | None, locale: Locale) -> str:
    """The text in the cell; `format_` is the API's NumberFormat."""
    if value is None:
        return ""
    if isinstance(value, Failure):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    pattern = None if format_ is None else pattern_of(format_, locale)
    return general(value, locale, DECIMALS) if pattern is None else shown(value, pattern, locale)


def pattern_of(format_: JSON, locale: Locale) -> str | None:
    """The pattern of a NumberFormat, its own or the usual one of its kind."""
    if format_.get("pattern"):
        return str(format_["pattern"])
    kind = format_.get("type", "")
    if kind in {"DATE", "DATE_TIME"}:
        return locale.date + (" hh:mm:ss" if kind == "DATE_TIME" else "")
    return PATTERNS.get(kind)


def number_format(data: JSON) -> JSON | None:
    """The NumberFormat of a cell."""
    found: JSON | None = data.get("userEnteredFormat", {}).get("numberFormat")
    return found
