"""gspread's HTTP client as we need it: an exchangeable address, quotas, bounds, errors that say whether to repeat."""

import json as json_format
import re
from collections.abc import Callable, Mapping
from typing import Any

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, TransportError
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from requests import RequestException, Response

from campaign.ports import FormError

TIMEOUTS = (5, 30)  # seconds to connect, seconds between two bytes of the answer
LARGEST_ANSWER = 32 * 2**20
"""In bytes: a hundred times that of a form. People can paste millions of cells into a sheet."""
_GOOGLE = re.compile(r"https://(?:sheets|www)\.googleapis\.com")

# What stumbles over an answer that a proxy gives, or that breaks off.
_NOT_GOOGLES = (ValueError, TypeError, LookupError, RuntimeError)

_STORAGE = frozenset({"storageQuotaExceeded", "teamDriveFileLimitExceeded"})
_QUOTA = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded", "dailyLimitExceeded"})

_PROTECTED = "You are trying to edit a protected cell"
"""How the refusal begins for an account that a protected range keeps out: Sheets gives it no reason of its own."""

_NO_ACCOUNT = "invalidSharingRequest"
"""Said of an e-mail address without a Google account, to which Google has to write before it can be shared with."""


class Client(HTTPClient):
    """Speaks to the Sheets and Drive APIs, at Google's addresses or below `base_url`. Raises only FormError.

    For one thread at a time. `wait_for` is called with the method and the address of each request before it goes out.
    """

    def __init__(self, credentials: Credentials, base_url: str | None, wait_for: Callable[[str, str], None]) -> None:
        super().__init__(credentials)
        self.set_timeout(TIMEOUTS)
        self.session.stream = True  # so that the size is known before the whole answer is in memory
        self._base_url = base_url
        self._wait_for = wait_for

    def ask(
        self,
        method: str,
        address: str,
        params: Mapping[str, str | int] | None = None,
        json: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Send one request, once, since only the caller knows what may be repeated; the answer is its JSON."""
        self._wait_for(method, address)
        try:
            answer = self.request(method, self._address(address), params=dict(params or {}), json=json)
            return _told(_content(answer))
        except APIError as error:
            raise _refused(error) from error
        except (RequestException, TransportError, *_NOT_GOOGLES) as error:
            raise FormError("unavailable", retry=True, detail=type(error).__name__) from error
        except GoogleAuthError as error:
            raise _no_token(error) from error

    def _address(self, address: str) -> str:
        return _GOOGLE.sub(self._base_url, address) if self._base_url else address


def _content(answer: Response) -> bytes:
    content = bytearray()
    with answer:
        for part in answer.iter_content(2**16):
            content += part
            if len(content) > LARGEST_ANSWER:
                raise FormError("too_large", retry=False, detail=f"more than {LARGEST_ANSWER} bytes")
    return bytes(content)


def _told(content: bytes) -> dict[str, Any]:
    told = json_format.loads(content)
    if not isinstance(told, dict) or "error" in told:
        raise TypeError
    return told


def _no_token(error: GoogleAuthError) -> FormError:
    reason = "unavailable" if error.retryable else "credentials"
    return FormError(reason, retry=error.retryable, detail=str(error.args[0]))


def _refused(error: APIError) -> FormError:
    """The status alone does not tell: Drive answers 403 for a full store, for haste and for a missing right."""
    detail = str(error.error.get("message", ""))
    status = error.response.status_code
    reasons = {str(each.get("reason")) for each in error.error.get("errors", ())}
    if reasons & _STORAGE:
        return FormError("storage", retry=False, detail=detail)
    if status == 429 or reasons & _QUOTA:  # noqa: PLR2004 - too many requests
        return FormError("quota", retry=True, detail=detail)
    if status >= 500 or error.code < 0:  # noqa: PLR2004 - Google's own trouble, or gspread's sign for a proxy's answer
        return FormError("unavailable", retry=True, detail=detail)
    if _NO_ACCOUNT in reasons:
        return FormError("no_account", retry=False, detail=detail)
    if _PROTECTED in detail:
        return FormError("protected", retry=False, detail=detail)
    return FormError(_BY_STATUS.get(status, "forbidden"), retry=False, detail=detail)


_BY_STATUS = {400: "unexpected", 401: "credentials", 404: "deleted"}
