"""Nobody waits for somebody else's form: `handle` with a patience, where forms come late or not at all."""

import asyncio
from threading import Event

from campaign.models import RawUpdate, Submission
from tests.bot.world import World, labels, said
from tests.bot.year import HOA, NAM, answers, fill_in

SHORT = 0.1
"""Seconds."""


def press_and_write(world: World) -> None:
    """Hoa presses the button of a form that does not come, and writes; then Nam asks for the board."""
    world.forms.slow["quy-dinh-mau-2026/stc"] = Event()
    request = next(each for each in world.messages(HOA) if "Nộp phiếu" in labels(each))
    world.post(f"people/{HOA}/press", message_id=request["message_id"], button="Nộp phiếu")
    world.post(f"people/{HOA}/text", text="/huy")
    world.post(f"people/{NAM}/text", text="/huy")
    world.run(world.bot.poll(0))


def submissions(world: World) -> list[int]:
    """The numbers of the revisions that there are."""
    with world.transaction() as session:
        return [each.number for each in session.query(Submission)]


def came(world: World, number: int, seen: int) -> list[str]:
    return [said(each).splitlines()[0] for each in world.messages(number)[seen:] if each["direction"] == "out"]


def wait_for(world: World, *numbers: int) -> None:
    """Wait until nobody of these is held up."""
    held_up = world.bot._answering._held_up

    async def ended() -> None:
        await asyncio.gather(*(held_up[str(each)] for each in numbers if str(each) in held_up))

    world.run(ended())


def let_it_come(world: World) -> None:
    world.forms.slow["quy-dinh-mau-2026/stc"].set()
    wait_for(world, HOA, NAM)


def test_a_form_that_is_slow_to_come_holds_up_only_who_asked_for_it(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    seen_by_hoa, seen_by_nam = len(collecting.messages(HOA)), len(collecting.messages(NAM))
    press_and_write(collecting)
    collecting.run(collecting.bot.handle(SHORT))
    collecting.run(collecting.bot.deliver())
    wait_for(collecting, NAM)
    assert came(collecting, NAM, seen_by_nam) == ["Hiện không có việc nào đang làm dở."]
    assert came(collecting, HOA, seen_by_hoa) == []
    let_it_come(collecting)
    assert came(collecting, HOA, seen_by_hoa) == [
        "Biên nhận số 2026-0001-1",
        "Hiện không có việc nào đang làm dở.",
    ]
    assert submissions(collecting) == [1]


def test_what_is_held_up_is_not_taken_up_a_second_time(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    press_and_write(collecting)
    for _ in range(3):
        collecting.run(collecting.bot.handle(SHORT))
    let_it_come(collecting)
    assert collecting.forms.times_read == 1


def test_what_is_held_up_when_the_process_ends_is_answered_by_the_next(collecting: World) -> None:
    fill_in(collecting, "stc", answers())
    press_and_write(collecting)
    collecting.run(collecting.bot.handle(SHORT))
    collecting.run(collecting.bot._answering.stop())
    collecting.forms.slow["quy-dinh-mau-2026/stc"].set()
    collecting.run(collecting.bot.handle())
    assert submissions(collecting) == [1]
    with collecting.transaction() as session:
        assert session.query(RawUpdate).filter(RawUpdate.handled_at.is_(None)).count() == 0
