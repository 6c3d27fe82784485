from hashlib import sha256

import pytest

from sandbox.telegram.images import dimensions
from tests.sandbox.pictures import jpeg, png
from tests.sandbox.world import World

MEGABYTE = 1024 * 1024


def test_a_document_comes_back_with_the_bytes_that_were_sent(world: World) -> None:
    message = world.send_file(
        "sendDocument", "document", "Bảng điểm.xlsx", b"PK-bytes", caption="<b>Điểm</b>", parse_mode="HTML"
    )
    document = message["document"]
    assert (document["file_name"], document["file_size"], message["caption"]) == ("Bảng điểm.xlsx", 8, "Điểm")
    file = world.bot("getFile", file_id=document["file_id"])
    assert file["file_path"] == "documents/file_1.xlsx"
    address = f"/telegram/file/bot{world.sandbox.token}/{file['file_path']}"
    assert world.http.get(address).content == b"PK-bytes"
    assert world.http.get(f"/sandbox/files/{document['file_id']}").content == b"PK-bytes"


def test_a_file_id_sends_the_same_file_again(world: World) -> None:
    first = world.send_file("sendDocument", "document", "a.pdf", b"pdf")
    again = world.bot("sendDocument", chat_id=5, document=first["document"]["file_id"])
    assert again["document"] == first["document"]


def test_the_same_upload_has_the_same_id_and_other_bytes_another(world: World) -> None:
    ids = [
        world.send_file("sendDocument", "document", name, data)["document"]["file_id"]
        for name, data in [("a.pdf", b"pdf"), ("a.pdf", b"pdf"), ("a.pdf", b"PDF"), ("b.pdf", b"pdf")]
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_attach_names_a_part_of_the_form(world: World) -> None:
    files = {"theirs": ("a.txt", b"x", "text/plain")}
    answer = world.http.post(
        f"{world.api}/sendDocument", data={"chat_id": 5, "document": "attach://theirs"}, files=files
    )
    assert answer.json()["result"]["document"]["mime_type"] == "text/plain"


def test_a_photo_has_sizes_up_to_1280_pixels(world: World) -> None:
    photo = world.send_file("sendPhoto", "photo", "a.png", png(2000, 1000))["photo"]
    assert [(size["width"], size["height"]) for size in photo] == [(90, 45), (320, 160), (800, 400), (1280, 640)]
    small = world.send_file("sendPhoto", "photo", "a.png", png(100, 40))["photo"]
    assert [(size["width"], size["height"]) for size in small] == [(90, 36), (100, 40)]
    assert len({size["file_id"] for size in photo + small}) == 6


def test_a_photos_file_id_sends_all_its_sizes(world: World) -> None:
    photo = world.send_file("sendPhoto", "photo", "a.png", png(400, 400))["photo"]
    assert world.bot("sendPhoto", chat_id=5, photo=photo[0]["file_id"])["photo"] == photo


def test_the_record_names_the_file_with_its_digest(world: World) -> None:
    picture = png(50, 50)
    message = world.send_file("sendPhoto", "photo", "hang.png", picture, caption="Bảng")
    assert world.get("messages")[0]["file"] == {
        "kind": "photo",
        "name": "hang.png",
        "mime_type": "application/octet-stream",
        "size": len(picture),
        "sha256": sha256(picture).hexdigest(),
        "file_id": message["photo"][-1]["file_id"],
    }


@pytest.mark.parametrize(
    ("method", "field", "data", "description"),
    [
        ("sendPhoto", "photo", b"not a picture", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", png(1, 21), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", "photo", png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", "photo", b"", "file must be non-empty"),
        ("sendDocument", "document", b"", "file must be non-empty"),
        (
            "sendPhoto",
            "photo",
            b"x" * (10 * MEGABYTE + 1),
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
def test_a_file_that_telegram_would_not_take_is_refused(
    world: World, method: str, field: str, data: bytes, description: str
) -> None:
    answer = world.http.post(f"{world.api}/{method}", data={"chat_id": 5}, files={field: ("a.png", data)})
    assert answer.json()["description"] == f"Bad Request: {description}"


def test_a_document_has_at_most_50_megabytes(world: World) -> None:
    files = {"document": ("a.bin", b"x" * (50 * MEGABYTE + 1))}
    answer = world.http.post(f"{world.api}/sendDocument", data={"chat_id": 5}, files=files)
    assert answer.json() == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}


def test_a_bot_downloads_at_most_20_megabytes(world: World) -> None:
    big = world.send_file("sendDocument", "document", "a.bin", b"x" * (20 * MEGABYTE + 1))
    assert world.refusal("getFile", file_id=big["document"]["file_id"]) == "Bad Request: file is too big"


def test_a_caption_has_at_most_1024_characters(world: World) -> None:
    message = world.send_file("sendDocument", "document", "a.txt", b"x", caption="ệ" * 1024)
    refusal = world.refusal("sendDocument", chat_id=5, document=message["document"]["file_id"], caption="ệ" * 1025)
    assert refusal == "Bad Request: message caption is too long"


def test_file_ids_are_of_one_kind_and_of_one_bot(world: World) -> None:
    document = world.send_file("sendDocument", "document", "a.txt", b"x")["document"]["file_id"]
    photo = world.send_file("sendPhoto", "photo", "a.png", png(10, 10))["photo"][0]["file_id"]
    other = "7000000002:AAF-another-sandbox-token-012345678"
    world.post("bots", token=other, username="another_bot", first_name="Khác")
    strange = world.http.post(f"/telegram/bot{other}/getFile", json={"file_id": document}).json()
    wrong = "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
    assert (
        world.refusal("sendPhoto", chat_id=5, photo=document) == "Bad Request: can't use file of type Document as Photo"
    )
    assert (
        world.refusal("sendDocument", chat_id=5, document=photo)
        == "Bad Request: can't use file of type Photo as Document"
    )
    assert world.refusal("sendDocument", chat_id=5, document="BQACAgUAAxk") == wrong
    assert world.refusal("getFile", file_id="BQACAgUAAxk") == "Bad Request: invalid file_id"
    assert strange["description"] == "Bad Request: invalid file_id"


def test_an_address_on_the_web_is_refused(world: World) -> None:
    refusal = world.refusal("sendPhoto", chat_id=5, photo="https://example.test/a.png")
    assert refusal == "Bad Request: failed to get HTTP URL content; the sandbox fetches nothing: upload the file"


def test_a_path_that_was_never_given_out_is_not_found(world: World) -> None:
    answer = world.http.get(f"/telegram/file/bot{world.sandbox.token}/documents/file_9.txt")
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(640, 480), (640, 480)),
        (jpeg(640, 480), (640, 480)),
        (jpeg(640, 480)[:-1], None),
        (b"\xff\xd8\xff\xda\x00\x00", None),
        (png(1, 1)[:20], None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_first_bytes(data: bytes, size: tuple[int, int] | None) -> None:
    assert dimensions(data) == size
