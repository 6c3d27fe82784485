"""Contradictions: pieces that are right by themselves and cannot all be meant together."""

from scoring.loading.checks.clauses import check_clauses
from scoring.loading.checks.grades import check_grades
from scoring.loading.checks.questions import check_questions
from scoring.loading.checks.timetable import check_timetable
from scoring.loading.checks.tree import check_tree

CHECKS = (check_clauses, check_questions, check_tree, check_grades, check_timetable)

__all__ = ["CHECKS"]
