"""A Word page as Nghị định 30/2020/NĐ-CP wants official documents: A4, its margins, type, header and page numbers."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
TEXT_SIZE = 13
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP = BOTTOM = 20
LEFT, RIGHT = 30, 15
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
"""All lengths in millimetres (Phụ lục I, mục I.4), sizes of type in points."""
CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT_ALIGNED = WD_ALIGN_PARAGRAPH.LEFT
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def official_page(title: str, author: str, at: datetime) -> Any:  # noqa: ANN401 - python-docx has no types
    """Return an empty document with the decree's page, type and page numbers; `at` is when it says it was made."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    _number_pages(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.size = Pt(TEXT_SIZE)
    _set_font(style.element.get_or_add_rPr())
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    facts = document.core_properties
    facts.title, facts.author = printable(title), printable(author)
    facts.last_modified_by = facts.comments = ""
    facts.created = facts.modified = at.replace(tzinfo=None)
    return document


def _set_font(properties: Any) -> None:  # noqa: ANN401 - python-docx has no types
    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _number_pages(paragraph: Any) -> None:  # noqa: ANN401 - python-docx has no types
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(TEXT_SIZE)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text or None
        run._r.append(mark)  # noqa: SLF001 - the library has no fields of its own


def write(
    paragraph: Any,  # noqa: ANN401 - python-docx has no types
    text: str,
    *,
    size: float = TEXT_SIZE,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,  # noqa: ANN401 - python-docx has no types
    before: float = 0,
    after: float = 0,
) -> Any:  # noqa: ANN401 - python-docx has no types
    """Write text into a paragraph and return the paragraph; people's text loses what Word cannot hold."""
    run = paragraph.add_run(printable(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def printable(text: str) -> str:
    """Composed (NFC), without control characters and those that turn a line around."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(each for each in composed if each == "\n" or unicodedata.category(each)[0] != "C")


def rule(paragraph: Any, width: float, *, within: float) -> None:  # noqa: ANN401 - python-docx has no types
    """Draw a line of that width in the middle of what is `within` wide, instead of underlining (mục II.1)."""
    side = Mm((within - width) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.line_spacing = Pt(4)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    # The schema wants the border before the spacing and the indents.
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no borders of its own
    properties.insert_element_before(border, "w:shd", "w:spacing", "w:ind", "w:jc")


def grid(document: Any, widths: Sequence[float], *, lines: bool) -> Any:  # noqa: ANN401 - python-docx has no types
    """Add a table without rows and with columns of these widths, which no program changes by itself."""
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid" if lines else None)
    table.autofit = False
    _narrow_margins(table)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _narrow_margins(table: Any) -> None:  # noqa: ANN401 - python-docx has no types
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(1).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - the library has no margins of its own


def row(table: Any, widths: Sequence[float]) -> list[Any]:  # noqa: ANN401 - python-docx has no types
    """Add a row that no page break parts; return its cells."""
    added = table.add_row()
    _mark(added, "w:cantSplit")
    cells = list(added.cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
    return cells


def repeat_on_each_page(table_row: Any) -> None:  # noqa: ANN401 - python-docx has no types
    """Let the row stand at the head of every page that the table goes on to."""
    _mark(table_row, "w:tblHeader")


def _mark(table_row: Any, name: str) -> None:  # noqa: ANN401 - python-docx has no types
    table_row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - the library has no such marks


def saved(document: Any) -> bytes:  # noqa: ANN401 - python-docx has no types
    """Return the file; the same document gives the same bytes, whenever it is saved."""
    buffer, result = BytesIO(), BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return result.getvalue()
