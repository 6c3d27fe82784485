"""The tree of points: names that are taken once, maxima that add up, rules that fit their maximum."""

from collections.abc import Iterator

from scoring.loading.checks.operations import check_operation
from scoring.loading.pieces import NodePiece, Pieces
from scoring.loading.questions import as_question
from scoring.loading.report import Path, Report
from scoring.loading.shapes import NodeShape, RoundingShape
from scoring.rules.faults import Setting
from scoring.sentences import spoken


def check_tree(pieces: Pieces, report: Report) -> None:
    """Find everything wrong between the nodes, and between a node and what its rule reads."""
    _check_names(pieces, report)
    _check_groups(pieces, report)
    questions = {key: as_question(key, shape, ()) for key, shape in pieces.questions.items()}
    for node in pieces.nodes():
        if node.shape is not None:
            _check_content(node, node.shape, report)
            check_operation(node, node.shape, pieces, report)
            _check_digits(node.path, node.shape, pieces, report)
            setting = Setting(questions, node.shape.maximum, is_literal=node.shape.literal is not None)
            _check_rule(node.path, node.shape, setting, pieces, report)


def _check_names(pieces: Pieces, report: Report) -> None:
    """An answer's key is a question's key or an indicator's id, so both are taken once; numbers are, in each group."""
    taken = set(pieces.names("questions"))
    numbers: set[tuple[str, str]] = set()
    for path, shape in _right(pieces):
        if shape.id in taken:
            report.error("id_taken", (*path, "id"), id=shape.id)
        taken.add(shape.id)
        ours = {(group, shape.number) for group in shape.maximum if shape.number}
        if ours & numbers:
            report.error("number_taken", (*path, "number"), number=shape.number)
        numbers |= ours


def _right(pieces: Pieces) -> Iterator[tuple[Path, NodeShape]]:
    return ((node.path, node.shape) for node in pieces.nodes() if node.shape is not None)


def _check_groups(pieces: Pieces, report: Report) -> None:
    declared = pieces.names("groups")
    for path, shape in _right(pieces):
        for group in shape.maximum:
            if group not in declared:
                report.error("unknown_group", (*path, "maximum", group), group=group)
    total = pieces.roots[0] if pieces.roots else None
    if total is not None and total.shape is not None:
        for group in declared:
            if group not in total.shape.maximum:
                report.error("group_without_total", ("groups", group), group=group)


def _check_content(node: NodePiece, shape: NodeShape, report: Report) -> None:
    """A node has children, or a rule, or names the nodes it operates on: one of the three."""
    if sum((bool(node.children), shape.rule is not None, bool(shape.of))) != 1:
        report.error("rule_or_children", node.path, id=shape.id)
    if shape.rule is not None and not shape.how:
        report.error("how_missing", node.path, id=shape.id)


def _check_digits(path: Path, shape: NodeShape, pieces: Pieces, report: Report) -> None:
    rounding = pieces.find(RoundingShape)
    if rounding is None:
        return
    digits = max(rounding.digits, rounding.total.digits if rounding.total else 0)
    amounts = {"maximum": shape.maximum, "cap": shape.cap, "floor": shape.floor}
    for key, by_group in amounts.items():
        for group, amount in by_group.items():
            if 10**digits % amount.denominator:
                report.error("too_many_digits", (*path, key, group), maximum=spoken(amount), n=digits)


def _check_rule(path: Path, shape: NodeShape, setting: Setting, pieces: Pieces, report: Report) -> None:
    here = (*path, "rule")
    for fault in shape.rule.faults(setting) if shape.rule else ():
        is_known = fault.code == "unknown_question" and fault.near in pieces.names("questions")
        if not is_known:
            tell = report.notice if fault.is_notice else report.error
            tell(fault.code, report.near(here, fault.near) if fault.near else here, **fault.values)
