"""Albums: files sent together belong together, as the signed copy of a form or as evidence."""

import pytest

from campaign.models import EvidenceFile, RawUpdate, SignedPage, StoredFile, Submission
from campaign.roles import Role
from tests.bot.photos import content_of, photo
from tests.bot.world import World, labels
from tests.bot.year import HOA, NAM, answers, begin, end_collecting, fill_in, invitation, unit_id

CONFIRMED = (
    "Kính gửi: Sở Tài chính Mẫu\n"
    "\n"
    "Bản nộp lần 1 (biên nhận số 2026-0001-1) đã được thủ trưởng đơn vị xác nhận và được tính."
)
SIGNED, EVIDENCE = "Đây là phiếu đã ký", "Đây là tài liệu kiểm chứng"


@pytest.fixture
def headed(world: World) -> World:
    """Heads confirm here, and Hoa has submitted the form of Sở Tài chính Mẫu."""
    begin(world, head_confirms=True)
    fill_in(world, "stc", answers())
    world.write(HOA, "/nopphieu")
    return world


def pages(world: World) -> list[tuple[str, bytes]]:
    """The signed copy, file by file, as it is kept."""
    with world.transaction() as session:
        rows = session.query(SignedPage).order_by(SignedPage.place)
        return [(row.name, session.get_one(StoredFile, row.sha256).content) for row in rows]


def photos(*numbers: int) -> list[tuple[str, bytes]]:
    return [(f"photo-{number}.jpg", content_of(number)) for number in numbers]


def evidence(world: World) -> list[tuple[str, str | None]]:
    with world.transaction() as session:
        rows = session.query(EvidenceFile).filter(EvidenceFile.withdrawn_at.is_(None)).order_by(EvidenceFile.id)
        return [(row.name, row.key) for row in rows]


def are_they_signed(*numbers: int) -> str:
    names = "".join(f"• photo-{number}.jpg\n" for number in numbers)
    return (
        f"Đã nhận {len(numbers)} tệp:\n{names}"
        "Các tệp này có phải là phiếu đã ký của Sở Tài chính Mẫu, bản nộp lần 1, theo thứ tự trên?\n"
        "Khi anh/chị bấm “Đây là phiếu đã ký”, bản nộp được ghi nhận là đã được thủ trưởng xác nhận "
        "và không hủy được nữa."
    )


def test_an_album_is_one_signed_copy_asked_about_once_and_kept_in_order(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    album = [photo(headed, number=number, album="77") for number in (902, 900, 901)]
    assert headed.receive_together(HOA, album) == [are_they_signed(900, 901, 902)]
    assert pages(headed) == []
    assert headed.press(HOA, SIGNED) == [CONFIRMED]
    assert pages(headed) == photos(900, 901, 902)
    assert evidence(headed) == []
    officers = headed.press_data(NAM, f"unit:{unit_id(headed, 'stc')}")
    assert officers[-1].splitlines()[-1] == (
        "Bản nộp lần 1 đã được thủ trưởng đơn vị xác nhận, theo phiếu đã ký gồm 3 tệp"
    )


def test_an_album_that_comes_in_parts_is_one_signed_copy_all_the_same(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.receive(HOA, photo(headed, number=901, album="77"))
    assert headed.receive(HOA, photo(headed, number=900, album="77")) == [are_they_signed(900, 901)]
    assert headed.press(HOA, SIGNED) == [CONFIRMED]
    assert headed.receive(HOA, photo(headed, number=902, album="77")) == [
        "Đã ghi thêm “photo-902.jpg” vào phiếu đã ký của Sở Tài chính Mẫu, bản nộp lần 1; phiếu đã ký gồm 3 tệp."
    ]
    assert pages(headed) == photos(900, 901, 902)
    assert evidence(headed) == []


def test_a_file_of_an_album_that_is_handled_again_is_in_the_signed_copy_once(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.receive_together(HOA, [photo(headed, number=number, album="77") for number in (900, 901)])
    headed.press(HOA, SIGNED)
    with headed.transaction() as session:
        session.query(RawUpdate).filter(RawUpdate.update_id >= 1_000_000).update({RawUpdate.handled_at: None})
    headed.settle()
    assert pages(headed) == photos(900, 901)


def test_photos_sent_one_after_the_other_are_one_signed_copy(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.receive(HOA, photo(headed, number=900))
    assert headed.receive(HOA, photo(headed, number=901)) == [are_they_signed(900, 901)]
    headed.press(HOA, SIGNED)
    assert pages(headed) == photos(900, 901)


def test_what_was_stopped_is_no_part_of_the_next_signed_copy(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.receive(HOA, photo(headed, number=900))
    headed.press(HOA, "Dừng")
    headed.press(HOA, "Nhập số văn bản")
    headed.receive(HOA, photo(headed, number=901))
    headed.press(HOA, SIGNED)
    assert pages(headed) == photos(901)


def test_an_album_is_a_signed_copy_also_when_nobody_asked_for_it(headed: World) -> None:
    for number in (901, 900):
        headed.receive(HOA, photo(headed, number=number, album="77"))
    assert headed.press(HOA, SIGNED) == [CONFIRMED]
    headed.receive(HOA, photo(headed, number=902, album="77"))
    assert (pages(headed), evidence(headed)) == (photos(900, 901, 902), [])


def test_once_evidence_is_over_an_album_is_still_one_signed_copy(headed: World) -> None:
    end_collecting(headed)
    headed.settle()
    headed.receive_together(HOA, [photo(headed, number=number, album="77") for number in (900, 901)])
    assert labels(headed.last(HOA)) == [SIGNED, "Dừng"]
    assert headed.press(HOA, SIGNED) == [CONFIRMED]
    assert pages(headed) == photos(900, 901)


def test_a_caption_anywhere_in_an_album_makes_evidence_of_all_of_it(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    captions = {900: "", 901: "2.1a Kế hoạch", 902: ""}
    headed.receive_together(
        HOA, [photo(headed, number=number, album="77", caption=text) for number, text in captions.items()]
    )
    assert evidence(headed) == [(f"photo-{number}.jpg", "mot_cua") for number in captions]
    assert headed.write(HOA, "123/BC-STC ngày 15/09/2026") == [CONFIRMED]


def test_a_caption_that_comes_last_takes_back_what_seemed_to_be_the_signed_copy(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.receive(HOA, photo(headed, number=900, album="77"))
    headed.receive(HOA, photo(headed, number=901, album="77", caption="2.1a"))
    headed.receive(HOA, photo(headed, number=902, album="77"))
    assert evidence(headed) == [(f"photo-{number}.jpg", "mot_cua") for number in (900, 901, 902)]
    headed.receive(HOA, photo(headed, number=903))
    headed.press(HOA, SIGNED)
    assert pages(headed) == photos(903)


def test_an_album_that_is_no_signed_copy_is_evidence_with_one_press(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    headed.receive_together(HOA, [photo(headed, number=number, album="77") for number in (900, 901)])
    headed.press(HOA, EVIDENCE)
    headed.receive(HOA, photo(headed, number=902, album="77"))
    headed.press(HOA, "2.1a Có phần mềm một cửa")
    assert evidence(headed) == [(f"photo-{number}.jpg", "mot_cua") for number in (900, 901, 902)]


def test_a_document_of_an_album_counts_for_the_question_in_its_own_name(collecting: World) -> None:
    chat, sender = {"id": HOA, "type": "private"}, {"id": HOA, "is_bot": False, "first_name": "Hoa"}
    for number, name in ((900, "1.1a bảng.pdf"), (901, "2.1a kế hoạch.pdf")):
        file_id = photo(collecting, number=number)["message"]["photo"][0]["file_id"]
        document = {"file_id": file_id, "file_unique_id": f"d{number}", "file_name": name}
        beside = {"media_group_id": "77", "document": document}
        message = {"message_id": number, "date": 0, "chat": chat, "from": sender, **beside}
        collecting.receive(HOA, {"message": message})
    assert evidence(collecting) == [("1.1a bảng.pdf", "can_bo"), ("2.1a kế hoạch.pdf", "mot_cua")]


def test_who_speaks_for_several_units_says_once_whose_an_album_is(collecting: World) -> None:
    collecting.open_link(HOA, invitation(collecting, Role.CONTACT, "sgd", "Trần Thị Hoa Mẫu"))
    album = [photo(collecting, number=number, album="77") for number in (900, 901)]
    assert collecting.receive_together(HOA, album) == ["Tệp “photo-900.jpg” là tài liệu kiểm chứng của đơn vị nào?"]
    collecting.press(HOA, "Sở Giáo dục Mẫu")
    collecting.receive(HOA, photo(collecting, number=902, album="77", caption="2.1a"))
    assert evidence(collecting) == [(f"photo-{number}.jpg", "mot_cua") for number in (900, 901, 902)]


def test_two_albums_of_two_people_with_one_number_are_two(headed: World) -> None:
    headed.press(HOA, "Nhập số văn bản")
    own = photo(headed, number=900, album="77")
    others = photo(headed, number=901, album="77")
    others["message"]["chat"] = {**others["message"]["chat"], "id": NAM}
    others["message"]["from"] = {**others["message"]["from"], "id": NAM}
    headed.receive_together(HOA, [own, others])
    headed.press(HOA, SIGNED)
    assert pages(headed) == photos(900)
    with headed.transaction() as session:
        assert session.query(Submission).one().confirmation == "copy"
