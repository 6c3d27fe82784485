"""What a submission says, as the lines of a table: from the frozen submission alone, for whatever page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from campaign.content import filled_of
from campaign.models import Submission
from campaign.plan import regulation_of
from campaign.ports import Filled
from scoring import (
    Answer,
    AnswerStatus,
    AnswerValue,
    Assessment,
    Node,
    Points,
    Question,
    Regulation,
    answers_that_count,
    assess,
    question_numbers,
    shared_questions,
)
from words import Language, Text, Value, format_number, say

LANGUAGE: Language = "vi"
"""Official documents are written in Vietnamese, whatever language a person speaks with the bot."""


@dataclass(frozen=True, slots=True)
class SignedForm:
    """What a submission says, with everything that printing it needs."""

    title: str
    letter: str
    letter_day: date | None
    unit: str
    group: str
    number: int
    receipt: str
    at: Any
    sha256: str
    file_name: str
    regulation: Regulation
    filled: Filled

    @classmethod
    def of(cls, submission: Submission) -> "SignedForm":
        """Read the submission; nothing of the database is needed afterwards."""
        unit, campaign = submission.unit, submission.unit.campaign
        return cls(
            title=campaign.title,
            letter=campaign.letter_number,
            letter_day=campaign.letter_day,
            unit=unit.name,
            group=unit.group,
            number=submission.number,
            receipt=submission.receipt,
            at=submission.came_at.astimezone(ZoneInfo(campaign.zone)),
            sha256=submission.sha256,
            file_name=f"phieu-ky-{unit.code}-{submission.number}.docx",
            regulation=regulation_of(campaign),
            filled=filled_of(submission),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table, a text for each column; sums are bold, questions stand below their indicator."""

    cells: tuple[str, str, str, str, str, str, str]
    bold: bool = False
    below: bool = False


def rows_of(form: SignedForm) -> Iterator[Row]:
    """The rows of the table: shared data, then each line with the questions it alone reads, the total at the end."""
    table = Lines.of(form)
    if table.shared:
        yield Row(("", said("shared_data"), "", "", "", "", ""), bold=True)
        yield from (table.question(key) for key in table.shared)
    for node in form.regulation.nodes(form.group):
        if node is not form.regulation.total:
            yield from table.line(node)
    yield table.sum(form.regulation.total)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a submission, with the score that it gives itself."""

    form: SignedForm
    own: Assessment
    numbers: Mapping[str, str]
    shared: tuple[str, ...]
    answers: Mapping[str, Answer]

    @classmethod
    def of(cls, form: SignedForm) -> "Lines":
        """Assess the submission as it stands."""
        answers = answers_that_count(form.filled.answers)
        own = assess(form.regulation, form.group, answers, self_score=True)
        numbers = question_numbers(form.regulation, form.group)
        shared = tuple(each.key for each in shared_questions(form.regulation, form.group))
        return cls(form, own, numbers, shared, answers)

    def line(self, node: Node) -> Iterator[Row]:
        """A line of the table of points, then the questions that are numbered under it."""
        if not node.rule:
            yield self.sum(node)
            return
        claim = self.answers.get(node.id)
        claimed = claim is not None and claim.status is AnswerStatus.NOT_APPLICABLE
        explanation = self.form.filled.explanations.get(node.id, "") or (claim.reason if claim else "")
        answer = said("not_applicable") if claimed else ""
        yield Row((node.number, node.label, self._maximum(node), answer, self._points(node), "", explanation))
        if not claimed:
            yield from (self.question(key) for key in self._own_questions(node))

    def sum(self, node: Node) -> Row:
        """A category or the total."""
        label = node.label.upper() if node is self.form.regulation.total else node.label
        return Row((node.number, label, self._maximum(node), "", self._points(node), "", ""), bold=True)

    def question(self, key: str) -> Row:
        """A question with its answer and its evidence."""
        question, answer = self.form.regulation.questions[key], self.answers.get(key)
        value = "" if answer is None or answer.value is None else _value(question, answer.value)
        evidence = answer.evidence if answer else ""
        return Row((self.numbers[key], question.label, "", value, "", evidence, ""), below=True)

    def _own_questions(self, node: Node) -> Iterator[str]:
        asked = self.form.regulation.questions_of(node)
        return (key for key in asked if key in self.numbers and key not in self.shared)

    def _maximum(self, node: Node) -> str:
        return _points(self.form.regulation, node, node.maxima[self.form.group])

    def _points(self, node: Node) -> str:
        points = self.own.points_of(node)
        return said("later") if points is None else _points(self.form.regulation, node, points)


def _points(regulation: Regulation, node: Node, points: Points) -> str:
    return format_number(regulation.printed(node, points), LANGUAGE)


def _value(question: Question, value: AnswerValue) -> str:
    if isinstance(value, bool):
        return said("yes" if value else "no")
    if isinstance(value, int | Decimal):
        return f"{format_number(value, LANGUAGE)} {question.unit}".strip()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return question.choice(value).label if question.type == "choice" else value


def said(name: str, **values: Value) -> str:
    """What the page says, in Vietnamese."""
    return say(Text(f"reports.signed_copy_{name}", **values), LANGUAGE)
