from typing import Any

import pytest

from tests.sandbox.world import World

HELP = {"command": "help", "description": "Trợ giúp"}
CHASE = {"command": "chase", "description": "Đôn đốc"}


def test_each_scope_and_language_has_its_own_menu(world: World) -> None:
    chat = {"type": "chat", "chat_id": 5}
    world.bot("setMyCommands", commands=[HELP])
    world.bot("setMyCommands", commands=[HELP, CHASE], scope=chat)
    world.bot("setMyCommands", commands=[CHASE], language_code="en")
    assert world.bot("getMyCommands") == [HELP]
    assert world.bot("getMyCommands", scope={"type": "default"}) == [HELP]
    assert world.bot("getMyCommands", scope=chat) == [HELP, CHASE]
    assert world.bot("getMyCommands", language_code="en") == [CHASE]
    assert world.bot("getMyCommands", scope={"type": "all_private_chats"}) == []
    assert world.bot("deleteMyCommands", scope=chat) is True
    assert world.bot("getMyCommands", scope=chat) == []
    world.bot("setMyCommands", commands=[])
    assert world.bot("getMyCommands") == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"commands": [{"command": "Help", "description": "x"}]},
        {"commands": [{"command": "trợ_giúp", "description": "x"}]},
        {"commands": [{"command": "h" * 33, "description": "x"}]},
        {"commands": [{"command": "help", "description": ""}]},
        {"commands": [{"command": "help", "description": "ệ" * 257}]},
        {"commands": [HELP] * 101},
        {"commands": [HELP], "language_code": "VI"},
        {"commands": [HELP], "scope": {"type": "everybody"}},
        {"commands": [HELP], "scope": {"type": "chat"}},
        {"commands": [HELP], "scope": {"type": "chat", "chat_id": 99}},
        {"commands": [HELP], "scope": {"type": "default", "chat_id": 5}},
    ],
)
def test_a_menu_that_telegram_would_not_take_is_refused(world: World, parameters: dict[str, Any]) -> None:
    assert world.refusal("setMyCommands", **parameters).startswith("Bad Request: ")
    assert world.bot("getMyCommands") == []


def test_a_menu_as_long_as_telegram_takes_is_taken(world: World) -> None:
    commands = [{"command": f"c{number:031}", "description": "ệ" * 256} for number in range(100)]
    world.bot("setMyCommands", commands=commands)
    assert world.bot("getMyCommands") == commands
