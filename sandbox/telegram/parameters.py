"""Reading a method's parameters: forms and JSON alike, wrong ones refused in Telegram's words."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from sandbox.body import File
from sandbox.telegram.errors import Refusal, bad_request

# What Telegram says where a required parameter is missing.
MISSING = {
    "action": "wrong parameter action in request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "chat_id": "chat_id is empty",
    "document": "there is no document in the request",
    "file_id": "file_id not specified",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "text": "message text is empty",
}


class Shape(BaseModel):
    """An object of the Bot API as a parameter; a field it does not have here is refused."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)


class Parameters(Shape):
    """The parameters of a method."""


P = TypeVar("P", bound=Parameters)


def read(shape: type[P], fields: Mapping[str, Any], files: Mapping[str, File]) -> P:
    """The parameters of a call; Refusal where one is missing, unknown or of the wrong type."""
    attached = dict(files)
    given = {**fields, **{name: attached.pop(name) for name in files if name in shape.model_fields}}
    for name, value in given.items():
        if value is None:
            raise _null(name)
    try:
        parameters = shape.model_validate(given, context=attached)
    except ValidationError as error:
        raise _refusal(error) from None
    if attached:
        raise _unknown(next(iter(attached)))
    return parameters


def _refusal(error: ValidationError) -> Refusal:
    first = error.errors()[0]
    name, *inside = (str(part) for part in first["loc"])
    if not inside and first["type"] == "extra_forbidden":
        return _unknown(name)
    if not inside and first["type"] == "missing":
        return bad_request(MISSING.get(name, f'parameter "{name}" is required'))
    where = f': Field "{".".join(inside)}"' if inside else ""
    return bad_request(f'can\'t parse parameter "{name}"{where}: {first["msg"]}')


def _unknown(name: str) -> Refusal:
    return bad_request(f'unknown parameter "{name}"; the sandbox refuses what its method does not read')


def _null(name: str) -> Refusal:
    if name == "reply_markup":
        return bad_request("object expected as reply markup")
    return bad_request(f'can\'t parse parameter "{name}": it is null; leave it out')


def _decoded(value: object) -> object:
    """What a form carries as JSON text and a JSON body as itself."""
    if not isinstance(value, str):
        return value
    try:
        decoded = json.loads(value)
        json.dumps(decoded, ensure_ascii=False).encode()  # half a surrogate pair cannot be written anywhere
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    return decoded


def _chat_id(value: object) -> object:
    """A number, also as text; a @name is never one of the chats that the sandbox has."""
    if value == "":
        raise bad_request(MISSING["chat_id"])
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise bad_request('can\'t parse parameter "chat_id": it has to be an Integer or a String')
    try:
        return int(value)
    except ValueError:
        raise bad_request("chat not found") from None


def _input_file(value: object, info: ValidationInfo) -> object:
    """The file itself, also by `attach://name`, or a file_id."""
    if isinstance(value, str) and value.startswith("attach://"):
        return (info.context or {}).pop(value.removeprefix("attach://"), "")
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content; the sandbox fetches nothing: upload the file")
    return value


Nested = BeforeValidator(_decoded)
ChatId = Annotated[int, BeforeValidator(_chat_id)]
InputFile = Annotated[File | str, BeforeValidator(_input_file)]
