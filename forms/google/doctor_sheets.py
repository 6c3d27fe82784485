"""Whether every account can work in the sheets that people registered: read, write and protect them, and lock them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from campaign.ports import FormError
from forms.google import drive, rights
from forms.google.client import Client
from forms.google.credentials import CredentialsProblem, load_credentials
from forms.google.doctor import Check, at_once
from words import Series, Text

_NAME = "google.registered"
_MOST_TOLD = 20
"""Of many sheets with something to mend so many are told one by one."""

_MOST_OPENED = 20
"""Of many sheets that are shared as they should be so many are opened, to see whether our protection lets us write."""


class _Account(NamedTuple):
    client: Client
    address: str
    listed: Mapping[str, drive.Listed]


def sheet_checks(credentials_files: Sequence[Path], base_url: str | None, sheets: Mapping[str, str]) -> list[Check]:
    """Tell what is to be mended of each sheet and with which account; `sheets` are names of units by file id.

    However many are registered, each account is asked once for every 1,000 spreadsheets that it was let into: what
    Drive does not list to it, it would not notice changes of either. Accounts that cannot sign in are left out.
    """
    checks: list[Check] = []
    accounts: list[_Account] = []
    for file in credentials_files if sheets else ():
        try:
            client = Client(load_credentials(file), base_url, at_once)
            address = drive.own_address(client)
        except (CredentialsProblem, FormError):  # the other checks tell
            continue
        try:
            accounts.append(_Account(client, address, drive.spreadsheets(client)))
        except FormError as error:
            checks.append(Check(_NAME, ok=False, hint=_failure(error)))
    return [*checks, *_told(sheets, accounts)] if accounts else checks


def _failure(error: FormError) -> Text:
    return Text(f"forms.mend_{error.reason}", detail=error.detail)


def _told(sheets: Mapping[str, str], accounts: Sequence[_Account]) -> Iterator[Check]:
    found = {file_id: [*_to_mend(unit, file_id, accounts)] for file_id, unit in sheets.items()}
    shared = [file_id for file_id, texts in found.items() if not texts]
    for file_id in shared[:_MOST_OPENED]:
        found[file_id] += _to_mend_inside(sheets[file_id], file_id, accounts)
    wrong = [texts for texts in found.values() if texts]
    fine = len(found) - len(wrong)
    if fine:
        yield Check(_NAME, ok=True, hint=Text("forms.registered_fine", n=fine))
    for texts in wrong[:_MOST_TOLD]:
        yield from (Check(_NAME, ok=False, hint=text) for text in texts)
    if wrong[_MOST_TOLD:]:
        yield Check(_NAME, ok=False, hint=Text("forms.registered_more", n=len(wrong) - _MOST_TOLD))


def _to_mend(unit: str, file_id: str, accounts: Sequence[_Account]) -> Iterator[Text]:
    """What is wrong with how a sheet is shared, each with the accounts for which it is."""
    wrong: dict[str, list[str]] = {}
    for account in accounts:
        if trouble := _trouble(account.listed.get(file_id)):
            wrong.setdefault(trouble, []).append(account.address)
    for trouble, addresses in wrong.items():
        yield Text(f"forms.registered_{trouble}", unit=unit, accounts=Series(tuple(addresses)))


def _trouble(listed: drive.Listed | None) -> str | None:
    if listed is None:
        return "unseen"
    if listed["trashed"]:
        return "in_bin"
    if not listed["capabilities"]["canModifyContent"]:
        return "read_only"
    return None if listed["capabilities"]["canShare"] else "not_lockable"


def _to_mend_inside(unit: str, file_id: str, accounts: Sequence[_Account]) -> Iterator[Text]:
    """Whether no account may write what is protected in the form; where one may, it lets the others in."""
    try:
        if any(rights.may_write_protected(account.client, file_id) for account in accounts):
            return
    except FormError as error:
        yield _failure(error)
    else:
        addresses = Series(tuple(each.address for each in accounts))
        yield Text("forms.registered_protected", unit=unit, accounts=addresses)
