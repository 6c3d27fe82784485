"""The formula of a line of the point table, or why there is none before the assessment."""

from dataclasses import dataclass

from scoring.expression import Expression, PointsOf, Rounded, sum_of
from scoring.indicators import indicators_of
from scoring.regulation import Node, Regulation
from words import Text


@dataclass(frozen=True, slots=True)
class Later:
    """The points are known after the assessment; the text says who gives the data."""

    text: Text


def formula(regulation: Regulation, group: str, node_id: str) -> Expression | Later:
    """Return the points of a line as an expression on the unit's own answers and on the points of the lines below it.

    A sum leaves out the lines that are not known yet. N/A is not in it: whoever prints it wraps it. Raises KeyError for
    a line that the group does not have.
    """
    node = {each.id: each for each in regulation.nodes(group)}[node_id]
    if is_later(node, group):
        return Later(said_later(node))
    if node.rule:
        return indicators_of(regulation, group)[node_id].points
    known = [child for child in node.children_of(group) if not is_later(child, group)]
    return Rounded(sum_of([PointsOf(child.id) for child in known]), regulation.digits)


def is_later(node: Node, group: str) -> bool:
    """Tell whether nothing about the line is known from what the unit declares."""
    if node.rule:
        return node.source != "unit"
    return all(is_later(child, group) for child in node.children_of(group))


def said_later(node: Node) -> Text:
    """Say who gives the data of a line that is known later."""
    return Text(f"scoring.later.{node.source or 'others'}")
