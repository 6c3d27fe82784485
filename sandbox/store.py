"""Everything the sandbox remembers, in one SQLite file, so that the process may be killed at any moment."""

import sqlite3
import threading
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

LARGE = 8_192  # bytes from which on a document is packed; a filled spreadsheet becomes a tenth
SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
  position INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL,
  UNIQUE (kind, id));
CREATE TABLE IF NOT EXISTS blob (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);
"""


def _packed(document: dict[str, Any]) -> bytes:
    body = msgspec.json.encode(document)
    return zlib.compress(body, 1) if len(body) > LARGE else body


def _unpacked(body: bytes) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(body if body.startswith(b"{") else zlib.decompress(body))
    return document


_looked_at = lru_cache(maxsize=20_000)(_unpacked)


class Store:
    """JSON documents by (kind, id), numbers by counter and bytes by their SHA-256.

    Without a path the store is kept in memory. Every answer is a fresh copy, and the file is always as
    new as the last transaction that ended. One process at a time may hold a file.
    """

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._touched: set[str] = set()
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        # The file has to survive a killed process, not a power cut: no waiting for the disk.
        self._database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;" + SCHEMA)
        self._documents: dict[str, dict[str, bytes]] = defaultdict(dict)
        for kind, id_, body in self._database.execute("SELECT kind, id, body FROM document ORDER BY position"):
            self._documents[kind][id_] = body

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: an exception inside takes back every change. One at a time; inner ones join in."""
        with self._lock:
            if self._depth == 0:
                self._database.execute("BEGIN IMMEDIATE")
                self._touched.clear()
            self._depth += 1
            try:
                yield
                if self._depth == 1:
                    self._database.execute("COMMIT")
            except BaseException:
                if self._depth == 1:
                    self._roll_back()
                raise
            finally:
                self._depth -= 1

    def _roll_back(self) -> None:
        self._database.execute("ROLLBACK")
        for kind in self._touched:
            rows = self._database.execute("SELECT id, body FROM document WHERE kind = ? ORDER BY position", (kind,))
            self._documents[kind] = dict(rows.fetchall())

    def get(self, kind: str, id: str) -> dict[str, Any] | None:  # noqa: A002 - the name every caller expects
        """The document, or None where there is none."""
        with self._lock:
            body = self._documents[kind].get(id)
        return None if body is None else _unpacked(body)

    def put(self, kind: str, id: str, document: dict[str, Any]) -> None:  # noqa: A002 - see get
        """Write a document; one that was there before keeps its place in the order."""
        body = _packed(document)
        with self.transaction():
            self._touched.add(kind)
            self._documents[kind][id] = body
            self._database.execute(
                "INSERT INTO document (kind, id, body) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                (kind, id, body),
            )

    def delete(self, kind: str, id: str) -> None:  # noqa: A002 - see get
        """Forget a document; no error where there is none."""
        with self.transaction():
            self._touched.add(kind)
            self._documents[kind].pop(id, None)
            self._database.execute("DELETE FROM document WHERE kind = ? AND id = ?", (kind, id))

    def all(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """Every (id, document) of a kind, in the order in which they were first put."""
        with self._lock:
            bodies = list(self._documents[kind].items())
        return [(id_, _unpacked(body)) for id_, body in bodies]

    def look(self, kind: str) -> dict[str, dict[str, Any]]:
        """The same by id, but not as copies: quick, to look at and never to change."""
        with self._lock:
            bodies = list(self._documents[kind].items())
        return {id_: _looked_at(body) for id_, body in bodies}

    def next(self, counter: str) -> int:
        """Count up: 1, 2, 3… for each counter, never the same number twice."""
        with self.transaction():
            number: int = (self.get("counter", counter) or {"last": 0})["last"] + 1
            self.put("counter", counter, {"last": number})
        return number

    def keep_bytes(self, data: bytes) -> str:
        """Keep a file's bytes; the answer is their SHA-256 in hex, by which `bytes_of` gives them back."""
        digest = sha256(data).hexdigest()
        with self.transaction():
            self._database.execute("INSERT OR IGNORE INTO blob VALUES (?, ?)", (digest, data))
        return digest

    def bytes_of(self, digest: str) -> bytes:
        """The bytes kept under a SHA-256; KeyError where there are none."""
        with self._lock:
            row = self._database.execute("SELECT bytes FROM blob WHERE sha256 = ?", (digest,)).fetchone()
        if row is None:
            raise KeyError(digest)
        data: bytes = row[0]
        return data
