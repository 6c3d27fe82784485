"""How each act of the script is carried out."""

import csv
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.commands import campaign as commands
from app.commands import invite
from app.demo.cast import Cast, Player
from app.demo.data import Data, invent
from app.demo.production import command
from app.demo.script import Act, Calendar, Step
from app.demo.sheet import Paper, read_paper, typed
from app.demo.stage import Stage
from scoring import AnswerValue, Node, Question, Regulation, Unit

Row = tuple[str, ...]

CLAIM_REASON = "Đơn vị không có nhiệm vụ tương ứng (tình huống mẫu)"


@dataclass(frozen=True, slots=True)
class Company:
    """Everything the acts need: who plays, what is known, where they act."""

    cast: Cast
    days: Calendar
    regulation: Regulation
    units: tuple[Unit, ...]
    seed: int
    stage: Stage
    folder: Path
    papers: dict[str, Paper] = field(default_factory=dict)
    """Sheets that were looked at: where things stand on them does not change."""

    async def perform(self, number: int, step: Step) -> None:
        """Carry out one step; carried out again after a kill it changes nothing more."""
        await _ACTS[step.act](self, f"step-{number}", step)

    async def paper(self, sheet: str) -> Paper:
        """Look at a sheet, once."""
        if sheet not in self.papers:
            self.papers[sheet] = read_paper(await self.stage.look(sheet))
        return self.papers[sheet]

    def data(self, unit: Unit) -> Data:
        """What the unit would find in its files."""
        return invent(self.regulation, unit, self.days.issued.year, self.seed)

    def claimed(self, unit: Unit) -> Node:
        """The indicator that the unit claims not to apply: one that it may claim and that reads data of its own."""
        possible = [
            node
            for node in self.regulation.indicators(unit.group)
            if node.allows_not_applicable and node.source == "unit"
        ]
        return possible[int(hashlib.sha256(unit.id.encode()).hexdigest(), 16) % len(possible)]


async def _look_again(_company: Company, _key: str, _step: Step) -> None:
    """Nobody does anything; the system's own heartbeat is all."""


async def _create(company: Company, _key: str, _step: Step) -> None:
    days = company.days
    await command(
        commands.create,
        company.regulation.id,
        year=days.issued.year,
        letter_number="1234/SKHCN-BĐCN (mẫu)",
        letter_date=days.created,
        signer="Giám đốc Mẫu",
        issue_on=days.issued,
    )
    await command(commands.arm)


async def _arrive(company: Company, _key: str, step: Step) -> None:
    player = _player(step)
    await company.stage.arrive(player.id, player.name)


async def _invite(company: Company, _key: str, _step: Step) -> None:
    people = company.folder / "people.csv"
    rows = [
        (player.role, player.unit.id if player.unit else "", player.name, "")
        for player in company.cast.everyone
        if player.role != "stranger"
    ]
    _write_csv(people, ("role", "unit", "name", "email"), rows)
    await command(invite.create, csv_file=people, out=_links(company))


async def _open_link(company: Company, key: str, step: Step) -> None:
    await company.stage.open_link(key, _player(step).id, _link_of(company, _player(step)))


async def _open_stolen_link(company: Company, key: str, step: Step) -> None:
    await company.stage.open_link(key, _player(step).id, _link_of(company, company.cast.contacts[0]))


def _links(company: Company) -> Path:
    return company.folder / "links.csv"


def _link_of(company: Company, player: Player) -> str:
    with _links(company).open(encoding="utf-8", newline="") as file:
        return next(row["link"] for row in csv.DictReader(file) if row["name"] == player.name)


async def _write(company: Company, key: str, step: Step) -> None:
    await company.stage.write(key, _player(step).id, step.words)


async def _press(company: Company, key: str, step: Step) -> None:
    await company.stage.press(key, _player(step).id, step.words)


async def _fill_half(company: Company, key: str, step: Step) -> None:
    _, cells = await _cells(company, _player(step))
    half = list(cells.items())[: len(cells) // 2]
    await _type(company, key, _player(step), dict(half))


async def _fill(company: Company, key: str, step: Step) -> None:
    _, cells = await _cells(company, _player(step))
    await _type(company, key, _player(step), cells)


async def _fill_with_mistakes(company: Company, key: str, step: Step) -> None:
    """A number in words, and one that can be read two ways."""
    paper, cells = await _cells(company, _player(step))
    wrong = _cells_to_get_wrong(company, _player(step), paper)
    await _type(company, key, _player(step), {**cells, **dict(zip(wrong, ("mười hai", "1.5"), strict=False))})


async def _mend(company: Company, key: str, step: Step) -> None:
    paper, cells = await _cells(company, _player(step))
    wrong = _cells_to_get_wrong(company, _player(step), paper)
    await _type(company, key, _player(step), {cell: cells[cell] for cell in wrong})


def _cells_to_get_wrong(company: Company, player: Player, paper: Paper) -> list[str]:
    numbers = [each for each in _declared(company, _unit(player)) if each.type == "integer"]
    return [paper.cell(f"question:{each.key}", "answer") for each in numbers[1:3]]


async def _improve(company: Company, key: str, step: Step) -> None:
    """What was not there yet has been set up since; where nothing was missing, a document is added."""
    _, cells = await _cells(company, _player(step))
    better = {cell: "Có" for cell, value in cells.items() if value == "Không"}
    added = {cell: f"{value}; bổ sung" for cell, value in cells.items() if str(value).startswith("Báo cáo")}
    await _type(company, key, _player(step), dict(list((better or added).items())[:1]))


async def _type_late(company: Company, _key: str, step: Step) -> None:
    """The sheet is locked by now: typing is refused."""
    player = _player(step)
    sheet = await company.stage.sheet_of(player.id)
    paper = await company.paper(sheet)
    question = _declared(company, _unit(player))[0]
    refusal = await company.stage.type("", sheet, {paper.cell(f"question:{question.key}", "answer"): 1})
    if refusal is None:
        raise RuntimeError(f"The sheet of {player.name} is still open after the deadline.")


async def _cells(company: Company, player: Player) -> tuple[Paper, dict[str, Any]]:
    """Everything the contact would type into the sheet, by cell."""
    unit = _unit(player)
    paper = await company.paper(await company.stage.sheet_of(player.id))
    values = company.data(unit).values
    cells: dict[str, Any] = {}
    for place, question in enumerate(_declared(company, unit), start=1):
        line = f"question:{question.key}"
        cells[paper.cell(line, "answer")] = typed(question, values[question.key])
        if question.evidence and paper.has(line, "evidence"):
            cells[paper.cell(line, "evidence")] = f"Báo cáo mẫu số {place}/BC ngày 30/09/{company.days.issued.year}"
    if player.claims:
        node = company.claimed(unit)
        cells[paper.cell(f"node:{node.id}", "not_applicable")] = "Không áp dụng"
        cells[paper.cell(f"node:{node.id}", "reason")] = CLAIM_REASON
    return paper, cells


async def _type(company: Company, key: str, player: Player, cells: dict[str, Any]) -> None:
    sheet = await company.stage.sheet_of(player.id)
    refusal = await company.stage.type(key, sheet, cells)
    if refusal is not None:
        raise RuntimeError(f"{player.name} cannot type into the sheet: {refusal}")


async def _observe(company: Company, name: str, *, first: bool) -> None:
    rows = []
    for unit in company.units:
        observed = company.data(unit).observed(company.regulation.questions_for(unit.group))
        half = list(observed.items())
        chosen = half[: len(half) // 2] if first else half[len(half) // 2 :]
        rows += [(unit.id, key, _as_csv(value), "Theo dõi trên trang thông tin điện tử (mẫu)") for key, value in chosen]
    file = company.folder / name
    _write_csv(file, ("unit", "key", "value", "evidence"), rows)
    await command(commands.observe, file)


async def _observe_first(company: Company, _key: str, _step: Step) -> None:
    await _observe(company, "observed-1.csv", first=True)


async def _observe_rest(company: Company, _key: str, _step: Step) -> None:
    await _observe(company, "observed-2.csv", first=False)


async def _find(company: Company, _key: str, _step: Step) -> None:
    file = company.folder / "findings.csv"
    _write_csv(file, ("unit", "key", "value", "status", "reason"), _findings(company))
    await command(commands.find, file)


def _findings(company: Company) -> list[Row]:
    """Every N/A claim is granted but the last one; of every seventh unit one number is corrected downwards."""
    claimers = company.cast.claimers
    rows = [_claim_verdict(company, player, granted=player is not claimers[-1]) for player in claimers]
    return rows + [row for player in company.cast.corrected for row in _correction(company, _unit(player))]


def _claim_verdict(company: Company, player: Player, *, granted: bool) -> Row:
    unit = _unit(player)
    status, reason = (
        ("not_applicable", "Đúng chức năng, nhiệm vụ được giao (mẫu)")
        if granted
        else ("not_applicable_refused", "Đơn vị có nhiệm vụ này theo quyết định giao nhiệm vụ (mẫu)")
    )
    return (unit.id, company.claimed(unit).id, "", status, reason)


def _correction(company: Company, unit: Unit) -> list[Row]:
    values = company.data(unit).values
    for question in _declared(company, unit):
        value = values[question.key]
        if question.type == "integer" and question.good == "more" and isinstance(value, int) and value > 1:
            return [(unit.id, question.key, str(value - 1), "", "Một trường hợp chưa có tài liệu kiểm chứng (mẫu)")]
    return []


async def _rank(_company: Company, _key: str, _step: Step) -> None:
    await command(commands.rank)


def _declared(company: Company, unit: Unit) -> list[Question]:
    return [each for each in company.regulation.questions_for(unit.group) if each.source == "unit"]


def _as_csv(value: AnswerValue) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return str(value).replace(".", ",")


def _write_csv(path: Path, header: Row, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((header, *rows))


def _player(step: Step) -> Player:
    if step.player is None:
        raise ValueError(f"{step.act} needs somebody to do it.")
    return step.player


def _unit(player: Player) -> Unit:
    if player.unit is None:
        raise ValueError(f"{player.name} has no unit.")
    return player.unit


_ACTS: dict[Act, Callable[[Company, str, Step], Awaitable[None]]] = {
    Act.LOOK_AGAIN: _look_again,
    Act.CREATE: _create,
    Act.ARRIVE: _arrive,
    Act.INVITE: _invite,
    Act.OPEN_LINK: _open_link,
    Act.OPEN_STOLEN_LINK: _open_stolen_link,
    Act.WRITE: _write,
    Act.PRESS: _press,
    Act.FILL_HALF: _fill_half,
    Act.FILL_WITH_MISTAKES: _fill_with_mistakes,
    Act.MEND: _mend,
    Act.FILL: _fill,
    Act.IMPROVE: _improve,
    Act.TYPE_LATE: _type_late,
    Act.OBSERVE_FIRST: _observe_first,
    Act.OBSERVE_REST: _observe_rest,
    Act.FIND: _find,
    Act.RANK: _rank,
}
