"""What pydantic finds wrong with a piece, told in our own words at the place in the file."""

from collections.abc import Sequence
from typing import Any

from pydantic_core import ErrorDetails

from scoring.loading.report import Path, Report
from scoring.loading.yaml_text import Data, value_at
from words import Text, Value


def report_shape_errors(errors: Sequence[ErrorDetails], data: Data, path: Path, report: Report) -> None:
    """Report every error of the piece at `path`, but not a list as too short because of an error inside it."""
    locations = [error["loc"] for error in errors]
    for error in errors:
        here = error["loc"]
        follows = error["type"] == "too_short" and any(
            other != here and other[: len(here)] == here for other in locations
        )
        if not follows:
            code, values = _told(error)
            report.error(code, (*path, *_steps(here, data)), **values)


def _told(error: ErrorDetails) -> tuple[str, dict[str, Value]]:
    kind, context = error["type"], error.get("ctx", {})
    if kind in _WANTED:
        return "wrong_type", {"wanted": Text(f"scoring.type.{_WANTED[kind]}")}
    if kind in _ALLOWED:
        return "not_allowed_here", {"allowed": _listed(context)}
    if kind == "union_tag_not_found":
        return "missing_key", {"key": "kind"}
    code = _CODES.get(kind, kind if kind in _OWN else "unusable")
    return code, {"key": str(error["loc"][-1])} if code in {"unknown_key", "missing_key"} else {}


def _listed(context: dict[str, Any]) -> str:
    listed = context.get("expected_tags") or context["expected"]
    return str(listed).replace("'", "").replace(" or ", ", ")


def _steps(location: tuple[str | int, ...], data: Data) -> Path:
    """Leave out of pydantic's location what is not in the file: the kind of a rule, the mark of a key."""
    steps: Path = ()
    for step in location:
        inside = value_at(data, steps)
        keys = list(inside) if isinstance(inside, dict) else []
        is_kind = steps[-1:] == ("rule",) and isinstance(inside, dict) and inside.get("kind") == step
        if step != "[key]" and not is_kind:
            # A key that is not text comes as its Python notation.
            steps = (*steps, next((key for key in keys if repr(key) == step), step))
    return steps


_WANTED = {
    "string_type": "text",
    "int_type": "integer",
    "bool_type": "boolean",
    "date_type": "date",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}
_ALLOWED = {"literal_error", "union_tag_invalid"}
_CODES = {
    "extra_forbidden": "unknown_key",
    "invalid_key": "unknown_key",
    "missing": "missing_key",
    "string_pattern_mismatch": "not_a_slug",
    "string_too_short": "empty",
    "too_short": "empty",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
}
_OWN = {
    "collect_once",
    "condition_doubled",
    "late_policy",
    "no_bounds",
    "no_grounds",
    "not_a_check",
    "not_a_month_day",
    "not_a_quantity",
    "not_an_amount",
    "not_an_award",
    "term_days",
    "two_bounds",
    "two_demands",
}
"""Our own refusals, whose type is their code."""
