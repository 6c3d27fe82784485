"""What somebody sends instead of the form is told apart by its bytes, before anything opens it."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from forms.excel.peek import LARGEST, refusal
from tests.forms.excel_bombs import SHEET, packed, parts_of, plain, with_data, with_part
from words import Text

COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504


def stream(name: str) -> bytes:
    """The beginning of a compound file (OLE2) with a stream of this name."""
    return COMPOUND + name.encode("utf-16-le")


def zipped(*names: str) -> bytes:
    return packed(dict.fromkeys(names, b"x"))


OTHER_FILES = {
    "a photo": (b"\xff\xd8\xff\xe0\0\x10JFIF", "forms.file_picture"),
    "a screenshot": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "forms.file_picture"),
    "a photo of an iPhone": (b"\0\0\0\x18ftypheic\0\0\0\0", "forms.file_picture"),
    "a WebP picture": (b"RIFF\x10\0\0\0WEBPVP8 ", "forms.file_picture"),
    "a scan": (b"II*\0\x08\0\0\0", "forms.file_picture"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "forms.file_pdf"),
    "an old .xls": (stream("Workbook"), "forms.file_old_excel"),
    "a still older .xls": (stream("Book"), "forms.file_old_excel"),
    "a workbook with a password": (stream("EncryptedPackage"), "forms.file_password"),
    "an old .doc": (stream("WordDocument"), "forms.file_word"),
    "an RTF text": (b"{\\rtf1\\ansi", "forms.file_word"),
    "an old presentation": (stream("PowerPoint Document"), "forms.file_not_excel"),
    "a .docx": (zipped("[Content_Types].xml", "word/document.xml"), "forms.file_word"),
    "an .xlsb": (zipped("[Content_Types].xml", "xl/workbook.bin"), "forms.file_binary_excel"),
    "an .xlsm": (packed(parts_of(plain()) | {"xl/vbaProject.bin": b"x"}), "forms.file_macros"),
    "an .ods": (
        packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
        "forms.file_open_document",
    ),
    "Apple Numbers": (zipped("Index/Document.iwa", "Metadata/Properties.plist"), "forms.file_numbers"),
    "papers in a zip file": (zipped("Kế hoạch.pdf", "Phiếu.xlsx"), "forms.file_archive"),
    "an empty zip file": (packed({}), "forms.file_archive"),
    "a RAR archive": (b"Rar!\x1a\x07\x01\0", "forms.file_archive"),
    "a CSV file": ("Tiêu chí;Trả lời\r\nSố máy;8,5\r\n".encode(), "forms.file_text"),
    "a CSV file of an old program": ("Số máy;8,5\n".encode("cp1258", "replace"), "forms.file_text"),
    "a text of Windows' editor": ("Số máy".encode("utf-16"), "forms.file_text"),
    "a page saved as .xls": (b"<html><table><tr><td>8,5</td></tr></table></html>", "forms.file_text"),
    "nothing": (b"", "forms.file_empty"),
    "noise": (bytes(range(256)), "forms.file_not_excel"),
    "half a workbook": (plain()[:2000], "forms.file_broken"),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_each_kind_of_file_gets_an_answer_of_its_own(name: str) -> None:
    content, said = OTHER_FILES[name]

    assert refusal(content) == Text(said)


def test_a_workbook_is_not_refused() -> None:
    assert refusal(plain()) is None


def test_a_file_beyond_the_limit_is_refused_whatever_it_is() -> None:
    assert refusal(b"PK\x03\x04" + b"\0" * LARGEST) == Text("forms.file_too_large", megabytes=10)


def sheet(old: str, new: str) -> bytes:
    """The valid workbook with something in its sheet's XML replaced."""
    text = parts_of(plain())[SHEET].decode()
    assert old in text
    return with_part(SHEET, text.replace(old, new, 1).encode())


def doubled() -> bytes:
    """The second entry is renamed afterwards, to a name that is as long."""
    other = SHEET.replace("1", "2")
    return packed(parts_of(plain()) | {other: b"<worksheet/>"}).replace(other.encode(), SHEET.encode())


def encrypted() -> bytes:
    """The flag says that the entry is encrypted; it need not be."""
    content = bytearray(plain())
    start = content.rindex(b"PK\x01\x02")
    content[start + 8] |= 1
    return bytes(content)


def with_directory_lying_about_size() -> bytes:
    """An entry that unpacks to more than the directory says."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as package:
        for name, part in parts_of(plain()).items():
            package.writestr(name, part)
        package.writestr(ZipInfo("xl/bomb.xml"), b"<a>" + b"0" * 900_000, ZIP_DEFLATED)
        package.infolist()[-1].file_size = 10
    return content.getvalue()


def cells(count: int) -> str:
    return "".join(f'<row r="{row}">{"<c><v>1</v></c>" * 100}</row>' for row in range(1, count // 100 + 1))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
BOOK = parts_of(plain())["xl/workbook.xml"]
UPPER = SHEET.replace(".xml", ".XML")


def with_names(count: int) -> bytes:
    names = "".join(f'<definedName name="n{n}">1</definedName>' for n in range(count)).encode()
    return BOOK.replace(b"</workbook>", b"<definedNames>" + names + b"</definedNames></workbook>")


UNUSUAL, OVERLOADED, BROKEN = Text("forms.file_unusual"), Text("forms.file_overloaded"), Text("forms.file_broken")
HOSTILE = {
    "entities that multiply": (sheet("<worksheet", ENTITIES), UNUSUAL),
    "an entity in another part": (with_part("docProps/app.xml", b"<!DOCTYPE x><Properties/>"), UNUSUAL),
    "XML that hides in UTF-16": (with_part(SHEET, "<?xml version='1.0'?><a/>".encode("utf-16")), UNUSUAL),
    "XML that says another encoding": (sheet("UTF-8", "cp037"), UNUSUAL),
    "XML that hides in UTF-16 under a name in capitals": (
        packed(
            {UPPER if name == SHEET else name: part for name, part in parts_of(plain()).items()}
            | {UPPER: "<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16")}
        ),
        UNUSUAL,
    ),
    "no XML where XML belongs": (with_part(SHEET, b"\x4c\x6f\xa7\x94\x93"), UNUSUAL),
    "two entries of one name": (doubled(), UNUSUAL),
    "two names that differ by case": (with_part(SHEET.upper(), b"<worksheet/>"), UNUSUAL),
    "a name that leads out": (with_part("../../etc/cron.d/x", b"x"), UNUSUAL),
    "an absolute name": (with_part("/etc/passwd", b"x"), UNUSUAL),
    "a packing that Excel does not use": (packed(parts_of(plain()), ZIP_BZIP2), UNUSUAL),
    "an encrypted entry": (encrypted(), Text("forms.file_password")),
    "a workbook in the workbook": (with_part("xl/embeddings/a.bin", plain()), Text("forms.file_embedded")),
    "a Word text in the workbook": (with_part("xl/embeddings/b.bin", COMPOUND), Text("forms.file_embedded")),
    "a hundred megabytes in a hundred kilobytes": (with_part("xl/a.xml", b"<a>" + b"0" * 10**8), OVERLOADED),
    "many entries that swell a little": (
        packed(parts_of(plain()) | {f"xl/{n}.xml": b"<a/>" + b"0" * 1_000_000 for n in range(70)}),
        OVERLOADED,
    ),
    "more entries than any workbook": (zipped(*map(str, range(400))), Text("forms.file_archive")),
    "a directory that lies": (with_directory_lying_about_size(), BROKEN),
    "too many cells": (with_data(cells(310_000)), OVERLOADED),
    "too many texts": (with_part("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 10**6 + b"</sst>"), OVERLOADED),
    "too many names": (with_part("xl/workbook.xml", with_names(600_000)), OVERLOADED),
    "too many formats": (with_part("xl/styles.xml", b"<a>" + b'<xf numFmtId="0"/>' * 2_000_000 + b"</a>"), OVERLOADED),
    "too many attributes": (
        with_data("".join(f"<row {' '.join(f'a{n}={chr(34) * 2}' for n in range(100_000))}/>" for _ in range(12))),
        OVERLOADED,
    ),
    "a hundred sheets": (
        packed(parts_of(plain()) | {f"xl/worksheets/s{n}.xml": b"<a><sheetData/></a>" for n in range(100)}),
        OVERLOADED,
    ),
    "a million tags in each other": (with_data("<a>" * 10**6 + "</a>" * 10**6), OVERLOADED),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_spreadsheet_program_writes_is_refused_before_it_is_opened(name: str) -> None:
    content, said = HOSTILE[name]

    assert refusal(content) == said


def test_what_a_sheet_says_of_its_own_size_is_neither_believed_nor_held_against_it() -> None:
    assert refusal(sheet('ref="A1:B1"', 'ref="A1:XFD1048576"')) is None


def test_what_other_programs_keep_in_a_workbook_for_themselves_is_left_alone() -> None:
    assert refusal(with_part("customXml/item1.xml", "<Gemini/>".encode("utf-16"))) is None


def test_formatted_rows_down_to_the_end_are_fine_for_programs_write_them() -> None:
    assert refusal(with_data('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" ht="12"/>')) is None
