"""Files, folders and Shared Drives as the sandbox keeps them."""

import base64
from datetime import UTC, datetime
from hashlib import sha256

from sandbox.google.json_object import JSON
from sandbox.store import Store

FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
REMEMBERED = 20  # moments of change that a listing which lags behind may still have to show


def rfc3339(moment: datetime) -> str:
    """A moment as Drive writes it, in UTC and milliseconds."""
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def new_id(store: Store, beginning: str = "1", length: int = 44) -> str:
    """An id that looks like Google's: the same for the n-th file of every run."""
    digest = sha256(f"file {store.next('google_file')}".encode()).digest() + sha256(beginning.encode()).digest()
    return (beginning + base64.urlsafe_b64encode(digest).decode().replace("=", ""))[:length]


def root_of(email: str) -> str:
    """The id of a person's own My Drive."""
    return "0A" + base64.urlsafe_b64encode(sha256(email.casefold().encode()).digest()).decode()[:17]


def new_drive(store: Store, now: datetime, name: str, members: dict[str, str]) -> JSON:
    """A new Shared Drive; `members` are roles by e-mail address."""
    drive: JSON = {
        "id": new_id(store, "0A", 19),
        "name": name,
        "createdTime": rfc3339(now),
        "permissions": [user_permission(email, role) for email, role in members.items()],
    }
    store.put("google_drive", drive["id"], drive)
    return drive


def root_folder(drive: JSON) -> JSON:
    """A Shared Drive as the folder that it also is."""
    about = {"name": "Drive", "mimeType": FOLDER, "driveId": drive["id"], "trashed": False, "version": 1}
    return {**drive, **about, "modifiedTime": drive["createdTime"]}


def new_file(store: Store, now: datetime, creator: str, about: JSON) -> JSON:
    """A new file; `about` holds name, mimeType, parents, and driveId or owner."""
    moment = rfc3339(now)
    file: JSON = {
        "id": new_id(store),
        "createdTime": moment,
        "modifiedTime": moment,
        "changes": [moment],
        "version": 1,
        "lastModifyingUser": creator,
        "trashed": False,
        "permissions": [],
        **about,
    }
    if file.get("owner"):
        file["permissions"].append(user_permission(file["owner"], "owner"))
    store.put("google_file", file["id"], file)
    return file


def changed(store: Store, file: JSON, now: datetime, who: str | None) -> None:
    """Note that a file's content or name changed, and who did it; None for somebody with the link."""
    file["modifiedTime"] = rfc3339(now)
    file["changes"] = [*file["changes"], file["modifiedTime"]][-REMEMBERED:]
    file["version"] += 1
    file["lastModifyingUser"] = who
    store.put("google_file", file["id"], file)


def listed_time(file: JSON, latest: str) -> str:
    """The time of change that a listing shows which knows of nothing after the latest moment."""
    seen: list[str] = [moment for moment in file["changes"] if moment <= latest]
    return seen[-1] if seen else str(file["changes"][0])


def user_permission(email: str, role: str) -> JSON:
    """A permission of one person; their permission id is the same in every file."""
    return {
        "id": permission_id(email),
        "type": "user",
        "role": role,
        "emailAddress": email,
        "displayName": email.partition("@")[0],
    }


def permission_id(email: str) -> str:
    """Twenty digits that stand for an address."""
    return str(int(sha256(email.casefold().encode()).hexdigest(), 16))[:20]
