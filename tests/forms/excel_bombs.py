"""Workbooks that nobody's spreadsheet program wrote: a valid one with parts of it replaced."""

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

SHEET = "xl/worksheets/sheet1.xml"


def plain(*rows: tuple[object, ...]) -> bytes:
    """A small valid workbook."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Phiếu")
        for index, row in enumerate(rows or (("một", 2),)):
            sheet.write_row(index, 0, row)
    return content.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The entries of a workbook by name."""
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """The zip file of these entries."""
    content = BytesIO()
    with ZipFile(content, "w", compression) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    """The valid workbook with one further part, or another."""
    return packed(parts_of(plain()) | {name: part})


def with_data(data: str) -> bytes:
    """The valid workbook with these rows of its sheet, as XML."""
    sheet = parts_of(plain())[SHEET].decode()
    changed, count = re.subn(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{data}</sheetData>", sheet)
    assert count == 1
    return with_part(SHEET, changed.encode())
