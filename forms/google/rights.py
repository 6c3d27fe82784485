"""Who may write in forms: shared with the units, taken away from them at the deadline, given back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from campaign.ports import FormError
from forms.google.client import Client
from forms.google.drive import ALL_DRIVES, FILES, HOME, mark, marks_on, permissions
from forms.google.write import MARK

Sharing = Literal["link", "email"]
Permission = dict[str, Any]

_TAKEN = "xephang-taken-"
"""The marks on a file for the permissions that were turned from writer into reader, before a number: their ids."""

# A file has room for 30 marks, of which a form needs three, and for 124 bytes in one with its name.
_MOST_MARKS, _LONGEST_MARK = 27, 124 - len(f"{_TAKEN}00")


def share(client: Client, file_id: str, sharing: Sharing, addresses: Sequence[str]) -> list[str]:
    """Give the right to write to whoever has the link, or to the addresses; repeating it changes nothing.

    The answer is the ids of the permissions.
    """
    if sharing == "link":
        return [_permit(client, file_id, {"type": "anyone", "role": "writer", "allowFileDiscovery": False})]
    if not addresses:
        raise FormError("no_address", retry=False, detail="no e-mail address to share the form with")
    return [_permit(client, file_id, {"type": "user", "role": "writer", "emailAddress": each}) for each in addresses]


def share_if_closed(
    client: Client, file_id: str, sharing: Sharing, addresses: Sequence[str], ours: Sequence[str]
) -> None:
    """Share a sheet that people made, unless they have shared it themselves: with the addresses, or with anybody."""
    known = {_address(each): each["role"] for each in permissions(client, file_id)}
    writing = {address for address, role in known.items() if role == "writer"} - {each.casefold() for each in ours}
    if sharing == "link":
        if not writing:
            share(client, file_id, sharing, ())
        return
    missing = [each for each in addresses if known.get(each.casefold()) not in {"writer", "owner"}]
    if missing or not writing:
        share(client, file_id, sharing, missing)


def let_in(client: Client, file_id: str, addresses: Sequence[str]) -> None:
    """Let the addresses change what is protected in a form, beside those who may; for an account that may itself."""
    batch = [
        {"updateProtectedRange": {"protectedRange": _open_to(each, addresses), "fields": "editors"}}
        for each in _protected(client, file_id, "protectedRangeId,editors")
    ]
    if batch:
        client.ask("post", SPREADSHEET_BATCH_UPDATE_URL % file_id, {"fields": "spreadsheetId"}, {"requests": batch})


def may_write_protected(client: Client, file_id: str) -> bool:
    """Whether the account may change what is protected in a form; also where there is no form yet."""
    return all(each.get("requestingUserCanEdit") for each in _protected(client, file_id, "requestingUserCanEdit"))


def _protected(client: Client, file_id: str, fields: str) -> list[dict[str, Any]]:
    """Our protected ranges, with these fields."""
    asked = {"fields": f"sheets.protectedRanges(description,{fields})"}
    tabs = client.ask("get", SPREADSHEET_URL % file_id, asked).get("sheets", ())
    return [each for tab in tabs for each in tab.get("protectedRanges", ()) if each.get("description") == MARK]


def _open_to(protected: Mapping[str, Any], addresses: Sequence[str]) -> dict[str, Any]:
    editors = protected.get("editors", {})
    users = list(dict.fromkeys([*editors.get("users", ()), *addresses]))
    return {"protectedRangeId": protected["protectedRangeId"], "editors": {**editors, "users": users}}


def office_of(client: Client, folder_id: str | None, ours: Sequence[str]) -> frozenset[str]:
    """Who keeps the right to write: by address the accounts, by id whoever may write in the folder of all forms."""
    known = permissions(client, folder_id) if folder_id else []
    writing = {each["id"] for each in known if each["type"] != "anyone" and _writes(each)}
    return frozenset({*writing, *(each.casefold() for each in ours)})


def lock(client: Client, file_id: str, office: frozenset[str]) -> None:
    """Turn every writer outside of the office into a reader, and remember who that was; repeating it is harmless.

    Some 130 can be remembered; the right of any more is taken all the same, and to be given back by hand.
    Raises FormError (forbidden) where somebody can still write, as the owner of a sheet that people made can.
    """
    for item in _shared_items(client, file_id):
        known = [each for each in permissions(client, item) if not _is_office(each, office)]
        writers = [each for each in known if each["role"] == "writer"]
        if writers:
            mark(client, item, _packed([*_taken(marks_on(client, item)), *(each["id"] for each in writers)]))
        for each in writers:
            change(client, item, each["id"], "reader")
    # The sheet itself came last, so these are all who are left.
    left = [_address(each) for each in known if _writes(each) and each not in writers]
    if left:
        raise FormError("forbidden", retry=False, detail=f"can still write: {', '.join(left)}")


def unlock(client: Client, file_id: str) -> None:
    """Turn into writers again whom `lock` turned into readers; repeating it is harmless."""
    for item in _shared_items(client, file_id):
        marks = marks_on(client, item)
        taken = _taken(marks)
        if not taken:
            continue
        for each in permissions(client, item):
            if each["id"] in taken and not _writes(each):
                change(client, item, each["id"], "writer")
        mark(client, item, dict.fromkeys(name for name in marks if name.startswith(_TAKEN)))


def _taken(marks: Mapping[str, str]) -> list[str]:
    return [each for name in sorted(marks) if name.startswith(_TAKEN) for each in marks[name].split()]


def _packed(ids: Iterable[str]) -> dict[str, str]:
    """The ids once each, as many to a mark as fit; the same ones first come into the same marks again."""
    packed = [""]
    for each in dict.fromkeys(ids):
        longer = f"{packed[-1]} {each}".strip()
        if len(longer) <= _LONGEST_MARK:
            packed[-1] = longer
        else:
            packed.append(each)
    return {f"{_TAKEN}{number:02}": text for number, text in enumerate(packed[:_MOST_MARKS])}


def _shared_items(client: Client, file_id: str) -> Iterator[str]:
    """The form's folder, where it has one, by which it is shared; then the form, which people may share further."""
    home = marks_on(client, file_id).get(HOME)
    if home:
        yield home
    yield file_id


def _permit(client: Client, file_id: str, permission: dict[str, object]) -> str:
    """The bot brings the link, a letter from Google would only confuse; but some addresses cannot do without.

    Such are those without a Google account, as many a government's are: their owners prove themselves by that letter.
    """
    if permission["type"] == "anyone":
        return _permitted(client, file_id, permission)
    try:
        return _permitted(client, file_id, permission, sendNotificationEmail="false")
    except FormError as error:
        if error.reason != "no_account":
            raise
        return _permitted(client, file_id, permission, sendNotificationEmail="true")


def _permitted(client: Client, file_id: str, permission: dict[str, object], **params: str) -> str:
    return str(client.ask("post", f"{FILES}/{file_id}/permissions", {**ALL_DRIVES, **params}, permission)["id"])


def change(client: Client, file_id: str, permission_id: str, role: str) -> None:
    """Give a permission another role."""
    client.ask("patch", f"{FILES}/{file_id}/permissions/{permission_id}", dict(ALL_DRIVES), {"role": role})


def _is_office(permission: Permission, office: frozenset[str]) -> bool:
    return permission["id"] in office or _address(permission) in office


def _writes(permission: Permission) -> bool:
    return permission["role"] not in {"reader", "commenter"}


def _address(permission: Permission) -> str:
    return str(permission.get("emailAddress", permission["type"])).casefold()
