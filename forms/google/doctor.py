"""Whether each account can do what the forms need, tried out on a form of its own that is thrown away again."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from campaign.ports import FormError
from forms.google import drive, rights
from forms.google.client import Client
from forms.google.credentials import CredentialsProblem, load_credentials
from forms.google.drive import FOLDER, SPREADSHEET, Item
from forms.google.rights import Sharing
from forms.google.tabs import read_tabs
from words import Text

_TRIAL = "Xephang doctor"
_NO_SHEET = "xephang-doctor-asks-whether-sheets-answers"  # the id of a spreadsheet that is not there


class Check(NamedTuple):
    """What was tried, whether it went well, and what it means or how to mend it."""

    id: str
    ok: bool
    hint: Text


def checks(
    credentials_files: Sequence[Path], base_url: str | None, folder_id: str | None, sharing: Sharing
) -> list[Check]:
    """Try, for every account, each right that forms need; what depends on a failure is left out.

    That is: the credentials file, signing in, the folder, making a folder and a sheet in it, writing and reading the
    sheet, listing, sharing as set (by e-mail: with the account itself), changing rights, the bin; from the second
    account on also opening what the first one made. Without a folder, whether signing in and the Sheets API work.
    Checks are called `google.<what>`, with several accounts `google.<number of the file>.<what>`.
    """
    trials = [
        _Trial(f"google.{number}" if len(credentials_files) > 1 else "google", sharing)
        for number, _ in enumerate(credentials_files, start=1)
    ]
    for trial, file in zip(trials, credentials_files, strict=True):
        client = trial.sign_in(file, base_url)
        if client and folder_id:
            trial.work(client, folder_id, trials[0].sheet)
        elif client:
            trial.attempt("sheets", _reach_sheets, client)
    for trial in trials:
        trial.clean_up()
    return [check for trial in trials for check in trial.checks]


class _Trial:
    """What is tried with one account, and what it made."""

    def __init__(self, name: str, sharing: Sharing) -> None:
        self._name, self._sharing = name, sharing
        self._address = ""
        self._made: tuple[Client, Item] | None = None
        self._rights: list[str] = []
        self.sheet: Item | None = None
        self.checks: list[Check] = []

    def sign_in(self, file: Path, base_url: str | None) -> Client | None:
        """The account of the file, None where Google does not let it in."""
        try:
            client = Client(load_credentials(file), base_url, at_once)
        except CredentialsProblem as problem:
            self._tell("credentials", problem.text, ok=False)
            return None
        self._tell("credentials", Text("forms.checked_credentials"))
        return client if self.attempt("token", self._ask_who, client) else None

    def work(self, client: Client, folder_id: str, other: Item | None) -> None:
        """Do in the folder what forms will do; `other` is a sheet that another account made there."""
        if not self.attempt("folder", drive.check_folder, client, folder_id):
            return
        if other:
            self.attempt("open", read_tabs, client, other.id)
        if not self.attempt("create", self._make, client, folder_id) or not self._made or not self.sheet:
            return
        folder, sheet = self._made[1], self.sheet
        self.attempt("sheets", _write, client, sheet.id)
        self.attempt("read", read_tabs, client, sheet.id)
        self.attempt("list", drive.find, client, SPREADSHEET, self._key, folder.id)
        if self.attempt("share", self._share, client, folder.id):
            self.attempt("lock", self._take_back, client, folder.id)

    def clean_up(self) -> None:
        """Put into the bin what was made."""
        if self._made:
            client, folder = self._made
            self.attempt("delete", drive.throw_away, client, folder.id)

    def attempt(self, what: str, work: Callable[..., object], *arguments: object) -> bool:
        """Do it and tell how it went."""
        try:
            work(*arguments)
        except FormError as error:
            special = f"{self._worded(what)}_{error.reason}"
            reason = special if special in _MENDED_APART else error.reason
            self._tell(what, Text(f"forms.mend_{reason}", detail=error.detail), ok=False)
            return False
        self._tell(what, Text(f"forms.checked_{self._worded(what)}", account=self._address))
        return True

    def _worded(self, what: str) -> str:
        return _SHARED[self._sharing] if what == "share" else what

    def _tell(self, what: str, hint: Text, *, ok: bool = True) -> None:
        self.checks.append(Check(f"{self._name}.{what}", ok, hint))

    @property
    def _key(self) -> str:
        return f"doctor {self._address}"

    def _ask_who(self, client: Client) -> None:
        self._address = drive.own_address(client)

    def _make(self, client: Client, folder_id: str) -> None:
        """A folder with a sheet; what a doctor left behind that was killed is taken up again."""
        folder = drive.find(client, FOLDER, self._key, folder_id)
        folder = folder or drive.create(client, FOLDER, self._key, _TRIAL, folder_id)
        self._made = client, folder
        sheet = drive.find(client, SPREADSHEET, self._key, folder.id)
        self.sheet = sheet or drive.create(client, SPREADSHEET, self._key, _TRIAL, folder.id)

    def _share(self, client: Client, folder_id: str) -> None:
        """Nobody else is bothered: by e-mail it is shared with the account itself, unless it owns the folder."""
        known = drive.permissions(client, folder_id) if self._sharing == "email" else []
        if not any(each["role"] == "owner" and each.get("emailAddress") == self._address for each in known):
            self._rights = rights.share(client, folder_id, self._sharing, (self._address,))

    def _take_back(self, client: Client, folder_id: str) -> None:
        for each in self._rights:
            rights.change(client, folder_id, each, "reader")


def at_once(method: str, address: str) -> None:
    """A few requests need not wait for quotas."""


def _reach_sheets(client: Client) -> None:
    """A sheet that is not there is not found, unless the API is switched off."""
    try:
        client.ask("get", SPREADSHEET_URL % _NO_SHEET, {"fields": "spreadsheetId"})
    except FormError as error:
        if error.reason != "deleted":
            raise


def _write(client: Client, file_id: str) -> None:
    zone = {"properties": {"timeZone": "Asia/Ho_Chi_Minh"}, "fields": "timeZone"}
    body = {"requests": [{"updateSpreadsheetProperties": zone}]}
    client.ask("post", SPREADSHEET_BATCH_UPDATE_URL % file_id, {"fields": "spreadsheetId"}, body)


_SHARED: dict[Sharing, str] = {"link": "share_link", "email": "share_email"}

_MENDED_APART = frozenset(
    {
        "share_link_forbidden",
        "share_email_forbidden",
        "lock_forbidden",
        "delete_forbidden",
        "open_deleted",
        "open_forbidden",
    }
)
"""What cannot be done, and why, where the remedy is another one than for the same reason elsewhere."""
