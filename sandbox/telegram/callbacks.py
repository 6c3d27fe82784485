"""Pressed buttons: each press is a query that the bot answers once, soon."""

from typing import Annotated, Any

from pydantic import Field

from sandbox.telegram.bots import Bot
from sandbox.telegram.call import Call, Service
from sandbox.telegram.errors import bad_request
from sandbox.telegram.parameters import MISSING, Parameters
from sandbox.telegram.sent import record_deed
from sandbox.telegram.updates import enqueue

Object = dict[str, Any]

# Telegram does not publish how long a query lives; bots see it die within about a minute.
LIFE = 60  # seconds
LONGEST_ANSWER = 200  # characters


class AnswerCallbackQuery(Parameters):
    """Parameters of answerCallbackQuery."""

    callback_query_id: str
    text: str = ""
    show_alert: bool = False
    url: str | None = None
    cache_time: Annotated[int, Field(ge=0)] = 0


def ask(service: Service, bot: Bot, user: Object, message: Object, data: str) -> str:
    """A person pressed a button: put the query before the bot; the answer is the query's id."""
    chat = message["chat"]
    query_id = f"{user['id']}{service.store.next('callback query'):010}"
    query = {"id": query_id, "from": user, "message": message, "chat_instance": str(chat["id"]), "data": data}
    kept = {"bot": bot.id, "person": user["id"], "chat": chat, "message_id": message["message_id"]}
    service.store.put("callback query", query_id, {**kept, "date": service.date(), "answer": None})
    enqueue(service, bot, "callback_query", query)
    return query_id


def answer_callback_query(call: Call, given: AnswerCallbackQuery) -> bool:
    """Answer a query; Refusal for one that is too old, answered already or another bot's."""
    if len(given.text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if given.url is not None:
        raise bad_request("URL_INVALID")  # only games and links to the bot itself may be opened
    query = call.store.get("callback query", given.callback_query_id)
    if query is None or query["bot"] != call.bot.id or query["answer"] is not None or _too_old(call, query):
        raise bad_request(MISSING["callback_query_id"])
    answer = {"text": given.text, "show_alert": given.show_alert}
    call.store.put("callback query", given.callback_query_id, {**query, "answer": answer})
    deed = {"callback_query_id": given.callback_query_id, **answer}
    record_deed(call, query["chat"], query["message_id"], deed)
    return True


def _too_old(call: Call, query: Object) -> bool:
    return bool(call.service.date() - query["date"] > LIFE)
