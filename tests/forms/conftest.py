import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox.google import service_account, shared_folder
from sandbox.server import Sandbox
from tests.forms.world import ACCOUNT, MORNING, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An empty folder, which the account of the credentials file may fill."""
    with (
        Sandbox(None, frozen_at=MORNING) as sandbox,
        httpx.Client(base_url=sandbox.url, trust_env=False) as http,
    ):
        credentials = tmp_path / "google.json"
        credentials.write_text(json.dumps(service_account(sandbox.store, sandbox.url)), encoding="utf-8")
        folder = shared_folder(sandbox.store, sandbox.clock.now(), "Phiếu", {ACCOUNT: "fileOrganizer"})
        yield World(sandbox, http, (credentials,), folder)
