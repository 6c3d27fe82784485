import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.telegram import TelegramBot
from campaign.database import Database
from campaign.models import Base
from campaign.ports import FormFiles
from forms.excel.files import ExcelFiles
from sandbox.server import Sandbox
from tests.bot.world import OPENING_DAY, PaperFiles, PaperForms, SandboxClock, World
from tests.bot.year import LAN, answers, begin, end_collecting, offer, plan, submit_all


@contextmanager
def opened(tmp_path: Path, files: FormFiles) -> Iterator[World]:
    """A bot that has started, in a sandbox whose clock stands still."""
    database = Database(f"sqlite:///{tmp_path / 'xephang.sqlite3'}")
    Base.metadata.create_all(database.engine)
    with (
        Sandbox(None, frozen_at=OPENING_DAY) as sandbox,
        httpx.Client(base_url=sandbox.url, trust_env=False) as http,
        asyncio.Runner() as runner,
    ):
        clock, forms = SandboxClock(sandbox), PaperForms()
        bot = TelegramBot(
            sandbox.token,
            f"{sandbox.url}/telegram",
            None,
            database=database,
            clock=clock,
            forms=forms,
            files=files,
            language="vi",
        )
        runner.run(bot.start())
        yield World(sandbox, http, database, forms, files, clock, bot, runner)
        runner.run(bot.stop())
    database.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Forms are paper here, on the table and in files."""
    with opened(tmp_path, PaperFiles()) as world:
        yield world


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    """The files of forms are real ones here."""
    with opened(tmp_path, ExcelFiles()) as world:
        yield world


@pytest.fixture
def unused_port() -> int:
    """A port on loopback where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture
def planned(world: World) -> World:
    """The campaign of 2026 waits for its day."""
    plan(world)
    return world


@pytest.fixture
def collecting(world: World) -> World:
    """Forms are out. Hoa is the contact of Sở Tài chính Mẫu, Nam an officer, Lan a leader."""
    return begin(world)


@pytest.fixture
def offered(collecting: World) -> World:
    """Two units have submitted, one has not; the ranking waits for the leader's approval."""
    submit_all(collecting, {"stc": answers(30, 40), "sgd": answers(20, 40)})
    end_collecting(collecting)
    offer(collecting)
    collecting.settle()
    return collecting


@pytest.fixture
def published(offered: World) -> World:
    """The ranking is approved by decision 2310/QĐ-MAU of 20/12/2026 and published."""
    offered.press(LAN, "Phê duyệt")
    offered.write(LAN, "2310/QĐ-MAU")
    offered.write(LAN, "20/12/2026")
    offered.press(LAN, "Phê duyệt và công bố")
    return offered
