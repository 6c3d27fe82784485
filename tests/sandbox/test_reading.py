"""How calls may be written: every way that the real server takes, and loud refusals of the rest."""

from collections.abc import Iterator

import pytest

from tests.sandbox.world import World

UNKNOWN = "the sandbox refuses what its method does not read"


def test_parameters_may_come_in_the_query_a_form_json_or_parts(world: World) -> None:
    address, parameters = f"{world.api}/sendMessage", {"chat_id": "5", "text": "Kính gửi ủy ban"}
    answers = [
        world.http.get(address, params=parameters),
        world.http.post(address, params=parameters),
        world.http.post(address, data=parameters),
        world.http.post(address, json=parameters),
        world.http.post(address, data=parameters, files={"reply_markup": (None, '{"remove_keyboard": true}')}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["Kính gửi ủy ban"] * 5


def test_a_chunked_body_is_read_to_its_end(world: World) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"chat_id": 5, '
        yield b'"text": "x"}'

    headers = {"content-type": "application/json"}
    answer = world.http.post(f"{world.api}/sendMessage", content=pieces(), headers=headers)
    assert answer.json()["result"]["text"] == "x"


def test_method_names_are_not_case_sensitive(world: World) -> None:
    assert world.bot("GETME")["username"] == world.bot("getMe")["username"]


def test_nested_parameters_may_be_objects_or_json_text(world: World) -> None:
    keyboard = '{"inline_keyboard": [[{"text": "Xem", "callback_data": "view"}]]}'
    as_text = world.bot("sendMessage", chat_id=5, text="x", reply_markup=keyboard)
    as_object = world.bot("sendMessage", chat_id=5, text="x", reply_markup=as_text["reply_markup"])
    assert as_text["reply_markup"] == as_object["reply_markup"]


@pytest.mark.parametrize("path", ["bot1:x/getMe", "bot/getMe", "file/bot1:x/documents/file_1.txt"])
def test_a_wrong_token_is_unauthorized(world: World, path: str) -> None:
    answer = world.http.get(f"/telegram/{path}")
    unknown = {"ok": False, "error_code": 404, "description": "Not Found"}
    unauthorized = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert answer.json() == (unknown if path == "bot/getMe" else unauthorized)


@pytest.mark.parametrize("method", ["sendMassage", "banChatMember", "sendVideo"])
def test_a_method_that_the_sandbox_lacks_is_not_found(world: World, method: str) -> None:
    assert world.refusal(method) == "Not Found"


def test_an_unknown_parameter_is_refused_loudly(world: World) -> None:
    refusal = world.refusal("sendMessage", chat_id=5, text="x", disable_web_page_preview=True)
    assert refusal == f'Bad Request: unknown parameter "disable_web_page_preview"; {UNKNOWN}'
    answer = world.http.post(f"{world.api}/sendMessage", data={"chat_id": 5, "text": "x"}, files={"extra": b"x"})
    assert answer.json()["description"] == f'Bad Request: unknown parameter "extra"; {UNKNOWN}'


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"text": "x", "chat_id": ""}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 5}, "message text is empty"),
        ("sendMessage", {"chat_id": 5, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 5, "text": " \n"}, "message text is empty"),
        ("sendMessage", {"chat_id": 5, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ("sendMessage", {"chat_id": 6, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@hoa", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "x", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 10**40, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 5, "text": "x", "message_thread_id": 3}, "message thread not found"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": None}, "object expected as reply markup"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": "{"}, "can't parse JSON object"),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": '{"a": "\\ud800"}'}, "can't parse JSON object"),
        ("sendPhoto", {"chat_id": 5}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": 5, "photo": ""}, "there is no photo in the request"),
        ("sendDocument", {"chat_id": 5}, "there is no document in the request"),
        ("sendDocument", {"chat_id": 5, "document": "attach://none"}, "there is no document in the request"),
        ("editMessageText", {"chat_id": 5, "text": "x"}, "message identifier is not specified"),
        ("getFile", {}, "file_id not specified"),
        ("setMyCommands", {}, 'parameter "commands" is required'),
    ],
)
def test_what_is_missing_or_wrong_is_named_in_telegrams_words(
    world: World, method: str, parameters: dict[str, object], description: str
) -> None:
    assert world.refusal(method, **parameters) == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("text", 5, "Input should be a valid string"),
        ("text", None, "it is null; leave it out"),
        ("chat_id", True, "it has to be an Integer or a String"),
        ("chat_id", 5.5, "it has to be an Integer or a String"),
        ("disable_notification", "maybe", "Input should be a valid boolean, unable to interpret input"),
    ],
)
def test_a_parameter_of_the_wrong_type_is_refused(world: World, name: str, value: object, what: str) -> None:
    given = {"chat_id": 5, "text": "x", name: value}
    assert world.refusal("sendMessage", **given) == f'Bad Request: can\'t parse parameter "{name}": {what}'


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff", b'{"text": "\\ud800"}', b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(world: World, body: bytes) -> None:
    answer = world.http.post(f"{world.api}/getMe", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["description"].startswith("Bad Request: the body ")


def test_a_form_without_its_boundary_is_refused(world: World) -> None:
    headers = {"content-type": "multipart/form-data"}
    answer = world.http.post(f"{world.api}/getMe", content=b"x", headers=headers)
    assert answer.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: Missing boundary in multipart.",
    }
