"""The forms of a campaign as Google Sheets: the port `campaign.ports.Forms`, over the network."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from gspread.urls import SPREADSHEET_URL
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from campaign.ports import ChangedForm, FormError, FormOrder, FormReading, IssuedForm
from forms.google import drive
from forms.google.client import Client
from forms.google.credentials import load_credentials
from forms.google.drive import Sharing
from forms.google.read import read
from forms.google.write import MARK, requests
from forms.layout import lay_out
from scoring import Regulation

# 2, 4, 8, 16, 32 seconds: longer together than the minute by which Google counts requests.
_ATTEMPTS, _LONGEST_WAIT = 6, 32


class GoogleForms:
    """One account's forms in one folder.

    Every call is harmless to repeat, so it is repeated whole where that can help, and waits with `sleep` (seconds).
    Issuing takes five requests (one read and one write of Sheets, three of Drive), and one more for each further
    e-mail address; reading takes one; locking two, and one for each right that is taken away.
    """

    def __init__(self, client: Client, folder_id: str, sharing: Sharing, sleep: Callable[[float], None]) -> None:
        self._client = client
        self._folder_id = folder_id
        self._sharing = sharing
        self._patiently = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, FormError) and error.retry),
            wait=wait_exponential(multiplier=2, max=_LONGEST_WAIT),
            stop=stop_after_attempt(_ATTEMPTS),
            sleep=sleep,
            reraise=True,
        )

    def issue(self, order: FormOrder) -> IssuedForm:
        """Make, fill and share the form of `order.key`; what an earlier call has done stays as it is."""
        return self._patiently(self._issue, order)

    def changed(self, since: datetime | None) -> Sequence[ChangedForm]:
        """List the forms changed at or after `since` (all for None), oldest change first."""
        return self._patiently(drive.changed, self._client, since)

    def in_bin(self) -> Sequence[str]:
        """List the forms that somebody put into the bin."""
        return self._patiently(drive.in_bin, self._client)

    def read(self, file_id: str, regulation: Regulation, group: str) -> FormReading:
        """Read the answers of one form."""
        return self._patiently(read, self._client, file_id, regulation, group)

    def lock(self, file_id: str) -> None:
        """Take the right to write away from everybody the form was shared with."""
        self._patiently(drive.lock, self._client, file_id, self._folder_id)

    def _issue(self, order: FormOrder) -> IssuedForm:
        sheet = lay_out(order)
        file_id = drive.find(self._client, order.key)
        if file_id is None:
            file_id = drive.create(self._client, order.key, sheet.name, self._folder_id)
        params = {"fields": "spreadsheetUrl,sheets.protectedRanges.description"}
        spreadsheet = self._client.request("get", SPREADSHEET_URL % file_id, params=params).json()
        # The form is filled in one request that also protects it: protected means filled, perhaps by people already.
        if MARK not in _protections(spreadsheet):
            self._client.batch_update(file_id, {"requests": requests(sheet)})
        drive.share(self._client, file_id, self._sharing, order.share_with)
        return IssuedForm(file_id, str(spreadsheet["spreadsheetUrl"]))


def connect(
    credentials_file: Path, base_url: str | None, folder_id: str, sharing: Sharing, sleep: Callable[[float], None]
) -> GoogleForms:
    """Return the forms of the account in the file, without asking the network yet; raises CredentialsProblem.

    `base_url` stands in for Google's addresses, None for the real ones. New forms are made in the folder, which may
    be in a shared drive, and shared with whoever has the link or with the e-mail addresses of the order.
    """
    return GoogleForms(Client(load_credentials(credentials_file), base_url), folder_id, sharing, sleep)


def _protections(spreadsheet: dict[str, list[dict[str, list[dict[str, str]]]]]) -> set[str | None]:
    sheets = spreadsheet.get("sheets", [])
    return {each.get("description") for sheet in sheets for each in sheet.get("protectedRanges", [])}
