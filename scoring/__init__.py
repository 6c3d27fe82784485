"""Scoring, pure: a regulation as data, marks, ranking, explanation and completeness."""

from scoring.amounts import Points, Rounding, as_decimal
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
from scoring.assess import Assessment, Mark, assess, assess_cohort
from scoring.cohort import Claim, Cohort
from scoring.comparison import NodeChange, UnitChange, Year, check_rankings, compare
from scoring.completeness import Completeness, completeness, missing_items
from scoring.document import problem_document, ranking_document
from scoring.evaluation import Facts, evaluate
from scoring.expression import (
    Chosen,
    Datum,
    Expression,
    Extreme,
    Given,
    Late,
    NotApplicable,
    PointsOf,
    Ref,
    ScaleOf,
    Subordinates,
    Yes,
)
from scoring.library import load_regulation, parse_regulation, shipped, shipped_units
from scoring.lines import Later, Line, formula, lines_of
from scoring.mergers_table import read_mergers
from scoring.next_grade import Gain, NextGrade, Shortfall, next_grade, next_level
from scoring.numbering import numbered_question, question_names, question_numbers, shared_questions
from scoring.printing import print_expression
from scoring.ranking import UnitResult, rank_cohorts, rank_units
from scoring.ranking_file import RankingFile, read_ranking
from scoring.reach import reachable
from scoring.regulation import (
    AnnualDate,
    Assumption,
    Choice,
    Clause,
    Decision,
    Grade,
    Group,
    Level,
    Node,
    Policy,
    Question,
    Regulation,
    Term,
    Timetable,
    Window,
)
from scoring.robustness import Bounds, Firmness, robustness
from scoring.tallies import Tally, sentence, tally, tally_previous
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
    "Bounds",
    "By",
    "Choice",
    "Chosen",
    "Claim",
    "Clause",
    "Cohort",
    "Completeness",
    "Datum",
    "Decision",
    "Expression",
    "Extreme",
    "Facts",
    "Firmness",
    "Gain",
    "Given",
    "Grade",
    "Group",
    "Late",
    "Later",
    "Level",
    "Line",
    "Mark",
    "NextGrade",
    "Node",
    "NodeChange",
    "NotApplicable",
    "Points",
    "PointsOf",
    "Policy",
    "Question",
    "RankingFile",
    "Ref",
    "Regulation",
    "Rounding",
    "ScaleOf",
    "Shortfall",
    "Subordinates",
    "Tally",
    "Term",
    "Timetable",
    "Unit",
    "UnitChange",
    "UnitResult",
    "UnitStatus",
    "Window",
    "Year",
    "Yes",
    "answer_from_json",
    "answer_to_json",
    "answers_that_count",
    "as_decimal",
    "assess",
    "assess_cohort",
    "check_rankings",
    "check_value",
    "compare",
    "completeness",
    "evaluate",
    "formula",
    "lines_of",
    "load_regulation",
    "missing_items",
    "next_grade",
    "next_level",
    "numbered_question",
    "parse_regulation",
    "parse_value",
    "print_expression",
    "problem_document",
    "question_names",
    "question_numbers",
    "rank_cohorts",
    "rank_units",
    "ranking_document",
    "reachable",
    "read_answers",
    "read_mergers",
    "read_ranking",
    "read_units",
    "robustness",
    "sentence",
    "shared_questions",
    "shipped",
    "shipped_units",
    "tally",
    "tally_previous",
    "write_answers",
    "write_units",
]
