"""The hand on the sandbox over HTTP: its clock, faults to order, bots, and the record of what bots sent."""

from functools import partial
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator
from starlette.responses import Response
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.faults import Effect
from sandbox.faults import Service as FaultyService
from sandbox.person_side import Ask, Body, Refused, person_route
from sandbox.store import Store
from sandbox.telegram import bots
from sandbox.telegram.bots import Bot

Object = dict[str, Any]


LONGEST_STEP = 10**9  # seconds; some thirty years


class NewBot(Body):
    """A bot account."""

    token: Annotated[str, Field(pattern=rf"^{bots.TOKEN.pattern}$")]
    username: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{1,28}[Bb][Oo][Tt]$")]
    first_name: Annotated[str, Field(min_length=1, max_length=64)]


class ClockMove(Body):
    """A moment to move to, or seconds to move on."""

    now: AwareDatetime | None = None
    advance: Annotated[float | None, Field(ge=0, le=LONGEST_STEP, allow_inf_nan=False)] = None

    @model_validator(mode="after")
    def check(self) -> "ClockMove":
        """Exactly one of the two."""
        if (self.now is None) == (self.advance is None):
            raise ValueError('give "now" with a moment and its time zone, or "advance" with seconds')
        return self


class FaultOrder(Body):
    """A fault for the next calls that fit."""

    service: FaultyService
    method: str = "*"
    status: Annotated[int | None, Field(ge=400, le=599)] = None
    retry_after: Annotated[int | None, Field(ge=1)] = None
    times: Annotated[int, Field(ge=1)] = 1
    effect: Effect = "refuse"
    chat: int | None = None
    file: str | None = None

    @model_validator(mode="after")
    def check(self) -> "FaultOrder":
        """A refusal needs a status; a filter needs its service."""
        if self.effect == "refuse" and self.status is None:
            raise ValueError('the effect "refuse" needs a "status"')
        if self.file is not None and self.service == "telegram":
            raise ValueError('"file" is for Google; for Telegram filter by "chat"')
        if self.chat is not None and self.service != "telegram":
            raise ValueError('"chat" is for Telegram; for Google filter by "file"')
        return self


def routes(store: Store, clock: Clock) -> list[Route]:
    """The routes below `/sandbox` that steer and record."""
    return [
        person_route(store, "GET", "/clock", partial(show_clock, clock)),
        person_route(store, "POST", "/clock", partial(move_clock, clock)),
        person_route(store, "GET", "/faults", partial(faults, store)),
        person_route(store, "POST", "/faults", partial(order_fault, store)),
        person_route(store, "DELETE", "/faults", partial(forget_faults, store)),
        person_route(store, "GET", "/bots", partial(all_bots, store)),
        person_route(store, "POST", "/bots", partial(add_bot, store)),
        person_route(store, "GET", "/messages", partial(sent, store)),
        person_route(store, "GET", "/files/{file_id}", partial(file, store)),
    ]


def show_clock(clock: Clock, _: Ask) -> Object:
    """The moment in the sandbox, and whether it stands still."""
    return {"now": clock.now().isoformat(), "mode": clock.mode}


def move_clock(clock: Clock, ask: Ask) -> Object:
    """Move the clock on; never back."""
    move = ask.body(ClockMove)
    try:
        if move.now is None:
            clock.advance(move.advance or 0)
        else:
            clock.set(move.now)
    except (ValueError, OverflowError) as error:
        raise Refused(400, str(error)) from None
    return show_clock(clock, ask)


def faults(store: Store, _: Ask) -> list[Object]:
    """The faults still to come, the next one first."""
    return [order for _, order in store.all("fault")]


def order_fault(store: Store, ask: Ask) -> Object:
    """Order a fault; the answer is the order as it stands in the queue."""
    given = ask.body(FaultOrder)
    chat = None if given.chat is None else str(given.chat)
    order = {**given.model_dump(exclude={"chat", "file"}), "subject": given.file if chat is None else chat}
    store.put("fault", str(store.next("fault")), order)
    return order


def forget_faults(store: Store, _: Ask) -> Object:
    """Take back every fault that was ordered."""
    orders = store.all("fault")
    for id_, _order in orders:
        store.delete("fault", id_)
    return {"forgotten": len(orders)}


def all_bots(store: Store, _: Ask) -> list[Object]:
    """The bots with their tokens."""
    return [bot for _, bot in store.all("bot")]


def add_bot(store: Store, ask: Ask) -> Object:
    """Register a bot; a new token of a bot that is there already replaces the old one."""
    bot = Bot(**ask.body(NewBot).model_dump())
    bots.register(store, bot)
    return bot.user()


def sent(store: Store, ask: Ask) -> list[Object]:
    """Everything that bots did in chats, in order; after entry number `after` where that is given."""
    after = ask.query.get("after", "0")
    if not after.isdecimal():
        raise Refused(400, f"after: write the number of an entry, not {after!r}.")
    return [entry for _, entry in store.all("sent") if entry["n"] > int(after)]


def file(store: Store, ask: Ask) -> Response:
    """The bytes of a file that a bot or a person sent."""
    kept = store.get("file", ask.path["file_id"])
    if kept is None:
        raise Refused(404, f"There is no file {ask.path['file_id']}: take the file_id from a message.")
    return Response(store.bytes_of(kept["sha256"]), media_type=kept["mime_type"])
