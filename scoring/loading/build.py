"""From pieces that are all right to the regulation."""

from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256

from scoring.amounts import Points
from scoring.loading.nodes import NodeBuilder
from scoring.loading.pieces import Pieces
from scoring.loading.questions import as_question
from scoring.loading.report import Report
from scoring.loading.shapes import (
    AnnualDateShape,
    BelowLowestShape,
    DecisionShape,
    GradeShape,
    GradesShape,
    LateShape,
    NotApplicableShape,
    RankScopeShape,
    RoundingShape,
    TiesShape,
    TimetableShape,
    TopShape,
)
from scoring.loading.yaml_text import value_at
from scoring.regulation import (
    AnnualDate,
    Assumption,
    Clause,
    Decision,
    Grade,
    Group,
    Policy,
    Question,
    Regulation,
    Timetable,
)
from scoring.rules.bounds import BEGINNING, on_grid


def build(pieces: Pieces, top: TopShape, report: Report, text: str) -> Regulation:
    """Put the pieces of a file without errors together."""
    decision = pieces.section(DecisionShape)
    grades = pieces.section(GradesShape)
    digits = pieces.section(RoundingShape).digits
    questions = _questions(pieces)
    nodes = NodeBuilder(questions, digits, knows_na=pieces.section(NotApplicableShape).policy != "not_allowed")
    return Regulation(
        id=top.id,
        title=top.title,
        short_title=top.short_title,
        language=top.language,
        decision=Decision(decision.number, decision.date, decision.issuer, decision.source),
        clauses={name: Clause(name, shape.title, shape.not_scored_because) for name, shape in pieces.clauses.items()},
        groups={name: Group(name, shape.label, shape.clause) for name, shape in pieces.groups.items()},
        questions=questions,
        roots=tuple(nodes.node(root) for root in pieces.roots),
        not_applicable=_policy(pieces.section(NotApplicableShape)),
        late=_policy(pieces.section(LateShape)),
        grades=_grades(grades, digits),
        below_lowest=None if grades.below_lowest is None else _policy(grades.below_lowest),
        digits=digits,
        ties=_policy(pieces.section(TiesShape)),
        rank_scope=_policy(pieces.section(RankScopeShape)),
        timetable=_timetable(pieces.section(TimetableShape)),
        assumptions=tuple(_assumptions(pieces, report)),
        source=text,
        sha256=sha256(text.encode()).hexdigest(),
    )


def _policy(shape: NotApplicableShape | LateShape | TiesShape | RankScopeShape | BelowLowestShape) -> Policy:
    return Policy(shape.policy, shape.clause, shape.assumed, getattr(shape, "text", ""))


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


def _grades(shape: GradesShape, digits: int) -> tuple[Grade, ...]:
    """Return the grades from the highest; each begins with the first printed number that its lower bound allows."""
    highest_first = sorted(shape.bands, key=lambda band: band.start, reverse=True)
    return tuple(Grade(band.label, _first_points(band, digits)) for band in highest_first)


def _first_points(band: GradeShape, digits: int) -> Points | None:
    if band.start == BEGINNING:
        return None
    _, first, _ = on_grid(band.start, Fraction(1, 10**digits))
    return int(first * 10**digits)


def _timetable(shape: TimetableShape) -> Timetable:
    return Timetable(
        issue_on=_annual(shape.issue_on),
        issue_before=_annual(shape.issue_before),
        collect_before=_annual(shape.collect_before),
        publish_before=_annual(shape.publish_before),
        draft_ahead_days=shape.draft_ahead.days,
    )


def _annual(shape: AnnualDateShape) -> AnnualDate:
    month, day = shape.date
    return AnnualDate(month, day, shape.years_later, shape.clause, shape.assumed)


def _assumptions(pieces: Pieces, report: Report) -> Iterator[Assumption]:
    """Return every `assumed:` of the file under the id of the node it belongs to, or else under its path."""
    for path, reason in report.scalars.items():
        if path[-1:] == ("assumed",):
            holder = path[:-1]
            node_id = value_at(pieces.data, (*holder, "id"))
            yield Assumption(str(node_id) if node_id else ".".join(str(step) for step in holder), reason)
