"""A small campaign: three units of one group, three questions, and the people who take part."""

from datetime import date
from pathlib import Path

from campaign.closing import close
from campaign.filling import CHAT, Way, submit
from campaign.issuing import open_collection, order_for, record_issued
from campaign.models import Campaign, Form, FormKind, Person, Unit
from campaign.people import Invitee, invite
from campaign.plan import form_kind
from campaign.ports import Filled, FormReading, IssuedForm, Letter
from campaign.reopening import extend
from campaign.roles import Role
from campaign.setup import NewCampaign, arm, create
from campaign.verifying import Verdict, find
from reports.publication import propose
from scoring import Answer, Regulation, parse_regulation
from scoring import Unit as ScoredUnit
from tests.bot.world import World

HOA, NAM, LAN = 5, 7, 9
UNITS = {"stc": "Sở Tài chính Mẫu", "sgd": "Sở Giáo dục Mẫu", "sct": "Sở Công Thương Mẫu"}
TITLE = "Đánh giá mẫu 2026"


def regulation(*amendments: tuple[str, str]) -> Regulation:
    """The regulation of the file; each amendment puts other words in the place of some."""
    text = (Path(__file__).parent / "quy-dinh-mau.yaml").read_text("utf-8")
    for before, after in amendments:
        assert before in text, before
        text = text.replace(before, after)
    read, problems = parse_regulation(text, "quy-dinh-mau.yaml")
    assert read, problems
    return read


def answers(may_tinh: int | None = 30, can_bo: int | None = 40, *, mot_cua: bool | None = True) -> FormReading:
    """A form with these answers; None is an empty cell."""
    given = {"may_tinh": may_tinh, "can_bo": can_bo, "mot_cua": mot_cua}
    return FormReading(Filled(tuple(Answer(key, value) for key, value in given.items() if value is not None)))


def plan(
    world: World,
    *amendments: tuple[str, str],
    units: tuple[ScoredUnit, ...] = (),
    forms: FormKind = FormKind.GOOGLE,
    head_confirms: bool = False,
) -> None:
    """Create the campaign of 2026 and let it wait for its day."""
    units = units or tuple(ScoredUnit(code, name, "so") for code, name in UNITS.items())
    letter = Letter("15/UBND-MAU", date(2026, 9, 10), "Nguyễn Văn Mẫu")
    wanted = NewCampaign(
        regulation(*amendments),
        units,
        2026,
        letter,
        letter_file=None,
        issue_on=None,
        zone="Asia/Ho_Chi_Minh",
        forms=forms,
        head_confirms=head_confirms,
    )
    with world.transaction() as session:
        arm(session, create(session, wanted, actor="test", now=world.clock.now()), actor="test", now=world.clock.now())


def begin(
    world: World,
    *amendments: tuple[str, str],
    units: tuple[ScoredUnit, ...] = (),
    forms: FormKind = FormKind.GOOGLE,
    head_confirms: bool = False,
) -> World:
    """Hoa, the contact of Sở Tài chính Mẫu, Nam, an officer, and Lan, a leader, have joined; the forms are out."""
    plan(world, *amendments, units=units, forms=forms, head_confirms=head_confirms)
    join(world, HOA, Role.CONTACT, "stc", "Trần Thị Hoa Mẫu")
    join(world, NAM, Role.OFFICER, "", "Lê Văn Nam Mẫu")
    join(world, LAN, Role.LEADER, "", "Phạm Thị Lan Mẫu")
    issue(world)
    world.settle()
    return world


def campaign_id(world: World) -> int:
    with world.transaction() as session:
        return session.query(Campaign).one().id


def unit_id(world: World, code: str) -> int:
    with world.transaction() as session:
        return session.query(Unit).filter_by(code=code).one().id


def issue(world: World) -> None:
    """The day of issue: every unit gets its form, empty."""
    with world.transaction() as session:
        campaign = session.query(Campaign).one()
        open_collection(session, campaign, now=world.clock.now())
        session.flush()
        for unit in campaign.units:
            if session.get(Form, unit.id) is None:
                continue
            order = order_for(session, unit, bot_username="xephang_bot", language="vi")
            if form_kind(unit) is FormKind.EXCEL:
                record_issued(session, unit, IssuedForm(content=world.files.write(order)), now=world.clock.now())
            else:
                issued = world.forms.issue(order)
                record_issued(session, unit, issued, now=world.clock.now())
                world.forms.held[issued.file_id] = FormReading()


def fill_in(world: World, code: str, reading: FormReading) -> None:
    world.forms.held[f"quy-dinh-mau-2026/{code}"] = reading


def invitation(world: World, role: Role, unit: str, name: str) -> str:
    """Invite somebody; return the token of the link."""
    token = f"token-of-{role}-{unit}-{name.encode().hex()}"[:64]
    with world.transaction() as session:
        invitee = Invitee(role, unit, name, "")
        invite(session, session.query(Campaign).one(), invitee, token=token, actor="test", now=world.clock.now())
    return token


def join(world: World, number: int, role: Role, unit: str, name: str) -> list[str]:
    """Somebody opens their invitation; return what comes back."""
    world.post("people", id=number, first_name=f"Tên {number}")
    return world.open_link(number, invitation(world, role, unit, name))


def submit_all(world: World, readings: dict[str, FormReading]) -> None:
    """These units have submitted."""
    with world.transaction() as session:
        somebody = Person(name="Người nộp mẫu", language="vi")
        session.add(somebody)
        session.flush()
        for unit in session.query(Unit).filter(Unit.code.in_(readings)):
            way = Way(somebody, CHAT, world.clock.now())
            submit(session, unit, readings[unit.code], way, now=world.clock.now())


def end_collecting(world: World, day: int = 2) -> None:
    """The collecting ends on a day of November."""
    world.sandbox.clock.set(world.clock.now().replace(month=11, day=day))
    with world.transaction() as session:
        close(session, session.query(Campaign).one(), now=world.clock.now(), tell_at=world.clock.now())


def give_time(world: World, code: str, until: date) -> None:
    """The office gives a unit more time, because of a storm."""
    with world.transaction() as session:
        extend(
            session,
            session.query(Unit).filter_by(code=code).one(),
            until,
            reason="Bão lũ (mẫu)",
            asked_by="Chánh Văn phòng Mẫu",
            granted_by="Giám đốc Mẫu",
            actor="test",
            now=world.clock.now(),
        )


def correct(world: World) -> None:
    """An officer finds one computer less than a unit declared: what is on offer no longer stands."""
    with world.transaction() as session:
        campaign = session.query(Campaign).one()
        verdict = Verdict("stc", Answer("may_tinh", 29), "Thiếu một máy (mẫu)")
        find(session, campaign, [verdict], actor="test", now=world.clock.now())


def offer(world: World) -> int:
    """Offer the ranking to the leaders; return its id."""
    with world.transaction() as session:
        campaign = session.query(Campaign).one()
        return propose(session, campaign, now=world.clock.now(), actor="test", language="vi").id
