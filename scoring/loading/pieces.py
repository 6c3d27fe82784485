"""The file cut into pieces, each checked against its shape by itself, so that one mistake does not hide another."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from pydantic import ValidationError

from scoring.loading.report import Path, Report
from scoring.loading.shape_errors import report_shape_errors
from scoring.loading.shapes import (
    OPTIONAL,
    SECTIONS,
    CheckShape,
    ClauseShape,
    ComparisonShape,
    GroupShape,
    NodeShape,
    QuestionShape,
    TopShape,
)
from scoring.loading.yaml_text import Data, value_at
from scoring.rules.rule import Written
from words import Text

Shape = TypeVar("Shape", bound=Written)


@dataclass(frozen=True, slots=True)
class NodePiece:
    """A node of the tree and where it stands; the shape is None where it is not right."""

    path: Path
    shape: NodeShape | None
    children: tuple["NodePiece", ...]

    def walk(self) -> Iterator["NodePiece"]:
        """Return the node and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Pieces:
    """All pieces of a file; those that are not right are missing."""

    data: Data
    top: TopShape | None
    sections: Mapping[type[Written], Written]
    clauses: Mapping[str, ClauseShape]
    groups: Mapping[str, GroupShape]
    questions: Mapping[str, QuestionShape]
    checks: Mapping[int, CheckShape]
    comparisons: Mapping[str, ComparisonShape]
    roots: tuple[NodePiece, ...]

    def nodes(self) -> Iterator[NodePiece]:
        """Return every node, parents before children."""
        for root in self.roots:
            yield from root.walk()

    def node_ids(self) -> frozenset[str]:
        """Return the ids of all nodes, whether they are right or not."""
        return frozenset(str(value_at(self.data, (*node.path, "id"))) for node in self.nodes())

    def has(self, key: str) -> bool:
        """Tell whether the file has a key at its top, whether what is under it is right or not."""
        return isinstance(self.data, dict) and key in self.data

    def find(self, shape: type[Shape]) -> Shape | None:
        """Return a section by its shape, None where it is missing or not right."""
        return cast("Shape | None", self.sections.get(shape))

    def section(self, shape: type[Shape]) -> Shape:
        """Return a section by its shape; raises KeyError where it is not right."""
        return cast("Shape", self.sections[shape])

    def names(self, part: str) -> tuple[str, ...]:
        """Return the names that a part of the file declares, whether what they name is right or not."""
        named = value_at(self.data, (part,))
        return tuple(str(name) for name in named) if isinstance(named, dict) else ()


def read_pieces(data: Data, report: Report) -> Pieces:
    """Cut the document and check each piece."""
    cutter = _Cutter(data, report)
    return Pieces(
        data=data,
        top=cutter.piece(TopShape, (), without=SECTIONS),
        sections=cutter.sections(),
        clauses=cutter.named(ClauseShape, "clauses"),
        groups=cutter.named(GroupShape, "groups"),
        questions=cutter.named(QuestionShape, "questions"),
        checks=cutter.listed(CheckShape, "checks"),
        comparisons=cutter.named(ComparisonShape, "comparisons"),
        roots=cutter.nodes(("tree",)),
    )


@dataclass(frozen=True, slots=True)
class _Cutter:
    data: Data
    report: Report

    def piece(self, shape: type[Shape], path: Path, *, without: Container[object] = ()) -> Shape | None:
        """Read one piece, leaving some of its keys to others."""
        data = value_at(self.data, path)
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key not in without}
        try:
            return shape.model_validate(data)
        except ValidationError as invalid:
            report_shape_errors(invalid.errors(), data, path, self.report)
        return None

    def sections(self) -> dict[type[Written], Written]:
        read = {}
        for name, shape in SECTIONS.items():
            if (name,) not in self.report.places:
                if name not in OPTIONAL:
                    self.report.error("missing_key", (name,), key=name)
            elif (piece := self.piece(shape, (name,))) is not None:
                read[shape] = piece
        return read

    def named(self, shape: type[Shape], part: str) -> dict[str, Shape]:
        """Read a part of the file that has one piece under each name."""
        named = value_at(self.data, (part,))
        read = {str(name): self.piece(shape, (part, name)) for name in (named if isinstance(named, dict) else ())}
        return {name: piece for name, piece in read.items() if piece is not None}

    def listed(self, shape: type[Shape], part: str) -> dict[int, Shape]:
        """Read a part of the file that is a list, by the places in it."""
        listed = value_at(self.data, (part,))
        read = {
            place: self.piece(shape, (part, place)) for place in range(len(listed) if isinstance(listed, tuple) else 0)
        }
        return {place: piece for place, piece in read.items() if piece is not None}

    def nodes(self, path: Path) -> tuple[NodePiece, ...]:
        """Read a list of nodes, each with its children."""
        listed = value_at(self.data, path)
        return tuple(self._node((*path, place)) for place in range(len(listed) if isinstance(listed, tuple) else 0))

    def _node(self, path: Path) -> NodePiece:
        children = (*path, "children")
        if not isinstance(value_at(self.data, children), tuple | None):
            self.report.error("wrong_type", children, wanted=Text("scoring.type.list"))
        return NodePiece(path, self.piece(NodeShape, path, without={"children"}), self.nodes(children))
