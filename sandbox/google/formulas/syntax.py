"""The tree that a formula is."""

from dataclasses import dataclass

from sandbox.google.formulas.values import Value
from sandbox.google.sheets.a1 import Reference


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, text, TRUE or FALSE, an error written out, or an argument left empty (None)."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """A word that is neither a function nor a reference: always #NAME?, the sandbox has no named ranges."""

    text: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one rank, from left to right: 1-2+3. A list, so that a long sum is not a deep tree."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Scaled:
    """A minus before an operand, or so many percent signs behind it."""

    operand: "Node"
    negative: bool
    percents: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple["Node", ...]


Node = Constant | Name | Reference | Chain | Scaled | Call


def references(node: Node) -> list[Reference]:
    """Every reference in the tree."""
    if isinstance(node, Reference):
        return [node]
    below: tuple[Node, ...] = ()
    if isinstance(node, Chain):
        below = (node.first, *(operand for _, operand in node.rest))
    elif isinstance(node, Scaled):
        below = (node.operand,)
    elif isinstance(node, Call):
        below = node.arguments
    return [reference for each in below for reference in references(each)]
