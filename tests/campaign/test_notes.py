"""What the office writes on a form: how far it is, what is to be mended, the points and the officer's reasons."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from campaign.confirming import confirm, reject
from campaign.evidence import assign, keep_file, withdraw
from campaign.files import NewFile
from campaign.filling import record_reading, shortfall_of
from campaign.models import Campaign, Form, Unit
from campaign.notes import notes_of
from campaign.ports import FormNotes
from campaign.ranking import approve, compute, mark_published, offer
from campaign.reopening import extend, give_back
from campaign.roles import Role
from campaign.stages import Stage
from campaign.verifying import Verdict, find
from scoring import Answer
from tests.campaign.test_counting import following
from tests.campaign.world import (
    ACCEPTED,
    HANOI,
    WITH_EVIDENCE,
    at,
    collecting,
    filled,
    form,
    held,
    join,
    submitted,
    tick,
    unit,
    verifying,
    with_mistake,
)
from words import LANGUAGES, Place, Problem, Series, Severity, Text, say

UNTIL = date(2026, 11, 10)
LARGER = Text(
    "scoring.problem.part_above_whole",
    part=Text("scoring.question", question="1b – Số cán bộ có máy tính"),
    whole=Text("scoring.question", question="1a – Số cán bộ"),
    found=11,
    against=10,
)


def status(session: Session, of: Unit) -> list[Text]:
    """The lines of the status, each of which can be said in both languages."""
    text = notes_of(session, of).status
    assert text
    assert all(say(text, language) for language in LANGUAGES)
    lines = text.values["lines"]
    assert isinstance(lines, tuple)
    return [each for each in lines if isinstance(each, Text)]


def revision(name: str, number: int, day: int, month: int = 10, **more: Text | str) -> Text:
    moment = at(month, day).astimezone(HANOI)
    return Text(f"campaign.status_{name}", number=number, receipt=f"2026-0001-{number}", at=moment, **more)


def test_a_form_that_nobody_has_touched_says_that_nothing_was_submitted(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    assert notes_of(session, mot) == FormNotes(Text("campaign.status", lines=(Text("campaign.status_nothing"),)))


def test_a_form_says_what_was_submitted_last_and_counts(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    submitted(session, mot, filled(co_may=8), now=at(10, 20))
    submitted(session, mot, filled(co_may=9), now=at(10, 21))
    assert status(session, mot) == [revision("submitted", 2, 21)]


def test_a_form_that_came_too_late_says_so_beside_the_one_that_counts(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    submitted(session, mot, filled(co_may=8), now=at(10, 20))
    submitted(session, mot, filled(co_may=9), now=at(11, 2))
    clause = Text("campaign.late_not_ranked", clause="Điều 2")
    assert status(session, mot) == [revision("submitted", 1, 20), revision("too_late", 2, 2, 11, clause=clause)]


def test_a_box_that_was_ticked_in_time_and_taken_later_stands_there_with_the_time_of_the_tick(session: Session) -> None:
    campaign = collecting(session)
    tick(session, campaign, filled(), at(10, 20))  # nobody is there to confirm it
    mot = unit(campaign, "mot")
    assert status(session, mot) == [revision("submitted", 1, 20)]


def test_one_on_time_waits_for_the_head_although_a_late_one_came_after_it(session: Session) -> None:
    mot = unit(collecting(session, head_confirms=True), "mot")
    submitted(session, mot, filled(co_may=8), now=at(10, 20))
    submitted(session, mot, filled(co_may=9), now=at(11, 2))
    clause = Text("campaign.late_not_ranked", clause="Điều 2")
    assert status(session, mot) == [revision("waits_for_head", 1, 20), revision("too_late", 2, 2, 11, clause=clause)]


def test_what_is_wrong_and_of_no_question_stands_in_the_status(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    mistakes = tuple(Text("campaign.unit_trouble", unit="Phiếu", reason=f"dòng {row} (mẫu)") for row in range(7))
    problems = tuple(Problem("lost", Severity.ERROR, Place(), text) for text in mistakes)
    reading = replace(filled(), problems=problems)
    record_reading(session, mot, reading, change=at(10, 20), now=at(10, 20))
    more = Text("campaign.status_more_problems", n=2)
    assert status(session, mot) == [Text("campaign.status_nothing"), *mistakes[:5], more]
    assert (notes_of(session, mot).remarks, form(session, mot).notes_due) == ({}, True)
    record_reading(session, mot, filled(), change=at(10, 21), now=at(10, 21))
    assert status(session, mot) == [Text("campaign.status_nothing")]


def test_a_form_says_that_it_was_changed_and_not_submitted_again(session: Session) -> None:
    mot = unit(collecting(session), "mot")
    submitted(session, mot, filled(), now=at(10, 20))
    record_reading(session, mot, filled(co_may=6), change=at(10, 21), now=at(10, 21))
    changed = status(session, mot)
    record_reading(session, mot, filled(), change=at(10, 22), now=at(10, 22))
    assert changed == [revision("submitted", 1, 20), Text("campaign.status_changed_since", number=1)]
    assert status(session, mot) == [revision("submitted", 1, 20)]


def test_a_late_form_that_is_taken_counts_as_late(session: Session) -> None:
    mot = unit(collecting(session, ACCEPTED), "mot")
    submitted(session, mot, filled(), now=at(11, 2))
    assert status(session, mot) == [revision("late", 1, 2, 11)]


def test_a_form_says_that_it_waits_for_the_head_and_what_the_head_said(session: Session) -> None:
    campaign = collecting(session, head_confirms=True)
    head, mot = join(session, campaign, Role.HEAD, "Sếp", "mot").person, unit(campaign, "mot")
    kept = submitted(session, mot, filled(), now=at(10, 20))
    assert status(session, mot) == [revision("waits_for_head", 1, 20)]
    reject(session, kept, head, "Sai (mẫu)", now=at(10, 21))
    assert status(session, mot) == [revision("rejected", 1, 20, reason="Sai (mẫu)")]
    confirm(session, kept, actor="person:1", person=head, now=at(10, 22))
    assert status(session, mot) == [revision("submitted", 1, 20)]


def test_a_form_that_was_returned_says_why_and_until_when_and_forgets_it_once_it_has_come_again(
    session: Session,
) -> None:
    mot = unit(verifying(session), "mot")
    give_back(session, mot, UNTIL, reason="Thiếu số liệu (mẫu)", granted_by="Giám đốc Mẫu", actor="a", now=at(11, 2))
    returned = Text("campaign.status_returned", until=UNTIL, reason="Thiếu số liệu (mẫu)")
    assert status(session, mot) == [revision("submitted", 1, 20), returned]
    submitted(session, mot, filled(co_may=9), now=at(11, 5))
    assert status(session, mot) == [revision("submitted", 2, 5, 11)]


def test_an_extension_stands_on_the_form_while_it_can_be_filled_in(session: Session) -> None:
    campaign = collecting(session)
    mot = unit(campaign, "mot")
    extend(
        session, mot, UNTIL, reason="Bão (mẫu)", asked_by="Hoa", granted_by="Giám đốc Mẫu", actor="a", now=at(10, 20)
    )
    assert status(session, mot) == [Text("campaign.status_nothing"), Text("campaign.status_extended", until=UNTIL)]
    assert notes_of(session, mot).last_day == UNTIL
    campaign.stage = Stage.APPROVED
    assert status(session, mot) == [Text("campaign.status_nothing")]


def test_remarks_name_what_is_wrong_and_whose_evidence_is_missing_by_question(session: Session) -> None:
    mot = unit(collecting(session, WITH_EVIDENCE), "mot")
    reading = with_mistake(held(can_bo=10, co_may=11, co_phan_mem=True))  # the mistake is of no question
    record_reading(session, mot, reading, change=at(10, 20), now=at(10, 20))
    assert notes_of(session, mot).remarks == {
        "co_may": (LARGER,),
        "co_phan_mem": (Text("campaign.evidence_wanted"),),
    }
    record_reading(session, mot, held(can_bo=10, co_may=9, co_phan_mem=False), change=at(10, 21), now=at(10, 21))
    assert notes_of(session, mot).remarks == {}


def publish(session: Session, campaign: Campaign) -> None:
    ranking = offer(session, campaign, compute(session, campaign), [], actor="administrator", now=at(12, 1))
    approve(session, ranking, None, decision_number="1/QĐ-MAU", decision_day=at(12, 2).date(), now=at(12, 2))
    mark_published(session, ranking, actor="administrator", now=at(12, 2))


def test_files_stand_on_the_form_by_question_until_they_are_withdrawn_and_their_answers_want_no_evidence(
    session: Session,
) -> None:
    campaign = collecting(session, WITH_EVIDENCE)
    mot, hoa = unit(campaign, "mot"), join(session, campaign, Role.CONTACT, "Hoa", "mot").person
    record_reading(session, mot, held(can_bo=10, co_may=9, co_phan_mem=True), change=at(10, 20), now=at(10, 20))
    wanted = {"co_phan_mem": (Text("campaign.evidence_wanted"),)}
    kept = [
        keep_file(session, mot, hoa, NewFile(name, "application/pdf", content), name, key=None, now=at(10, 20))
        for name, content in (("2a Giao diện.pdf", b"a"), ("2a Hợp đồng.pdf", b"b"), ("chưa rõ (mẫu).pdf", b"c"))
    ]
    with_files = notes_of(session, mot)
    for file in kept[:2]:
        withdraw(session, file.id, mot, actor="person:1", now=at(10, 21))
    without = notes_of(session, mot)

    assert (with_files.remarks, with_files.received) == ({}, {"co_phan_mem": ("2a Giao diện.pdf", "2a Hợp đồng.pdf")})
    assert (without.remarks, without.received) == (wanted, {})


def test_files_that_count_for_nothing_as_yet_stand_in_the_status(session: Session) -> None:
    campaign = collecting(session, WITH_EVIDENCE)
    mot, hoa = unit(campaign, "mot"), join(session, campaign, Role.CONTACT, "Hoa", "mot").person
    names = ("kế hoạch.pdf", "=1+1.pdf", "a.pdf", "b.pdf", "c.pdf", "d.pdf")
    seen, kept = [], []
    for name in names:
        new = NewFile(name, "application/pdf", b"a")
        kept.append(keep_file(session, mot, hoa, new, name, key=None, now=at(10, 20)))
        seen.append(status(session, mot))
    for file in kept:
        assign(session, file.id, mot, "co_phan_mem", actor="person:1", now=at(10, 21))

    nothing = Text("campaign.status_nothing")
    told = [(1, names[:1]), (2, names[:2]), (3, names[:3]), (4, names[:4]), (5, names[:5]), (6, (*names[:5], "…"))]
    assert seen == [[nothing, Text("campaign.status_unplaced_files", n=n, names=Series(said))] for n, said in told]
    assert status(session, mot) == [nothing]


def test_files_stay_on_the_form_after_the_verification(session: Session) -> None:
    campaign = verifying(session)
    mot, hoa = unit(campaign, "mot"), join(session, campaign, Role.CONTACT, "Hoa", "mot").person
    keep_file(session, mot, hoa, NewFile("2a.pdf", "application/pdf", b"a"), "2a", key="co_phan_mem", now=at(11, 2))
    publish(session, campaign)
    assert notes_of(session, mot).received == {"co_phan_mem": ("2a.pdf",)}


def test_what_is_unlikely_stands_beside_its_answer_and_what_is_of_none_in_the_status(session: Session) -> None:
    mot = unit(following(session), "mot")
    seen = []
    for day, reading in ((20, held(can_bo=19, co_may=19)), (21, held(can_bo=40, co_may=19))):
        form(session, mot).notes_due = False
        record_reading(session, mot, reading, change=at(10, day, year=2027), now=at(10, day, year=2027))
        (notice,) = shortfall_of(session, mot, reading).notices
        notes = notes_of(session, mot)
        seen.append((notice, notes.remarks, notes.doubts, status(session, mot), form(session, mot).notes_due))

    nothing, (few, same) = Text("campaign.status_nothing"), (notice for notice, *_ in seen)
    assert seen == [
        (few, {}, {"can_bo": (few,)}, [nothing], True),
        (same, {}, {}, [nothing, Text("campaign.worth_a_look", what=same)], True),
    ]


def test_points_and_reasons_stand_on_the_form_once_they_are_published_and_not_before(session: Session) -> None:
    campaign = verifying(session)
    mot, ba = unit(campaign, "mot"), unit(campaign, "ba")
    find(session, campaign, [Verdict("mot", Answer("co_may", 7), "Một máy hỏng (mẫu)")], actor="o", now=at(11, 5))
    for stage in (Stage.VERIFYING, Stage.OFFERED, Stage.APPROVED):
        campaign.stage = stage
        assert (notes_of(session, mot).verified, notes_of(session, mot).verdicts) == ({}, {})
    campaign.stage = Stage.VERIFYING
    publish(session, campaign)
    after = notes_of(session, mot)
    assert after.verified == {
        "may": Decimal("35.00"),
        "phan_mem": Decimal("20.00"),
        "tong": Decimal("55.00"),
        "trang_tin": Decimal("0.00"),  # what the department has not observed earns nothing
    }
    assert str(after.verified["may"]) == "35.00"
    assert after.verdicts == {"co_may": "Một máy hỏng (mẫu)"}
    assert (notes_of(session, ba).verified, notes_of(session, ba).verdicts) == ({}, {})


def test_publishing_makes_the_notes_due_on_every_sheet(session: Session) -> None:
    campaign = verifying(session)
    sheets = [form(session, each) for each in campaign.units if session.get(Form, each.id)]
    for each in sheets:
        each.notes_due = False
    sheets[0].file_id = None
    publish(session, campaign)
    assert [each.notes_due for each in sheets] == [False] + [True] * (len(sheets) - 1)


def test_it_is_the_published_ranking_that_stands_on_the_form(session: Session) -> None:
    campaign = verifying(session)
    for equipped in (7, 6):
        find(session, campaign, [Verdict("mot", Answer("co_may", equipped), "(mẫu)")], actor="o", now=at(11, 5))
        compute(session, campaign)
    publish(session, campaign)
    assert notes_of(session, unit(campaign, "mot")).verified["may"] == Decimal("30.00")
