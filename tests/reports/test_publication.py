"""From verified answers to the messages that everybody gets, on a real database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.content import columns_of
from campaign.database import Database
from campaign.models import (
    Address,
    Base,
    Campaign,
    Membership,
    OutboxRow,
    Person,
    Ranking,
    RankingFile,
    StoredFile,
    Submission,
    Unit,
)
from campaign.people import meet
from campaign.ports import Filled, Letter
from campaign.ranking import approve
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.setup import NewCampaign, create
from campaign.stages import Stage
from reports.notices import notice
from reports.publication import propose, publish, table_of
from reports.tabulating import ranking_table
from scoring import Answer, answers_that_count, rank_units, ranking_document
from scoring import Unit as ScoredUnit
from tests.reports.samples import REGULATION
from words import Text, Value, say

IN_TIME = datetime(2026, 10, 20, 2, 0, tzinfo=UTC)
NOW = datetime(2026, 12, 18, 2, 0, tzinfo=UTC)
UNITS = (
    ScoredUnit("noi-vu", "Sở <Nội> & vụ", "so"),
    ScoredUnit("y-te", "Sở Y tế", "so"),
    ScoredUnit("xay-dung", "Sở Xây dựng", "so"),
    ScoredUnit("mau", "UBND huyện Mẫu", "huyen"),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = Database(f"sqlite:///{tmp_path / 'xephang.db'}")
    Base.metadata.create_all(database.engine)
    with database.transaction() as session:
        yield session
    database.close()


def answers(may: int, mang: int, van_ban: int) -> tuple[Answer, ...]:
    return (Answer("so_may", may), Answer("so_mang", mang), Answer("so_van_ban", van_ban))


def verifying(session: Session) -> Campaign:
    """A campaign whose data are in: all units submitted, Sở Xây dựng too late. Each has a contact (chat = its code)."""
    letter = Letter("12/SM-CĐS", date(2026, 9, 14), "Nguyễn Văn Mẫu")
    wanted = NewCampaign(REGULATION, UNITS, 2026, letter, None, None, "Asia/Ho_Chi_Minh")
    campaign = create(session, wanted, actor="test", now=NOW)
    campaign.stage = Stage.VERIFYING
    for unit in campaign.units:
        join(session, campaign, Role.CONTACT, unit.code, unit)
    hand_in(session, campaign, "noi-vu", answers(2500, 1410, 5215))
    hand_in(session, campaign, "y-te", answers(2000, 1000, 4000))
    hand_in(session, campaign, "xay-dung", answers(2500, 1500, 6000), late=True)
    hand_in(session, campaign, "mau", answers(3500, 2500, 0))
    return campaign


def join(session: Session, campaign: Campaign, role: Role, chat: str, unit: Unit | None = None) -> Address:
    address = meet(session, "telegram", chat, name=chat, language="vi")
    session.add(
        Membership(campaign_id=campaign.id, person_id=address.person_id, role=role, unit_id=unit.id if unit else None)
    )
    session.flush()
    return address


def hand_in(session: Session, campaign: Campaign, code: str, given: tuple[Answer, ...], *, late: bool = False) -> None:
    unit = next(each for each in campaign.units if each.code == code)
    person = session.scalars(select(Person).where(Person.name == code)).one()
    session.add(
        Submission(
            unit_id=unit.id,
            number=1,
            at=NOW,
            came_at=NOW if late else IN_TIME,
            person_id=person.id,
            origin="chat",
            **columns_of(Filled(given)),
            sha256="",
            receipt=f"2026-{unit.id}-1",
        )
    )
    session.flush()


def messages(session: Session, chat: str) -> list[str]:
    """The kinds of the messages to a chat, in order."""
    rows = session.scalars(select(OutboxRow).join(Address).where(Address.value == chat).order_by(OutboxRow.id))
    return [row.kind for row in rows]


def reading(session: Session, chat: str, kind: str) -> str:
    rows = session.scalars(
        select(OutboxRow).join(Address).where(Address.value == chat, OutboxRow.kind == kind).order_by(OutboxRow.id)
    )
    (row,) = rows
    return say(notice(row.kind, row.facts, row.file).text, "vi")


def file_names(session: Session, ranking: Ranking) -> list[str]:
    rows = select(StoredFile.name).join(RankingFile).where(RankingFile.ranking_id == ranking.id)
    return list(session.scalars(rows.order_by(RankingFile.position)))


def approved(session: Session, campaign: Campaign) -> Ranking:
    leader = join(session, campaign, Role.LEADER, "leader")
    ranking = propose(session, campaign, now=NOW, actor="test", language="vi")
    approve(session, ranking, leader.person, decision_number="15/QĐ-MAU", decision_day=date(2026, 12, 18), now=NOW)
    return ranking


def test_a_proposal_reaches_the_leaders_with_its_files_and_the_button_last(session: Session) -> None:
    campaign = verifying(session)
    join(session, campaign, Role.LEADER, "leader")
    join(session, campaign, Role.OFFICER, "officer")

    ranking = propose(session, campaign, now=NOW, actor="test", language="vi")

    assert (ranking.number, campaign.stage) == (1, Stage.OFFERED)
    assert messages(session, "leader") == ["reports.picture", "reports.picture", "reports.workbook", "reports.offered"]
    assert messages(session, "officer") == []
    assert messages(session, "noi-vu") == []
    assert file_names(session, ranking) == [
        "du-thao-xep-hang-2026-so.png",
        "du-thao-xep-hang-2026-huyen.png",
        "du-thao-xep-hang-2026.xlsx",
    ]
    assert reading(session, "leader", "reports.offered").splitlines()[:8] == [
        "<b>Đánh giá mẫu 2026</b>",
        "Kính trình lãnh đạo xem xét, phê duyệt kết quả xếp hạng (bản số 1).",
        "",
        "<b>Cơ quan chuyên môn</b> (2 đơn vị được xếp hạng)",
        "Tốt 1 · Khá 1 · Trung bình 0 · Dưới trung bình 0",
        "1. Sở <Nội> & vụ — <b>91,25</b> · Tốt",
        "2. Sở Y tế — <b>70,00</b> · Khá",
        "",
    ]


def test_proposing_what_is_on_offer_already_changes_nothing_and_asks_nobody_again(session: Session) -> None:
    campaign = verifying(session)
    join(session, campaign, Role.LEADER, "leader")
    first = propose(session, campaign, now=NOW, actor="test", language="vi")
    asked = messages(session, "leader")

    again = propose(session, campaign, now=NOW, actor="test", language="vi")

    assert (again.id, again.number, messages(session, "leader")) == (first.id, 1, asked)


def test_publishing_tells_each_unit_its_own_result(session: Session) -> None:
    ranking = approved(session, verifying(session))

    publish(session, ranking, now=NOW, actor="test")

    assert ranking.campaign.stage is Stage.PUBLISHED
    assert [messages(session, chat) for chat in ("noi-vu", "y-te", "xay-dung", "mau")] == [
        ["reports.result"],
        ["reports.result"],
        ["reports.result_not_ranked"],
        ["reports.result"],
    ]
    assert reading(session, "y-te", "reports.result") == (
        "Kính gửi: <b>Sở Y tế</b>\n"
        "\n"
        "<b>Đánh giá mẫu 2026</b>\n"
        "Kết quả công bố theo Quyết định số 15/QĐ-MAU ngày 18/12/2026:\n"
        "\n"
        "Tổng điểm: <b>70,00</b>/100,00\n"
        "Xếp loại: <b>Khá</b>\n"
        "Thứ hạng: <b>2/2</b> (Cơ quan chuyên môn)\n"
        "\n"
        "Điểm theo hạng mục:\n"
        "• Hạ tầng kỹ thuật: 30,00/40,00\n"
        "• Ứng dụng: 40,00/60,00"
    )
    (reason,) = (unit.reason for unit in table_of(ranking).groups[0].unranked)
    assert reading(session, "xay-dung", "reports.result_not_ranked").splitlines()[-1] == f"Lý do: {reason}"


def test_a_contact_of_two_units_gets_both_results(session: Session) -> None:
    campaign = verifying(session)
    join(session, campaign, Role.CONTACT, "y-te", next(unit for unit in campaign.units if unit.code == "noi-vu"))

    publish(session, approved(session, campaign), now=NOW, actor="test")

    assert messages(session, "y-te") == ["reports.result", "reports.result"]


def test_leaders_and_officers_get_the_whole_with_files_that_name_the_decision(session: Session) -> None:
    campaign = verifying(session)
    officer = join(session, campaign, Role.OFFICER, "officer")
    ranking = approved(session, campaign)
    session.add(Membership(campaign_id=campaign.id, person_id=officer.person_id, role=Role.LEADER))
    session.flush()

    publish(session, ranking, now=NOW, actor="test")

    whole = ["reports.summary", "reports.picture", "reports.picture", "reports.workbook"]
    assert messages(session, "officer") == whole
    assert messages(session, "leader")[-4:] == whole
    assert reading(session, "officer", "reports.summary").splitlines()[1] == (
        "Kết quả xếp hạng công bố theo Quyết định số 15/QĐ-MAU ngày 18/12/2026."
    )
    assert file_names(session, ranking)[3:] == ["xep-hang-2026-so.png", "xep-hang-2026-huyen.png", "xep-hang-2026.xlsx"]
    content = session.scalars(select(StoredFile.content).where(StoredFile.name == "xep-hang-2026.xlsx")).one()
    assert load_workbook(BytesIO(content)).worksheets[0]["A6"].value == (
        "Công bố theo Quyết định số 15/QĐ-MAU ngày 18/12/2026"
    )


def test_a_ranking_that_is_not_approved_cannot_be_published_and_nobody_hears_of_it(session: Session) -> None:
    ranking = propose(session, verifying(session), now=NOW, actor="test", language="vi")

    with pytest.raises(Refused):
        publish(session, ranking, now=NOW, actor="test")

    assert messages(session, "noi-vu") == []


def test_a_ranking_of_600_units_comes_in_parts_that_each_name_their_place(session: Session) -> None:
    units = tuple(ScoredUnit(f"x{number}", f"UBND xã Mẫu số {number}", "so") for number in range(600))
    wanted = NewCampaign(
        REGULATION, units, 2026, Letter("12/SM", date(2026, 9, 14), "Mẫu"), None, None, "Asia/Ho_Chi_Minh"
    )
    campaign = create(session, wanted, actor="test", now=NOW)
    campaign.stage = Stage.VERIFYING
    ranking = approved(session, campaign)
    session.flush()

    publish(session, ranking, now=NOW, actor="test")

    assert [kind for kind, _ in groupby(messages(session, "leader"))] == [
        *("reports.picture", "reports.workbook", "reports.ranking_part", "reports.offered"),
        *("reports.summary", "reports.ranking_part", "reports.picture", "reports.workbook"),
    ]
    before, after = (parts_sent(session, occasion) for occasion in ("offered", "summary"))
    assert before == [(place, len(before) + 1) for place in range(1, len(before) + 1)]
    assert after == [(place, len(after) + 1) for place in range(2, len(after) + 2)]


def parts_sent(session: Session, occasion: str) -> list[tuple[Value, Value]]:
    """Number and count of the parts that were sent beside the offer or the summary itself."""
    rows = select(OutboxRow).where(OutboxRow.kind == "reports.ranking_part", OutboxRow.key.startswith(f"{occasion}:"))
    return [(row.facts["part"], row.facts["parts"]) for row in session.scalars(rows.order_by(OutboxRow.id))]


declared = st.tuples(st.integers(0, 9_999), st.integers(0, 9_999), st.integers(0, 9_999))


@settings(max_examples=50)
@given(st.lists(declared, min_size=1, max_size=8))
def test_whatever_is_scored_the_printed_categories_add_up_to_the_printed_total(
    rows: list[tuple[int, int, int]],
) -> None:
    units = [ScoredUnit(f"u{place}", f"Sở {place}", "so") for place in range(len(rows))]
    counted = {unit.id: answers_that_count(answers(*row)) for unit, row in zip(units, rows, strict=True)}
    document = ranking_document(REGULATION, rank_units(REGULATION, units, counted))

    table = ranking_table(REGULATION, document, units, title="Mẫu")

    for unit in table.groups[0].ranked:
        assert sum(unit.points, Decimal(0)) == unit.total
        assert [sum((mark.points for mark in marks), Decimal(0)) for marks in unit.marks] == list(unit.points)


def test_the_table_of_a_kept_ranking_names_its_decision_once_it_is_approved(session: Session) -> None:
    ranking = propose(session, verifying(session), now=NOW, actor="test", language="vi")
    assert table_of(ranking).status == Text("reports.draft")

    ranking.decision_number, ranking.decision_day = "15/QĐ-MAU", date(2026, 12, 18)

    assert table_of(ranking).status == Text("reports.published", decision="15/QĐ-MAU", day=date(2026, 12, 18))
