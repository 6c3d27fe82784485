"""What the administrator and the officers do, by the commands that they would type."""

from app.commands import campaign as commands
from app.commands import invite as invitations
from app.demo.cast import Player
from app.demo.company import Company, Row, player_of, unit_of
from app.demo.production import command
from app.demo.steps import Step
from scoring import AnswerValue, Question, Unit, write_units


async def create(company: Company, _key: str, _step: Step) -> None:
    """Set the year's campaign up, with the letter, and let the scheduler issue it on its day."""
    days, units = company.days, company.folder / "units.csv"
    units.write_text(write_units(company.units), "utf-8")
    await command(
        commands.create,
        company.regulation.id,
        year=days.issued.year,
        letter_number="1234/SKHCN-BĐCN (mẫu)",
        letter_date=days.created,
        signer="Giám đốc Mẫu",
        units=units,
        issue_on=days.issued,
        forms=company.forms,
        contact="Phòng Mẫu, điện thoại 0206 000 000 (mẫu)",
    )
    await command(commands.arm)


async def invite(company: Company, _key: str, _step: Step) -> None:
    """Make everybody a link to join by."""
    rows = [
        (player.role, player.unit.id if player.unit else "", player.name, "")
        for player in company.cast.everyone
        if player.role != "stranger"
    ]
    people = company.table("people.csv", ("role", "unit", "name", "email"), rows)
    await command(invitations.create, csv_file=people, out=company.links)


async def acknowledge(company: Company, _key: str, step: Step) -> None:
    """The unit keeps silent; the register of letters says when it received this one."""
    player = player_of(step)
    await command(commands.acknowledge, unit_of(player).id, day=company.days.received(player))


async def extend(company: Company, _key: str, step: Step) -> None:
    """Give a unit more time that asked for it in writing."""
    player = player_of(step)
    await command(
        commands.extend,
        unit_of(player).id,
        until=company.days.extended(player),
        asked_by=f"{player.name}, công văn số 45/CV (mẫu)",
        granted_by="Giám đốc Mẫu",
        reason="Cán bộ đầu mối nghỉ ốm (mẫu)",
    )


async def give_back(company: Company, _key: str, step: Step) -> None:
    """Return what a unit submitted, to be mended."""
    await command(
        commands.give_back,
        unit_of(player_of(step)).id,
        until=company.days.returned_until,
        granted_by="Giám đốc Mẫu",
        reason="Một tài liệu kiểm chứng chưa rõ, đề nghị bổ sung (mẫu)",
    )


async def _observe(company: Company, name: str, *, first: bool) -> None:
    rows = [row for unit in company.units for row in _observed(company, unit, first=first)]
    await command(commands.observe, company.table(name, ("unit", "key", "value", "evidence", "reason"), rows))


def _observed(company: Company, unit: Unit, *, first: bool) -> list[Row]:
    """The first half of what the department sees by itself, or the rest; the council comes last."""
    questions = company.regulation.questions_for(unit.group)
    seen = [each for each in questions if each.source in {"officer", "department"}]
    half = len(seen) // 2
    chosen = seen[:half] if first else seen[half:] + [each for each in questions if each.source == "council"]
    return [_observation(unit, each, company.data[unit.id][each.key]) for each in chosen]


def _observation(unit: Unit, question: Question, value: AnswerValue) -> Row:
    evidence, reason = "Theo dõi trên trang thông tin điện tử (mẫu)", ""
    if question.source == "council":
        evidence, reason = "Biên bản họp Hội đồng (mẫu)", "Theo mức độ chỉ đạo, điều hành trong năm (mẫu)"
    return (unit.id, question.key, _as_csv(value), evidence, reason)


async def observe_first(company: Company, _key: str, _step: Step) -> None:
    """Enter half of what the department sees by itself."""
    await _observe(company, "observed-1.csv", first=True)


async def observe_rest(company: Company, _key: str, _step: Step) -> None:
    """Enter the other half, and what the council gave."""
    await _observe(company, "observed-2.csv", first=False)


async def find(company: Company, _key: str, _step: Step) -> None:
    """Enter what the verification found."""
    file = company.table("findings.csv", ("unit", "key", "value", "status", "reason"), _findings(company))
    await command(commands.find, file)


def _findings(company: Company) -> list[Row]:
    """Every N/A claim is granted but the last one; of every seventh unit one number is corrected downwards."""
    claimers = company.cast.claimers
    rows = [_claim_verdict(company, player, granted=player is not claimers[-1]) for player in claimers]
    return rows + [row for player in company.cast.corrected for row in _correction(company, unit_of(player))]


def _claim_verdict(company: Company, player: Player, *, granted: bool) -> Row:
    unit = unit_of(player)
    status, reason = (
        ("not_applicable", "Đúng chức năng, nhiệm vụ được giao (mẫu)")
        if granted
        else ("not_applicable_refused", "Đơn vị có nhiệm vụ này theo quyết định giao nhiệm vụ (mẫu)")
    )
    return (unit.id, company.claimed(unit).id, "", status, reason)


def _correction(company: Company, unit: Unit) -> list[Row]:
    values = company.data[unit.id]
    for question in company.declared(unit):
        value = values[question.key]
        if question.type == "integer" and question.good == "more" and isinstance(value, int) and value > 1:
            return [(unit.id, question.key, str(value - 1), "", "Một trường hợp chưa có tài liệu kiểm chứng (mẫu)")]
    return []


async def rank(_company: Company, _key: str, _step: Step) -> None:
    """Offer the ranking to the leader."""
    await command(commands.rank)


def _as_csv(value: AnswerValue) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return str(value).replace(".", ",")
