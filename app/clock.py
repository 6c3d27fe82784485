"""The clock: the one door to the wall's time."""

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """The clock of a real installation."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the door

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)  # noqa: TID251 - this is the door
