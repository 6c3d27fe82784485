"""A province that exists only in tests: its regulation, three units, and how far their year has come."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.filling import CHAT, Origin, Way, record_reading, submit
from campaign.history import move
from campaign.issuing import open_collection, record_issued
from campaign.models import Address, Campaign, Form, History, OutboxRow, Person, Submission, Unit
from campaign.people import Invitee, invite, meet, redeem
from campaign.ports import Document, Filled, FormReading, IssuedForm, Letter
from campaign.roles import Role
from campaign.setup import NewCampaign, arm, create
from campaign.stages import Stage
from scoring import Answer, AnswerStatus, By, Regulation, parse_regulation
from scoring import Unit as ScoredUnit
from words import Place, Problem, Severity, Text

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MINUTE = timedelta(minutes=1)
LETTER = Letter("12/CV-MAU", date(2026, 9, 1), "Giám đốc Mẫu")
UNITS = (
    ScoredUnit("mot", "Sở Mẫu Một", "so"),
    ScoredUnit("hai", "Sở Mẫu Hai", "so"),
    ScoredUnit("ba", "Sở Đất Mẫu", "so"),
)


TEXT = Path(__file__).with_name("law.yaml").read_text("utf-8")
BY_DATE = "collect_before: {date: 11-01, clause: Điều 2}"
NOT_RANKED = "{policy: not_ranked, clause: Điều 2, text: không được đánh giá và xếp hạng}"
BY_RECEIPT = (BY_DATE, "collect_within: {working_days: 15, from: receipt, clause: Điều 2}")
BY_ISSUE = (BY_DATE, "collect_within: {days: 15, from: issue, clause: Điều 2}")
NOT_RANKED_LATE = (NOT_RANKED, NOT_RANKED)
ACCEPTED = (
    NOT_RANKED,
    "{policy: accepted, clause: Điều 2, text: vẫn được xếp hạng, until: {date: 11-16, clause: Điều 2}}",
)
NO_LIMIT = (NOT_RANKED, "{policy: accepted, clause: Điều 2, text: vẫn được xếp hạng}")
PENALIZED = (
    NOT_RANKED,
    "{policy: penalty, points: 2.5, clause: Điều 2, text: bị trừ điểm, until: {date: 11-16, clause: Điều 2}}",
)
ROLLED_UP = (
    (
        "Cơ quan chuyên môn, clause: Điều 1}",
        "Cơ quan chuyên môn, clause: Điều 1, under: cum}\n  cum: {label: Cụm, clause: Điều 1}",
    ),
    ("maximum: {so: 100}", "maximum: {so: 100, cum: 100}"),
    (
        "\nquestions:",
        """
  - id: cac_so
    number: "4"
    label: Kết quả của các sở
    how: Trung bình điểm của các sở trong cụm
    clause: Điều 1
    maximum: {cum: 100}
    rule: {kind: roll_up, from: so, node: tong, counting: sở, when_none: 0}

questions:""",
    ),
)
"""The sở are under a cụm, which declares nothing: its points are the mean of theirs."""
BY_COUNCIL = (
    ("rule: {kind: yes_no, question: co_trang}", "rule: {kind: given, question: diem}"),
    (
        'co_trang: {label: Có trang thông tin điện tử, type: boolean, source: department, good: "yes"}',
        "diem: {label: Điểm của Hội đồng, type: decimal, minimum: 0, maximum: 30, source: council, good: more}",
    ),
)
WITH_EVIDENCE = (
    'co_phan_mem: {label: Có phần mềm chuyên ngành, type: boolean, good: "yes"}',
    'co_phan_mem: {label: Có phần mềm chuyên ngành, type: boolean, good: "yes", evidence: true}',
)
"""Who says that it has the software shows it; question 2a."""
SECOND_LOOK = (
    "\ntree:",
    "\nchecks:\n- {that: can_bo >= 1/2 * previous.can_bo, severity: notice, clause: Điều 1}\n\ntree:",
)
"""A number of officials that is less than half of last year's is worth a second look."""


def law(*amendments: tuple[str, str]) -> Regulation:
    """The regulation in law.yaml; each amendment puts other words in the place of some."""
    text = TEXT
    for before, after in amendments:
        assert before in text, before
        text = text.replace(before, after)
    regulation, problems = parse_regulation(text, "law.yaml")
    assert (regulation is not None, problems) == (True, ())
    assert regulation
    return regulation


def at(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2026) -> datetime:
    """An instant by the clocks of the province."""
    return datetime(year, month, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


def wanted(**changes: Any) -> NewCampaign:  # noqa: ANN401 - whatever the field holds
    """The campaign of 2026 as the administrator gives it, with other facts where named."""
    facts: dict[str, Any] = {
        "regulation": law(),
        "units": UNITS,
        "year": 2026,
        "letter": LETTER,
        "letter_file": None,
        "issue_on": None,
        "zone": "Asia/Ho_Chi_Minh",
    }
    return NewCampaign(**(facts | changes))


def draft(session: Session, **changes: Any) -> Campaign:  # noqa: ANN401 - see wanted
    """A campaign just created."""
    return create(session, wanted(**changes), actor="administrator", now=at(9, 1))


def armed(session: Session, *amendments: tuple[str, str], **changes: Any) -> Campaign:  # noqa: ANN401 - see wanted
    """A campaign that waits for its day, 15/09/2026."""
    campaign = draft(session, regulation=law(*amendments), **changes)
    arm(session, campaign, actor="administrator", now=at(9, 1))
    return campaign


def collecting(session: Session, *amendments: tuple[str, str], **changes: Any) -> Campaign:  # noqa: ANN401 - see wanted
    """A campaign whose three forms stand since 15/09/2026, 08:00. Nobody has joined."""
    campaign = armed(session, *amendments, **changes)
    open_collection(session, campaign, now=at(9, 15, 8))
    session.flush()
    for unit in campaign.units:
        if session.get(Form, unit.id) is None:
            continue
        issued = IssuedForm(f"file-{campaign.year}-{unit.code}", f"https://docs.example/{unit.code}")
        record_issued(session, unit, issued, now=at(9, 15, 8))
    return campaign


def verifying(session: Session) -> Campaign:
    """A campaign after its deadline. `mot` has 8 of 10 with a computer, `hai` 5 of 10; `ba` has sent nothing."""
    campaign = collecting(session)
    for code, equipped in (("mot", 8), ("hai", 5)):
        submitted(session, unit(campaign, code), filled(co_may=equipped), now=at(10, 20))
    move(session, campaign, Stage.VERIFYING, actor="scheduler", now=at(11, 1, 0))
    return campaign


def unit(campaign: Campaign, code: str) -> Unit:
    """The unit of that code."""
    return next(each for each in campaign.units if each.code == code)


def form(session: Session, of: Unit) -> Form:
    """The form of a unit."""
    return session.get_one(Form, of.id)


def join(session: Session, campaign: Campaign, role: Role, name: str, code: str = "", email: str = "") -> Address:
    """Somebody invited who has opened the link; their chat is called as they are."""
    token = f"token-{campaign.code}-{name}"
    invite(session, campaign, Invitee(role, code, name, email), token=token, actor="administrator", now=at(9, 2))
    address = meet(session, "telegram", name, name=name, language="vi")
    redeem(session, token, address, now=at(9, 3))
    return address


def person(session: Session) -> Person:
    """Whoever presses the button."""
    return meet(session, "telegram", "Người Nộp Mẫu", name="Người Nộp Mẫu", language="vi").person


def filled(can_bo: int = 10, co_may: int = 8, *, co_phan_mem: bool = True) -> FormReading:
    """A form with everything the unit has to declare."""
    return held(can_bo=can_bo, co_may=co_may, co_phan_mem=co_phan_mem)


def held(**values: Any) -> FormReading:  # noqa: ANN401 - whatever the answer is
    """A form that holds these answers and no others."""
    return FormReading(Filled(tuple(Answer(key, value) for key, value in values.items())))


def with_mistake(reading: FormReading, cell: str = "Phiếu!E12") -> FormReading:
    """The form, with a cell that cannot be read."""
    tab, _, address = cell.partition("!")
    text = Text("campaign.unknown_unit", campaign=cell, unit="mười hai")  # any text that names the cell
    return replace(reading, problems=(Problem("not_a_number", Severity.ERROR, Place(tab=tab, cell=address), text),))


def claiming(reading: FormReading, node: str) -> FormReading:
    """The form, with a claim that the indicator does not apply."""
    claim = Answer(node, status=AnswerStatus.NOT_APPLICABLE, reason="Không có nhiệm vụ này (mẫu)")
    return replace(reading, filled=replace(reading.filled, answers=(*reading.filled.answers, claim)))


def citing(reading: FormReading, key: str, evidence: str) -> FormReading:
    """The form, with a paper cited beside the answer to a question."""
    answers = tuple(replace(each, evidence=evidence) if each.key == key else each for each in reading.filled.answers)
    documents = (*reading.filled.documents, Document(key, name=evidence))
    return replace(reading, filled=replace(reading.filled, answers=answers, documents=documents))


def ticked(reading: FormReading) -> FormReading:
    """The form, with its box "submit" ticked."""
    return replace(reading, ticked=True)


def observed(*, site: bool) -> Answer:
    """What the department saw: whether the unit has a website."""
    return Answer("co_trang", site, by=By.OFFICER)


def by(session: Session, now: datetime, origin: Origin = CHAT) -> Way:
    """How a form comes in that somebody submits now."""
    return Way(person(session), origin, now)


def tick(session: Session, campaign: Campaign, reading: FormReading, moment: datetime) -> bool:
    """The form of `mot` is read after its box was ticked at the moment; return whether the box is to be unticked."""
    return record_reading(session, unit(campaign, "mot"), ticked(reading), change=moment, now=moment + MINUTE)


def submitted(session: Session, of: Unit, reading: FormReading, *, now: datetime, origin: Origin = CHAT) -> Submission:
    """A form that was taken."""
    outcome = submit(session, of, reading, by(session, now, origin), now=now)
    assert isinstance(outcome, Submission)
    return outcome


def told(session: Session, kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The messages of a kind, as they come out of the database: to whom, and with which facts."""
    rows = select(Address.value, OutboxRow.facts).join_from(OutboxRow, Address).where(OutboxRow.kind == kind)
    return [(value, facts) for value, facts in session.execute(rows.order_by(OutboxRow.id))]


def receivers(session: Session, kind: str) -> list[str]:
    """Who gets a message of a kind, in the order of the messages."""
    return [receiver for receiver, _ in told(session, kind)]


def states(session: Session, kind: str) -> list[str]:
    """How far the messages of a kind are, in their order."""
    rows = select(OutboxRow.state).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
    return [str(state) for state in session.scalars(rows)]


def actions(session: Session) -> list[str]:
    """What the history tells, in order."""
    return list(session.scalars(select(History.action).order_by(History.id)))


def sha256(token: str) -> str:
    """The hash under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
