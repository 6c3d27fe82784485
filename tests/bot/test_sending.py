"""What goes as a photo and what as a document."""

from struct import pack

import pytest

from bot.sending import File, _is_photo


def picture(width: int, height: int) -> File:
    """The beginning of a PNG of that size, which is all that tells its size."""
    head = b"\x89PNG\r\n\x1a\n" + pack(">I4sII", 13, b"IHDR", width, height)
    return File("0" * 64, "xep-hang.png", "image/png", head, None)


@pytest.mark.parametrize(("height", "photo"), [(8_800, True), (8_801, False)])
def test_a_picture_beyond_the_size_of_photos_goes_as_a_document(height: int, photo: bool) -> None:  # noqa: FBT001 - a table of cases
    assert _is_photo(picture(1_200, height)) is photo
