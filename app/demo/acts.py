"""How each act of the script is carried out."""

import csv
from collections.abc import Awaitable, Callable

from app.demo import evidence, filling, office
from app.demo.cast import Player
from app.demo.company import Company, player_of
from app.demo.steps import Act, Step


async def perform(company: Company, number: int, step: Step) -> None:
    """Carry out one step; carried out again after a kill it changes nothing more."""
    await _ACTS[step.act](company, f"step-{number}", step)


async def _look_again(_company: Company, _key: str, _step: Step) -> None:
    """Nobody does anything; the system's own heartbeat is all."""


async def _arrive(company: Company, _key: str, step: Step) -> None:
    player = player_of(step)
    await company.stage.arrive(player.id, player.name)


async def _open_link(company: Company, key: str, step: Step) -> None:
    await company.stage.open_link(key, player_of(step).id, _link_of(company, player_of(step)))


async def _open_stolen_link(company: Company, key: str, step: Step) -> None:
    await company.stage.open_link(key, player_of(step).id, _link_of(company, company.cast.contacts[0]))


def _link_of(company: Company, player: Player) -> str:
    with company.links.open(encoding="utf-8", newline="") as file:
        return next(row["link"] for row in csv.DictReader(file) if row["name"] == player.name)


async def _write(company: Company, key: str, step: Step) -> None:
    await company.stage.write(key, player_of(step).id, step.words)


async def _press(company: Company, key: str, step: Step) -> None:
    await company.stage.press(key, player_of(step).id, step.words)


async def _press_if_offered(company: Company, key: str, step: Step) -> None:
    if await company.stage.offers(player_of(step).id, step.words):
        await _press(company, key, step)


_ACTS: dict[Act, Callable[[Company, str, Step], Awaitable[None]]] = {
    Act.LOOK_AGAIN: _look_again,
    Act.CREATE: office.create,
    Act.ARRIVE: _arrive,
    Act.INVITE: office.invite,
    Act.OPEN_LINK: _open_link,
    Act.OPEN_STOLEN_LINK: _open_stolen_link,
    Act.WRITE: _write,
    Act.PRESS: _press,
    Act.PRESS_IF_OFFERED: _press_if_offered,
    Act.ACKNOWLEDGE: office.acknowledge,
    Act.FILL_HALF: filling.fill_half,
    Act.FILL_WITH_MISTAKES: filling.fill_with_mistakes,
    Act.MEND: filling.mend,
    Act.FILL: filling.fill,
    Act.IMPROVE: filling.improve,
    Act.TICK: filling.tick,
    Act.SEND_EVIDENCE: evidence.send_to_bot,
    Act.PUT_EVIDENCE: evidence.put_into_folder,
    Act.EXTEND: office.extend,
    Act.TYPE_LATE: filling.type_late,
    Act.SEND_LATE: filling.send_late,
    Act.RETURN: office.give_back,
    Act.OBSERVE_FIRST: office.observe_first,
    Act.OBSERVE_REST: office.observe_rest,
    Act.FIND: office.find,
    Act.RANK: office.rank,
}
