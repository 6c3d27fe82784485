"""files.list: what a caller finds, page by page."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from sandbox.google.calls import Call
from sandbox.google.drive import access, files
from sandbox.google.drive.access import Role
from sandbox.google.drive.query import read_query
from sandbox.google.drive.views import file_view
from sandbox.google.errors import GoogleError, invalid_parameter
from sandbox.google.json_object import JSON
from sandbox.store import Store

LARGEST_PAGE = 1_000
USUAL_PAGE = 100
ORDERS: dict[str, Callable[[JSON], str]] = {
    "modifiedTime": lambda file: str(file["modifiedTime"]),
    "createdTime": lambda file: str(file["createdTime"]),
    "name": lambda file: str(file["name"]).casefold(),
    "name_natural": lambda file: str(file["name"]).casefold(),
    "folder": lambda file: "0" if file["mimeType"] == files.FOLDER else "1",
}


def set_lag(store: Store, seconds: float) -> None:
    """From now on listings show changes of content only so many seconds after they were made."""
    store.put("google_setting", "lag", {"seconds": seconds})


def list_files(call: Call) -> JSON:
    """The files that the query asks for, among those the caller has been given."""
    scope = _scope(call)
    test = read_query(call.query.get("q") or "trashed = false or trashed = true", files.root_of(call.caller.email))
    listed = _as_listed(call)
    found = [file for file in listed if test(file) and _offered(call, file, *scope)]
    for order in reversed((call.query.get("orderBy") or "createdTime desc").split(",")):
        found = _sorted(found, order.split())
    page, token = _page(call, found)
    shown = [file_view(call.store, file, call.caller.email, file["modifiedTime"]) for file in page]
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": shown} | token


def _as_listed(call: Call) -> Iterator[JSON]:
    """Every file as a listing knows it: behind the time, and in the trash where its folder is."""
    lag = (call.store.get("google_setting", "lag") or {"seconds": 0})["seconds"]
    latest, known = files.rfc3339(call.now - timedelta(seconds=lag)), call.store.look("google_file")
    for file in known.values():
        trashed = _is_trashed(file, known)
        yield {**file, "modifiedTime": files.listed_time(file, latest), "trashed": trashed}


def _is_trashed(file: JSON, known: dict[str, JSON]) -> bool:
    return file["trashed"] or any(_is_trashed(known[each], known) for each in file["parents"] if each in known)


def _offered(call: Call, file: JSON, everywhere: bool, drive: str | None) -> bool:  # noqa: FBT001 - what _scope says
    """Whether a listing with this scope may show the file at all.

    A link alone puts a file into nobody's list.
    """
    if drive is not None and file.get("driveId") != drive:
        return False
    if file.get("driveId") and not everywhere:
        return False
    seen = access.role_of(call.store, file, call.caller.email, by_link=False) >= Role.READER
    return seen and access.reaches(call.caller, file)


def _scope(call: Call) -> tuple[bool, str | None]:
    """Whether Shared Drives are looked into, and the one drive that is asked for."""
    everywhere, corpora, drive = (
        call.flag("includeItemsFromAllDrives"),
        call.query.get("corpora"),
        call.query.get("driveId"),
    )
    if everywhere and not call.flag("supportsAllDrives"):
        message = "The supportsAllDrives parameter must be set to true when includeItemsFromAllDrives is."
        raise GoogleError(403, message, "teamDrivesNotSupported", location="supportsAllDrives")
    if (corpora == "drive") != (drive is not None):
        message = "The driveId parameter must be specified if and only if corpora is set to drive."
        raise GoogleError(403, message, "teamDriveIdRequired", location="driveId")
    if corpora in {"drive", "allDrives"} and not everywhere:
        message = "The includeItemsFromAllDrives parameter must be set to true for this corpora."
        raise GoogleError(403, message, "includeItemsFromAllDrivesRequired", location="includeItemsFromAllDrives")
    if corpora not in {None, "user", "drive", "allDrives"}:
        raise invalid_parameter(f"Invalid value: {corpora}", "corpora")
    return everywhere, drive


def _sorted(found: list[JSON], order: list[str]) -> list[JSON]:
    if not 0 < len(order) <= 2 or order[0] not in ORDERS or order[1:] not in ([], ["desc"]):  # noqa: PLR2004 - key, desc
        raise invalid_parameter(f"Invalid Value: {' '.join(order)}", "orderBy")
    return sorted(found, key=ORDERS[order[0]], reverse=len(order) > 1)


def _page(call: Call, found: list[JSON]) -> tuple[list[JSON], JSON]:
    size, start = call.query.get("pageSize", str(USUAL_PAGE)), call.query.get("pageToken") or "~0"
    if not size.isdecimal() or not 0 < int(size) <= LARGEST_PAGE:
        message = f"Invalid value '{size}'. Values must be within the range: [1, {LARGEST_PAGE}]"
        raise invalid_parameter(message, "pageSize", "invalidParameter")
    if not start.startswith("~") or not start[1:].isdecimal():
        raise invalid_parameter("Invalid Value", "pageToken")
    first, last = int(start[1:]), int(start[1:]) + int(size)
    return found[first:last], {"nextPageToken": f"~{last}"} if last < len(found) else {}
