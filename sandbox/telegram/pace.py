"""Telegram's limits on sending: 30 messages a second for a bot, 1 a second to a person, 20 a minute to a group.

Telegram tolerates short bursts without saying how long: here a person's chat takes 5 messages at once before
the one a second begins to count, a bot and a group their whole allowance. Only new messages count. Time is
the sandbox's, so under a frozen clock nothing more goes out until somebody moves it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.store import Store
from sandbox.telegram.errors import too_many_requests

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """One message per `interval` in the long run, `burst` at once."""

    interval: timedelta
    burst: int


BOT = Limit(SECOND / 30, 30)
PERSON = Limit(SECOND, 5)
GROUP = Limit(SECOND * 3, 20)


def count(store: Store, now: datetime, bot: int, chat: int) -> None:
    """Count one message to a chat; Refusal 429 with `retry_after` where it is one too many."""
    _count_against(store, now, PERSON if chat > 0 else GROUP, f"{bot}.{chat}")
    _count_against(store, now, BOT, str(bot))


def _count_against(store: Store, now: datetime, limit: Limit, key: str) -> None:
    # The only thing kept is when the messages so far would be done at the even pace.
    kept = store.get("pace", key)
    done = now if kept is None else max(now, datetime.fromisoformat(kept["done"]))
    wait = done - now - limit.interval * (limit.burst - 1)
    if wait > timedelta():
        raise too_many_requests(-(-wait // SECOND))
    store.put("pace", key, {"done": (done + limit.interval).isoformat()})
