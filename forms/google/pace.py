"""How fast Google may be asked: its quotas as buckets that fill up evenly, and the waiting until there is a token."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from threading import Lock
from urllib.parse import urlsplit

from campaign.ports import Pace

Now = Callable[[], datetime]
"""The one clock: the present instant, aware."""
Sleep = Callable[[float], None]
"""Lets so many seconds of the one clock pass."""

_A_MINUTE = timedelta(minutes=1)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Kind(Enum):
    """What Google counts apart."""

    READ = "read"
    WRITE = "write"
    DRIVE = "drive"


# Requests a minute, and how many of them may come at once. Google's minutes begin when Google likes: the two together
# stay within 60 for an account and 300 for a project (12,000 for Drive) whenever that is.
_OF_ACCOUNT, _OF_PROJECT, _OF_DRIVE = (50, 10), (250, 50), (10_000, 1_000)


def pace_of(accounts: int) -> Pace:
    """How fast so many accounts may work. A form takes one write of Sheets and no read, unless it is made again."""
    return Pace(forms_a_minute=min(accounts * _OF_ACCOUNT[0], _OF_PROJECT[0]), at_once=accounts)


def kind_of(method: str, address: str) -> Kind:
    """What a request counts as; looking something up with a body is reading too."""
    path = urlsplit(address).path
    if path.startswith("/drive/"):
        return Kind.DRIVE
    return Kind.READ if method.upper() == "GET" or path.endswith(":getByDataFilter") else Kind.WRITE


class Bucket:
    """So many requests a minute, of which some may come at once. For one thread at a time."""

    def __init__(self, a_minute: int, at_once: int) -> None:
        self._every = _A_MINUTE / a_minute
        self._ahead = self._every * (at_once - 1)
        self._full = _LONG_AGO  # when nothing will be missing

    def free_at(self, now: datetime) -> datetime:
        """When the next request may go out; within a minute, even if the clock was set back."""
        return max(now, min(self._full - self._ahead, now + _A_MINUTE))

    def take(self, at: datetime) -> None:
        """Count a request that goes out then."""
        self._full = min(max(self._full, at), at + self._ahead) + self._every


class Project:
    """The quotas that all accounts share."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.buckets = {
            Kind.READ: Bucket(*_OF_PROJECT),
            Kind.WRITE: Bucket(*_OF_PROJECT),
            Kind.DRIVE: Bucket(*_OF_DRIVE),
        }


class Meter:
    """The quotas of one account, within those of its project. Safe to use from several threads."""

    def __init__(self, project: Project, now: Now, sleep: Sleep) -> None:
        self._project, self._now, self._sleep = project, now, sleep
        self._own = {Kind.READ: Bucket(*_OF_ACCOUNT), Kind.WRITE: Bucket(*_OF_ACCOUNT)}

    def wait_for(self, method: str, address: str) -> None:
        """Take a token for the request, and sleep until it holds."""
        kind = kind_of(method, address)
        with self._project.lock:
            buckets = [bucket for held in (self._project.buckets, self._own) if (bucket := held.get(kind))]
            now = self._now()
            at = max(bucket.free_at(now) for bucket in buckets)
            for bucket in buckets:
                bucket.take(at)
        if at > now:
            self._sleep((at - now).total_seconds())

    def free_at(self) -> datetime:
        """When the account can read and write again."""
        with self._project.lock:
            now = self._now()
            return max(bucket.free_at(now) for bucket in self._own.values())
