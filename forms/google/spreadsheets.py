"""The forms of a campaign as Google Sheets: the port `campaign.ports.Forms`, over the network."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_exponential

from campaign.ports import Changes, FolderFile, FormError, FormNotes, FormOrder, FormReading, IssuedForm, Pace
from forms.google import drive, rights
from forms.google.accounts import Accounts, open_accounts
from forms.google.annotate import annotate
from forms.google.client import Client
from forms.google.issue import Issuer
from forms.google.links import file_id_in
from forms.google.pace import Now, Sleep, pace_of
from forms.google.read import read
from forms.google.rights import Sharing
from forms.google.sight import Sight
from scoring import Regulation

# After 2 and 4 seconds: enough for what goes wrong now and then. People wait for a call, so longer trouble is the
# caller's to come back to; the quotas, which last a minute, are kept beforehand.
_ATTEMPTS, _FIRST_WAIT = 3, 2
_LONGEST = 20
"""Seconds by the wall's clock after which no further attempt is made: a silent service takes long to fail."""
_KNOWN_FOR = timedelta(minutes=10)
_NOT_MINE = ("protected", "forbidden", "deleted")
"""What an account is told that may not do something with a file, though another one may; what tells most comes first.

To whom a file is forbidden it is there; Drive calls it deleted before those who may not see it."""

_T = TypeVar("_T")


class GoogleForms:
    """The forms that some accounts work on, from one folder, or in sheets that people registered.

    Calls may come from as many threads as there are accounts. Each is harmless to repeat, so it is repeated whole where
    that can help, by whatever account is free then, and waits with `sleep` (seconds); that a form is gone or may not be
    touched is believed when every account was told so. Requests, beside those of Drive: issuing one write, reading one
    read (up to three where a copy of the form may have been filled in instead), annotating one write, another one to
    untick, and once for an account that is new to the form two writes and a read more. Listing changes takes two or
    three requests of Drive, or more from 1,000 files on, and one more for each further account that is needed to see a
    registered sheet, every ten minutes for each; listing a folder two or three; locking three, with two more for each
    item whose writers it changes, and one for each writer.
    """

    def __init__(self, accounts: Accounts, folder_id: str | None, sharing: Sharing, now: Now, sleep: Sleep) -> None:
        self._accounts = accounts
        self._folder_id = folder_id
        self._sharing = sharing
        self._now = now
        self._sight = Sight(accounts, now)
        self._office: tuple[datetime, frozenset[str]] | None = None
        self._patiently = Retrying(
            retry=retry_if_exception(self._can_help),
            wait=wait_exponential(multiplier=_FIRST_WAIT),
            stop=stop_after_attempt(_ATTEMPTS) | stop_after_delay(_LONGEST),
            sleep=sleep,
            reraise=True,
        )

    @property
    def pace(self) -> Pace:
        """How fast the accounts may work."""
        return pace_of(self._accounts.number)

    def issue(self, order: FormOrder) -> IssuedForm:
        """Make, fill and share the form of `order.key`; what an earlier call has done stays as it is."""
        issuer = Issuer(self._folder_id, self._sharing, self._patiently(self._accounts.addresses), self._now)
        issued = self._with_account(issuer.issue, order)
        if order.file_id:
            self._sight.forget()
        return issued

    def changes(self, since: datetime | None) -> Changes:
        """List what changed at or after `since` (all for None), oldest change first.

        A registered sheet that only some accounts see is told whenever it changed: it may have come into sight later.
        """
        lister, found = self._listed(lambda client: (client, drive.changes(client, since)))
        besides = self._patiently(self._sight.beyond, lister)
        forms = sorted((*found.forms, *besides.forms), key=lambda form: form.at)
        return replace(found, forms=tuple(forms), in_bin=found.in_bin | besides.in_bin)

    def folder_files(self, folder_id: str) -> tuple[FolderFile, ...]:
        """List every file in a unit's folder and the folders in it, however it came there."""
        return self._listed(drive.folder_files, folder_id)

    def read(self, file_id: str, key: str, regulation: Regulation, group: str) -> FormReading:
        """Read the form that was issued under `key`."""
        return self._with_account(read, file_id, key, regulation, group)

    def annotate(self, file_id: str, notes: FormNotes, reading: FormReading, *, untick: bool) -> None:
        """Write the notes, and only what the office writes, into the form as it was read just now.

        An account that came after the form was made is kept out by its protection, until one that is not lets it in.
        """
        ours = self._patiently(self._accounts.addresses)
        kept_out: list[Client] = []

        def write(client: Client) -> None:
            try:
                annotate(client, file_id, notes, reading, untick)
            except FormError as error:
                kept_out.extend([client] if error.reason == "protected" else [])
                raise
            if kept_out:
                rights.let_in(client, file_id, ours)

        self._with_account(write)

    def lock(self, file_id: str) -> None:
        """Take the right to write away from everybody but the office: the writers of the folder of all forms.

        Raises FormError (forbidden) where somebody keeps it, such as the owner of a sheet that was registered.
        """
        self._with_account(rights.lock, file_id, self._known_office())

    def unlock(self, file_id: str) -> None:
        """Give back what `lock` took."""
        self._with_account(rights.unlock, file_id)

    def file_id_in(self, link: str) -> str | None:
        """The id of the sheet that a link leads to; None for a link to something else."""
        return file_id_in(link)

    def _with_account(self, work: Callable[..., _T], *arguments: object) -> _T:
        return self._patiently(lambda: self._once(work, *arguments))

    def _once(self, work: Callable[..., _T], *arguments: object) -> _T:
        """One attempt, which goes through the accounts where one may not see the file."""
        refused: list[Client] = []
        told: list[FormError] = []
        while len(refused) < self._accounts.number:
            with self._accounts.lease(but=refused) as client:
                try:
                    return work(client, *arguments)
                except FormError as error:
                    if error.reason not in _NOT_MINE:
                        raise
                    refused.append(client)
                    told.append(error)
        raise min(told, key=lambda error: _NOT_MINE.index(error.reason))

    def _listed(self, work: Callable[..., _T], *arguments: object) -> _T:
        """List by an account that sees the folder: to any other one Drive lists nothing, as if nothing were there."""

        def seeing(client: Client) -> _T:
            if self._folder_id:
                drive.check_seen(client, self._folder_id)
            return work(client, *arguments)

        return self._with_account(seeing)

    def _known_office(self) -> frozenset[str]:
        """Who the office is, asked again after ten minutes."""
        if self._office is None or self._now() >= self._office[0]:
            ours = self._patiently(self._accounts.addresses)
            office = self._with_account(rights.office_of, self._folder_id, ours)
            self._office = self._now() + _KNOWN_FOR, office
        return self._office[1]

    def _can_help(self, error: BaseException) -> bool:
        """Whether trying again can: later, or with another account where this one was refused."""
        return isinstance(error, FormError) and (
            error.retry or (error.reason == "credentials" and self._accounts.has_fresh())
        )


def connect(
    credentials_files: Sequence[Path],
    base_url: str | None,
    folder_id: str | None,
    sharing: Sharing,
    now: Now,
    sleep: Sleep,
) -> GoogleForms:
    """Return the forms of the accounts in the files, without asking the network yet; raises CredentialsProblem.

    `base_url` stands in for Google's addresses, None for the real ones. New forms are made in the folder, which may
    be in a Shared Drive, and shared with whoever has the link or with the e-mail addresses of the order; without a
    folder only registered sheets can be used. `now` and `sleep` are the one clock by which quotas are kept.
    """
    return GoogleForms(open_accounts(credentials_files, base_url, now, sleep), folder_id, sharing, now, sleep)
