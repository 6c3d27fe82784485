"""What the bytes of a file say it is, before anything opens it."""

import re
from collections.abc import Mapping

from forms.excel.package import objection
from words import Text

LARGEST = 10 * 1024 * 1024
"""In bytes. A form has a tenth of a megabyte; what is larger carries pictures."""

_ZIP, _EMPTY_ZIP, _COMPOUND = b"PK\x03\x04", b"PK\x05\x06", bytes.fromhex("D0CF11E0A1B11AE1")
_BEGINNINGS: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "forms.file_picture",
    b"\x89PNG": "forms.file_picture",
    b"GIF8": "forms.file_picture",
    b"BM": "forms.file_picture",
    b"II*\0": "forms.file_picture",
    b"MM\0*": "forms.file_picture",
    b"%PDF": "forms.file_pdf",
    b"{\\rtf": "forms.file_word",
    b"Rar!": "forms.file_archive",
    b"7z\xbc\xaf": "forms.file_archive",
    b"\x1f\x8b": "forms.file_archive",
    _EMPTY_ZIP: "forms.file_archive",
}
_PICTURE_IN_BOX = re.compile(rb"RIFF....WEBP|....ftyp(?:heic|heix|hevc|mif1|msf1|avif)", re.DOTALL)
_STREAMS: Mapping[str, str] = {
    # The order counts: an encrypted file has no other stream by which it could be known.
    "EncryptedPackage": "forms.file_password",
    "Workbook": "forms.file_old_excel",
    "Book": "forms.file_old_excel",
    "WordDocument": "forms.file_word",
}
_NEVER_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def refusal(content: bytes) -> Text | None:
    """Say what stands against opening the file as a workbook, and what to do; None where it looks like a form."""
    if not content:
        return Text("forms.file_empty")
    if len(content) > LARGEST:
        return Text("forms.file_too_large", megabytes=LARGEST // 1024**2)
    if content.startswith(_ZIP):
        return objection(content)
    return Text(_kind(content))


def _kind(content: bytes) -> str:
    """The id of what to say about a file that is no zip file."""
    if content.startswith(_COMPOUND):
        return next((said for name, said in _STREAMS.items() if name.encode("utf-16-le") in content), _NOT_EXCEL)
    if _PICTURE_IN_BOX.match(content):
        return "forms.file_picture"
    for beginning, said in _BEGINNINGS.items():
        if content.startswith(beginning):
            return said
    return "forms.file_text" if _is_text(content) else _NOT_EXCEL


_NOT_EXCEL = "forms.file_not_excel"


def _is_text(content: bytes) -> bool:
    """Whether somebody could read it in an editor: a CSV file, a web page, whatever its encoding."""
    return content.startswith(_UTF_16) or not _NEVER_IN_TEXT.search(content)
