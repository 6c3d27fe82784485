"""Files that people send to the bot, as python-telegram-bot gets them."""

from typing import Any

import pytest
from telegram import Bot, Message
from telegram.error import BadRequest

from tests.sandbox.pictures import png
from tests.sandbox.test_real_client import run
from tests.sandbox.world import World

MEGABYTE = 1024 * 1024
PDF = "application/pdf"


def uploaded(world: World, name: str, data: bytes, type_: str = PDF, **fields: Any) -> Any:  # noqa: ANN401 - any JSON value
    """What person 5 sees of the file that they sent."""
    answer = world.http.post("/sandbox/people/5/upload", data=fields, files={"file": (name, data, type_)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def arrived(world: World) -> list[Message]:
    """The messages that wait for the bot."""

    async def work(bot: Bot) -> list[Message]:
        return [each.message for each in await bot.get_updates() if each.message is not None]

    return run(world, work)


def downloaded(world: World, file_id: str) -> bytes:
    async def work(bot: Bot) -> bytes:
        return bytes(await (await bot.get_file(file_id)).download_as_bytearray())

    return run(world, work)


def test_a_document_comes_with_name_size_type_and_caption_and_is_downloaded(world: World) -> None:
    uploaded(world, "1.2a Kế hoạch.pdf", b"%PDF-1.7", caption="Câu 1.2a")
    [message] = arrived(world)
    document = message.document
    assert document is not None
    assert (document.file_name, document.file_size, document.mime_type) == ("1.2a Kế hoạch.pdf", 8, PDF)
    assert (message.caption, message.media_group_id) == ("Câu 1.2a", None)
    assert downloaded(world, document.file_id) == b"%PDF-1.7"


def test_a_photo_has_several_sizes_of_which_the_last_is_the_largest(world: World) -> None:
    picture = png(1000, 500)
    uploaded(world, "anh.png", picture, "image/png", kind="photo", caption="Biên bản")
    [message] = arrived(world)
    assert [(size.width, size.height) for size in message.photo] == [(90, 45), (320, 160), (800, 400), (1000, 500)]
    assert message.photo[-1].file_size == len(picture)
    assert (message.document, message.caption) == (None, "Biên bản")
    assert downloaded(world, message.photo[-1].file_id) == picture


def test_the_same_bytes_have_the_same_unique_id_under_any_name(world: World) -> None:
    for name, data in (("a.pdf", b"x"), ("b.pdf", b"x"), ("c.pdf", b"y")):
        uploaded(world, name, data)
    first, second, third = [each.document for each in arrived(world)]
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.file_unique_id == second.file_unique_id != third.file_unique_id
    assert first.file_id != second.file_id


def test_files_sent_in_one_go_share_the_id_of_their_group(world: World) -> None:
    for name, album in (("a.pdf", "1"), ("b.pdf", "1"), ("c.pdf", "2")):
        uploaded(world, name, b"x", album=album)
    groups = [each.media_group_id for each in arrived(world)]
    assert groups[0] == groups[1] != groups[2]
    assert groups[0] is not None
    assert groups[0].isdecimal()


def test_a_file_that_a_bot_cannot_download_still_arrives_with_its_size(world: World) -> None:
    uploaded(world, "quay.mp4", b"x" * (50 * MEGABYTE + 1), "video/mp4")
    [message] = arrived(world)
    document = message.document
    assert document is not None
    assert document.file_size == 50 * MEGABYTE + 1
    with pytest.raises(BadRequest, match="File is too big"):
        downloaded(world, document.file_id)


def test_what_is_no_picture_is_not_sent_as_one(world: World) -> None:
    files = {"file": ("a.pdf", b"%PDF", PDF)}
    answer = world.http.post("/sandbox/people/5/upload", data={"kind": "photo"}, files=files)
    assert (answer.status_code, answer.json()["error"]) == (400, "Bad Request: IMAGE_PROCESS_FAILED")
