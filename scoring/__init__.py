"""Scoring, pure: a regulation as data, marks, ranking, explanation and completeness."""

from scoring.amounts import Points, as_decimal, percent_of
from scoring.answers import (
    Answer,
    AnswerStatus,
    AnswerValue,
    By,
    answer_from_json,
    answer_to_json,
    answers_that_count,
)
from scoring.answers_table import read_answers, write_answers
from scoring.assess import Assessment, Mark, assess
from scoring.completeness import Completeness, completeness, missing_items
from scoring.document import problem_document, ranking_document
from scoring.evaluation import Facts, evaluate
from scoring.expression import Chosen, Datum, Expression, Given, PointsOf, Ref, Yes
from scoring.formulas import Later, formula
from scoring.library import load_regulation, parse_regulation, shipped, shipped_units
from scoring.printing import print_expression
from scoring.ranking import UnitResult, rank_units
from scoring.regulation import (
    AnnualDate,
    Assumption,
    Choice,
    Clause,
    Decision,
    Grade,
    Group,
    Node,
    Policy,
    Question,
    Regulation,
    Timetable,
)
from scoring.units import Unit, UnitStatus
from scoring.units_table import read_units, write_units
from scoring.values import check_value, parse_value

__all__ = [
    "AnnualDate",
    "Answer",
    "AnswerStatus",
    "AnswerValue",
    "Assessment",
    "Assumption",
    "By",
    "Choice",
    "Chosen",
    "Clause",
    "Completeness",
    "Datum",
    "Decision",
    "Expression",
    "Facts",
    "Given",
    "Grade",
    "Group",
    "Later",
    "Mark",
    "Node",
    "Points",
    "PointsOf",
    "Policy",
    "Question",
    "Ref",
    "Regulation",
    "Timetable",
    "Unit",
    "UnitResult",
    "UnitStatus",
    "Yes",
    "answer_from_json",
    "answer_to_json",
    "answers_that_count",
    "as_decimal",
    "assess",
    "check_value",
    "completeness",
    "evaluate",
    "formula",
    "load_regulation",
    "missing_items",
    "parse_regulation",
    "parse_value",
    "percent_of",
    "print_expression",
    "problem_document",
    "rank_units",
    "ranking_document",
    "read_answers",
    "read_units",
    "shipped",
    "shipped_units",
    "write_answers",
    "write_units",
]
