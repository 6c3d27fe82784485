"""Data validation: which values a rule accepts, and which rules the service accepts."""

import operator
from collections.abc import Callable

from sandbox.google.errors import Invalid
from sandbox.google.formulas.evaluation import Evaluation, Formula, Place
from sandbox.google.formulas.values import Failed, Failure, Value, compare, logical
from sandbox.google.json_object import JSON
from sandbox.google.locales import Locale
from sandbox.google.sheets.a1 import read_reference
from sandbox.google.sheets.computed import content
from sandbox.google.sheets.display import MOMENTS
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.entering import entered

ANY_NUMBER = 1_000
VALUES = {
    "NUMBER_BETWEEN": (2, 2),
    "NUMBER_NOT_BETWEEN": (2, 2),
    "NUMBER_GREATER": (1, 1),
    "NUMBER_GREATER_THAN_EQ": (1, 1),
    "NUMBER_LESS": (1, 1),
    "NUMBER_LESS_THAN_EQ": (1, 1),
    "NUMBER_EQ": (1, 1),
    "NUMBER_NOT_EQ": (1, 1),
    "TEXT_CONTAINS": (1, 1),
    "TEXT_NOT_CONTAINS": (1, 1),
    "TEXT_EQ": (1, 1),
    "TEXT_IS_EMAIL": (0, 0),
    "TEXT_IS_URL": (0, 0),
    "DATE_IS_VALID": (0, 0),
    "DATE_EQ": (1, 1),
    "DATE_BEFORE": (1, 1),
    "DATE_AFTER": (1, 1),
    "DATE_ON_OR_BEFORE": (1, 1),
    "DATE_ON_OR_AFTER": (1, 1),
    "DATE_BETWEEN": (2, 2),
    "ONE_OF_LIST": (1, ANY_NUMBER),
    "ONE_OF_RANGE": (1, 1),
    "CUSTOM_FORMULA": (1, 1),
    "BOOLEAN": (0, 2),
}
"""Conditions that the sandbox knows, with the fewest and the most values that each takes."""

FOR_FORMATS = {"BLANK": (0, 0), "NOT_BLANK": (0, 0), "TEXT_STARTS_WITH": (1, 1), "TEXT_ENDS_WITH": (1, 1)}
"""Those that only conditional formats know."""

SIGNS = {
    "NUMBER_GREATER": (1,),
    "NUMBER_GREATER_THAN_EQ": (0, 1),
    "NUMBER_LESS": (-1,),
    "NUMBER_LESS_THAN_EQ": (-1, 0),
    "NUMBER_EQ": (0,),
    "NUMBER_NOT_EQ": (-1, 1),
    "DATE_EQ": (0,),
    "DATE_BEFORE": (-1,),
    "DATE_AFTER": (1,),
    "DATE_ON_OR_BEFORE": (-1, 0),
    "DATE_ON_OR_AFTER": (0, 1),
}
"""How a number may compare with the condition's one value."""


TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_EQ": operator.eq,
    "TEXT_CONTAINS": operator.contains,
    "TEXT_NOT_CONTAINS": lambda text, wanted: wanted not in text,
    "TEXT_STARTS_WITH": str.startswith,
    "TEXT_ENDS_WITH": str.endswith,
}
"""How a text may compare with the condition's one value, capitals or not."""


def check_condition(edit: Edit, condition: JSON, *, formats: bool = False) -> None:
    """Refuse a condition that the service would not take, or that the sandbox does not know."""
    kind, values = condition.get("type"), condition.get("values", [])
    known = (VALUES | FOR_FORMATS) if formats else VALUES
    if formats and kind in {"ONE_OF_RANGE", "ONE_OF_LIST", "BOOLEAN"}:
        raise Invalid(f"Condition type {kind} is not supported for conditional formatting.")
    if kind not in known:
        raise Invalid(f"The sandbox does not know the condition {kind} here.")
    fewest, most = known[kind]
    if not fewest <= len(values) <= most:
        raise Invalid(f"Invalid number of ConditionValues for {kind}: {len(values)}.")
    for value in values:
        _check_value(edit, kind, value)


def _check_value(edit: Edit, kind: str, value: JSON) -> None:
    text = value.get("userEnteredValue", "")
    if kind == "ONE_OF_RANGE":
        if read_reference(text.removeprefix("=")) is None:
            raise Invalid(f"Invalid ConditionValue.userEnteredValue: {text}")
        return
    if text.startswith("=") and edit.check_formula(text):
        return
    read = content({"userEnteredValue": entered(text, edit.book.locale, edit.today).value})
    wants_number = kind.startswith(("NUMBER", "DATE"))
    # The service would take 0.5 for 5 where decimals have a comma; here that is an error at once.
    doubtful = kind.startswith("NUMBER") and edit.book.locale.grouping in text
    if kind == "CUSTOM_FORMULA" or doubtful or (wants_number and not isinstance(read, float)):
        raise Invalid(f"Invalid ConditionValue.userEnteredValue: {text}")


class Validator:
    """Asks the rules of one spreadsheet, after what was typed has been put into it."""

    def __init__(self, edit: Edit, evaluation: Evaluation) -> None:
        self._edit = edit
        self._evaluation = evaluation

    @property
    def locale(self) -> Locale:
        """How the spreadsheet writes its rules."""
        return self._edit.book.locale

    def accepts(self, rule: JSON, place: Place, format_: JSON | None) -> bool:
        """Whether the rule of a cell is content with the cell's value; an empty cell always is."""
        value = self._evaluation.value(place)
        if value is None:
            return True
        return not isinstance(value, Failure) and self.holds(rule["condition"], place, format_)

    def holds(self, condition: JSON, place: Place, format_: JSON | None) -> bool:
        """Whether a condition, as it reads in this cell, holds for the cell's value."""
        kind, given = condition["type"], condition.get("values", [])
        value = self._evaluation.value(place)
        if kind == "CUSTOM_FORMULA":
            return _holds(self._bound(given[0], place))
        if kind in {"BLANK", "NOT_BLANK"}:
            return (value is None or value == "") is (kind == "BLANK")
        if value is None or isinstance(value, Failure):
            return False
        if kind == "ONE_OF_RANGE":
            return self._in_range(value, given[0]["userEnteredValue"], place)
        bounds = [self._bound(each, place) for each in given]
        if kind in {"ONE_OF_LIST", "BOOLEAN"}:
            return _listed(kind, value, bounds)
        if kind.startswith("TEXT"):
            return _text(kind, value, bounds)
        if kind.startswith("DATE") and (format_ or {}).get("type") not in MOMENTS:
            return False
        return isinstance(value, float) and _number(kind, value, bounds)

    def _in_range(self, value: Value, text: str, place: Place) -> bool:
        allowed = self._evaluation.cells(f"={text.removeprefix('=')}", place)
        return any(type(each) is type(value) and each == value for each in allowed)

    def _bound(self, given: JSON, place: Place) -> Value:
        text = given.get("userEnteredValue", "")
        read = content({"userEnteredValue": entered(text, self._edit.book.locale, self._edit.today).value})
        return self._evaluation.formula(read.text, place) if isinstance(read, Formula) else read


def _holds(value: Value) -> bool:
    try:
        return logical(value)
    except Failed:
        return False


def _listed(kind: str, value: Value, bounds: list[Value]) -> bool:
    if kind == "BOOLEAN" and not bounds:
        return isinstance(value, bool)
    return any(type(bound) is type(value) and bound == value for bound in bounds)


def _text(kind: str, value: Value, bounds: list[Value]) -> bool:
    text = str(value)
    if kind == "TEXT_IS_EMAIL":
        return "@" in text[1:] and "." in text.rpartition("@")[2]
    if kind == "TEXT_IS_URL":
        return "." in text and " " not in text
    return TEXTS[kind](text.casefold(), str(bounds[0]).casefold())


def _number(kind: str, value: float, bounds: list[Value]) -> bool:
    if kind == "DATE_IS_VALID":
        return True
    if not all(isinstance(bound, float) for bound in bounds):
        return False
    signs = [compare(value, bound) for bound in bounds]
    if kind.endswith("BETWEEN"):
        return (signs[0] >= 0 >= signs[1]) is not kind.endswith("NOT_BETWEEN")
    return signs[0] in SIGNS[kind]
