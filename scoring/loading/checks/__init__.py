"""Contradictions: pieces that are right by themselves and cannot all be meant together."""

from scoring.loading.checks.clauses import check_clauses
from scoring.loading.checks.grades import check_grades, check_levels
from scoring.loading.checks.questions import check_questions
from scoring.loading.checks.references import check_references
from scoring.loading.checks.timetable import check_timetable
from scoring.loading.checks.tree import check_tree

CHECKS = (
    check_clauses,
    check_questions,
    check_references,
    check_tree,
    check_grades,
    check_levels,
    check_timetable,
)

OF_EACH_VERSION = (check_references, check_tree, check_grades, check_levels, check_timetable)
"""What must hold at any time; a clause or a question may have come, or gone, with an amendment."""

__all__ = ["CHECKS", "OF_EACH_VERSION"]
