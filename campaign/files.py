"""Files, kept once by the hash of their content."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.models import StoredFile


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to keep: the name under which people get it, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


def sha256_of(file: NewFile) -> str:
    """The name by which the file is kept."""
    return hashlib.sha256(file.content).hexdigest()


def keep(session: Session, file: NewFile) -> str:
    """Store the file unless its content is stored already; return its SHA-256."""
    digest = sha256_of(file)
    if session.get(StoredFile, digest) is None:
        session.add(StoredFile(sha256=digest, name=file.name, media_type=file.media_type, content=file.content))
        session.flush()
    return digest
