"""Every question is read by an indicator, and can be answered."""

from scoring.loading.pieces import Pieces
from scoring.loading.report import NAME, Path, Report
from scoring.loading.shapes import QuestionShape

_FITTING = {"yes": {"boolean"}, "no": {"boolean"}, "more": {"integer", "decimal"}, "less": {"integer", "decimal"}}


def check_questions(pieces: Pieces, report: Report) -> None:
    """Find questions that nobody reads, and questions whose parts do not fit together."""
    read = set(_read(pieces, report))
    for key, question in pieces.questions.items():
        path = ("questions", key)
        if key not in read:
            report.error("question_unread", path, key=key)
        _check_range(question, path, report)
        _check_choices(question, path, report)
        if question.good is not None and question.type not in _FITTING[question.good]:
            report.error("good_does_not_fit", (*path, "good"), good=question.good, type=question.type)


def _read(pieces: Pieces, report: Report) -> list[str]:
    """Return what the rules read; of a node that is not right, everything that might be meant."""
    keys: list[str] = []
    for node in pieces.nodes():
        if node.shape is None:
            keys += NAME.findall("\n".join(report.words(node.path)))
        elif node.shape.rule:
            keys += node.shape.rule.questions()
    return keys


def _check_range(question: QuestionShape, path: Path, report: Report) -> None:
    bounds = [bound for bound in (question.minimum, question.maximum) if bound is not None]
    if bounds and question.type not in {"integer", "decimal"}:
        report.error("range_without_number", path, type=question.type)
    if bounds != sorted(bounds):
        report.error("range_empty", path, minimum=bounds[0], maximum=bounds[1])


def _check_choices(question: QuestionShape, path: Path, report: Report) -> None:
    if (question.type == "choice") != bool(question.choices):
        report.error("choices_missing" if question.type == "choice" else "choices_unexpected", path)
    if len({label.casefold() for label in question.choices.values()}) < len(question.choices):
        report.error("choices_alike", (*path, "choices"))
