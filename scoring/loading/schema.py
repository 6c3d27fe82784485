"""The JSON Schema of a regulation file, made from the shapes that the loader reads it with.

An editor completes keys and shows help by it. It knows what a single piece may look like; what pieces contradict one
another only the loader finds.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from itertools import pairwise
from textwrap import dedent
from typing import Annotated, Any, TypeAlias, cast

from pydantic import Field, create_model

from scoring.loading.shapes import (
    OPTIONAL,
    SECTIONS,
    CheckShape,
    ClauseShape,
    ComparisonShape,
    Grounded,
    GroupShape,
    LateShape,
    NodeShape,
    NotApplicableShape,
    QuestionShape,
    TermShape,
    TimetableShape,
    TopShape,
)
from scoring.loading.shapes.grounds import Slug
from scoring.rules.all_met import Requirement
from scoring.rules.bounds import Bounds
from scoring.rules.rule import Written

Schema: TypeAlias = "dict[str, Any]"


def regulation_schema() -> Schema:
    """Return the schema of a whole file, draft 2020-12."""
    sections: dict[str, Any] = {
        name: (shape | None, None) if name in OPTIONAL else (shape, ...) for name, shape in SECTIONS.items()
    }
    whole = create_model("RegulationFile", __base__=RegulationFile, __doc__=RegulationFile.__doc__, **sections)
    writer = _Writer()
    raw = whole.model_json_schema()
    definitions = {name: writer.tidied(piece) for name, piece in raw.pop("$defs").items()}
    top = {"$schema": "https://json-schema.org/draft/2020-12/schema", **writer.tidied(raw)}
    for shape in _shapes(Written):
        if shape.__name__ in definitions:
            _explain(definitions[shape.__name__], shape)
    _explain(top, RegulationFile)
    return {**top, "$defs": dict(sorted({**definitions, **writer.numbers}.items()))}


class TreeNode(NodeShape):
    """A line of the point table: a part, a category (hạng mục), an indicator (tiêu chí), or a pillar of others."""

    children: tuple["TreeNode", ...] = ()
    """The lines it is made of; their maxima add up to its own in each group."""


class RegulationFile(TopShape):
    """A regulation (quy định, bộ tiêu chí): who is ranked, what earns points, what is asked, and by when."""

    clauses: Annotated[dict[str, ClauseShape], Field(min_length=1)]
    groups: Annotated[dict[Slug, GroupShape], Field(min_length=1)]
    questions: Annotated[dict[Slug, QuestionShape], Field(min_length=1)]
    checks: tuple[CheckShape, ...] = ()
    comparisons: dict[str, ComparisonShape] = Field(default_factory=dict)
    tree: Annotated[tuple[TreeNode, ...], Field(min_length=1)]


def _one_of(*keys: str) -> Schema:
    return {"oneOf": [{"required": [key]} for key in keys]}


def _any_of(*keys: str) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


def _not_both(one: str, other: str) -> Schema:
    return {"not": {"required": [one, other]}}


def _without(*keys: str) -> Schema:
    return {"not": _any_of(*keys)}


def _is(key: str, value: str) -> Schema:
    return {"properties": {key: {"const": value}}, "required": [key]}


def _where(condition: Schema, then: Schema, otherwise: Schema) -> Schema:
    return {"if": condition, "then": then, "else": otherwise}


_OF_RULES = ("literal", "not_applicable")

_TOGETHER: Mapping[type[Written], list[Schema]] = {
    RegulationFile: [_any_of("grades", "levels")],
    Grounded: [_any_of("clause", "assumed")],
    TreeNode: [
        _one_of("children", "of", "rule"),
        _where(
            {"required": ["rule"]}, {"required": ["how"], **_without("operation", "cap", "floor")}, _without(*_OF_RULES)
        ),
        _where(_is("operation", "weighted"), {"required": ["weights", "out_of"]}, _without("weights", "out_of")),
    ],
    TimetableShape: [_one_of("collect_before", "collect_within")],
    TermShape: [_one_of("days", "working_days")],
    NotApplicableShape: [_where(_is("policy", "rescale"), {}, _without("at"))],
    LateShape: [
        _where(_is("policy", "penalty"), {"required": ["points"]}, _without("points")),
        _where(_is("policy", "not_ranked"), _without("until"), {}),
    ],
    Requirement: [_not_both("at_least", "one_of")],
    Bounds: [
        _any_of("at_least", "above", "at_most", "below"),
        _not_both("at_least", "above"),
        _not_both("at_most", "below"),
    ],
}
"""What the shapes' own validators say of several keys together."""

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_IDLE = {"title", "discriminator"}
_NAMED = {"properties", "patternProperties"}


class _Writer:
    """Makes pydantic's schema fit the files, and gathers the kinds of number by name."""

    def __init__(self) -> None:
        self.numbers: dict[str, Schema] = {}

    def tidied(self, schema: Any) -> Any:  # noqa: ANN401 - any piece of a schema
        if isinstance(schema, list):
            return [self.tidied(each) for each in schema]
        if not isinstance(schema, dict):
            return schema
        if "definition" in schema or schema.get("type") == "integer":
            return self._number(schema)
        tidy = {
            key: {name: self.tidied(each) for name, each in value.items()} if key in _NAMED else self.tidied(value)
            for key, value in schema.items()
            if key not in _IDLE and not (key == "default" and value in (None, "", "0", []))
        }
        return self._dated(_without_null(_closed(tidy)))

    def _number(self, schema: Schema) -> Schema:
        """Refer to a number, which may stand under dates, or be stated and used."""
        bare = {key: value for key, value in schema.items() if key not in {"definition", "title", "default"}}
        bounds = [str(bare[key]) for key in ("minimum", "maximum") if key in bare]
        name = schema.get("definition") or "_".join(["whole", *bounds])
        here = {"$ref": f"#/$defs/{name}"}
        if name not in self.numbers:
            told = {"description": bare.pop("description")} if "description" in bare else {}
            plain = self.tidied(bare) if "anyOf" in bare else bare
            self.numbers[name] = {**told, "anyOf": [plain, *_chosen(here)]}
        return here

    def _dated(self, schema: Schema) -> Schema:
        """Let numbers by group be amended together."""
        values = schema.get("additionalProperties")
        is_number = isinstance(values, dict) and values.get("$ref", "").removeprefix("#/$defs/") in self.numbers
        return {"anyOf": [schema, _amended(schema)]} if is_number else schema


def _without_null(schema: Schema) -> Schema:
    """What may be left out is left out; it is not written as nothing."""
    choices = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(choices) == len(schema.get("anyOf", [])):
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest, **(choices[0] if len(choices) == 1 else {"anyOf": choices})}


def _closed(schema: Schema) -> Schema:
    return {"additionalProperties": False, **schema} if "patternProperties" in schema else schema


def _chosen(value: Schema) -> list[Schema]:
    """Return the two ways to give several values: stated and used, and amended by date."""
    text = {"type": "string"}
    used = {
        "type": "object",
        "description": "What the text states, and what is used instead.",
        "properties": {"stated": True, "used": value, "clause": text, "assumed": text},
        "required": ["stated", "used"],
        "additionalProperties": False,
        **_any_of("clause", "assumed"),
    }
    return [used, _amended(value)]


def _amended(value: Schema) -> Schema:
    return {
        "type": "object",
        "description": "Values by the day from which they hold.",
        "patternProperties": {_DAY: value},
        "additionalProperties": False,
        "minProperties": 1,
    }


def _shapes(shape: type[Written]) -> Iterator[type[Written]]:
    yield shape
    for each in shape.__subclasses__():
        yield from _shapes(each)


def _explain(schema: Schema, shape: type[Written]) -> None:
    """Add the help that stands under each key of a shape, and what its keys must be together."""
    bases = [base for base in shape.__mro__ if issubclass(base, Written)]
    together = [each for base in bases for each in _TOGETHER.get(base, ())]
    if together:
        schema["allOf"] = together
    aliases = {name: field.alias or name for name, field in shape.model_fields.items()}
    for base in reversed(bases):
        for name, text in _key_docstrings(base):
            schema["properties"][aliases[name]]["description"] = text


def _key_docstrings(shape: type[Written]) -> Iterator[tuple[str, str]]:
    """Return each key of a class that has a docstring below it."""
    (definition,) = ast.parse(dedent(inspect.getsource(shape))).body
    for key, below in pairwise(cast("ast.ClassDef", definition).body):
        match key, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, text
