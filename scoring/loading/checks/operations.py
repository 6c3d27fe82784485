"""What a node does with others fits them: maxima add up, weights come to what they are out of, bounds can be met."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import takewhile

from scoring.loading.pieces import NodePiece, Pieces
from scoring.loading.report import Report
from scoring.loading.shapes import EVERY, NodeShape
from scoring.regulation import Operation
from scoring.sentences import spoken


def check_operation(node: NodePiece, shape: NodeShape, pieces: Pieces, report: Report) -> None:
    """Find maxima, weights and bounds that do not fit; nothing is said while a part is not right."""
    parts = _parts(node, shape, pieces, report)
    if parts is None:
        return
    _check_keys(node, shape, pieces, report)
    _check_bounds(node, shape, report)
    if node.children:
        _check_groups(node, shape, report)
    if not parts:
        return
    inside = [part for part in parts if not part.outside_scale]
    if shape.operation == "weighted":
        _check_weights(node, shape, inside, report)
    else:
        _check_maxima(node, shape, inside, report)


def _parts(node: NodePiece, shape: NodeShape, pieces: Pieces, report: Report) -> list[NodeShape] | None:
    """Return the nodes operated on, None where one of them is not right. A pillar stands on nodes of earlier roots."""
    if node.children:
        shapes = [child.shape for child in node.children]
        return None if None in shapes else [each for each in shapes if each]
    earlier = takewhile(lambda root: all(each is not node for each in root.walk()), pieces.roots)
    known = {each.shape.id: each.shape for root in earlier for each in root.walk() if each.shape}
    wrong = pieces.node_ids() - {each.shape.id for each in pieces.nodes() if each.shape}
    for name in shape.of:
        if name not in known and name not in wrong:
            report.error("unknown_node", report.near((*node.path, "of"), name), id=name)
    return [known[name] for name in shape.of] if set(shape.of) <= set(known) else None


def _check_maxima(node: NodePiece, shape: NodeShape, parts: list[NodeShape], report: Report) -> None:
    """Maxima of the parts add up to the node's in each group; of a mean they are its own, of a best one at most."""
    for group, maximum in shape.maximum.items():
        found = [part.maximum[group] for part in parts if group in part.maximum]
        together = _together(shape.operation, found, maximum)
        if together != maximum:
            values = {"group": group, "found": spoken(together), "maximum": spoken(maximum)}
            report.error("maxima_sum", (*node.path, "maximum", group), id=shape.id, **values)


def _together(operation: Operation, found: Sequence[Fraction], maximum: Fraction) -> Fraction:
    """Return what the maxima of the parts allow; of a mean any of them that is not the node's own."""
    if not found or operation == "sum":
        return sum(found, Fraction(0))
    return max(found) if operation == "best_of" else next((each for each in found if each != maximum), maximum)


def _check_weights(node: NodePiece, shape: NodeShape, parts: list[NodeShape], report: Report) -> None:
    """Every part has a weight, and in each group the weights come to what they are out of."""
    path = (*node.path, "weights")
    for part in parts:
        if part.id not in shape.weights:
            report.error("weight_missing", path, id=part.id)
    for name in set(shape.weights) - {part.id for part in parts}:
        report.error("unknown_node", (*path, name), id=name)
    if shape.out_of is None:
        report.error("missing_key", node.path, key="out_of")
        return
    for group in shape.maximum:
        together = sum(
            (shape.weights.get(each.id, Fraction(0)) for each in parts if group in each.maximum), Fraction(0)
        )
        if together != shape.out_of:
            values = {"group": group, "found": spoken(together), "out_of": spoken(shape.out_of)}
            report.error("weights_sum", path, id=shape.id, **values)
        for part in parts:
            if part.maximum.get(group) == 0:
                report.error("divides_by_zero", report.near(path, part.id), id=part.id, group=group)


def _check_keys(node: NodePiece, shape: NodeShape, pieces: Pieces, report: Report) -> None:
    """Find keys that would say nothing on a line of this sort."""
    is_weighted, is_root = shape.operation == "weighted", any(node is root for root in pieces.roots)
    idle = {
        "weights": not is_weighted,
        "out_of": not is_weighted,
        "operation": shape.rule is not None,
        "literal": shape.rule is None,
        "not_applicable": shape.rule is None,
        "outside_scale": is_root,
    }
    for key, says_nothing in idle.items():
        if says_nothing and key in shape.model_fields_set:
            report.error("unknown_key", (*node.path, key), key=key)


def _check_groups(node: NodePiece, shape: NodeShape, report: Report) -> None:
    for child in node.children:
        for group in set(child.shape.maximum if child.shape else ()) - set(shape.maximum):
            report.error("group_not_in_parent", (*child.path, "maximum", group), group=group, id=shape.id)


def _check_bounds(node: NodePiece, shape: NodeShape, report: Report) -> None:
    """A cap below the maximum leaves points that nobody can reach; only what has parts can be bounded."""
    for key, by_group in (("cap", shape.cap), ("floor", shape.floor)):
        if by_group and shape.rule is not None:
            report.error("bound_of_rule", (*node.path, key), id=shape.id)
        for group in set(by_group) - {EVERY} - set(shape.maximum):
            report.error("group_not_in_parent", (*node.path, key, group), group=group, id=shape.id)
    for group, maximum, cap in _by_group(shape.maximum, shape.cap):
        if cap < maximum:
            values = {"group": group, "cap": spoken(cap), "maximum": spoken(maximum)}
            report.error("cap_below_maximum", (*node.path, "cap"), id=shape.id, **values)
    for group, maximum, floor in _by_group(shape.maximum, shape.floor):
        if floor > maximum:
            values = {"group": group, "floor": spoken(floor), "maximum": spoken(maximum)}
            report.error("floor_above_maximum", (*node.path, "floor"), **values)


def _by_group(
    maxima: Mapping[str, Fraction], bounds: Mapping[str, Fraction]
) -> Iterator[tuple[str, Fraction, Fraction]]:
    for group, maximum in maxima.items():
        bound = bounds.get(group, bounds.get(EVERY))
        if bound is not None:
            yield group, maximum, bound
