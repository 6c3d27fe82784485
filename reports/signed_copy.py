"""A submitted form as a Word file for the head of the unit (thủ trưởng đơn vị) to sign, by Nghị định 30/2020/NĐ-CP.

Number, place and date stay blank: the unit's own registry fills them in. It is made from the frozen submission alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Mm, Pt

from campaign.content import filled_of
from campaign.files import NewFile
from campaign.models import Submission
from campaign.plan import regulation_of
from campaign.ports import Fact, Filled
from reports.official_page import (
    CENTRE,
    JUSTIFIED,
    LEFT_ALIGNED,
    TEXT_WIDTH,
    grid,
    official_page,
    repeat_on_each_page,
    row,
    rule,
    saved,
    write,
)
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

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE: Language = "vi"
"""Official documents are written in Vietnamese, whatever language a person speaks with the bot."""
HEADER = (67.0, 98.0)
COLUMNS = (12.0, 45.0, 14.0, 23.0, 14.0, 29.0, 28.0)
"""Number, indicator or question, maximum, answer, self-score, evidence, explanation; in millimetres."""
SIZE = 10.5
_INDENT, _BELOW, _GAP = Mm(10), Mm(3), Pt(6)
_HEADS = (
    "head_number",
    "head_indicator",
    "head_maximum",
    "head_answer",
    "head_points",
    "head_evidence",
    "head_explanation",
)


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


def signed_copy(form: SignedForm) -> NewFile:
    """Draw the file; the same submission gives the same bytes."""
    document = official_page(_said("title"), form.unit, form.at)
    _write_head(document, form)
    _write_title(document, form)
    _write_facts(document, form.filled.facts)
    _write_table(document, form)
    _write_standing(document, form)
    _write_signature(document)
    return NewFile(form.file_name, DOCX, saved(document))


def _write_head(document: Any, form: SignedForm) -> None:  # noqa: ANN401 - python-docx has no types
    table = grid(document, HEADER, lines=False)
    left, right = row(table, HEADER)
    write(left.paragraphs[0], form.unit.upper(), bold=True, align=CENTRE)
    rule(left.add_paragraph(), 25, within=HEADER[0] - 4)
    write(right.paragraphs[0], _said("country"), size=12, bold=True, align=CENTRE)
    write(right.add_paragraph(), _said("motto"), bold=True, align=CENTRE)
    rule(right.add_paragraph(), 62, within=HEADER[1] - 4)
    left, right = row(table, HEADER)
    write(left.paragraphs[0], _said("registry_number"), align=CENTRE)
    write(right.paragraphs[0], _said("place_and_day", year=str(form.at.year)), italic=True, align=CENTRE)


def _write_title(document: Any, form: SignedForm) -> None:  # noqa: ANN401 - python-docx has no types
    write(document.add_paragraph(), _said("title").upper(), size=14, bold=True, align=CENTRE, before=18)
    write(document.add_paragraph(), form.title, bold=True, align=CENTRE)
    rule(write(document.add_paragraph(), "", before=3), 40, within=TEXT_WIDTH)
    if form.letter_day:
        opening = _said("opening", letter=form.letter, day=form.letter_day, unit=form.unit)
        paragraph = write(document.add_paragraph(), opening, align=JUSTIFIED, before=8, after=4)
        paragraph.paragraph_format.first_line_indent = _INDENT


def _write_facts(document: Any, facts: Mapping[Fact, str]) -> None:  # noqa: ANN401 - python-docx has no types
    for fact in Fact:
        if facts.get(fact):
            line = _said("fact", label=Text(f"reports.fact_{fact}"), value=facts[fact])
            write(document.add_paragraph(), line).paragraph_format.first_line_indent = _INDENT


def _write_table(document: Any, form: SignedForm) -> None:  # noqa: ANN401 - python-docx has no types
    document.add_paragraph().paragraph_format.line_spacing = _GAP
    table = grid(document, COLUMNS, lines=True)
    heads = row(table, COLUMNS)
    for cell, head in zip(heads, _HEADS, strict=True):
        write(cell.paragraphs[0], _said(head), size=SIZE, bold=True, align=CENTRE)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    repeat_on_each_page(table.rows[0])
    for each in rows_of(form):
        _write_row(row(table, COLUMNS), each)


def _write_row(cells: list[Any], content: Row) -> None:
    for place, (cell, text) in enumerate(zip(cells, content.cells, strict=True)):
        align = LEFT_ALIGNED if place in _TEXT_COLUMNS else CENTRE
        write(cell.paragraphs[0], text, size=SIZE, bold=content.bold, align=align, before=1.5, after=1.5)
    if content.below:
        cells[_LABEL].paragraphs[0].paragraph_format.left_indent = _BELOW


_LABEL = 1
_TEXT_COLUMNS = frozenset({_LABEL, 5, 6})


def rows_of(form: SignedForm) -> Iterator[Row]:
    """The rows of the table: shared data, then each line with the questions it alone reads, the total at the end."""
    table = _Table.of(form)
    if table.shared:
        yield Row(("", _said("shared_data"), "", "", "", "", ""), bold=True)
        yield from (table.question(key) for key in table.shared)
    for node in form.regulation.nodes(form.group):
        if node is not form.regulation.total:
            yield from table.line(node)
    yield table.sum(form.regulation.total)


@dataclass(frozen=True, slots=True)
class _Table:
    form: SignedForm
    own: Assessment
    numbers: Mapping[str, str]
    shared: tuple[str, ...]
    answers: Mapping[str, Answer]

    @classmethod
    def of(cls, form: SignedForm) -> "_Table":
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
        answer = _said("not_applicable") if claimed else ""
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
        return _said("later") if points is None else _points(self.form.regulation, node, points)


def _points(regulation: Regulation, node: Node, points: Points) -> str:
    return format_number(regulation.printed(node, points), LANGUAGE)


def _value(question: Question, value: AnswerValue) -> str:
    if isinstance(value, bool):
        return _said("yes" if value else "no")
    if isinstance(value, int | Decimal):
        return f"{format_number(value, LANGUAGE)} {question.unit}".strip()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return question.choice(value).label if question.type == "choice" else value


def _write_standing(document: Any, form: SignedForm) -> None:  # noqa: ANN401 - python-docx has no types
    for place, line in enumerate(_standing(form)):
        paragraph = write(document.add_paragraph(), line, align=JUSTIFIED, before=0 if place else 8)
        paragraph.paragraph_format.first_line_indent = _INDENT
    write(document.add_paragraph(), _said("sha256", sha256=form.sha256), size=10, before=4)


def _standing(form: SignedForm) -> Iterator[str]:
    """Total, grade, what is known only later, and which revision this is, so that no other can be put in its place."""
    own, regulation = _Table.of(form).own, form.regulation
    known, whole = (regulation.printed(regulation.total, each) for each in (own.known_maximum, own.maximum))
    total = regulation.printed(regulation.total, own.total)
    yield _said("self_score", total=total, of=whole)
    if known < whole:
        yield _said("known_later", later=whole - known, sign=_said("later"))
    if regulation.grades:
        yield _grade(regulation, own)
    yield _said("revision", number=form.number, at=form.at, receipt=form.receipt)


def _grade(regulation: Regulation, own: Assessment) -> str:
    """The grade that the self-score gives; where points come later, from which to which it can still be."""
    lowest, highest = own.total, own.total + own.maximum - own.known_maximum
    low, high = (_grade_of(regulation, each) for each in (lowest, highest))
    return _said("grade", grade=low) if low == high else _said("grade_between", low=low, high=high)


def _grade_of(regulation: Regulation, total: Points) -> str:
    reached = (each.label for each in regulation.grades if each.at_least is None or total >= each.at_least)
    return next(reached, regulation.grades[-1].label)


def _write_signature(document: Any) -> None:  # noqa: ANN401 - python-docx has no types
    left, right = row(grid(document, HEADER, lines=False), HEADER)
    write(left.paragraphs[0], _said("recipients"), size=12, bold=True, italic=True, before=14)
    for name in ("recipient_office", "recipient_registry"):
        write(left.add_paragraph(), _said(name), size=11)
    write(right.paragraphs[0], _said("head_of_unit").upper(), bold=True, align=CENTRE, before=14)
    write(right.add_paragraph(), _said("sign_here"), italic=True, align=CENTRE)


def _said(name: str, **values: Value) -> str:
    return say(Text(f"reports.signed_copy_{name}", **values), LANGUAGE)
