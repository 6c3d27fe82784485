"""The addresses of the Bot API: methods and file downloads, each with the bot's token in it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.body import BodyError, read_body
from sandbox.faults import Fault, take, under
from sandbox.telegram import files
from sandbox.telegram.bots import Bot, by_token
from sandbox.telegram.call import Call, Service
from sandbox.telegram.errors import Refusal, bad_request, by_status
from sandbox.telegram.methods import BY_NAME, Method
from sandbox.telegram.parameters import read
from sandbox.telegram.updates import GetUpdates, wait_for_news


def routes(service: Service) -> list[Route]:
    """The routes below `/telegram`."""

    async def call_method(request: Request) -> Response:
        try:
            return await _call(service, request)
        except Refusal as refusal:
            return refusal.answer()

    async def download(request: Request) -> Response:
        try:
            return await _download(service, request)
        except Refusal as refusal:
            return refusal.answer()

    async def elsewhere(_: Request) -> Response:
        return Refusal(404, "Not Found").answer()

    return [
        Route("/file/bot{token}/{path:path}", download),
        Route("/bot{token}/{method}", call_method, methods=["GET", "POST"]),
        Route("/{rest:path}", elsewhere, methods=["GET", "POST"]),
    ]


async def _call(service: Service, request: Request) -> Response:
    bot, method = _owner(service, request), _method(request)
    call = Call(service, bot, method.name)
    fields, uploads = await _given(request)
    chat = fields.get("chat_id")
    fault = take(service.store, "telegram", method.name, None if chat is None else str(chat))
    parameters: Any = None

    def work() -> Response:
        with service.store.transaction():
            return JSONResponse({"ok": True, "result": method.work(call, parameters)})

    if fault is None or fault.effect == "lose":
        parameters = read(method.shape, fields, uploads)
    if isinstance(parameters, GetUpdates):
        await wait_for_news(call, parameters)
    return await under(fault, request, work, _refused)


async def _download(service: Service, request: Request) -> Response:
    bot = _owner(service, request)

    def work() -> Response:
        data, mime_type = files.download(service.store, bot, request.path_params["path"])
        return Response(data, media_type=mime_type)

    return await under(take(service.store, "telegram", "download", None), request, work, _refused)


def _owner(service: Service, request: Request) -> Bot:
    bot = by_token(service.store, request.path_params["token"])
    if bot is None:
        raise Refusal(401, "Unauthorized")
    return bot


def _method(request: Request) -> Method:
    method = BY_NAME.get(request.path_params["method"].lower())
    if method is None:
        raise Refusal(404, "Not Found")
    return method


async def _given(request: Request) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        fields, uploads = await read_body(request)
    except BodyError as error:
        raise bad_request(str(error)) from None
    return {**request.query_params, **fields}, uploads


def _refused(fault: Fault) -> Response:
    return by_status(fault.status or 500, fault.retry_after).answer()
