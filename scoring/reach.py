"""How far the points of some indicators can bring the total."""

from collections.abc import Collection

from scoring.amounts import Points, Rounding
from scoring.cohort import Cohort
from scoring.columns import Column
from scoring.evaluation import Facts, evaluate
from scoring.lines import lines_of
from scoring.regulation import Regulation


def reachable(regulation: Regulation, group: str, indicators: Collection[str]) -> Points:
    """Return what the total comes to within the scale if these indicators have their maximum and the others nothing."""
    facts = Facts(Cohort.of(regulation, group, [], {}))
    exact, unit = Rounding(regulation.digits), 10**regulation.digits
    for node_id, line in lines_of(regulation, group).items():
        if line.node.rule:
            points = Column(line.node.maxima[group] if node_id in indicators else 0, unit)
        else:
            points = evaluate(line.earned, facts).rounded(exact)
        facts.points[node_id] = points
    total = facts.points[regulation.total.id].numerators
    return total if isinstance(total, int) else int(total)
