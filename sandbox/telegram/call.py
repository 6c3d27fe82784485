"""What a method works with: the service, the bot that calls, and the service's date."""

from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.store import Store
from sandbox.telegram.bots import Bot
from sandbox.telegram.hooks import Hooks
from sandbox.telegram.polls import Polls


@dataclass(frozen=True, slots=True)
class Service:
    """The sandbox's Telegram: what it remembers, its time, and the bots that wait for updates."""

    store: Store
    clock: Clock
    polls: Polls
    hooks: Hooks

    def date(self) -> int:
        """Now, as Telegram writes dates: whole seconds since 1970."""
        return int(self.clock.now().timestamp())


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one method by one bot."""

    service: Service
    bot: Bot
    method: str

    @property
    def store(self) -> Store:
        """The service's store, which nearly every method needs."""
        return self.service.store
