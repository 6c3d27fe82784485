"""Whether the account can do what the forms need, tried out on a spreadsheet of its own that is thrown away again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from gspread.urls import SPREADSHEET_URL

from campaign.ports import FormError
from forms.google import drive
from forms.google.client import Client
from forms.google.credentials import CredentialsProblem, load_credentials
from forms.google.drive import Sharing
from words import Text

_TRIAL = "doctor"  # the key of the trial file


class Check(NamedTuple):
    """What was tried, whether it went well, and what it means or how to mend it."""

    id: str
    ok: bool
    hint: Text


def checks(credentials_file: Path, base_url: str | None, folder_id: str, sharing: Sharing) -> list[Check]:
    """Try credentials, sign-in, folder, making, Sheets, sharing and deleting; what depends on a failure is left out."""
    try:
        client = Client(load_credentials(credentials_file), base_url)
    except CredentialsProblem as problem:
        return [Check("google.credentials", ok=False, hint=problem.text)]
    return [_passed("google.credentials"), *_on_google(client, folder_id, sharing)]


def _on_google(client: Client, folder_id: str, sharing: Sharing) -> Iterator[Check]:
    yield (token := _try("google.token", drive.find, client, _TRIAL))
    if not token.ok:
        return
    yield (folder := _try("google.folder", drive.check_folder, client, folder_id))
    if folder.ok:
        yield from _on_a_trial_file(client, folder_id, sharing)


def _on_a_trial_file(client: Client, folder_id: str, sharing: Sharing) -> Iterator[Check]:
    try:  # one that a doctor left behind when it was killed is taken up again
        file_id = drive.find(client, _TRIAL) or drive.create(client, _TRIAL, "Xephang doctor", folder_id)
    except FormError as error:
        yield _failed("google.create", error)
        return
    yield _passed("google.create")
    yield _try("google.sheets", client.request, "get", SPREADSHEET_URL % file_id)
    if sharing == "link":  # for "email" there is nobody yet to share with
        yield _try("google.share", drive.share, client, file_id, sharing, ())
    yield _try("google.delete", drive.throw_away, client, file_id)


def _try(check_id: str, attempt: Callable[..., object], *arguments: object) -> Check:
    try:
        attempt(*arguments)
    except FormError as error:
        return _failed(check_id, error)
    return _passed(check_id)


def _failed(check_id: str, error: FormError) -> Check:
    return Check(check_id, ok=False, hint=Text(f"forms.mend_{error.reason}", detail=error.detail))


def _passed(check_id: str) -> Check:
    return Check(check_id, ok=True, hint=Text(f"forms.checked_{check_id.removeprefix('google.')}"))
