"""Updates: kept until the bot confirms them or 24 hours of the sandbox's time have passed."""

from typing import Annotated, Any

from pydantic import Field

from sandbox.telegram.bots import Bot
from sandbox.telegram.call import Call, Service
from sandbox.telegram.errors import conflict
from sandbox.telegram.hooks import hook_of, queue
from sandbox.telegram.parameters import Nested, Parameters

Object = dict[str, Any]

KEPT_FOR = 24 * 60 * 60  # seconds
MOST_AT_ONCE = 100
LONGEST_POLL = 50  # seconds of real time


class GetUpdates(Parameters):
    """Parameters of getUpdates."""

    offset: int = 0
    limit: int = MOST_AT_ONCE
    timeout: Annotated[int, Field(ge=0)] = 0
    allowed_updates: Annotated[list[str] | None, Nested] = None


def enqueue(service: Service, bot: Bot, kind: str, payload: Object) -> None:
    """Put an update before the bot, unless it asked not to see that kind."""
    wanted = (service.store.get("allowed updates", str(bot.id)) or {}).get("kinds")
    if wanted and kind not in wanted:
        return
    number = service.store.next(f"update {bot.id}")
    update = {"update_id": number, kind: payload}
    service.store.put(queue(bot), str(number), {"date": service.date(), "update": update})
    service.polls.end(bot.id, "news")
    service.hooks.ring(bot)


def allow(service: Service, bot: Bot, kinds: list[str] | None) -> None:
    """Remember which kinds the bot wants from now on; None leaves it as it was, an empty list means all."""
    if kinds is not None:
        service.store.put("allowed updates", str(bot.id), {"kinds": kinds})


def pending(service: Service, bot: Bot) -> list[Object]:
    """The updates that wait, oldest first; those that waited too long are dropped."""
    oldest = service.date() - KEPT_FOR
    waiting = []
    for id_, document in service.store.all(queue(bot)):
        if document["date"] < oldest:
            service.store.delete(queue(bot), id_)
        else:
            waiting.append(document["update"])
    return waiting


def confirm(service: Service, bot: Bot, update_id: int) -> None:
    """Drop one update that the bot has."""
    service.store.delete(queue(bot), str(update_id))


def drop_all(service: Service, bot: Bot) -> None:
    """Forget everything that waits."""
    for id_, _ in service.store.all(queue(bot)):
        service.store.delete(queue(bot), id_)


async def wait_for_news(call: Call, asked: GetUpdates) -> None:
    """Displace the bot's other poll, then wait until there is something to answer or the time is over."""
    call.service.polls.end(call.bot.id, "displaced")
    if asked.timeout == 0 or get_updates(call, asked):
        return
    ending = await call.service.polls.wait(call.bot.id, min(asked.timeout, LONGEST_POLL))
    if ending == "displaced":
        other = "terminated by other getUpdates request; make sure that only one bot instance is running"
        raise conflict(other)
    if ending == "webhook":
        raise conflict("terminated by setWebhook request")


def get_updates(call: Call, asked: GetUpdates) -> list[Object]:
    """Confirm everything before the offset and give what follows; a negative offset counts from the end."""
    service, bot = call.service, call.bot
    if hook_of(call.store, bot) is not None:
        flaw = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise conflict(flaw)
    allow(service, bot, asked.allowed_updates)
    with call.store.transaction():
        waiting = pending(service, bot)
        first = asked.offset if asked.offset >= 0 else _id_from_end(waiting, -asked.offset)
        for update in waiting:
            if update["update_id"] < first:
                confirm(service, bot, update["update_id"])
    limit = min(max(asked.limit, 1), MOST_AT_ONCE)
    return [update for update in waiting if update["update_id"] >= first][:limit]


def _id_from_end(waiting: list[Object], count: int) -> int:
    return int(waiting[-count:][0]["update_id"]) if waiting else 0
