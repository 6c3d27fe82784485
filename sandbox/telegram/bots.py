"""The bots of the sandbox and their tokens."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.store import Store

TOKEN = re.compile(r"[1-9][0-9]{4,15}:[A-Za-z0-9_-]{35}")


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot account; its id is the number before the colon of its token."""

    token: str
    username: str
    first_name: str

    @property
    def id(self) -> int:
        """The user id of the bot."""
        return int(self.token.partition(":")[0])

    def user(self) -> dict[str, Any]:
        """The bot as a User object."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


# The bot that every new sandbox has.
FIRST = Bot("7000000001:AAF-xephang-sandbox-token-012345678", "xephang_sandbox_bot", "Xếp hạng")


def register(store: Store, bot: Bot) -> None:
    """Add a bot; a new token of a bot that is there already replaces the old one, as BotFather does."""
    for token, _ in store.all("bot"):
        if token.partition(":")[0] == str(bot.id) and token != bot.token:
            store.delete("bot", token)
    store.put("bot", bot.token, asdict(bot))


def by_token(store: Store, token: str) -> Bot | None:
    """The bot that owns a token."""
    document = store.get("bot", token)
    return None if document is None else Bot(**document)


def everyone(store: Store) -> list[Bot]:
    """All bots, in the order in which they came."""
    return [Bot(**document) for _, document in store.all("bot")]
