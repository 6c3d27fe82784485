"""The accounts that the forms are made and read by: each is lent to one thread at a time, so their quotas add up."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Condition

from campaign.ports import FormError
from forms.google.client import Client
from forms.google.credentials import address_in, load_credentials
from forms.google.drive import own_address
from forms.google.pace import Meter, Now, Project, Sleep

_REST = timedelta(minutes=10)


@dataclass(eq=False, slots=True)
class Account:
    """One account, its quotas, its e-mail address (None until it was asked), and until when it is left alone, if so."""

    client: Client
    meter: Meter
    address: str | None
    rests_until: datetime | None = None

    def rests(self, now: datetime) -> bool:
        """Whether Google refused its credentials lately."""
        return self.rests_until is not None and now < self.rests_until


def open_accounts(files: Sequence[Path], base_url: str | None, now: Now, sleep: Sleep) -> "Accounts":
    """The accounts of the credentials files, in one project; raises CredentialsProblem. Asks nobody yet."""
    project = Project()
    opened = []
    for file in files:
        credentials, meter = load_credentials(file), Meter(project, now, sleep)
        opened.append(Account(Client(credentials, base_url, meter.wait_for), meter, address_in(credentials)))
    return Accounts(opened, now)


class Accounts:
    """Accounts to borrow; `number` is how many there are, `clients` which, to be told apart and not to be used."""

    def __init__(self, accounts: Sequence[Account], now: Now) -> None:
        self._all, self._idle = tuple(accounts), list(accounts)
        self.clients = tuple(each.client for each in accounts)
        self.number = len(accounts)
        self._now = now
        self._returned = Condition()

    @contextmanager
    def lease(self, but: Collection[Client] = ()) -> Iterator[Client]:
        """Lend the account that is free soonest, none of `but`; wait where all are lent.

        One whose credentials Google refuses comes last for ten minutes, so that the others carry on.
        """
        account = self._take([each for each in self._all if each.client not in but])
        try:
            yield account.client
        except FormError as error:
            if error.reason == "credentials":
                account.rests_until = self._now() + _REST
            raise
        finally:
            self._give_back(account)

    def lend(self, client: Client) -> AbstractContextManager[Client]:
        """Lend this very account, once nobody has it."""
        return self.lease(but=[each for each in self.clients if each is not client])

    def has_fresh(self) -> bool:
        """Whether there is an account that Google has not refused lately."""
        return any(not each.rests(self._now()) for each in self._all)

    def addresses(self) -> tuple[str, ...]:
        """The accounts' e-mail addresses; a person's, which no file tells, costs one query of Drive, once."""
        for account in self._all:
            if account.address is None:
                taken = self._take([account])
                try:
                    account.address = own_address(taken.client)
                finally:
                    self._give_back(taken)
        return tuple(each.address or "" for each in self._all)

    def _take(self, among: Sequence[Account]) -> Account:
        with self._returned:
            while not (found := [each for each in among if each in self._idle]):
                self._returned.wait()
            now = self._now()
            best = min(found, key=lambda each: (each.rests(now), each.meter.free_at()))
            self._idle.remove(best)
            return best

    def _give_back(self, account: Account) -> None:
        with self._returned:
            self._idle.append(account)
            self._returned.notify_all()
