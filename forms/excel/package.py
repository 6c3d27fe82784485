"""The zip file that a workbook is: what it holds, how large that really is, and what must not be in it."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from struct import error as StructError  # noqa: N812 - an exception, named like one
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from forms.excel.child import SHEETS
from words import Text

ENTRIES = 300
UNPACKED = 60 * 1024 * 1024
"""In bytes, of all entries together."""
RATIO, SMALL = 300, 1024 * 1024
"""How many times larger an entry may become; what stays below a megabyte does no harm."""
MARKS = {b"<": 400_000, b"=": 1_000_000}
"""Of tags and of attributes in all parts together, which is what reading takes its time for. The largest form has
11,000 tags; a workbook to which years of pasting have given all 64,000 formats that there can be has some 250,000."""

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_FAULTS = (
    *(BadZipFile, zlib.error, StructError, EOFError, OSError),
    *(ValueError, LookupError, ArithmeticError, RuntimeError),
)
"""What zipfile raises for damaged files."""

_FOREIGN = {
    "xl/vbaProject.bin": "forms.file_macros",
    "xl/workbook.bin": "forms.file_binary_excel",
    "word/document.xml": "forms.file_word",
    "Index/Document.iwa": "forms.file_numbers",
    "Index.zip": "forms.file_numbers",
    "index.apxl": "forms.file_numbers",
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}

_XML, _UNREAD = (".xml", ".rels", ".vml"), "customxml/"
"""What programs keep there for themselves, Excel's own additions among them, may be in UTF-16; nothing reads it."""
_BOM = b"\xef\xbb\xbf"
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([^"']*)""")
_PLAIN = {b"utf-8", b"us-ascii"}
_MARKUP = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_PACKED = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
_SHEET = b"sheetData"


def objection(content: bytes) -> Text | None:
    """Say why a zip file is not to be opened as a workbook, and what to do; None where nothing is against it."""
    if content.count(_DIRECTORY_ENTRY) > ENTRIES:
        return Text("forms.file_archive")
    try:
        with ZipFile(BytesIO(content)) as package:
            return next(_objections(package), None)
    except _FAULTS:
        return Text("forms.file_broken")


def _objections(package: ZipFile) -> Iterator[Text]:
    """Each is looked for only where none of those before it stands."""
    entries = package.infolist()
    yield from _against_sizes(entries)
    yield from _against_names(package, [each.filename for each in entries])
    parts = [(each.filename, package.read(each)) for each in entries]
    yield from chain.from_iterable(_against_part(name, part) for name, part in parts)
    yield from _against_amounts([part for _, part in parts])


def _against_sizes(entries: Sequence[ZipInfo]) -> Iterator[Text]:
    """`zipfile` unpacks no more of an entry than the directory says, and takes another length for a fault."""
    if any(each.flag_bits & _ENCRYPTED for each in entries):
        yield Text("forms.file_password")
    if any(each.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for each in entries):
        yield Text("forms.file_unusual")
    if sum(each.file_size for each in entries) > UNPACKED or any(map(_swells, entries)):
        yield Text("forms.file_overloaded")


def _swells(entry: ZipInfo) -> bool:
    return entry.file_size > max(SMALL, RATIO * entry.compress_size)


def _against_names(package: ZipFile, names: Sequence[str]) -> Iterator[Text]:
    yield from (Text(said) for name, said in _FOREIGN.items() if name in names)
    if "mimetype" in names and package.read("mimetype").startswith(_OPEN_DOCUMENT):
        yield Text("forms.file_open_document")
    if not set(names) >= _NEEDED:
        yield Text("forms.file_archive")
    if max(Counter(map(str.casefold, names)).values()) > 1 or any(map(_leads_out, names)):
        yield Text("forms.file_unusual")


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _against_part(name: str, part: bytes) -> Iterator[Text]:
    if part.startswith(_PACKED):
        yield Text("forms.file_embedded")
    if _MARKUP.search(part) or (_is_for_reading(name.casefold()) and not _is_plain_xml(part)):
        yield Text("forms.file_unusual")


def _is_for_reading(name: str) -> bool:
    return name.endswith(_XML) and not name.startswith(_UNREAD)


def _is_plain_xml(part: bytes) -> bool:
    """Whether the bytes are what they seem: in another encoding they could hide anything from a look at them."""
    start = part.removeprefix(_BOM).lstrip()
    encoding = _ENCODING.match(start)
    return start[:1] == b"<" and b"\0" not in part and (encoding is None or encoding[1].lower() in _PLAIN)


def _against_amounts(parts: Sequence[bytes]) -> Iterator[Text]:
    too_many = (sum(part.count(mark) for part in parts) > most for mark, most in MARKS.items())
    if sum(_SHEET in part for part in parts) > SHEETS or any(too_many):
        yield Text("forms.file_overloaded")
