"""The JSON Schema of a regulation file: current, no stricter than the loader, and of help."""

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it comes without annotations

import scoring
from scoring import load_regulation, shipped
from scoring.loading.report import Report
from scoring.loading.schema import regulation_schema
from scoring.loading.yaml_text import Data, read_yaml
from tests.scoring.test_mistakes import MISTAKES, broken_file

SHIPPED = Path(scoring.__file__).parent / "regulations" / "regulation.schema.json"
HERE = Path(__file__).parent


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(SHIPPED.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_editors_see_it(text: str) -> Any:  # noqa: ANN401 - any YAML
    """Return a file as an editor's YAML server reads it: all keys are text, and days are."""
    return _plain(read_yaml(text, Report("")))


def _plain(data: Data) -> Any:  # noqa: ANN401 - any YAML
    match data:
        case dict():
            return {str(key): _plain(value) for key, value in data.items()}
        case tuple():
            return [_plain(value) for value in data]
        case Decimal():
            return float(data)
        case date():
            return data.isoformat()
        case _:
            return data


def refused(text: str) -> list[str]:
    """Return the places that the schema refuses."""
    errors = validator().iter_errors(as_editors_see_it(text))
    return sorted(".".join(str(step) for step in error.absolute_path) for error in errors)


def test_the_schema_in_the_package_is_the_one_made_from_the_shapes() -> None:
    assert json.loads(SHIPPED.read_text("utf-8")) == regulation_schema(), (
        "xephang regulation schema > scoring/regulations/regulation.schema.json"
    )


def test_the_schema_is_no_regulation() -> None:
    assert "regulation.schema" not in shipped()


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_regulation_names_the_schema_and_fits_it(name: str) -> None:
    regulation, _ = load_regulation(name)
    assert regulation is not None

    assert regulation.source.startswith("# yaml-language-server: $schema=regulation.schema.json\n")
    assert refused(regulation.source) == []


@pytest.mark.parametrize("name", ["small", "levels"])
def test_a_file_without_mistakes_fits_the_schema(name: str) -> None:
    assert refused((HERE / f"{name}.yaml").read_text("utf-8")) == []


OF_ONE_PIECE = {
    "bound_of_rule",
    "collect_once",
    "empty",
    "grades_missing",
    "how_missing",
    "late_policy",
    "missing_key",
    "no_bounds",
    "no_grounds",
    "not_a_check",
    "not_a_month_day",
    "not_a_quantity",
    "not_a_slug",
    "not_allowed_here",
    "not_an_amount",
    "not_an_award",
    "out_of_range",
    "rule_or_children",
    "term_days",
    "two_bounds",
    "two_demands",
    "unknown_key",
    "wrong_type",
}
"""What a single piece of a file shows; the other problems are contradictions between pieces."""

NOT_YAML = {"doubled_key", "yaml", "yaml_alias", "yaml_key", "yaml_value"}
UNSEEN = {"a total that is outside its own scale", "dates among other keys"}
"""Nothing but the place in the tree, or the names of the groups, tells these from what is right."""


@pytest.mark.parametrize(
    "sample",
    [sample for sample in MISTAKES if sample["found"]["code"] not in NOT_YAML and sample["mistake"] not in UNSEEN],
    ids=lambda sample: sample["mistake"],
)
def test_an_editor_marks_what_is_wrong_with_a_piece_and_nothing_else(sample: dict[str, Any]) -> None:
    marked = refused(broken_file(sample))

    assert bool(marked) == (sample["found"]["code"] in OF_ONE_PIECE)


@pytest.mark.parametrize(
    "maximum",
    [
        "{so: 4, xa: 1/2}",
        "{so: 4, xa: {2020-01-01: 5, 2022-01-01: 6.5}}",
        "{2020-01-01: {so: 4, xa: 5}, 2022-01-01: {so: 4, xa: 6}}",
        "{so: 4, xa: {stated: năm điểm, used: 5, assumed: vì sao}}",
        "{so: 4, xa: {stated: 5, used: {2020-01-01: 5}, clause: Điều 1}}",
        "{so: 4, xa: {2020-01-01: {stated: [1, 2], used: 1/3, clause: Điều 1}}}",
    ],
)
def test_a_number_may_be_amended_or_stated_and_used(small_text: str, maximum: str) -> None:
    assert refused(small_text.replace("{so: 4, xa: 5}", maximum)) == []


@pytest.mark.parametrize(
    "maximum",
    [
        "{so: 4, xa: năm}",
        "{so: 4, xa: -1}",
        "{so: 4, xa: 5/0}",
        "{so: 4, xa: [5]}",
        "{so: 4, xa: {2020: 5}}",
        "{so: 4, xa: {stated: 6, used: 5}}",
        "{so: 4, xa: {stated: 6, used: năm, assumed: vì sao}}",
        "{so: 4, xa: {used: 5, assumed: vì sao}}",
    ],
)
def test_anything_else_is_marked_where_a_number_is_wanted(small_text: str, maximum: str) -> None:
    assert refused(small_text.replace("{so: 4, xa: 5}", maximum)) == ["tree.0.children.0.children.0.maximum"]


def pieces(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: piece for name, piece in schema["$defs"].items() if "properties" in piece}


def test_every_piece_tells_what_it_is() -> None:
    schema = regulation_schema()

    assert [name for name, piece in pieces(schema).items() if not piece.get("description")] == []
    assert schema["description"].startswith("A regulation (quy định, bộ tiêu chí)")


def test_the_help_under_a_key_is_what_stands_under_it_in_the_shape() -> None:
    node = regulation_schema()["$defs"]["TreeNode"]["properties"]

    assert node["cap"]["description"] == "Never more than this."
    assert node["weights"]["description"] == "How much each part counts where they are weighted, by id."
    without_help = {key for key, value in node.items() if not value.get("description")}
    assert without_help == {"id", "label", "clause"}
