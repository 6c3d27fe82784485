"""A regulation as lines of text, for the terminal: groups, point table, grades and levels, timetable, checks."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from scoring import AnnualDate, Group, Level, Node, Points, Regulation, Term
from scoring.quantity import Addend, Quantity
from scoring.regulation import Check
from scoring.sentences import joined, spoken
from words import Series, Severity, Text, Value


def regulation_lines(regulation: Regulation) -> Iterator[Text]:
    """Return what a regulation says, line by line; labels and ids are its own."""
    yield from (_group(group) for group in regulation.groups.values())
    for root in regulation.roots:
        yield from _node(regulation, root, 0)
    yield from _grades(regulation)
    yield from (_level(regulation, level) for level in regulation.levels)
    if regulation.below_lowest:
        yield Text("app.show_below_lowest", text=regulation.below_lowest.text)
    yield from _timetable(regulation)
    yield from (_check(check) for check in regulation.checks)


def _group(group: Group) -> Text:
    if not group.under:
        return Text("app.show_group", id=group.id, label=group.label)
    entry = "app.show_group_within" if group.ranked == "within_parent" else "app.show_group_under"
    return Text(entry, id=group.id, label=group.label, under=group.under)


def _node(regulation: Regulation, node: Node, depth: int) -> Iterator[Text]:
    maxima = _by_group(regulation, node, node.maxima)
    details = list(_details(regulation, node))
    name = {"indent": "  " * depth, "number": node.number or node.id, "label": node.label}
    if details:
        yield Text("app.show_node_with", **name, maxima=maxima, details=joined("scoring.why.then", details))
    else:
        yield Text("app.show_node", **name, maxima=maxima)
    for child in node.children:
        yield from _node(regulation, child, depth + 1)


def _details(regulation: Regulation, node: Node) -> Iterator[Text]:
    if node.of:
        yield Text("app.show_of", nodes=Series(node.of))
    if node.operation in _OPERATIONS:
        yield Text(_OPERATIONS[node.operation])
    if node.weights:
        weights = [Text("app.show_amount", name=each.node, points=spoken(each.amount)) for each in node.weights]
        yield Text("app.show_weights", weights=joined(_BESIDE, weights), out_of=spoken(node.out_of))
    if node.cap:
        yield Text("app.show_cap", points=_by_group(regulation, node, node.cap))
    if node.floor:
        yield Text("app.show_floor", points=_by_group(regulation, node, node.floor))
    if node.outside_scale:
        yield Text("app.show_outside_scale")


_OPERATIONS = {"mean": "app.show_mean", "best_of": "app.show_best_of"}


def _by_group(regulation: Regulation, node: Node, amounts: Mapping[str, Points]) -> Value:
    printed = {group: regulation.printed(node, points) for group, points in amounts.items()}
    return joined(_BESIDE, [Text("app.show_amount", name=group, points=points) for group, points in printed.items()])


_BESIDE = "app.show_beside"


def _grades(regulation: Regulation) -> Iterator[Text]:
    for grade in regulation.grades:
        if grade.at_least is None:
            yield Text("app.show_lowest_grade", label=grade.label)
        else:
            points = regulation.printed(regulation.total, grade.at_least)
            yield Text("app.show_grade", label=grade.label, points=points)


def _level(regulation: Regulation, level: Level) -> Text:
    wanted = tuple(
        Text("app.show_minimum", node=node, points=_by_group(regulation, regulation.node(node), minima))
        for node, minima in level.minima.items()
    )
    return Text("app.show_level", label=level.label, minima=joined("scoring.why.then", wanted))


def _timetable(regulation: Regulation) -> Iterator[Text]:
    timetable = regulation.timetable
    yield Text("app.show_issue_on", day=_day(timetable.issue_on))
    if timetable.issue_before:
        yield Text("app.show_issue_before", day=_day(timetable.issue_before))
    if timetable.collect_before:
        yield Text("app.show_collect_before", day=_day(timetable.collect_before))
    if timetable.collect_within:
        yield Text("app.show_collect_within", term=_term(timetable.collect_within))
    if timetable.verify_within:
        yield Text("app.show_verify_within", term=_term(timetable.verify_within))
    yield Text("app.show_publish_before", day=_day(timetable.publish_before))
    if timetable.window:
        yield Text("app.show_window", first=_day(timetable.window.first), last=_day(timetable.window.last))


def _day(annual: AnnualDate) -> Value:
    day = f"{annual.day:02}/{annual.month:02}"
    return Text("app.show_next_year", day=day) if annual.years_later else day


def _term(term: Term) -> Text:
    entry = "app.show_working_days" if term.unit == "working_days" else "app.show_days"
    return Text(entry, n=term.count, event=Text(_EVENTS[term.counted_from]))


_EVENTS: Mapping[Literal["issue", "receipt", "complete_form"], str] = {
    "issue": "app.show_from_issue",
    "receipt": "app.show_from_receipt",
    "complete_form": "app.show_from_complete_form",
}


def _check(check: Check) -> Text:
    entry = "app.show_check" if check.severity is Severity.ERROR else "app.show_check_notice"
    return Text(entry, left=written(check.left), operator=check.operator, right=written(check.right))


def written(quantity: Quantity) -> str:
    """Return a quantity as the file writes it: `a + 1/2 * previous.b - 3`."""
    first, *others = quantity.addends
    signed = [("-" if each.coefficient < 0 else "+", _addend(each, abs(each.coefficient))) for each in others]
    return " ".join([_addend(first, first.coefficient), *(part for each in signed for part in each)])


def _addend(addend: Addend, coefficient: Fraction) -> str:
    if not addend.key:
        return str(coefficient)
    key = f"previous.{addend.key}" if addend.previous else addend.key
    return key if coefficient == 1 else f"{coefficient} * {key}"
