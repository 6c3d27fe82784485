"""The clocks: the wall's, and for rehearsals the sandbox's, read over HTTP."""

import asyncio
from datetime import UTC, datetime

import httpx

from app.settings import BadSettingsError, Settings
from campaign.ports import Clock
from words import Text


class SystemClock:
    """The clock of a real installation: the one door to the wall's time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the door

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)  # noqa: TID251 - this is the door


class RehearsalClock:
    """A sandbox's clock: it says what time it is there."""

    def __init__(self, url: str) -> None:
        self._url = url

    def now(self) -> datetime:
        """The present instant of the sandbox, in UTC. Raises BadSettingsError where it does not answer."""
        try:
            return datetime.fromisoformat(httpx.get(self._url).raise_for_status().json()["now"])
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise BadSettingsError(Text("app.no_rehearsal_clock", url=self._url)) from error

    async def sleep(self, seconds: float) -> None:
        """Wait; a sandbox that is played runs as fast as the wall's clock."""
        await asyncio.sleep(seconds)  # noqa: TID251 - this is the door


def clock_of(settings: Settings) -> Clock:
    """The clock that the settings name; the wall's unless a rehearsal is set."""
    return RehearsalClock(settings.rehearsal_clock_url) if settings.rehearsal_clock_url else SystemClock()
