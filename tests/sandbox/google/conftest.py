from collections.abc import Iterator

import httpx
import pytest

from sandbox.google import shared_folder
from sandbox.server import Sandbox
from tests.sandbox.google.discovery import watched
from tests.sandbox.google.office import MONDAY_MORNING, ROBOT, Office


@pytest.fixture
def office() -> Iterator[Office]:
    with (
        Sandbox(None, frozen_at=MONDAY_MORNING) as sandbox,
        httpx.Client(base_url=sandbox.url, trust_env=False) as http,
    ):
        folder = shared_folder(sandbox.store, MONDAY_MORNING, "Xếp hạng 2026", {ROBOT: "organizer"})
        with watched(sandbox, refusals=True):
            yield Office(sandbox, http, folder)


@pytest.fixture
def sheet(office: Office) -> str:
    """An empty spreadsheet in the Vietnamese locale."""
    return office.new_sheet()
