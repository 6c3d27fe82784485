"""Evidence that comes as files: for which question each counts, and what it does to a submission."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.content import filled_of
from campaign.evidence import assign, files_of, keep_file, unplaced, with_files, withdraw
from campaign.files import LONGEST_NAME, NewFile
from campaign.files import sha256_of as hash_of
from campaign.filling import shortfall_of, take_ticked
from campaign.folder_files import record_folder, record_folder_files
from campaign.lateness import is_late
from campaign.models import Campaign, EvidenceFile, StoredFile, Submission, Unit
from campaign.ports import Document, FolderFile
from campaign.refusal import Refused
from campaign.roles import Role
from reports.notice_buttons import Button
from reports.notices import notice
from tests.campaign.world import (
    WITH_EVIDENCE,
    actions,
    at,
    citing,
    collecting,
    filled,
    form,
    join,
    person,
    receivers,
    states,
    submitted,
    tick,
    ticked,
    told,
    unit,
)
from words import Text, say

PLAN = NewFile("Quyết định mẫu.pdf", "application/pdf", b"%PDF-1.4 (mau)")
OTHER = NewFile("Báo cáo mẫu.pdf", "application/pdf", b"%PDF-1.4 (mau, khac)")


def issued(session: Session) -> Campaign:
    """The forms stand and `co_phan_mem` (2a) wants evidence; Hoa speaks for `mot`, whose folder is called so."""
    campaign = collecting(session, WITH_EVIDENCE)
    join(session, campaign, Role.CONTACT, "Hoa", "mot")
    form(session, unit(campaign, "mot")).folder_id = "folder-mot"
    return campaign


def sent(session: Session, of: Unit, file: NewFile = PLAN, *, key: str | None = "co_phan_mem") -> EvidenceFile:
    return keep_file(session, of, person(session), file, f"message {file.name}", key=key, now=at(10, 20))


def in_folder(
    name: str, *, sha256: str = "a" * 64, file_id: str = "file-1", folder: str = "folder-mot", day: int = 20
) -> FolderFile:
    return FolderFile(file_id, folder, name, sha256, at(10, day))


def keys(session: Session) -> list[str | None]:
    return list(session.scalars(select(EvidenceFile.key).order_by(EvidenceFile.id)))


def test_a_file_that_was_sent_is_kept_with_its_hash_and_is_evidence_for_its_question(session: Session) -> None:
    mot = unit(issued(session), "mot")
    row = sent(session, mot)
    assert (row.sha256, row.origin, row.at, row.person_id) == (
        hash_of(PLAN),
        "telegram",
        at(10, 20),
        person(session).id,
    )
    assert session.get_one(StoredFile, row.sha256).content == PLAN.content
    whole = with_files(session, mot, filled().filled)
    assert whole.documents == (Document("co_phan_mem", name=PLAN.name, sha256=hash_of(PLAN)),)
    assert {each.key: each.evidence for each in whole.answers} == {
        "can_bo": "",
        "co_may": "",
        "co_phan_mem": "Quyết định mẫu.pdf",
    }


def test_a_file_stands_beside_what_the_form_cites_and_is_added_once(session: Session) -> None:
    mot = unit(issued(session), "mot")
    sent(session, mot)
    sent(session, mot, OTHER)
    once = with_files(session, mot, citing(filled(), "co_phan_mem", "1/QĐ-MAU").filled)
    assert [each.name for each in once.documents] == ["1/QĐ-MAU", PLAN.name, OTHER.name]
    assert once.answers[-1].evidence == "1/QĐ-MAU; Quyết định mẫu.pdf; Báo cáo mẫu.pdf"
    assert with_files(session, mot, once) == once


def test_a_form_whose_evidence_is_a_file_can_be_submitted_and_freezes_its_hash(session: Session) -> None:
    mot = unit(issued(session), "mot")
    assert shortfall_of(session, mot, filled()).unevidenced == ("2a – Có phần mềm chuyên ngành",)
    sent(session, mot)
    kept = submitted(session, mot, filled(), now=at(10, 20))
    assert [each.sha256 for each in filled_of(kept).documents] == [hash_of(PLAN)]


def test_another_file_makes_another_revision_and_a_file_that_is_withdrawn_leaves_the_older_one_as_it_was(
    session: Session,
) -> None:
    mot = unit(issued(session), "mot")
    sent(session, mot)
    first = submitted(session, mot, filled(), now=at(10, 20))
    second_file = sent(session, mot, OTHER)
    second = submitted(session, mot, filled(), now=at(10, 21))
    withdraw(session, second_file.id, mot, actor="person:1", now=at(10, 22))
    third = submitted(session, mot, filled(), now=at(10, 22))
    assert [len(filled_of(each).documents) for each in (first, second, third)] == [1, 2, 1]
    assert (first.sha256 == third.sha256, first.sha256 == second.sha256) == (True, False)


def test_the_same_message_again_keeps_no_second_file(session: Session) -> None:
    mot = unit(issued(session), "mot")
    assert sent(session, mot) is sent(session, mot)
    assert keys(session) == ["co_phan_mem"]


def test_a_file_counts_for_nothing_until_somebody_says_what_it_is_for(session: Session) -> None:
    mot = unit(issued(session), "mot")
    row = sent(session, mot, key=None)
    assert (unplaced(session, mot), shortfall_of(session, mot, filled()).stands_in_the_way) == ([row], True)
    assign(session, row.id, mot, "co_phan_mem", actor="person:1", now=at(10, 21))
    assert (unplaced(session, mot), shortfall_of(session, mot, filled()).stands_in_the_way) == ([], False)
    withdraw(session, row.id, mot, actor="person:1", now=at(10, 22))
    assert (unplaced(session, mot), shortfall_of(session, mot, filled()).stands_in_the_way) == ([], True)
    assert actions(session)[-3:] == ["evidence_kept", "evidence_assigned", "evidence_withdrawn"]


def test_what_is_done_twice_is_on_record_once(session: Session) -> None:
    mot = unit(issued(session), "mot")
    row = sent(session, mot, key=None)
    for _ in range(2):
        assign(session, row.id, mot, "co_may", actor="person:1", now=at(10, 21))
    for _ in range(2):
        withdraw(session, row.id, mot, actor="person:1", now=at(10, 22))
    assert actions(session)[-3:] == ["evidence_kept", "evidence_assigned", "evidence_withdrawn"]
    assert row.withdrawn_at == at(10, 22)


def test_nobody_touches_the_files_of_another_unit(session: Session) -> None:
    campaign = issued(session)
    row = sent(session, unit(campaign, "mot"), key=None)
    hai = unit(campaign, "hai")
    with pytest.raises(Refused) as refusal:
        assign(session, row.id, hai, "co_may", actor="person:2", now=at(10, 21))
    assert refusal.value.text == Text("campaign.no_such_file", unit="Sở Mẫu Hai")
    with pytest.raises(Refused):
        withdraw(session, row.id, hai, actor="person:2", now=at(10, 21))
    with pytest.raises(Refused):
        withdraw(session, 404, hai, actor="person:2", now=at(10, 21))


@pytest.mark.parametrize("key", ["co_trang", "khong_co", ""], ids=["the department's", "nobody's", "none"])
def test_a_file_is_for_a_question_that_the_unit_is_asked(session: Session, key: str) -> None:
    mot = unit(issued(session), "mot")
    with pytest.raises(Refused) as refusal:
        sent(session, mot, key=key)
    assert refusal.value.text == Text("campaign.no_such_question", unit="Sở Mẫu Một", key=key)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("2a Quyết định.pdf", "co_phan_mem"),
        ("2A.pdf", "co_phan_mem"),
        (" 1b - Kiểm kê.xlsx", "co_may"),
        ("1a_Danh sách.docx", "can_bo"),
        ("2ab.pdf", None),
        ("12a.pdf", None),
        ("2.pdf", None),
        ("Quyết định 2a.pdf", None),
        ("", None),
    ],
)
def test_the_number_at_the_beginning_of_a_name_says_what_a_file_is_for(
    session: Session, name: str, key: str | None
) -> None:
    record_folder_files(session, issued(session), [in_folder(name)], now=at(10, 20))
    assert keys(session) == [key]


def test_a_file_that_is_sent_with_a_number_in_its_name_needs_no_question(session: Session) -> None:
    mot = unit(issued(session), "mot")
    assert sent(session, mot, NewFile("1b.pdf", "application/pdf", b"x"), key=None).key == "co_may"


def test_contacts_are_asked_once_what_a_file_in_their_folder_is_for(session: Session) -> None:
    campaign = issued(session)
    for _ in range(2):
        record_folder_files(
            session, campaign, [in_folder("Quyết định.pdf"), in_folder("2a.pdf", file_id="2")], now=at(10, 20)
        )
    ((receiver, facts),) = told(session, "reports.place_file")
    row = session.scalars(select(EvidenceFile).where(EvidenceFile.key.is_(None))).one()
    assert (receiver, facts["name"], facts["file_id"]) == ("Hoa", "Quyết định.pdf", row.id)


def test_a_question_that_has_its_answer_does_not_go_out_any_more(session: Session) -> None:
    campaign = issued(session)
    record_folder_files(session, campaign, [in_folder("Quyết định.pdf")], now=at(10, 20))
    record_folder_files(session, campaign, [in_folder("Báo cáo.pdf", file_id="2")], now=at(10, 20))
    first, _ = session.scalars(select(EvidenceFile).order_by(EvidenceFile.id))
    assign(session, first.id, unit(campaign, "mot"), "co_may", actor="person:1", now=at(10, 21))
    assert states(session, "reports.place_file") == ["cancelled", "waiting"]


def test_a_file_that_is_renamed_in_the_folder_stays_the_same_file(session: Session) -> None:
    campaign = issued(session)
    for name, day in (("2a.pdf", 20), ("Kế hoạch.pdf", 21), ("1b.pdf", 22)):
        record_folder_files(session, campaign, [in_folder(name, day=day)], now=at(10, day))
    row = session.scalars(select(EvidenceFile)).one()
    assert (row.key, row.name, row.sha256, row.at) == ("co_may", "1b.pdf", "a" * 64, at(10, 20))


def test_a_file_that_is_replaced_in_the_folder_is_another_one_for_the_same_question(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    record_folder_files(session, campaign, [in_folder("2a.pdf")], now=at(10, 20))
    first = submitted(session, mot, filled(), now=at(10, 20))
    for _ in range(2):
        record_folder_files(session, campaign, [in_folder("Kế hoạch.pdf", sha256="b" * 64, day=21)], now=at(10, 21))
    second = submitted(session, mot, filled(), now=at(10, 22))
    assert hashes(first, second) == [["a" * 64], ["b" * 64]]
    assert keys(session) == ["co_phan_mem", "co_phan_mem"]


def hashes(*submissions: Submission) -> list[list[str]]:
    """Of the files that were frozen with each."""
    return [[document.sha256 for document in filled_of(each).documents] for each in submissions]


def test_what_came_in_time_goes_with_what_lay_in_the_folder_in_time(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    early = [in_folder("2a.pdf"), in_folder("2a kèm.pdf", file_id="file-2", sha256="c" * 64)]
    record_folder_files(session, campaign, early, now=at(10, 20))
    tick(session, campaign, filled(), at(10, 25))
    after = at(11, 1, 0, 1)
    replaced = FolderFile("file-1", "folder-mot", "2a.pdf", "b" * 64, after)
    record_folder_files(session, campaign, [replaced, binned("file-2")], now=after)
    in_time = take_ticked(session, mot, now=at(11, 1, 0, 5))
    assert in_time
    late = submitted(session, mot, filled(), now=at(11, 1, 1))
    assert hashes(in_time, late) == [["a" * 64, "c" * 64], ["b" * 64]]


def binned(file_id: str = "file-1") -> FolderFile:
    """The file, thrown away."""
    return replace(in_folder("2a.pdf", file_id=file_id), gone=True)


def test_a_file_that_lies_in_the_bin_counts_no_more_until_it_is_back(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    record_folder_files(session, campaign, [in_folder("2a.pdf")], now=at(10, 20))
    assert not shortfall_of(session, mot, filled()).stands_in_the_way
    form(session, mot).notes_due = False
    for _ in range(2):
        record_folder_files(session, campaign, [binned()], now=at(10, 21))
    assert shortfall_of(session, mot, filled()).unevidenced == ("2a – Có phần mềm chuyên ngành",)
    assert (actions(session)[-2:], form(session, mot).notes_due) == (["evidence_kept", "evidence_withdrawn"], True)
    record_folder_files(session, campaign, [in_folder("2a.pdf")], now=at(10, 22))
    assert not shortfall_of(session, mot, filled()).stands_in_the_way


def test_a_file_that_was_taken_out_of_the_folder_counts_no_more_but_stays_in_what_was_submitted(
    session: Session,
) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    record_folder(session, mot, [in_folder("2a.pdf"), in_folder("1b.pdf", file_id="file-2")], now=at(10, 20, 12))
    first = submitted(session, mot, filled(), now=at(10, 21))
    record_folder(session, mot, [in_folder("1b.pdf", file_id="file-2")], now=at(10, 22))
    ended = {each.name: each.withdrawn_at for each in session.scalars(select(EvidenceFile))}
    assert ended == {"2a.pdf": at(10, 22), "1b.pdf": None}
    assert shortfall_of(session, mot, filled()).unevidenced == ("2a – Có phần mềm chuyên ngành",)
    assert [each.name for each in filled_of(first).documents] == ["2a.pdf", "1b.pdf"]
    record_folder(session, mot, [in_folder("2a.pdf")], now=at(10, 23))
    assert [each.name for each in files_of(session, mot)] == ["2a.pdf"]


def test_what_was_taken_out_after_the_deadline_goes_with_what_came_in_time(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    record_folder(session, mot, [in_folder("2a.pdf")], now=at(10, 20, 12))
    tick(session, campaign, filled(), at(10, 25))
    record_folder(session, mot, [], now=at(11, 1, 0, 1))
    in_time = take_ticked(session, mot, now=at(11, 1, 0, 5))
    assert in_time
    assert hashes(in_time) == [["a" * 64]]


def test_what_came_to_the_bot_stays_whatever_the_folder_holds(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    sent(session, mot)
    record_folder(session, mot, [], now=at(10, 25))
    assert [each.name for each in files_of(session, mot)] == [PLAN.name]


def test_a_file_of_the_last_minutes_may_be_there_and_not_be_listed_yet(session: Session) -> None:
    campaign = issued(session)
    mot, new = unit(campaign, "mot"), in_folder("2a.pdf")
    record_folder_files(session, campaign, [new], now=new.at)
    record_folder(session, mot, [], now=new.at + timedelta(minutes=2))
    assert [each.name for each in files_of(session, mot)] == ["2a.pdf"]


@pytest.mark.parametrize(("folder", "left"), [("folder-khac", {}), ("folder-hai", {"hai": ["2a.pdf"]})])
def test_a_file_that_is_listed_in_another_folder_counts_where_it_lies(
    session: Session, folder: str, left: dict[str, list[str]]
) -> None:
    campaign = issued(session)
    mot, hai = unit(campaign, "mot"), unit(campaign, "hai")
    form(session, hai).folder_id = "folder-hai"
    record_folder_files(session, campaign, [in_folder("2a.pdf")], now=at(10, 20, 12))
    record_folder_files(session, campaign, [in_folder("2a.pdf", folder=folder, day=21)], now=at(10, 22))
    counting = {each.code: [file.name for file in files_of(session, each)] for each in (mot, hai)}
    assert {code: names for code, names in counting.items() if names} == left


def test_a_file_in_the_bin_that_never_counted_is_left_alone(session: Session) -> None:
    record_folder_files(session, issued(session), [binned()], now=at(10, 20))
    assert keys(session) == []


def test_a_file_that_a_contact_dropped_stays_dropped_while_it_lies_in_the_folder(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    record_folder_files(session, campaign, [in_folder("2a.pdf")], now=at(10, 20))
    row = session.scalars(select(EvidenceFile)).one()
    withdraw(session, row.id, mot, actor="person:1", now=at(10, 21))
    record_folder_files(session, campaign, [in_folder("2a mới.pdf", day=22)], now=at(10, 22))
    assert (files_of(session, mot), len(told(session, "reports.files_placed"))) == ([], 1)


def test_contacts_are_told_once_what_files_in_their_folder_were_taken_for(session: Session) -> None:
    campaign = issued(session)
    files = [in_folder("2a Kế hoạch.pdf"), in_folder("Báo cáo.pdf", file_id="2"), in_folder("1b.pdf", file_id="3")]
    for _ in range(2):
        record_folder_files(session, campaign, files, now=at(10, 20))
    plan, _, count = session.scalars(select(EvidenceFile.id).order_by(EvidenceFile.id))
    ((receiver, facts),) = told(session, "reports.files_placed")
    assert (receiver, facts["names"], facts["numbers"], facts["file_ids"]) == (
        "Hoa",
        ("2a Kế hoạch.pdf", "1b.pdf"),
        ("2a", "1b"),
        (plan, count),
    )


def test_whoever_is_told_what_files_were_taken_for_can_drop_each(session: Session) -> None:
    campaign = issued(session)
    record_folder_files(session, campaign, [in_folder("2a Kế hoạch.pdf")], now=at(10, 20))
    ((_, facts),) = told(session, "reports.files_placed")
    said = notice("reports.files_placed", facts, None)
    drop = Button(Text("reports.button_drop", name="2a Kế hoạch.pdf"), action=f"drop:{facts['file_ids'][0]}")
    assert said.buttons == ((drop,),)
    assert say(said.text, "vi").splitlines()[2:4] == [
        "Đã nhận 1 tệp trong thư mục tài liệu của đơn vị làm tài liệu kiểm chứng theo số mục ở đầu tên tệp:",
        "• Mục 2a: 2a Kế hoạch.pdf",
    ]


def test_contacts_are_told_again_of_a_file_that_counts_for_another_question(session: Session) -> None:
    campaign = issued(session)
    for name in ("2a.pdf", "1b.pdf", "1b mới.pdf"):
        record_folder_files(session, campaign, [in_folder(name)], now=at(10, 20))
    assert [facts["numbers"] for _, facts in told(session, "reports.files_placed")] == [("2a",), ("1b",)]


def test_many_files_are_told_in_messages_that_have_room_for_their_buttons(session: Session) -> None:
    files = [in_folder(f"2a {number}.pdf", file_id=f"file-{number}") for number in range(10)]
    record_folder_files(session, issued(session), files, now=at(10, 20))
    assert [len(facts["names"]) for _, facts in told(session, "reports.files_placed")] == [8, 2]


def test_a_question_about_a_file_is_taken_back_once_its_name_says_what_it_is_for(session: Session) -> None:
    campaign = issued(session)
    for name in ("Quyết định.pdf", "2a Quyết định.pdf"):
        record_folder_files(session, campaign, [in_folder(name)], now=at(10, 20))
    assert (states(session, "reports.place_file"), receivers(session, "reports.files_placed")) == (
        ["cancelled"],
        ["Hoa"],
    )


def test_a_document_without_content_of_its_own_is_no_evidence_and_a_pdf_is_asked_for_once(session: Session) -> None:
    campaign = issued(session)
    for day in (20, 21):
        record_folder_files(session, campaign, [in_folder("2a Kế hoạch", sha256="", day=day)], now=at(10, day))
    ((receiver, facts),) = told(session, "reports.file_without_content")
    assert "“2a Kế hoạch”" in say(notice("reports.file_without_content", facts, None).text, "vi")
    assert (receiver, facts["name"], keys(session)) == ("Hoa", "2a Kế hoạch", [])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2a Ke\u0302\u0301 hoạch\n mẫu.pdf", "2a Kế hoạch mẫu.pdf"),
        ("2a \ud83dMẫu\0\u202e.pdf", "2a Mẫu.pdf"),
        ("\ud83d", "file"),
        (f"2a {'dài ' * 60}.pdf", f"2a {'dài ' * 24}…{'dài ' * 4}.pdf"),
    ],
    ids=["in pieces", "broken", "nothing left", "too long"],
)
def test_names_in_a_folder_are_cleaned_and_shortened_and_are_the_same_the_next_time(
    session: Session, given: str, kept: str
) -> None:
    campaign = issued(session)
    for _ in range(2):
        record_folder_files(session, campaign, [in_folder(given)], now=at(10, 20))
    assert [each.name for each in files_of(session, unit(campaign, "mot"))] == [kept]
    assert actions(session).count("evidence_changed") == 0
    assert len(kept) <= LONGEST_NAME


def test_a_file_that_cannot_be_kept_stands_in_no_other_s_way(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    campaign = issued(session)
    bad, good = in_folder("2a hỏng.pdf", file_id="\ud83d"), in_folder("2a Kế hoạch.pdf")
    record_folder_files(session, campaign, [bad, good], now=at(10, 20))
    assert [each.name for each in files_of(session, unit(campaign, "mot"))] == ["2a Kế hoạch.pdf"]
    assert len(caplog.records) == 1


def test_a_file_from_the_future_came_now_and_goes_with_what_is_submitted(session: Session) -> None:
    campaign = issued(session)
    mot, ahead = unit(campaign, "mot"), FolderFile("file-1", "folder-mot", "2a Mẫu.pdf", "a" * 64, at(12, 1, year=2031))
    record_folder_files(session, campaign, [ahead], now=at(10, 20))
    assert [each.at for each in files_of(session, mot)] == [at(10, 20)]
    assert not is_late(submitted(session, mot, filled(), now=at(10, 21)))


def test_files_in_folders_of_nobody_are_left_alone(session: Session) -> None:
    record_folder_files(session, issued(session), [in_folder("2a.pdf", folder="folder-khac")], now=at(10, 20))
    assert keys(session) == []


def test_a_file_that_comes_after_the_deadline_does_not_join_a_form_that_came_in_time(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    sent(session, mot)
    tick(session, campaign, filled(), at(10, 25))
    record_folder_files(
        session, campaign, [FolderFile("file-1", "folder-mot", "2a muộn.pdf", "a" * 64, at(11, 1, 0))], now=at(11, 1, 0)
    )
    in_time = take_ticked(session, mot, now=at(11, 1, 0, 5))
    assert in_time
    assert [each.name for each in filled_of(in_time).documents] == [PLAN.name]
    late = submitted(session, mot, filled(), now=at(11, 1, 1))
    assert (is_late(late), [each.name for each in filled_of(late).documents]) == (True, [PLAN.name, "2a muộn.pdf"])


def test_a_ticked_form_that_waits_only_for_a_file_is_taken_once_that_is_there(session: Session) -> None:
    campaign = issued(session)
    mot = unit(campaign, "mot")
    assert tick(session, campaign, filled(), at(10, 25)) is True
    assert receivers(session, "reports.ticked_too_early") == ["Hoa"]
    sent(session, mot)
    assert submitted(session, mot, ticked(filled()), now=at(10, 26)).number == 1


def test_evidence_that_comes_or_goes_has_the_notes_on_the_form_written(session: Session) -> None:
    mot = unit(issued(session), "mot")
    form(session, mot).notes_due = False
    row = sent(session, mot)
    assert form(session, mot).notes_due
    form(session, mot).notes_due = False
    withdraw(session, row.id, mot, actor="person:1", now=at(10, 22))
    assert form(session, mot).notes_due
