"""A small form of two tabs, drawn by hand, with every kind of cell that a form can have."""

from datetime import date
from decimal import Decimal

from forms.excel.write import write
from forms.sheet import (
    DOCUMENTS,
    FORM,
    HIDDEN,
    Book,
    Column,
    DocumentColumn,
    Formula,
    Highlight,
    Input,
    Note,
    Row,
    Style,
    Tab,
)

MADE = date(2026, 9, 15)


def form(*answers: Row) -> Tab:
    """The first tab: its marks, a title across, its header, and the rows given."""
    head = (
        Row("", Style.ANCHOR, {column: column.value for column in Column}),
        Row("form:x:so-thu", Style.TITLE, {Column.NUMBER: "PHIẾU MẪU"}, {Column.NUMBER: Column.REMARK}),
        Row("", Style.HEADER, {Column.LABEL: "Tiêu chí", Column.ANSWER: "Trả lời"}),
    )
    light = Highlight(Column.ANSWER, 3, 3 + len(answers) - 1, 'F4=""', "missing")
    return Tab(FORM, "Phiếu", tuple(Column), (*head, *answers), 3, HIDDEN, (light,) if answers else ())


def documents(count: int = 3) -> Tab:
    """The second tab: its marks, its header, and blank rows."""
    blank = Row(
        "",
        Style.QUESTION,
        {
            DocumentColumn.QUESTION: Input("choice", "Chọn số liệu", ("1a – Số máy, còn dùng", "1b – Số máy hỏng")),
            DocumentColumn.NUMBER: Input("text"),
            DocumentColumn.NAME: Input("text"),
            DocumentColumn.DAY: Input("date", "dd/mm/yyyy"),
            DocumentColumn.LINK: Input("text"),
            DocumentColumn.REMARK: Note(),
        },
    )
    head = Row("", Style.ANCHOR, {column: column.value for column in DocumentColumn})
    return Tab(DOCUMENTS, "Tài liệu", tuple(DocumentColumn), (head, *(blank for _ in range(count))), 1, frozenset())


def question(key: str, given: Input, label: str = "Số máy") -> Row:
    """A row with an answer cell, what its number comes to, and a remark."""
    return Row(
        f"question:{key}",
        Style.QUESTION,
        {
            Column.NUMBER: "1a",
            Column.LABEL: label,
            Column.MAXIMUM: Decimal("7.50"),
            Column.ANSWER: given,
            Column.SCORE: Formula("1+1", 2, before="là ", after=" điểm", digits=2),
            Column.REMARK: Note("Ghi lại."),
            Column.VERIFIED: Note(digits=2, amount=Decimal("6.25")),
        },
    )


def workbook(*answers: Row) -> bytes:
    """The file of such a form."""
    return write(Book("Phiếu mẫu", (form(*answers), documents())), "vi", MADE)
