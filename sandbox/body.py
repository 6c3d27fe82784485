"""Reading what a request carries: JSON, a form, or a form with files."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class BodyError(ValueError):
    """The body is not what its content type promises; the text says why."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a form."""

    name: str
    mime_type: str
    data: bytes


async def read_body(request: Request) -> tuple[dict[str, Any], dict[str, File]]:
    """The fields and the files of a body, each by name; BodyError where it is broken."""
    if request.headers.get("content-type", "").startswith(FORMS):
        return await _form(request)
    return _json(await request.body()), {}


async def _form(request: Request) -> tuple[dict[str, Any], dict[str, File]]:
    fields: dict[str, Any] = {}
    files: dict[str, File] = {}
    try:
        async with request.form() as form:
            for name, value in form.items():
                if isinstance(value, UploadFile):
                    files[name] = await _file(value)
                else:
                    fields[name] = value
    except HTTPException as error:
        raise BodyError(error.detail) from None
    return fields, files


async def _file(upload: UploadFile) -> File:
    name = (upload.filename or "file").replace("\\", "/").rpartition("/")[2]
    return File(name, upload.content_type or "application/octet-stream", await upload.read())


def _json(text: bytes) -> dict[str, Any]:
    if not text:
        return {}
    try:
        fields = json.loads(text)
        json.dumps(fields, ensure_ascii=False).encode()  # half a surrogate pair cannot be written anywhere
    except (ValueError, RecursionError) as error:
        raise BodyError(f"the body is not JSON: {error}") from None
    if not isinstance(fields, dict):
        raise BodyError("the body has to be a JSON object")
    return fields
