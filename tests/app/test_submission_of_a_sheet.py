"""A revision that came from a unit's sheet, as `campaign submission` prints it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.database import Database
from campaign.migrate import upgrade
from campaign.models import Membership
from campaign.people import Invitee, invite
from campaign.ports import Document
from campaign.roles import Role
from tests.app.command_line import xephang
from tests.campaign import world
from tests.campaign.world import WITH_EVIDENCE, at, citing, filled, ticked
from tests.scheduler.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The forms stand; a contact of `mot` is invited, and has not come."""
    database = Database(f"sqlite:///{tmp_path / 'xephang.sqlite3'}")
    upgrade(database)
    office = Office(database)
    with database.transaction() as session:
        campaign = world.armed(session, WITH_EVIDENCE)
        invitee = Invitee(Role.CONTACT, "mot", "Hoa", "")
        invite(session, campaign, invitee, token="token", actor="administrator", now=at(9, 2))
    office.tick(at(9, 15, 8))
    yield office
    database.close()


def test_a_box_ticked_where_no_contact_has_come_counts_and_its_person_is_unknown(
    office: Office, tmp_path: Path
) -> None:
    paper = Document("co_phan_mem", number="15/BC-MAU", name="Báo cáo mẫu", day=date(2026, 1, 5))
    reading = citing(filled(), "co_phan_mem", "Báo cáo mẫu")
    reading = replace(reading, filled=replace(reading.filled, documents=(paper,)))
    office.shelf.write("mau-2026-mot", ticked(reading), at(10, 20, 9))
    office.tick(at(10, 20, 9, 1))

    with office.database.transaction() as session:
        assert session.scalars(select(Membership)).all() == []
    document = json.loads(xephang(tmp_path, "campaign", "submission", "mot", "--json").stdout)
    assert (document["number"], document["counts"], document["late"]) == (1, True, False)
    assert (document["origin"], document["person"], document["documents"][0]["day"]) == ("sheet", None, "2026-01-05")
    lines = xephang(tmp_path, "campaign", "submission", "mot").stdout.splitlines()
    assert lines[:4] == [
        "Sở Mẫu Một, đợt mau-2026: bản nộp số 1, biên nhận 2026-0001-1",
        "Tiếp nhận lúc 09:01 20/10/2026, từ ô đánh dấu trên phiếu, không rõ người nộp",
        "Đúng hạn (tính theo thời điểm 09:00 20/10/2026)",
        "Là bản được tính",
    ]
    assert [line for line in lines if "15/BC-MAU" in line] == ["      – 15/BC-MAU; Báo cáo mẫu; 05/01/2026"]
