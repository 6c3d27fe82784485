"""Files with bytes of their own, as people put them into folders: everything that is no Google document."""

import re
from datetime import datetime
from hashlib import md5, sha1

from sandbox.body import File
from sandbox.google.drive import files
from sandbox.google.json_object import JSON
from sandbox.store import Store


def put(store: Store, now: datetime, creator: str, folder: JSON, file: File) -> JSON:
    """A new file in a folder; in a My Drive it belongs to whoever puts it there."""
    place: JSON = {"parents": [folder["id"]]}
    place |= {"driveId": folder["driveId"]} if folder.get("driveId") else {"owner": creator}
    return files.new_file(store, now, creator, {**_described(store, file), **place})


def replace(store: Store, now: datetime, who: str, kept: JSON, file: File) -> JSON:
    """The same file with other bytes, as Drive's "new version" makes it; its name stays."""
    kept |= {name: part for name, part in _described(store, file).items() if name != "name"}
    files.changed(store, kept, now, who)
    return kept


def is_binary(file: JSON) -> bool:
    """Whether the file can be downloaded as it is."""
    return "sha256Checksum" in file


def _described(store: Store, file: File) -> JSON:
    data = file.data
    return {
        "name": file.name,
        "originalFilename": file.name,
        "mimeType": file.mime_type,
        "size": str(len(data)),
        "md5Checksum": md5(data, usedforsecurity=False).hexdigest(),
        "sha1Checksum": sha1(data, usedforsecurity=False).hexdigest(),
        "sha256Checksum": store.keep_bytes(data),
        **_extension(file.name),
    }


def _extension(name: str) -> JSON:
    found = re.search(r"(?<=.\.)[A-Za-z0-9]+$", name)
    return dict.fromkeys(("fileExtension", "fullFileExtension"), found[0] if found else "")
