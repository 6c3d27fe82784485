"""Files that bots and people send: kept once by their bytes, named by ids that follow from what they are."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, Literal

from sandbox.body import File
from sandbox.store import Store
from sandbox.telegram.bots import Bot
from sandbox.telegram.errors import Refusal, bad_request
from sandbox.telegram.images import dimensions

Kind = Literal["photo", "document"]
Object = dict[str, Any]

LARGEST_UPLOAD = 50 * 1024 * 1024  # by a bot
LARGEST_OF_PEOPLE = 2_000 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
MOST_PIXELS = 10_000  # width and height together
MOST_SLENDER = 20  # the longer side over the shorter one
PREFIX = {"photo": "AgACAgUAAxk", "document": "BQACAgUAAxk"}
SIDES = {90: "s", 320: "m", 800: "x", 1280: "y"}  # the longer side of each size of a photo, in pixels


def document(store: Store, bot: Bot, source: File | str, largest: int = LARGEST_UPLOAD) -> Object:
    """A Document object, from a new file or the file_id of one."""
    if isinstance(source, str):
        kept = _by_id(store, bot, source, "document")
    else:
        _check(source, largest)
        kept = _keep(store, bot, "document", source, {})
    named = {"file_name": kept["name"], "mime_type": kept["mime_type"]}
    return {**_ids(kept), **named, "file_size": kept["size"]}


def photo(store: Store, bot: Bot, source: File | str) -> list[Object]:
    """The PhotoSize objects of a picture, the largest last; from a new file or the file_id of a size."""
    if isinstance(source, str):
        return [_size(each) for each in _sizes_of(store, bot, _by_id(store, bot, source, "photo"))]
    _check(source, LARGEST_UPLOAD)
    return [_size(_keep(store, bot, "photo", source, extent)) for extent in _extents(source)]


def _check(file: File, largest: int) -> None:
    if len(file.data) > largest:
        raise Refusal(413, "Request Entity Too Large")
    if not file.data:
        raise bad_request("file must be non-empty")


def _extents(file: File) -> list[Object]:
    """The extents in which Telegram offers a picture; Refusal for what it does not take as one."""
    if len(file.data) > LARGEST_PHOTO:
        flaw = f"file of size {len(file.data)} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO}"
        raise bad_request(f"{flaw} bytes")
    extent = dimensions(file.data)
    if extent is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = extent
    if not 0 < width + height <= MOST_PIXELS or max(extent) > MOST_SLENDER * min(extent):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    sides = [side for side in SIDES if side < max(extent)]
    if max(extent) <= max(SIDES):
        sides.append(max(extent))
    return [{"width": -(-width * side // max(extent)), "height": -(-height * side // max(extent))} for side in sides]


def _keep(store: Store, bot: Bot, kind: Kind, file: File, extent: Object) -> Object:
    digest = store.keep_bytes(file.data)
    what = {"bot": bot.id, "kind": kind, "name": file.name, "sha256": digest, **extent}
    file_id = PREFIX[kind] + _short(sha256(repr(what).encode()).digest(), 44)
    kept = store.get("file", file_id)
    if kept is None:
        kept = {
            **what,
            "file_id": file_id,
            "unique_id": "AQAD" + _short(sha256(repr([digest, extent]).encode()).digest(), 11),
            "mime_type": file.mime_type,
            "size": len(file.data),
            "path": f"{kind}s/file_{store.next(f'file {bot.id}')}{_ending(file.name)}",
        }
        store.put("file", file_id, kept)
        store.put("file path", f"{bot.id}/{kept['path']}", {"file_id": file_id})
    return kept


def _ending(name: str) -> str:
    """The file's extension, where it is one that can stand in an address."""
    match = re.search(r"\.[A-Za-z0-9]{1,10}$", name)
    return match[0] if match else ""


def _short(digest: bytes, length: int) -> str:
    return urlsafe_b64encode(digest).decode()[:length].rstrip("=")


def _by_id(store: Store, bot: Bot, file_id: str, kind: Kind) -> Object:
    kept = store.get("file", file_id)
    if kept is None or kept["bot"] != bot.id:
        raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if kept["kind"] != kind:
        names = {"photo": "Photo", "document": "Document"}
        raise bad_request(f"can't use file of type {names[kept['kind']]} as {names[kind]}")
    return kept


def _sizes_of(store: Store, bot: Bot, size: Object) -> list[Object]:
    data = store.bytes_of(size["sha256"])
    original = File(size["name"], size["mime_type"], data)
    return [_keep(store, bot, "photo", original, extent) for extent in _extents(original)]


def _size(kept: Object) -> Object:
    return {**_ids(kept), "width": kept["width"], "height": kept["height"], "file_size": kept["size"]}


def _ids(kept: Object) -> Object:
    return {"file_id": kept["file_id"], "file_unique_id": kept["unique_id"]}


def described(store: Store, bot: Bot, file_id: str) -> Object:
    """A File object with the path to download from; Refusal for an unknown or too large file."""
    kept = store.get("file", file_id)
    if kept is None or kept["bot"] != bot.id:
        raise bad_request("invalid file_id")
    if kept["size"] > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**_ids(kept), "file_size": kept["size"], "file_path": kept["path"]}


def download(store: Store, bot: Bot, path: str) -> tuple[bytes, str]:
    """The bytes and the media type behind a path; Refusal where there is no such file."""
    place = store.get("file path", f"{bot.id}/{path}")
    kept = store.get("file", place["file_id"]) if place else None
    if kept is None:
        raise Refusal(404, "Not Found")
    return store.bytes_of(kept["sha256"]), kept["mime_type"]
