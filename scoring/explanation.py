"""The second reading of a line: the sentence that says, with this unit's numbers, how it came to its points."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from scoring.amounts import as_decimal
from scoring.case import Case
from scoring.cohort import Claim
from scoring.evaluation import Facts
from scoring.expression import Expression, Late, PointsOf, Rounded
from scoring.lines import Later, Line
from scoring.regulation import Node, NotApplicable
from scoring.sentences import added_up, joined, spoken
from words import Text, Value


def explain(line: Line, facts: Facts, claim: Claim) -> Text:
    """Explain a line's points to one unit, whose `facts` these are."""
    case = Case(line.worth, facts, line.points)
    if not line.node.rule:
        return _explain_inner(line, case)
    if claim is Claim.GRANTED or (claim is Claim.CLAIMED and facts.cohort.trusting):
        return _explain_not_applicable(case, line.node)
    sentence = line.node.rule.explain(Case(line.worth, facts, line.earned))
    cited = "scoring.why.cited_assumed" if line.node.assumed else "scoring.why.cited"
    why = Text(cited, sentence=sentence, clause=line.node.clause)
    return why if claim is Claim.NONE else Text(f"scoring.why.{claim.word}", sentence=why)


def explain_later(later: Later | None) -> Text:
    """Say why points are not known yet."""
    return later.text if later else Text("scoring.later.others")


def _explain_not_applicable(case: Case, node: Node) -> Text:
    policy: NotApplicable = case.facts.cohort.regulation.not_applicable
    said = case.reason(node.id) or Text("scoring.why.no_reason")
    if policy.name == "full_marks":
        return Text("scoring.why.not_applicable", reason=said, points=case.earned, clause=policy.grounds)
    maximum = spoken(case.worth.maximum)
    return Text("scoring.why.not_in_scale", reason=said, maximum=maximum, clause=policy.grounds)


def _explain_inner(line: Line, case: Case) -> Text:
    steps = [_explain_operation(line, case), *_additions(line, case)]
    if len(steps) == 1:
        return steps[0]
    return Text("scoring.why.in_steps", steps=joined("scoring.why.then", steps), points=case.earned)


def _explain_operation(line: Line, case: Case) -> Text:
    """Say what the operation comes to, on what is known of the parts."""
    known = [part for part in line.parts if part.id in case.facts.points]
    terms = [_printed(case, part) for part in known]
    values: dict[str, Value] = {"points": _rounded(case, line.earned)}
    match line.node.operation:
        case "sum":
            return Text("scoring.why.sum", terms=added_up(terms), **values)
        case "mean":
            return Text("scoring.why.mean", terms=added_up(terms), n=len(line.parts), **values)
        case "best_of":
            return Text("scoring.why.best_part", n=len(line.parts), **values)
        case "weighted":  # pragma: no branch - the last operation
            weighed = joined("scoring.why.plus", _weighed(line, case, known))
            return Text("scoring.why.index", terms=weighed, maximum=spoken(line.worth.maximum), **values)


def _weighed(line: Line, case: Case, known: list[Node]) -> list[Value]:
    weights = {each.node: each.amount for each in line.node.weights}
    return [
        Text(
            "scoring.why.index_term",
            points=_printed(case, part),
            maximum=spoken(_amount(case, part.maxima[line.worth.group])),
            weight=spoken(weights[part.id] / line.node.out_of),
        )
        for part in known
    ] or [0]


def _additions(line: Line, case: Case) -> Iterator[Text]:
    """Say what comes after the operation: rescaling, what is outside the scale, lateness, cap and floor."""
    regulation, group = case.facts.cohort.regulation, line.worth.group
    if line.is_rescaled:
        yield from _rescaling(line, case)
    for part in line.bonus:
        yield Text("scoring.why.outside_scale", label=part.label, points=_printed(case, part))
    late = regulation.late
    if line.node is regulation.total and late.name == "penalty" and case.holds(Late()):
        points = spoken(_amount(case, late.points))
        yield Text("scoring.why.late_penalty", points=points, clause=late.grounds)
    for bounds, entry in ((line.node.cap, "scoring.why.cap"), (line.node.floor, "scoring.why.floor")):
        if group in bounds and case.value(line.points) == _amount(case, bounds[group]):
            yield Text(entry, points=spoken(_amount(case, bounds[group])))


def _rescaling(line: Line, case: Case) -> Iterator[Text]:
    left = case.value(line.left)
    if left < line.worth.maximum:
        yield Text(
            "scoring.why.rescaled",
            before=_rounded(case, line.earned),
            left=spoken(left),
            maximum=spoken(line.worth.maximum),
            out=spoken(line.worth.maximum - left),
            clause=case.facts.cohort.regulation.not_applicable.grounds,
        )


def _amount(case: Case, points: int) -> Fraction:
    return Fraction(points, 10**case.facts.cohort.regulation.digits)


def _printed(case: Case, node: Node) -> Decimal:
    regulation = case.facts.cohort.regulation
    return regulation.printed(node, int(case.value(PointsOf(node.id)) * 10**regulation.digits))


def _rounded(case: Case, expression: Expression) -> Decimal:
    rounding = case.worth.rounding
    return as_decimal(int(case.value(Rounded(expression, rounding)) * 10**rounding.digits), rounding.digits)
