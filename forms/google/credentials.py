"""The account that the forms belong to, from one file: a service account, or a person who gave leave (OAuth)."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from google.auth.credentials import Credentials, TokenState
from google.auth.transport import Request
from google.oauth2.credentials import Credentials as PersonCredentials
from google.oauth2.service_account import Credentials as ServiceCredentials

from words import Text

# One scope for both APIs. `drive.file` would not do: the folder was made by a person, not by this app.
SCOPES = ("https://www.googleapis.com/auth/drive",)


class CredentialsProblem(Exception):  # noqa: N818 - what is wrong with the file, worded for people in `text`
    """The credentials file cannot be used; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


def load_credentials(file: Path) -> Credentials:
    """Read a key file of a service account, or an `authorized_user` file; raises CredentialsProblem."""
    content = _content(file)
    make = _MAKERS.get(str(content.get("type")))
    if make is None:
        raise CredentialsProblem(Text("forms.credentials_kind", file=str(file)))
    try:
        return make(content)
    except (ValueError, KeyError) as error:
        raise CredentialsProblem(Text("forms.credentials_broken", file=str(file), why=str(error))) from error


def address_in(credentials: Credentials) -> str | None:
    """The account's e-mail address; None for a person, whose file does not tell it."""
    return getattr(credentials, "service_account_email", None)


def _content(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CredentialsProblem(Text("forms.credentials_missing", file=str(file))) from error
    except ValueError as error:
        raise CredentialsProblem(Text("forms.credentials_kind", file=str(file))) from error
    return content if isinstance(content, dict) else {}


class _ServiceAccount(ServiceCredentials):
    """google-auth's, without its look-up of regional access boundaries.

    That speaks to Google's own address from a thread of its own, whatever address we were given, and is refused anyway
    within our scope.
    """

    def before_request(self, request: Request, method: str, url: str, headers: dict[str, str]) -> None:  # noqa: ARG002 - google-auth's signature
        if self.token_state is not TokenState.FRESH:
            self.refresh(request)
        self.apply(headers)


def _service_account(content: Mapping[str, Any]) -> Credentials:
    credentials: Credentials = _ServiceAccount.from_service_account_info(content, scopes=SCOPES)
    return credentials


def _person(content: Mapping[str, Any]) -> Credentials:
    # Not from_authorized_user_info: that ignores the file's own token address.
    return PersonCredentials(
        token=None,
        refresh_token=content["refresh_token"],
        token_uri=content.get("token_uri", "https://oauth2.googleapis.com/token"),
        client_id=content["client_id"],
        client_secret=content["client_secret"],
    )


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Credentials]] = {
    "service_account": _service_account,
    "authorized_user": _person,
}
