"""Conditional formats: added, deleted, and which cells they light up."""

from collections.abc import Iterator

from sandbox.google.errors import Invalid
from sandbox.google.formulas.evaluation import Place
from sandbox.google.formulas.lexer import NotAFormula, tokens
from sandbox.google.json_object import JSON
from sandbox.google.sheets.a1 import read_reference
from sandbox.google.sheets.book import Tab
from sandbox.google.sheets.display import number_format
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.ranges import grid_range, open_area, tab_of
from sandbox.google.sheets.updates.cells import copied_rule
from sandbox.google.sheets.validation import Validator, check_condition


def add(edit: Edit, request: JSON) -> JSON:
    """A rule by which cells are coloured, before the one at that index."""
    rule, index = request.get("rule", {}), request.get("index", 0)
    if not rule.get("ranges") or ("booleanRule" in rule) == ("gradientRule" in rule):
        raise Invalid("A rule needs ranges and one of booleanRule and gradientRule.")
    places = [grid_range(edit.book, each) for each in rule["ranges"]]
    tab = places[0][0]
    if any(each is not tab for each, _ in places):
        raise Invalid("All ranges of a rule have to be on the same sheet.")
    if not 0 <= index <= len(tab.conditional):
        raise Invalid(f"No conditional format on sheet: {tab.id} at index: {index}")
    if "booleanRule" in rule:
        _check(edit, rule["booleanRule"].get("condition", {}))
    tab.conditional.insert(index, rule)
    return {}


def delete(edit: Edit, request: JSON) -> JSON:
    """A rule less; the reply tells which."""
    tab, index = tab_of(edit.book, request.get("sheetId")), request.get("index", 0)
    if not 0 <= index < len(tab.conditional):
        raise Invalid(f"No conditional format on sheet: {tab.id} at index: {index}")
    return {"rule": tab.conditional.pop(index)}


def _check(edit: Edit, condition: JSON) -> None:
    """Refuse a condition that cannot colour cells; its formulas stay on their own sheet, as in the service."""
    check_condition(edit, condition, formats=True)
    for value in condition.get("values", []):
        if _leaves_its_sheet(edit, value.get("userEnteredValue", "")):
            raise Invalid("Conditional format rule cannot reference a different sheet.")


def _leaves_its_sheet(edit: Edit, text: str) -> bool:
    try:
        named = [read_reference(token.text) for token in tokens(text, edit.book.locale) if token.kind == "reference"]
    except NotAFormula:
        return False
    return text.startswith("=") and any(each is not None and each.tab is not None for each in named)


def lit(tab: Tab, rule: JSON, validator: Validator) -> Iterator[tuple[int, int]]:
    """The cells that a rule with a condition colours now, row by row."""
    areas = [tab.within(open_area(each)) for each in rule["ranges"]]
    first = areas[0]
    for area in areas:
        for row in range(area.top, area.bottom or 0):
            for column in range(area.left, area.right or 0):
                here = copied_rule(rule["booleanRule"], validator.locale, row - first.top, column - first.left)
                place = Place(tab.id, row, column)
                if validator.holds(here["condition"], place, number_format(tab.cell(row, column))):
                    yield row, column
