"""The grades cover every total once, and the levels stand one above the other and agree with themselves."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import cast

from scoring.loading.pieces import NodePiece, Pieces
from scoring.loading.report import Path, Report
from scoring.loading.shapes import EVERY, GradesShape, LevelsShape, NodeShape, RankByShape, RoundingShape
from scoring.rules.award import Award
from scoring.rules.bounds import after, before, cover_faults
from scoring.sentences import spoken


def check_grades(pieces: Pieces, report: Report) -> None:
    """Find gaps and overlaps between grades, to the printed digit: 350-429 and 430-500 leave 429.01 without a grade."""
    total = pieces.roots[0] if pieces.roots else None
    grades, rounding = pieces.find(GradesShape), pieces.find(RoundingShape)
    if total is not None and total.shape is not None and grades is not None and rounding is not None:
        lowest = min(band.start for band in grades.bands) if grades.below_lowest else before(Fraction(0))
        highest = max(_highest(total, group) for group in total.shape.maximum)
        step = Fraction(1, 10 ** (rounding.total or rounding).digits)
        for fault in cover_faults(grades.bands, "bands", (lowest, after(highest)), step):
            report.error(fault.code, ("grades", "bands"), **fault.values)
    if grades is not None:
        _check_labels([band.label for band in grades.bands], ("grades", "bands"), report)
    if not (pieces.has("grades") or pieces.has("levels")):
        report.error("grades_missing", ())


def _highest(node: NodePiece, group: str) -> Fraction:
    """Return the most points a line can have: what is outside the scale comes on top, up to the cap."""
    shape = node.shape
    if shape is None or group not in shape.maximum:
        return Fraction(0)
    highest = shape.maximum[group]
    for child in node.children:
        if child.shape and (child.shape.outside_scale or shape.operation == "sum"):
            inside = Fraction(0) if child.shape.outside_scale else child.shape.maximum.get(group, Fraction(0))
            highest += _highest(child, group) - inside
    return min(highest, shape.cap.get(group, shape.cap.get(EVERY, highest)))


def _check_labels(labels: Sequence[str], path: Path, report: Report) -> None:
    """A grade or level is known by its label alone."""
    for place, label in enumerate(labels):
        if label in labels[:place]:
            report.error("label_taken", (*path, place, "label"), label=label)


def check_levels(pieces: Pieces, report: Report) -> None:
    """Find minima of nodes that are not there or cannot be reached, that contradict one another, or that fall."""
    levels, rank_by = pieces.find(LevelsShape), pieces.find(RankByShape)
    if rank_by and rank_by.policy == "level_then_total" and not pieces.has("levels"):
        report.error("levels_missing", ("rank_by",))
    if levels is None:
        return
    _check_labels([level.label for level in levels.list], ("levels", "list"), report)
    nodes = {node.shape.id: node for node in pieces.nodes() if node.shape}
    for place, level in enumerate(levels.list):
        path = ("levels", "list", place, "minima")
        for node in level.minima:
            if node not in pieces.node_ids():
                report.error("unknown_node", (*path, node), id=node)
        known = {name: minima for name, minima in level.minima.items() if name in nodes}
        for name, minima in known.items():
            _check_minimum((*path, name), nodes[name], minima, report)
            _check_sum((*path, name), nodes[name], known, report, is_own=levels.wholes == "own")
    _check_order(levels, nodes, report)


def _check_minimum(path: Path, node: NodePiece, minima: Mapping[str, Award], report: Report) -> None:
    """A minimum is for groups that have the node, and not above its maximum."""
    shape = _shape(node)
    for group in set(minima) - {EVERY} - set(shape.maximum):
        report.error("group_not_in_parent", (*path, group), group=group, id=shape.id)
    for group, maximum in shape.maximum.items():
        minimum = _points(minima, group, maximum)
        if minimum is not None and minimum > maximum:
            values = {"group": group, "minimum": spoken(minimum), "maximum": spoken(maximum)}
            report.error("minimum_unreachable", path, id=shape.id, **values)


def _check_sum(
    path: Path, node: NodePiece, minima: Mapping[str, Mapping[str, Award]], report: Report, *, is_own: bool
) -> None:
    """Where every part of a sum has a minimum, they come to that of the whole, or to less where it is its own."""
    shape = _shape(node)
    parts = [child.shape for child in node.children if child.shape is None or _is_in_scale(child.shape)]
    known = [part for part in parts if part and part.id in minima]
    if shape.operation != "sum" or not parts or known != parts:
        return
    for group, maximum in shape.maximum.items():
        stated = _points(minima[shape.id], group, maximum)
        found = [_points(minima[each.id], group, each.maximum[group]) for each in known if group in each.maximum]
        together = sum((each for each in found if each is not None), Fraction(0))
        fits = stated is None or None in found or stated == together or (is_own and stated > together)
        if stated is not None and not fits:
            values = {"group": group, "found": spoken(together), "stated": spoken(stated)}
            report.error("minima_sum", path, id=shape.id, **values)


def _is_in_scale(shape: NodeShape) -> bool:
    return any(shape.maximum.values()) and not shape.outside_scale


def _check_order(levels: LevelsShape, nodes: Mapping[str, NodePiece], report: Report) -> None:
    """A higher level asks at least as much of every node as the one below it."""
    for place, (higher, lower) in enumerate(pairwise(levels.list)):
        for name, minima in lower.minima.items():
            for group, wanted in _each(minima, nodes.get(name)):
                above = dict(_each(higher.minima.get(name, {}), nodes.get(name))).get(group, Fraction(0))
                if above < wanted:
                    values = {"id": name, "group": group, "higher": higher.label, "lower": lower.label}
                    report.error("levels_not_nested", ("levels", "list", place + 1, "minima", name), **values)


def _each(minima: Mapping[str, Award], node: NodePiece | None) -> Iterator[tuple[str, Fraction]]:
    for group, maximum in (_shape(node).maximum if node else {}).items():
        minimum = _points(minima, group, maximum)
        if minimum is not None:
            yield group, minimum


def _points(minima: Mapping[str, Award], group: str, maximum: Fraction) -> Fraction | None:
    minimum = minima.get(group, minima.get(EVERY))
    return None if minimum is None else minimum.within(maximum)


def _shape(node: NodePiece) -> NodeShape:
    """Return the shape of a node that is right, as all are that minima are compared with."""
    return cast("NodeShape", node.shape)
