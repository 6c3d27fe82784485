"""How contacts fill in their forms: they type into the sheet, or fill in the Excel file and send it to the bot."""

from typing import Any

from app.demo.cast import Player, Way
from app.demo.company import Company, player_of, unit_of
from app.demo.entries import TICK, Entries, Written, entries, improvement, mistakes
from app.demo.paper import Paper, Spot, read_paper
from app.demo.steps import Step
from app.demo.workbook import filled_in
from campaign.models import FormKind


async def fill_half(company: Company, key: str, step: Step) -> None:
    """Write the first half, and leave it at that for now; whoever has a sheet begins in it."""
    player = player_of(step)
    half = entries(company, player).first_half()
    await (_send if company.forms is FormKind.EXCEL else _type)(company, key, player, half)


async def fill(company: Company, key: str, step: Step) -> None:
    """Write everything."""
    await _hand_in(company, key, player_of(step), entries(company, player_of(step)))


async def fill_with_mistakes(company: Company, key: str, step: Step) -> None:
    """Write everything, with a number in words and one that can be read two ways."""
    player = player_of(step)
    await _hand_in(company, key, player, entries(company, player).changed(mistakes(company, player)))


async def mend(company: Company, key: str, step: Step) -> None:
    """Write the right numbers in place of the wrong ones."""
    player = player_of(step)
    whole = entries(company, player)
    await _change(company, key, player, whole, {spot: whole.form[spot] for spot in mistakes(company, player)})


async def improve(company: Company, key: str, step: Step) -> None:
    """Write that something better is there now."""
    player = player_of(step)
    whole = entries(company, player)
    await _change(company, key, player, whole, improvement(whole))


async def tick(company: Company, key: str, step: Step) -> None:
    """Tick the box that submits the form."""
    await _type(company, key, player_of(step), Entries(dict(TICK), {}))


async def send_late(company: Company, key: str, step: Step) -> None:
    """Fill in the Excel file that the bot gave, though the time is over."""
    await _send(company, key, player_of(step), entries(company, player_of(step)))


async def type_late(company: Company, _key: str, step: Step) -> None:
    """The sheet is locked by now: typing is refused."""
    player = player_of(step)
    question = company.declared(unit_of(player))[0]
    late: Written = {Spot("answer", f"question:{question.key}"): "1"}
    if await _refusal(company, "", player, Entries(late, {})) is None:
        raise RuntimeError(f"The sheet of {player.name} is still open after the deadline.")


async def _change(company: Company, key: str, player: Player, whole: Entries, changed: Written) -> None:
    """Change some cells of the sheet; a file is sent as a whole."""
    if player.way is Way.EXCEL:
        await _send(company, key, player, whole.changed(changed))
    else:
        await _type(company, key, player, Entries(changed, {}))


async def _hand_in(company: Company, key: str, player: Player, written: Entries) -> None:
    if player.way is Way.EXCEL:
        await _send(company, key, player, written)
    else:
        await _type(company, key, player, written)


async def _send(company: Company, key: str, player: Player, written: Entries) -> None:
    content = filled_in(await company.stage.form_file(player.id), written)
    await company.stage.upload(key, player.id, f"Phieu {unit_of(player).id}.xlsx", content)


async def _type(company: Company, key: str, player: Player, written: Entries) -> None:
    refusal = await _refusal(company, key, player, written)
    if refusal is not None:
        raise RuntimeError(f"{player.name} cannot type into the sheet: {refusal}")


async def _refusal(company: Company, key: str, player: Player, written: Entries) -> str | None:
    """Type into both tabs; return why a cell is not taken."""
    sheet = await company.stage.sheet_of(player.id)
    if sheet not in company.papers:
        company.papers[sheet] = tuple(map(_paper, (await company.stage.look(sheet))["tabs"]))
    tabs = zip(company.papers[sheet], (written.form, written.documents), strict=False)
    for number, (paper, wanted) in enumerate(tabs):
        cells = {paper.cell(spot): paper.chosen(spot, text) for spot, text in wanted.items() if paper.has(spot)}
        if cells and (refusal := await company.stage.type(f"{key}-{number}", sheet, paper.title, cells)):
            return refusal
    return None


def _paper(tab: dict[str, Any]) -> Paper:
    cells: dict[str, Any] = tab["cells"]
    offered = {name: tuple(cell.get("rule", {}).get("values", ())) for name, cell in cells.items()}
    return read_paper(tab["title"], {name: cell.get("value") for name, cell in cells.items()}, offered)
