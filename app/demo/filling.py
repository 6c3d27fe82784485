"""How contacts fill in their forms."""

from typing import Any

from app.demo.cast import Player
from app.demo.company import Company, player_of, unit_of
from app.demo.sheet import Paper, typed
from app.demo.steps import Step

CLAIM_REASON = "Đơn vị không có nhiệm vụ tương ứng (tình huống mẫu)"


async def fill_half(company: Company, key: str, step: Step) -> None:
    """Type in the first half, and leave it at that for now."""
    _, cells = await _cells(company, player_of(step))
    half = list(cells.items())[: len(cells) // 2]
    await _type(company, key, player_of(step), dict(half))


async def fill(company: Company, key: str, step: Step) -> None:
    """Type in everything."""
    _, cells = await _cells(company, player_of(step))
    await _type(company, key, player_of(step), cells)


async def fill_with_mistakes(company: Company, key: str, step: Step) -> None:
    """A number in words, and one that can be read two ways."""
    paper, cells = await _cells(company, player_of(step))
    wrong = _cells_to_get_wrong(company, player_of(step), paper)
    await _type(company, key, player_of(step), {**cells, **dict(zip(wrong, ("mười hai", "1.5"), strict=False))})


async def mend(company: Company, key: str, step: Step) -> None:
    """Type the right numbers in place of the wrong ones."""
    paper, cells = await _cells(company, player_of(step))
    wrong = _cells_to_get_wrong(company, player_of(step), paper)
    await _type(company, key, player_of(step), {cell: cells[cell] for cell in wrong})


def _cells_to_get_wrong(company: Company, player: Player, paper: Paper) -> list[str]:
    numbers = [each for each in company.declared(unit_of(player)) if each.type == "integer"]
    return [paper.cell(f"question:{each.key}", "answer") for each in numbers[1:3]]


async def improve(company: Company, key: str, step: Step) -> None:
    """What was not there yet has been set up since; where nothing was missing, a document is added."""
    _, cells = await _cells(company, player_of(step))
    better = {cell: "Có" for cell, value in cells.items() if value == "Không"}
    added = {cell: f"{value}; bổ sung" for cell, value in cells.items() if str(value).startswith("Báo cáo")}
    await _type(company, key, player_of(step), dict(list((better or added).items())[:1]))


async def type_late(company: Company, _key: str, step: Step) -> None:
    """The sheet is locked by now: typing is refused."""
    player = player_of(step)
    paper = await company.paper(player)
    question = company.declared(unit_of(player))[0]
    cells = {paper.cell(f"question:{question.key}", "answer"): 1}
    if await company.stage.type("", await company.stage.sheet_of(player.id), cells) is None:
        raise RuntimeError(f"The sheet of {player.name} is still open after the deadline.")


async def _cells(company: Company, player: Player) -> tuple[Paper, dict[str, Any]]:
    """Everything the contact would type into the sheet, by cell."""
    unit = unit_of(player)
    paper = await company.paper(player)
    values = company.data[unit.id]
    cells: dict[str, Any] = {}
    for place, question in enumerate(company.declared(unit), start=1):
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
