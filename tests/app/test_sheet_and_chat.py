"""What a contact does in chat and in the sheet, seen in the sheet's cells, over HTTP and all else real."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.settings import Settings
from app.wiring import System, start, stop
from campaign.models import Form
from campaign.roles import Role
from forms.google.look import highlighted
from forms.sheet import FORM
from sandbox.google import service_account, shared_folder
from sandbox.server import Sandbox
from tests.bot import world as bot_world
from tests.bot import year
from tests.forms import world as forms_world

WANTED = ("mot_cua: {label: Có phần mềm một cửa,", "mot_cua: {evidence: true, label: Có phần mềm một cửa,")
UNLIKELY = (
    "\ntree:",
    (
        "\nchecks:\n- {that: may_tinh >= 1/2 * can_bo, severity: notice, "
        "assumed: ít khi hai người dùng chung một máy}\n\ntree:"
    ),
)
PDF = b"%PDF-1.7 invented"


@dataclass(frozen=True)
class Office:
    """The whole system, Hoa's chat, and the sheet of her unit."""

    system: System
    chat: bot_world.World
    google: forms_world.World
    file_id: str
    folder_id: str

    def tick(self) -> None:
        """What a heartbeat does, minutes later."""
        self.chat.sandbox.clock.advance(timedelta(minutes=5).total_seconds())
        self.system.scheduler.tick(self.system.clock.now())
        self.chat.settle()

    def row(self, key: str, columns: str) -> list[str]:
        """What these columns show in the row of a question."""
        cells, row = self.google.cells(self.file_id), self.google.row_of(self.file_id, f"question:{key}")
        return [cells.get(f"{column}{row}", "") for column in columns]

    def lit(self, key: str) -> dict[str, object]:
        """The colours that light up in the row of a question, by column."""
        (tab,) = (tab for tab in self.google.sheet(self.file_id)["tabs"] if tab["id"] == FORM)
        row = self.google.row_of(self.file_id, f"question:{key}")
        return {
            cell[0]: rule["format"]["backgroundColor"]
            for rule in tab["highlights"]
            for cell in rule["lit"]
            if cell[1:] == str(row)
        }

    @property
    def progress(self) -> str:
        """How far the form is, as its head says it."""
        return str(self.google.cells(self.file_id)[f"B{self.google.row_of(self.file_id, 'progress')}"])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The forms are out."""
    with (
        Sandbox(None, frozen_at=bot_world.OPENING_DAY) as sandbox,
        httpx.Client(base_url=sandbox.url, trust_env=False) as http,
        asyncio.Runner() as runner,
    ):
        key = tmp_path / "google.json"
        key.write_text(json.dumps(service_account(sandbox.store, sandbox.url)), encoding="utf-8")
        here = sandbox.clock.now()
        folder = shared_folder(sandbox.store, here, "Phiếu", {forms_world.ACCOUNT: "fileOrganizer"})
        settings = Settings(
            database_url=f"sqlite:///{tmp_path / 'xephang.sqlite3'}",
            telegram_token=sandbox.token,
            telegram_base_url=f"{sandbox.url}/telegram",
            google_credentials_file=str(key),
            google_base_url=f"{sandbox.url}/google",
            google_folder_id=folder,
        )
        clock = bot_world.SandboxClock(sandbox)
        system = runner.run(start(settings, clock, sandbox.clock.advance))
        chat = bot_world.World(
            sandbox, http, system.database, bot_world.PaperForms(), bot_world.PaperFiles(), clock, system.bot, runner
        )
        year.plan(chat, WANTED, UNLIKELY)
        year.join(chat, year.HOA, Role.CONTACT, "stc", "Trần Thị Hoa Mẫu")
        system.scheduler.tick(clock.now())
        chat.settle()
        with system.database.transaction() as session:
            form = session.get_one(Form, year.unit_id(chat, "stc"))
            places = form.file_id or "", form.folder_id or ""
        yield Office(system, chat, forms_world.World(sandbox, http, (key,), folder), *places)
        runner.run(stop(system))


def test_a_file_sent_to_the_bot_counts_on_the_sheet_until_it_is_withdrawn(office: Office) -> None:
    office.google.answer(office.file_id, may_tinh=30, can_bo=40, mot_cua="Có")
    office.tick()
    seen = [(office.row("mot_cua", "FHLQR"), office.progress)]
    office.chat.upload(year.HOA, "2.1a Giao diện.pdf", PDF)
    office.tick()
    seen.append((office.row("mot_cua", "FHLQR"), office.progress))
    (missing,) = office.chat.write(year.HOA, "/conthieu")
    office.chat.press(year.HOA, "Bỏ tệp")
    office.tick()
    seen.append((office.row("mot_cua", "FHLQR"), office.progress))

    filled = "Đã điền 3/3 mục bắt buộc"
    bare = (["Có", "", "Chưa có tài liệu kiểm chứng.", "2", ""], f"{filled}; 1 mục chưa có tài liệu kiểm chứng")
    assert seen == [bare, (["Có", "", "", "1", "2.1a Giao diện.pdf"], filled), bare]
    assert missing.startswith("Phiếu của Sở Tài chính Mẫu đã đủ số liệu.")


def test_a_file_put_into_the_units_folder_counts_on_the_sheet(office: Office) -> None:
    office.google.answer(office.file_id, mot_cua="Có")
    office.google.put(office.folder_id, "2.1a Giao diện.pdf", PDF)
    office.tick()
    office.tick()
    assert office.row("mot_cua", "FHLQR") == ["Có", "", "", "1", "2.1a Giao diện.pdf"]


def test_what_is_unlikely_lights_up_on_the_sheet_and_is_named_before_the_form_is_confirmed(office: Office) -> None:
    office.google.answer(office.file_id, may_tinh=15, can_bo=40, mot_cua="Không")
    office.tick()
    seen = (office.row("may_tinh", "LQ"), office.progress, office.lit("may_tinh"))
    office.google.type(office.file_id, {f"F{office.google.row_of(office.file_id, 'submit')}": True})
    office.tick()
    asked = bot_world.said(office.chat.last(year.HOA))

    unlikely = (
        "“1.1b – Số máy tính” thường ≥ 0,5 × “1.1a – Số cán bộ”, nhưng số liệu là 15 và 20 (giả định). "
        "Đề nghị xem lại các số liệu này."
    )
    assert seen == (
        [f"Nên xem lại: {unlikely}", "-1"],
        "Đã điền 3/3 mục bắt buộc; 1 mục nên xem lại",
        dict.fromkeys("FL", highlighted("unlikely")["backgroundColor"]),
    )
    with_cells = unlikely.replace("máy tính”", "máy tính” (trang “Phiếu”, ô F23)").replace(
        "cán bộ”", "cán bộ” (trang “Phiếu”, ô F22)"
    )
    assert f"nhưng có 1 chỗ Quý đơn vị nên xem lại trước khi xác nhận:\n• {with_cells}\n\nĐề nghị" in asked
