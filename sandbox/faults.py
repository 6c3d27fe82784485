"""Faults that somebody ordered: an error, a lost answer or no answer at all, each for so many calls."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.store import Store

LONGEST_HANG = 30  # seconds of real time; longer than any timeout of the clients

Service = Literal["telegram", "sheets", "drive", "token"]
Effect = Literal["refuse", "lose", "hang"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call.

    `refuse` answers with the error and does nothing. `lose` does the work, then answers with the error or,
    without a status, closes the connection. `hang` does nothing and stays silent.
    """

    effect: Effect
    status: int | None
    retry_after: int | None


def take(store: Store, service: Service, method: str, subject: str | None) -> Fault | None:
    """Use up one order that fits this call, the oldest first; None where there is none.

    `subject` is the chat's or the file's id, as text. Call it in a transaction of its own: the order is
    used up even where the call itself fails.
    """
    with store.transaction():
        for id_, order in store.all("fault"):
            if _fits(order, service, method, subject):
                _use_up(store, id_, order)
                return Fault(order["effect"], order["status"], order["retry_after"])
    return None


def _fits(order: dict[str, Any], service: str, method: str, subject: str | None) -> bool:
    return (
        order["service"] == service
        and order["method"].lower() in {"*", method.lower()}
        and order["subject"] in {None, subject}
    )


def _use_up(store: Store, id_: str, order: dict[str, Any]) -> None:
    if order["times"] == 1:
        store.delete("fault", id_)
    else:
        store.put("fault", id_, order | {"times": order["times"] - 1})


async def under(
    fault: Fault | None, request: Request, work: Callable[[], Response], refusal: Callable[[Fault], Response]
) -> Response:
    """The answer to a call that a fault may befall; `refusal` words the error as the service does."""
    if fault is None:
        return work()
    if fault.effect == "hang":
        await _client_gone(request)
        return Dropped()
    if fault.effect == "lose":
        work()
        return refusal(fault) if fault.status else Dropped()
    return refusal(fault)


async def _client_gone(request: Request) -> None:
    async def disconnected() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    with suppress(TimeoutError):
        await asyncio.wait_for(disconnected(), LONGEST_HANG)


class Dropped(Response):
    """An answer that breaks off: the server closes the connection before the body is complete."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - Starlette's signature
        """Promise one byte and never send it."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
