"""Webhooks: updates are posted to the bot's address one after another, and again where that failed."""

import asyncio
from typing import Any

import httpx

from sandbox.clock import Clock
from sandbox.store import Store
from sandbox.telegram.bots import Bot, everyone

Object = dict[str, Any]

PATIENCE = 10  # seconds of real time that the bot has to answer
PAUSE = 1  # second of real time before the next attempt


class Hooks:
    """One delivery a bot at a time, in the background of the server's own loop."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._deliveries: dict[int, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Go on with what an earlier process left."""
        for bot in everyone(self._store):
            self.ring(bot)

    def ring(self, bot: Bot) -> None:
        """There may be something to deliver; call it from the server's loop."""
        running = self._deliveries.get(bot.id)
        if hook_of(self._store, bot) is not None and (running is None or running.done()):
            self._deliveries[bot.id] = asyncio.get_running_loop().create_task(self._deliver(bot))

    async def close(self) -> None:
        """Stop delivering."""
        for task in self._deliveries.values():
            task.cancel()
        await asyncio.gather(*self._deliveries.values(), return_exceptions=True)

    async def _deliver(self, bot: Bot) -> None:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            while (hook := hook_of(self._store, bot)) and (waiting := self._store.all(queue(bot))):
                number, document = waiting[0]
                flaw = await _post(client, hook, document["update"])
                if flaw is None:
                    self._store.delete(queue(bot), number)
                else:
                    self._note(bot, hook, flaw)
                    await asyncio.wait({asyncio.get_running_loop().create_future()}, timeout=PAUSE)

    def _note(self, bot: Bot, hook: Object, flaw: str) -> None:
        if hook_of(self._store, bot) == hook:
            date = int(self._clock.now().timestamp())
            noted = {**hook, "last_error_date": date, "last_error_message": flaw}
            self._store.put("webhook", str(bot.id), noted)


async def _post(client: httpx.AsyncClient, hook: Object, update: Object) -> str | None:
    """Why the bot did not take the update; None where it did."""
    secret = {"X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]} if hook["secret_token"] else {}
    try:
        answer = await client.post(hook["url"], json=update, headers=secret)
    except httpx.HTTPError as error:
        return f"Connection failed: {type(error).__name__}"
    if answer.is_success:
        return None
    return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"


def hook_of(store: Store, bot: Bot) -> Object | None:
    """The webhook that the bot has set."""
    return store.get("webhook", str(bot.id))


def queue(bot: Bot) -> str:
    """The kind under which the bot's updates wait in the store."""
    return f"update {bot.id}"
