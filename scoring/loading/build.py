"""From pieces that are all right to the regulation."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from hashlib import sha256
from math import ceil

from scoring.amounts import Points, Rounding
from scoring.loading.nodes import NodeBuilder
from scoring.loading.pieces import Pieces
from scoring.loading.questions import as_question
from scoring.loading.report import Path, Report
from scoring.loading.shapes import (
    EVERY,
    AnnualDateShape,
    BelowLowestShape,
    CheckShape,
    DecisionShape,
    GradeShape,
    GradesShape,
    LateShape,
    LevelsShape,
    NotApplicableShape,
    RankByShape,
    RoundedShape,
    RoundingShape,
    TermShape,
    TiesShape,
    TimetableShape,
    TopShape,
    WindowShape,
)
from scoring.loading.yaml_text import value_at
from scoring.regulation import (
    AnnualDate,
    Assumption,
    Check,
    Clause,
    Decision,
    Grade,
    Group,
    Late,
    Level,
    Mapped,
    Node,
    NotApplicable,
    Policy,
    Question,
    Regulation,
    Term,
    Ties,
    Timetable,
    Window,
)
from scoring.rules.award import Award
from scoring.rules.bounds import BEGINNING, on_grid
from words import Severity, Text


def build(pieces: Pieces, top: TopShape, report: Report, text: str) -> Regulation:
    """Put the pieces of a file without errors together."""
    decision, rounding = pieces.section(DecisionShape), pieces.section(RoundingShape)
    total_rounding = _rounding(rounding.total or rounding)
    digits = max(rounding.digits, total_rounding.digits)
    questions = _questions(pieces)
    nodes = NodeBuilder(questions, digits, knows_na=pieces.section(NotApplicableShape).policy != "not_allowed")
    roots = tuple(nodes.node(root) for root in pieces.roots)
    return Regulation(
        id=top.id,
        title=top.title,
        short_title=top.short_title,
        language=top.language,
        decision=Decision(decision.number, decision.date, decision.issuer, decision.source),
        clauses={name: Clause(name, shape.title, shape.not_scored_because) for name, shape in pieces.clauses.items()},
        groups={name: Group(name, **shape.model_dump()) for name, shape in pieces.groups.items()},
        questions=questions,
        checks=tuple(_check(shape) for shape in pieces.checks.values()),
        roots=roots,
        not_applicable=_not_applicable(pieces.section(NotApplicableShape), roots[0]),
        late=_late(pieces.section(LateShape), digits),
        grades=_grades(pieces.find(GradesShape), digits),
        levels=_levels(pieces.find(LevelsShape), {each.id: each for root in roots for each in _walk(root)}, digits),
        below_lowest=_below_lowest(pieces),
        rank_by=_policy(pieces.find(RankByShape)) or Policy("total"),
        points_rounding=_rounding(rounding),
        total_rounding=total_rounding,
        percent_rounding=_rounding(rounding.percent) if rounding.percent else Rounding(2),
        ties=_ties(pieces.section(TiesShape)),
        timetable=_timetable(pieces.section(TimetableShape)),
        comparisons={name: Mapped(shape.nodes, shape.not_comparable) for name, shape in pieces.comparisons.items()},
        assumptions=tuple(_assumptions(pieces, report)),
        source=text,
        sha256=sha256(text.encode()).hexdigest(),
    )


def _policy(shape: LateShape | RankByShape | BelowLowestShape | None) -> Policy | None:
    if shape is None:
        return None
    return Policy(shape.policy, shape.clause, shape.assumed, getattr(shape, "text", ""))


def _rounding(shape: RoundedShape) -> Rounding:
    return Rounding(shape.digits, shape.method)


def _not_applicable(shape: NotApplicableShape, total: Node) -> NotApplicable:
    at = shape.at or ((total.id,) if shape.policy == "rescale" else ())
    return NotApplicable(shape.policy, shape.clause, shape.assumed, at=at)


def _late(shape: LateShape, digits: int) -> Late:
    until = _annual(shape.until) if shape.until else None
    points = int(shape.points * 10**digits)
    return Late(shape.policy, shape.clause, shape.assumed, shape.text, points=points, until=until)


def _ties(shape: TiesShape) -> Ties:
    return Ties(shape.policy, shape.clause, shape.assumed, breakers=shape.breakers)


def _check(shape: CheckShape) -> Check:
    compared = shape.that
    grounds = shape.clause or Text("scoring.assumed")
    return Check(compared.left, compared.operator, compared.right, Severity(shape.severity), grounds)


def _below_lowest(pieces: Pieces) -> Policy | None:
    sections = (pieces.find(GradesShape), pieces.find(LevelsShape))
    return next((_policy(each.below_lowest) for each in sections if each and each.below_lowest), None)


def _questions(pieces: Pieces) -> dict[str, Question]:
    readers: dict[str, set[str]] = {key: set() for key in pieces.questions}
    for node in pieces.nodes():
        if node.shape and node.shape.rule:
            for key in node.shape.rule.questions():
                readers[key] |= set(node.shape.maximum)
    return {
        key: as_question(key, shape, tuple(group for group in pieces.groups if group in readers[key]))
        for key, shape in pieces.questions.items()
    }


def _grades(shape: GradesShape | None, digits: int) -> tuple[Grade, ...]:
    """Return the grades from the highest; each begins with the first printed number that its lower bound allows."""
    highest_first = sorted(shape.bands if shape else (), key=lambda band: band.start, reverse=True)
    return tuple(Grade(band.label, _first_points(band, digits)) for band in highest_first)


def _first_points(band: GradeShape, digits: int) -> Points | None:
    if band.start == BEGINNING:
        return None
    _, first, _ = on_grid(band.start, Fraction(1, 10**digits))
    return int(first * 10**digits)


def _levels(shape: LevelsShape | None, nodes: Mapping[str, Node], digits: int) -> tuple[Level, ...]:
    return tuple(
        Level(
            level.label,
            {node: _minima(nodes[node], minima, digits) for node, minima in level.minima.items()},
        )
        for level in (shape.list if shape else ())
    )


def _minima(node: Node, minima: Mapping[str, Award], digits: int) -> dict[str, Points]:
    """Return the least printed points that reach a minimum, for each group it is written for."""
    found = {group: minima.get(group, minima.get(EVERY)) for group in node.maxima}
    return {
        group: ceil(minimum.within(Fraction(node.maxima[group], 10**digits)) * 10**digits)
        for group, minimum in found.items()
        if minimum is not None
    }


def _timetable(shape: TimetableShape) -> Timetable:
    return Timetable(
        issue_on=_annual(shape.issue_on),
        issue_before=_annual(shape.issue_before) if shape.issue_before else None,
        collect_before=_annual(shape.collect_before) if shape.collect_before else None,
        collect_within=_term(shape.collect_within) if shape.collect_within else None,
        verify_within=_term(shape.verify_within) if shape.verify_within else None,
        publish_before=_annual(shape.publish_before),
        window=_window(shape.window) if shape.window else None,
        draft_ahead_days=shape.draft_ahead.days,
    )


def _term(shape: TermShape) -> Term:
    if shape.days is not None:
        return Term(shape.days, "days", shape.counted_from, shape.clause, shape.assumed)
    return Term(shape.working_days or 0, "working_days", shape.counted_from, shape.clause, shape.assumed)


def _window(shape: WindowShape) -> Window:
    grounds = (shape.clause, shape.assumed)
    return Window(AnnualDate(*shape.first, 0, *grounds), AnnualDate(*shape.last, 0, *grounds))


def _annual(shape: AnnualDateShape) -> AnnualDate:
    month, day = shape.date
    return AnnualDate(month, day, shape.years_later, shape.clause, shape.assumed)


def _assumptions(pieces: Pieces, report: Report) -> Iterator[Assumption]:
    """Return every `assumed:` of the file under the id of the node it belongs to, or else under its path."""
    for path, reason in report.in_force():
        if path[-1:] == ("assumed",):
            yield Assumption(_holder(pieces, path[:-1]), reason)


def _holder(pieces: Pieces, path: Path) -> str:
    """Return the id of the nearest node above a path; below the tree there always is one."""
    for end in range(len(path), 1, -1):
        node_id = value_at(pieces.data, (*path[:end], "id"))
        if node_id and path[0] == "tree":
            return str(node_id)
    return ".".join(str(step) for step in path)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)
