"""Files, kept once by the hash of their content."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from campaign.models import StoredFile
from words import clean

LONGEST_NAME = 120
LONGEST_END = 20
"""Of a longer name the beginning is kept, which says the question, and the end, which says what kind of file it is."""
UNNAMED = "file"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to keep: the name under which people get it, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


def kept_name(name: str) -> str:
    """Return the name of somebody's file as it is kept: cleaned, and no longer than a line."""
    cleaned = clean(name)
    if len(cleaned) > LONGEST_NAME:
        cleaned = f"{cleaned[: LONGEST_NAME - LONGEST_END - 1]}…{cleaned[-LONGEST_END:]}"
    return cleaned or UNNAMED


def sha256_of(file: NewFile) -> str:
    """The name by which the file is kept."""
    return hashlib.sha256(file.content).hexdigest()


def keep(session: Session, file: NewFile) -> str:
    """Store the file unless its content is stored already; return its SHA-256."""
    digest = sha256_of(file)
    if session.get(StoredFile, digest) is None:
        _insert(session, StoredFile(sha256=digest, name=file.name, media_type=file.media_type, content=file.content))
    return digest


def _insert(session: Session, row: StoredFile) -> None:
    # Another process may store the same content in this very moment.
    with suppress(IntegrityError), session.begin_nested():
        session.add(row)
