"""What sections name is there: nodes, groups, questions; and groups do not roll one another up in a circle."""

from scoring.loading.pieces import Pieces
from scoring.loading.report import Report
from scoring.loading.shapes import NotApplicableShape, TiesShape
from scoring.rules.composite import rules_within
from scoring.rules.roll_up import RollUp
from scoring.rules.rule import Rule


def check_references(pieces: Pieces, report: Report) -> None:
    """Find names that nothing has."""
    nodes = pieces.node_ids()
    not_applicable, ties = pieces.find(NotApplicableShape), pieces.find(TiesShape)
    named = [
        *((("not_applicable", "at"), name) for name in (not_applicable.at if not_applicable else ())),
        *((("ties", "breakers"), name) for name in (ties.breakers if ties else ())),
    ]
    for path, name in named:
        if name not in nodes:
            report.error("unknown_node", report.near(path, name), id=name)
    for name, shape in pieces.comparisons.items():
        for node in {*shape.nodes, *shape.not_comparable} - nodes:
            report.error("unknown_node", report.near(("comparisons", name), node), id=node)
    _check_rescaled(pieces, not_applicable, report)
    _check_groups(pieces, report)
    _check_checks(pieces, report)
    _check_roll_ups(pieces, report)


def _check_rescaled(pieces: Pieces, not_applicable: NotApplicableShape | None, report: Report) -> None:
    """Only a sum is rescaled: what is normalised by its parts keeps its maximum."""
    if not_applicable is None:
        return
    path = ("not_applicable", "at")
    if not_applicable.policy != "rescale":
        if not_applicable.at:
            report.error("unknown_key", path, key="at")
        return
    for node in pieces.nodes():
        is_total = bool(pieces.roots) and node is pieces.roots[0]
        is_meant = node.shape and (node.shape.id in not_applicable.at or (is_total and not not_applicable.at))
        if node.shape and is_meant and (node.shape.rule or node.shape.operation != "sum"):
            report.error("rescales_no_sum", report.near(path, node.shape.id), id=node.shape.id)


def _check_groups(pieces: Pieces, report: Report) -> None:
    for name, group in pieces.groups.items():
        if group.under and group.under not in pieces.names("groups"):
            report.error("unknown_group", ("groups", name, "under"), group=group.under)
        if group.ranked == "within_parent" and not group.under:
            report.error("parent_missing", ("groups", name), group=name)


def _check_checks(pieces: Pieces, report: Report) -> None:
    """Checks compare numbers."""
    declared = pieces.names("questions")
    for place, check in pieces.checks.items():
        for addend in (*check.that.left.addends, *check.that.right.addends):
            question = pieces.questions.get(addend.key)
            if addend.key and addend.key not in declared:
                report.error("unknown_question", ("checks", place, "that"), key=addend.key)
            elif question and question.type not in {"integer", "decimal"}:
                values = {"key": addend.key, "type": question.type, "wanted": "integer | decimal"}
                report.error("question_type", ("checks", place, "that"), **values)


def _check_roll_ups(pieces: Pieces, report: Report) -> None:
    """A unit rolls up marks of a group whose units are under its own, and that does not roll up its own in turn."""
    maxima = {node.shape.id: node.shape.maximum for node in pieces.nodes() if node.shape}
    lower: dict[str, set[str]] = {group: set() for group in pieces.groups}
    for node in pieces.nodes():
        for rule in _roll_ups(node.shape.rule) if node.shape and node.shape.rule else ():
            path = (*node.path, "rule")
            maximum = maxima.get(rule.node, {}).get(rule.source_group)
            if maximum is None and (rule.node in maxima or rule.node not in pieces.node_ids()):
                report.error("unknown_node", report.near(path, rule.node), id=rule.node)
            if maximum == 0:
                report.error("divides_by_zero", report.near(path, rule.node), id=rule.node, group=rule.source_group)
            for group in node.shape.maximum if node.shape else ():
                lower.setdefault(group, set()).add(rule.source_group)
                if rule.source_group not in pieces.groups or pieces.groups[rule.source_group].under != group:
                    report.error("not_subordinate", path, group=rule.source_group, parent=group)
    for group in lower:
        if _reaches(lower, group, group, set()):
            report.error("roll_up_circle", ("groups", group), group=group)


def _roll_ups(rule: Rule) -> list[RollUp]:
    return [each for each in rules_within(rule) if isinstance(each, RollUp)]


def _reaches(lower: dict[str, set[str]], group: str, wanted: str, seen: set[str]) -> bool:
    for below in lower.get(group, set()) - seen:
        seen.add(below)
        if below == wanted or _reaches(lower, below, wanted, seen):
            return True
    return False
