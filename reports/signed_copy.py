"""A submitted form as a Word file for the head of the unit (thủ trưởng đơn vị) to sign, by Nghị định 30/2020/NĐ-CP.

Number, place and date stay blank: the unit's own registry fills them in. It is made from the frozen submission alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Mm, Pt

from campaign.files import NewFile
from campaign.ports import Fact
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
from reports.submitted_lines import Lines, Row, SignedForm, rows_of, said
from scoring import (
    Assessment,
    Points,
    Regulation,
)
from words import Text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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


def signed_copy(form: SignedForm) -> NewFile:
    """Draw the file; the same submission gives the same bytes."""
    document = official_page(said("title"), form.unit, form.at)
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
    write(right.paragraphs[0], said("country"), size=12, bold=True, align=CENTRE)
    write(right.add_paragraph(), said("motto"), bold=True, align=CENTRE)
    rule(right.add_paragraph(), 62, within=HEADER[1] - 4)
    left, right = row(table, HEADER)
    write(left.paragraphs[0], said("registry_number"), align=CENTRE)
    write(right.paragraphs[0], said("place_and_day", year=str(form.at.year)), italic=True, align=CENTRE)


def _write_title(document: Any, form: SignedForm) -> None:  # noqa: ANN401 - python-docx has no types
    write(document.add_paragraph(), said("title").upper(), size=14, bold=True, align=CENTRE, before=18)
    write(document.add_paragraph(), form.title, bold=True, align=CENTRE)
    rule(write(document.add_paragraph(), "", before=3), 40, within=TEXT_WIDTH)
    if form.letter_day:
        opening = said("opening", letter=form.letter, day=form.letter_day, unit=form.unit)
        paragraph = write(document.add_paragraph(), opening, align=JUSTIFIED, before=8, after=4)
        paragraph.paragraph_format.first_line_indent = _INDENT


def _write_facts(document: Any, facts: Mapping[Fact, str]) -> None:  # noqa: ANN401 - python-docx has no types
    for fact in Fact:
        if facts.get(fact):
            line = said("fact", label=Text(f"reports.fact_{fact}"), value=facts[fact])
            write(document.add_paragraph(), line).paragraph_format.first_line_indent = _INDENT


def _write_table(document: Any, form: SignedForm) -> None:  # noqa: ANN401 - python-docx has no types
    document.add_paragraph().paragraph_format.line_spacing = _GAP
    table = grid(document, COLUMNS, lines=True)
    heads = row(table, COLUMNS)
    for cell, head in zip(heads, _HEADS, strict=True):
        write(cell.paragraphs[0], said(head), size=SIZE, bold=True, align=CENTRE)
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


def _write_standing(document: Any, form: SignedForm) -> None:  # noqa: ANN401 - python-docx has no types
    for place, line in enumerate(_standing(form)):
        paragraph = write(document.add_paragraph(), line, align=JUSTIFIED, before=0 if place else 8)
        paragraph.paragraph_format.first_line_indent = _INDENT
    write(document.add_paragraph(), said("sha256", sha256=form.sha256), size=10, before=4)


def _standing(form: SignedForm) -> Iterator[str]:
    """Total, grade, what is known only later, and which revision this is, so that no other can be put in its place."""
    own, regulation = Lines.of(form).own, form.regulation
    known, whole = (regulation.printed(regulation.total, each) for each in (own.known_maximum, own.maximum))
    total = regulation.printed(regulation.total, own.total)
    yield said("self_score", total=total, of=whole)
    if known < whole:
        yield said("known_later", later=whole - known, sign=said("later"))
    if regulation.grades:
        yield _grade(regulation, own)
    yield said("revision", number=form.number, at=form.at, receipt=form.receipt)


def _grade(regulation: Regulation, own: Assessment) -> str:
    """The grade that the self-score gives; where points come later, from which to which it can still be."""
    lowest, highest = own.total, own.total + own.maximum - own.known_maximum
    low, high = (_grade_of(regulation, each) for each in (lowest, highest))
    return said("grade", grade=low) if low == high else said("grade_between", low=low, high=high)


def _grade_of(regulation: Regulation, total: Points) -> str:
    reached = (each.label for each in regulation.grades if each.at_least is None or total >= each.at_least)
    return next(reached, regulation.grades[-1].label)


def _write_signature(document: Any) -> None:  # noqa: ANN401 - python-docx has no types
    left, right = row(grid(document, HEADER, lines=False), HEADER)
    write(left.paragraphs[0], said("recipients"), size=12, bold=True, italic=True, before=14)
    for name in ("recipient_office", "recipient_registry"):
        write(left.add_paragraph(), said(name), size=11)
    write(right.paragraphs[0], said("head_of_unit").upper(), bold=True, align=CENTRE, before=14)
    write(right.add_paragraph(), said("sign_here"), italic=True, align=CENTRE)
