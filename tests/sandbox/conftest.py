from collections.abc import Iterator

import httpx
import pytest

from sandbox.server import Sandbox
from tests.sandbox.world import MONDAY_MORNING, World


@pytest.fixture
def empty_world() -> Iterator[World]:
    with (
        Sandbox(None, frozen_at=MONDAY_MORNING) as sandbox,
        httpx.Client(base_url=sandbox.url, trust_env=False) as http,
    ):
        yield World(sandbox, http)


@pytest.fixture
def world(empty_world: World) -> World:
    """Person 5, Hoa Thử, has opened the bot."""
    empty_world.hoa_writes()
    return empty_world
