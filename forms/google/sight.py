"""Which accounts see which registered sheets: people share each of these by itself, and perhaps not with all."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from campaign.ports import ChangedForm, Changes, FormError
from forms.google import drive
from forms.google.accounts import Accounts
from forms.google.client import Client
from forms.google.pace import Now

log = logging.getLogger(__name__)

_KNOWN_FOR = timedelta(minutes=10)
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class Sight:
    """What some accounts see of the registered sheets, asked anew after ten minutes. For one thread at a time."""

    def __init__(self, accounts: Accounts, now: Now) -> None:
        self._accounts, self._now = accounts, now
        self._seen: dict[Client, frozenset[str]] = {}
        self._known_until = _NEVER

    def forget(self) -> None:
        """Ask anew next time, for a sheet was registered; any thread may say so."""
        self._known_until = _NEVER

    def beyond(self, lister: Client) -> Changes:
        """The registered sheets that are hidden from one account and that another one sees, whenever they changed."""
        others = [each for each in self._accounts.clients if each is not lister]
        if not others:
            return Changes()
        is_known, until = self._now() < self._known_until, self._now() + _KNOWN_FOR
        if not is_known:
            self._look(lister)
        covered, found = self._seen[lister], list[Changes]()
        for client in others:
            if not is_known or self._seen[client] - covered:
                found.append(_without(self._look(client), covered))
                covered |= self._seen[client]
        self._known_until = self._known_until if is_known else until
        return Changes(
            tuple(form for each in found for form in each.forms),
            in_bin=frozenset(file_id for each in found for file_id in each.in_bin),
        )

    def _look(self, client: Client) -> Changes:
        """What the account sees; nothing where Google refuses it, which is in nobody else's way."""
        try:
            with self._accounts.lend(client):
                told = drive.registered(client)
        except FormError as error:
            if error.retry:
                raise
            log.warning("An account cannot list the registered sheets that it sees (%s).", error)
            told = Changes()
        self._seen[client] = frozenset(_ids(told))
        return told


def _ids(told: Changes) -> Iterator[str]:
    yield from (form.file_id for form in told.forms)
    yield from told.in_bin


def _without(told: Changes, covered: frozenset[str]) -> Changes:
    forms: tuple[ChangedForm, ...] = tuple(form for form in told.forms if form.file_id not in covered)
    return Changes(forms, in_bin=told.in_bin - covered)
