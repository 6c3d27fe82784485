"""Every clause is used or says why not, and every clause that is cited exists."""

from scoring.loading.pieces import Pieces
from scoring.loading.report import Report


def check_clauses(pieces: Pieces, report: Report) -> None:
    """Find citations of unknown clauses, clauses that nobody uses, and clauses that are used although they say not."""
    cited = {path: clause for path, clause in report.scalars.items() if path[-1:] == ("clause",)}
    declared = pieces.names("clauses")
    for path, clause in cited.items():
        if clause not in declared:
            report.error("unknown_clause", path, clause=clause)
    for name, clause_shape in pieces.clauses.items():
        is_used = name in cited.values()
        if not is_used and clause_shape.not_scored_because is None:
            report.error("clause_unused", ("clauses", name), clause=name)
        if is_used and clause_shape.not_scored_because is not None:
            report.error("clause_used_after_all", ("clauses", name), clause=name)
