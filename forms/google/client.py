"""gspread's HTTP client as we need it: an exchangeable address, timeouts, and errors that say whether to repeat."""

import re
from typing import Any

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, TransportError
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from requests import RequestException, Response

from campaign.ports import FormError

TIMEOUTS = (10, 60)  # seconds to connect, seconds between two bytes of the answer
_GOOGLE = re.compile(r"https://(?:sheets|www)\.googleapis\.com")

_STORAGE = frozenset({"storageQuotaExceeded", "teamDriveFileLimitExceeded"})
_QUOTA = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded", "dailyLimitExceeded"})


class Client(HTTPClient):
    """Speaks to the Sheets and Drive APIs, at Google's addresses or below `base_url`. Raises only FormError."""

    def __init__(self, credentials: Credentials, base_url: str | None) -> None:
        super().__init__(credentials)
        self.set_timeout(TIMEOUTS)
        self._base_url = base_url

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - gspread's
        """Send one request, once: the caller knows what may be repeated."""
        try:
            return super().request(method, self._address(endpoint), *args, **kwargs)
        except APIError as error:
            raise _refused(error) from error
        except (RequestException, TransportError) as error:
            raise FormError("unavailable", retry=True, detail=type(error).__name__) from error
        except GoogleAuthError as error:
            raise _no_token(error) from error

    def _address(self, endpoint: str) -> str:
        return _GOOGLE.sub(self._base_url, endpoint) if self._base_url else endpoint


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
    if status >= 500:  # noqa: PLR2004 - Google's own trouble
        return FormError("unavailable", retry=True, detail=detail)
    return FormError(_BY_STATUS.get(status, "forbidden"), retry=False, detail=detail)


_BY_STATUS = {401: "credentials", 404: "deleted"}
