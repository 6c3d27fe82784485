"""The people and groups of the sandbox over HTTP: who they are, and what they see in their chats."""

from functools import partial
from typing import Annotated, Any

from pydantic import Field
from starlette.routing import Route

from sandbox.person_side import Ask, Body, Refused, person_route
from sandbox.telegram import bots, messages
from sandbox.telegram.bots import Bot
from sandbox.telegram.call import Service
from sandbox.telegram.inbox import Seat

Object = dict[str, Any]

LARGEST_ID = 2**52  # Telegram's own bound: ids fit into a double


class NewPerson(Body):
    """Somebody who can write to bots; the private chat gets the same id."""

    id: Annotated[int, Field(ge=1, lt=LARGEST_ID)]
    first_name: Annotated[str, Field(min_length=1, max_length=64)]
    last_name: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    username: Annotated[str | None, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{4,31}$")] = None
    language_code: Annotated[str | None, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = None


class NewGroup(Body):
    """A group with these people in it; the bots are members of every group."""

    id: Annotated[int, Field(lt=0, gt=-LARGEST_ID)]
    title: Annotated[str, Field(min_length=1, max_length=128)]
    members: tuple[int, ...] = ()


class Move(Body):
    """A group becomes a supergroup, which has a new id."""

    to: Annotated[int, Field(le=-(10**12), gt=-LARGEST_ID)]


def routes(service: Service) -> list[Route]:
    """The routes below `/sandbox` that tell of people and groups."""
    store = service.store
    return [
        person_route(store, "POST", "/people", partial(add_person, service)),
        person_route(store, "GET", "/people", partial(everyone, service)),
        person_route(store, "GET", "/people/{id:int}/messages", partial(messages_seen, service)),
        person_route(store, "GET", "/people/{id:int}/callbacks/{query}", partial(callback, service)),
        person_route(store, "POST", "/groups", partial(add_group, service)),
        person_route(store, "POST", "/groups/{id}/move", partial(move_group, service)),
    ]


def add_person(service: Service, ask: Ask) -> Object:
    """Create a person; the same one twice is one person."""
    person = ask.body(NewPerson).model_dump(exclude_none=True)
    known = service.store.get("person", str(person["id"]))
    if known is not None and known != person:
        raise Refused(409, f"Person {person['id']} is somebody else already: {known}. Choose another id.")
    service.store.put("person", str(person["id"]), person)
    return person


def everyone(service: Service, _: Ask) -> list[Object]:
    """All people, in the order in which they came."""
    return [person for _, person in service.store.all("person")]


def add_group(service: Service, ask: Ask) -> Object:
    """Create a group or replace its title and members."""
    given = ask.body(NewGroup)
    for member in given.members:
        person_of(service, member)
    kind = "supergroup" if given.id <= -(10**12) else "group"
    group = {**given.model_dump(), "type": kind}
    service.store.put("group", str(given.id), group)
    return group


def move_group(service: Service, ask: Ask) -> Object:
    """Turn a group into a supergroup: bots that still write to the old id are told the new one."""
    group = service.store.get("group", ask.path["id"])
    if group is None:
        raise Refused(404, f"There is no group {ask.path['id']}: create it by POST /sandbox/groups.")
    target = ask.body(Move).to
    moved = {**group, "id": target, "type": "supergroup"}
    service.store.put("group", str(target), moved)
    service.store.put("group", ask.path["id"], {**group, "moved_to": target})
    return moved


def messages_seen(service: Service, ask: Ask) -> list[Object]:
    """What the person sees in the private chat, or in the group given as `chat`, after message `after`."""
    seat = seat_of(service, ask, _number(ask, "chat"), ask.query.get("bot"))
    after = _number(ask, "after") or 0
    documents = messages.in_chat(service.store, seat.bot, seat.chat)
    return [messages.seen(service.store, each) for each in documents if each["message"]["message_id"] > after]


def callback(service: Service, ask: Ask) -> Object:
    """What the bot answered to a pressed button, once it did."""
    query = service.store.get("callback query", ask.path["query"])
    if query is None or query["person"] != ask.path["id"]:
        raise Refused(404, f"Person {ask.path['id']} never got the callback id {ask.path['query']}.")
    answer = query["answer"]
    return {"callback_id": ask.path["query"], "answered": answer is not None, **(answer or {})}


def seat_of(service: Service, ask: Ask, chat: int | None, bot: str | None) -> Seat:
    """The person of the path in a chat with a bot: the private one unless a group is given."""
    person = person_of(service, ask.path["id"])
    if chat is not None and chat != person["id"]:
        group = service.store.get("group", str(chat))
        if group is None or person["id"] not in group["members"]:
            raise Refused(404, f"Person {person['id']} is in no group {chat}: add them by POST /sandbox/groups.")
    return Seat(service, _bot(service, bot), person, person["id"] if chat is None else chat)


def person_of(service: Service, person: int) -> Object:
    """A person by id; Refused where there is none."""
    found = service.store.get("person", str(person))
    if found is None:
        raise Refused(404, f"There is no person {person}: create them by POST /sandbox/people.")
    return found


def _bot(service: Service, username: str | None) -> Bot:
    everyone = bots.everyone(service.store)
    for bot in everyone:
        if username in {None, bot.username}:
            return bot
    names = ", ".join(bot.username for bot in everyone) or "none"
    raise Refused(404, f"There is no bot {username}; the sandbox has {names}. POST /sandbox/bots adds one.")


def _number(ask: Ask, name: str) -> int | None:
    text = ask.query.get(name)
    try:
        return None if text is None else int(text)
    except ValueError:
        raise Refused(400, f"{name}: write a whole number, not {text!r}.") from None
