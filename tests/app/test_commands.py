"""The command line: what an administrator types, what is answered, and the exit codes."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli import COMMANDS
from campaign.database import Database
from campaign.issuing import open_collection
from campaign.models import Campaign, Form, Observation
from sandbox.server import Sandbox
from tests.app.command_line import xephang, xephang_alone

CREATE = (
    "campaign",
    "create",
    "cao-bang-2310",
    "--year",
    "2026",
    "--letter-number",
    "12/SKHCN",
    "--letter-date",
    "07/09/2026",
    "--signer",
    "Giám đốc Mẫu",
)


BY_RECEIPT = ("campaign", "create", "mic-2392", *CREATE[3:], "--forms", "excel")
"""2392/QĐ-BTTTT gives each unit 15 working days from receiving the letter, in the fourth quarter."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    return tmp_path


def test_a_campaign_is_created_with_its_33_units_and_again_without_a_change(office: Path) -> None:
    first, second = xephang(office, *CREATE), xephang(office, *CREATE)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    told = "Đã lập đợt cao-bang-2310-2026 với 33 đơn vị; ngày ban hành là 15/09/2026.\n"
    assert first.stdout == second.stdout == told


def test_creating_it_with_another_letter_is_refused(office: Path) -> None:
    xephang(office, *CREATE)
    answer = xephang(office, *CREATE[:-1], "Người khác")
    assert answer.returncode == 1
    assert "cao-bang-2310-2026" in answer.stderr


def test_a_date_that_is_none_is_wrong_use(office: Path) -> None:
    answer = xephang(office, *CREATE[:8], "31/02/2026", *CREATE[9:])
    told = "“31/02/2026” không phải là một ngày. Hãy ghi như ví dụ: 2026-09-10 hoặc 10/09/2026.\n"
    assert (answer.returncode, answer.stderr) == (2, told)


@pytest.mark.parametrize("where", ["option", "setting"])
def test_the_answer_is_in_english_where_that_is_asked_for(office: Path, where: str) -> None:
    options, settings = (("--lang", "en"), {}) if where == "option" else ((), {"language": "en"})
    answer = xephang(office, *CREATE[:8], "31/02/2026", *CREATE[9:], *options, **settings)
    assert answer.stderr == ("“31/02/2026” is not a date. Write it as in these examples: 2026-09-10 or 10/09/2026.\n")


def test_where_the_settings_cannot_be_used_that_is_said_in_vietnamese_whatever_they_name(office: Path) -> None:
    answer = xephang(office, "campaign", "list", language="en", log_level="LOUD")
    assert answer.stderr == (
        "XEPHANG_LOG_LEVEL chỉ nhận DEBUG, INFO, WARNING hoặc ERROR. Hãy chọn một mức, ví dụ: INFO.\n"
    )


def test_units_that_cannot_be_read_are_wrong_use_and_leave_no_campaign(office: Path) -> None:
    missing = xephang(office, *CREATE, "--units", "missing.csv")
    (office / "latin.csv").write_bytes("unit,name,group\na,Sở Nội vụ,so\n".encode("utf-16"))
    unreadable = xephang(office, *CREATE, "--units", "latin.csv")
    assert (missing.returncode, unreadable.returncode) == (2, 2)
    assert "missing.csv" in missing.stderr
    assert "UTF-8" in unreadable.stderr
    assert xephang(office, "campaign", "list").stdout == ""


def test_a_bad_row_of_units_is_named_by_its_line_and_nothing_is_created(office: Path) -> None:
    (office / "units.csv").write_text("unit,name,group\na,Sở A,so\nb,Sở B,khong-co\n", "utf-8")
    answer = xephang(office, *CREATE, "--units", "units.csv")
    assert answer.returncode == 1
    assert answer.stderr.startswith("units.csv:3")
    assert xephang(office, "campaign", "list").stdout == ""


def test_serving_without_a_token_says_where_to_get_one(office: Path) -> None:
    answer = xephang(office, "serve", listen="127.0.0.1:0")
    assert answer.returncode == 2
    assert answer.stderr == (
        "Chưa có XEPHANG_TELEGRAM_TOKEN. Hãy lấy mã của bot từ @BotFather; README, mục “A real bot”, có hướng dẫn.\n"
    )


def test_serving_with_accounts_of_google_that_are_no_files_names_them(office: Path) -> None:
    answer = xephang(
        office, "serve", listen="127.0.0.1:0", telegram_token="1:a", google_credentials_file="a.json,b.json"
    )
    assert (answer.returncode, answer.stderr.count("\n"), "a.json, b.json" in answer.stderr) == (2, 1, True)


def test_serving_with_a_credentials_file_that_is_none_says_so_in_one_line(office: Path) -> None:
    (office / "key.json").write_text("{}", "utf-8")
    answer = xephang(
        office,
        "serve",
        listen="127.0.0.1:0",
        telegram_token="1:a",
        google_credentials_file="key.json",
        google_folder_id="f",
    )
    assert (answer.returncode, answer.stderr.count("\n"), answer.stderr.count("key.json")) == (2, 1, 1)


def test_serving_on_a_port_that_is_taken_says_so_before_anything_starts(office: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        answer = xephang(office, "serve", listen=address)
    told = (
        f"Không mở được địa chỉ {address} (Address already in use). Hãy dừng chương trình đang dùng cổng này, "
        "hoặc chọn địa chỉ khác bằng XEPHANG_LISTEN.\n"
    )
    assert (answer.returncode, answer.stderr) == (2, told)


def test_playing_on_a_port_that_is_taken_says_so(office: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = xephang(office, "play", "--port", port)
    told = f"Không dùng được cổng {port} (Address already in use). Hãy chọn cổng khác bằng --port.\n"
    assert (answer.returncode, answer.stderr) == (2, told)


@pytest.mark.parametrize(
    ("command", "url"),
    [
        (("campaign", "list"), "nonsense"),
        (("db", "backup", "copy"), "nonsense"),
        (("report", "progress"), "oracles://u@h/x"),
        (("db", "upgrade"), "postgresql+psycopg2://u:p@127.0.0.1:9/x"),
        (("campaign", "list"), "postgresql+psycopg://u:p@127.0.0.1:9/x"),
        (("campaign", "arm"), "sqlite:////no/such/folder/x.sqlite3"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(office: Path, command: tuple[str, ...], url: str) -> None:
    answer = xephang(office, *command, database_url=url)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert (answer.stderr.count("\n"), answer.stderr.count("XEPHANG_DATABASE_URL")) == (1, 1)


def test_a_copy_that_is_no_database_is_one_line_and_the_present_database_stays(office: Path) -> None:
    xephang(office, *CREATE)
    (office / "copy.sqlite3").write_text("not a database, but long enough to be taken for one\n" * 20, "utf-8")
    answer = xephang(office, "db", "restore", "copy.sqlite3")
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "cao-bang-2310-2026" in xephang(office, "campaign", "list").stdout


def test_without_a_database_there_is_nothing_to_copy_and_none_is_made(office: Path) -> None:
    answer = xephang(office, "db", "backup", "copy.sqlite3")
    assert (answer.returncode, list(office.iterdir())) == (1, [])


def test_arming_a_year_whose_days_off_are_not_on_file_says_what_reminders_will_not_know(office: Path) -> None:
    later = ["2060" if word == "2026" else word.replace("/2026", "/2060") for word in CREATE]
    xephang(office, *later)
    answer = xephang(office, "campaign", "arm")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == (
        "Lưu ý: chưa có lịch nghỉ năm 2060, nên việc nhắc chỉ tránh thứ Bảy và Chủ nhật. "
        "Hãy bổ sung tệp campaign/calendars/2060.yaml khi có thông báo nghỉ lễ chính thức."
    )


def test_a_wrong_setting_stops_every_command(office: Path) -> None:
    answer = xephang(office, "campaign", "list", timezone="Mars/Olympus")
    assert (answer.returncode, answer.stderr) == (
        2,
        "XEPHANG_TIMEZONE không phải là tên một múi giờ. Hãy ghi như ví dụ: Asia/Ho_Chi_Minh.\n",
    )


def test_doctor_lists_every_setting_and_what_is_missing_and_hides_the_token(office: Path) -> None:
    answer = xephang(
        office, "doctor", "--json", telegram_token="123456:verysecrettoken", telegram_base_url="http://127.0.0.1:9"
    )
    checks = {check["id"]: check for check in json.loads(answer.stdout)["checks"]}
    assert answer.returncode == 1
    assert checks["XEPHANG_TIMEZONE"] == {"id": "XEPHANG_TIMEZONE", "ok": True, "hint": "Asia/Ho_Chi_Minh"}
    assert (checks["database"]["ok"], checks["telegram.bot"]["ok"], checks["google"]["ok"]) == (True, False, True)
    assert [name for name in checks if name.startswith("XEPHANG_") and not checks[name]["ok"]] == []
    assert "verysecrettoken" not in answer.stdout + answer.stderr


def test_doctor_says_which_campaign_could_not_go_on_without_google(office: Path, clock: Sandbox) -> None:
    xephang(office, *CREATE)
    xephang(office, "campaign", "arm", rehearsal_clock_url=on(clock, 9, 21))
    answer = xephang(office, "doctor", "--json")
    checks = [check for check in json.loads(answer.stdout)["checks"] if check["id"].startswith("google")]
    assert [(check["id"], check["ok"]) for check in checks] == [("google", False), ("google.campaign", False)]
    assert "cao-bang-2310-2026 có 33 đơn vị" in checks[1]["hint"]


def test_doctor_hides_the_passwords_inside_addresses(office: Path) -> None:
    answer = xephang(
        office,
        "doctor",
        database_url="postgresql+psycopg://office:verysecret@127.0.0.1:9/x",
        telegram_proxy="http://office:verysecret@127.0.0.1:9",
    )
    assert answer.returncode == 1
    assert answer.stdout.count("office:•••@127.0.0.1:9") == 2
    assert "verysecret" not in answer.stdout + answer.stderr


def test_an_unknown_regulation_is_named_with_those_that_are_shipped(office: Path) -> None:
    answer = xephang(office, "regulation", "check", "khong-co.yaml")
    assert answer.returncode == 1
    assert "cao-bang-2310" in answer.stderr


def test_the_shipped_regulation_is_without_errors_and_its_assumptions_are_shown(office: Path) -> None:
    answer = xephang(office, "regulation", "check", "cao-bang-2310")
    assert answer.returncode == 0, answer.stderr
    assert "giả định" in answer.stdout


LEVELS = str(Path(__file__).parents[1] / "scoring" / "levels.yaml")


def test_a_regulation_is_shown_with_all_that_decides_about_a_unit(office: Path) -> None:
    answer = xephang(office, "regulation", "show", LEVELS)
    assert (answer.returncode, answer.stderr) == (0, "")
    head, questions = answer.stdout.split("\n\n", 1)[1].split("\n\n")
    assert head.splitlines() == [
        "huyen  Huyện",
        "xa  Xã (xếp hạng trong từng đơn vị cấp trên thuộc nhóm huyen)",
        "total  Tổng điểm  [huyen 100,0 · xa 60,0]  (không quá huyen 105,0; không thấp hơn huyen 0,0 · xa 0,0)",
        "  ready  Sẵn sàng  [huyen 40,00 · xa 30,00]",
        "    machines  Máy tính  [huyen 20,00 · xa 30,00]",
        "    network  Băng thông  [huyen 10,00]",
        "    communes  Các xã  [huyen 10,00]",
        "  result  Kết quả  [huyen 60,00 · xa 30,00]  (trọng số online_rate 0,6 · survey 0,4 trên 1)",
        "    online_rate  Hồ sơ trực tuyến  [huyen 10,00 · xa 10,00]",
        "    survey  Khảo sát  [huyen 5,00 · xa 5,00]",
        "  bonus  Điểm thưởng  [huyen 5,00]  (ngoài thang điểm)",
        "  minus  Điểm trừ  [huyen 0,00 · xa 0,00]",
        "  facts  Thông tin chung  [huyen 0,00 · xa 0,00]",
        "pillar  Trụ cột  [huyen 100,00 · xa 60,00]  (gồm ready, result)",
        "average  Trung bình  [huyen 100,00 · xa 60,00]  (gồm total, pillar; trung bình các phần)",
        "best  Cao nhất  [huyen 60,00 · xa 30,00]  (gồm ready, result; phần cao nhất)",
        "Tốt: từ 80,0 điểm",
        "Khá: mức điểm còn lại",
        "Mức I: total từ huyen 90,0 · xa 54,0; ready từ huyen 36,00 · xa 27,00; result từ huyen 54,00 · xa 27,00",
        "Mức II: total từ huyen 58,0 · xa 36,0; ready từ huyen 28,00 · xa 21,00; result từ huyen 30,00 · xa 15,00",
        "Dưới mức thấp nhất: chưa đạt mức",
        "Dự kiến ban hành: 01/10",
        "Nộp phiếu trong 15 ngày làm việc kể từ ngày nhận công văn",
        "Thẩm định trong 30 ngày kể từ ngày nhận phiếu đầy đủ số liệu",
        "Công bố trước 01/01 năm sau",
        "Thực hiện từ 01/10 đến hết 31/12",
        "Phải đúng: online <= files",
        "Nhắc xem lại khi không đúng: files >= 1/2 * previous.files",
    ]
    assert questions.splitlines()[0] == "desktops  integer 0–…  Máy để bàn"


def test_a_regulation_by_dates_is_shown_with_its_dates_and_groups(office: Path) -> None:
    answer = xephang(office, "regulation", "show", "cao-bang-2310", "--lang", "en")
    assert "so  Cơ quan chuyên môn thuộc UBND tỉnh" in answer.stdout.splitlines()
    assert "Issued before 01/10\nForms due before 01/11\nPublished before 01/01 of the next year\n" in answer.stdout


def test_a_regulation_is_shown_to_programs_as_a_document(office: Path) -> None:
    document = json.loads(xephang(office, "regulation", "show", LEVELS, "--json").stdout)
    assert document["groups"]["xa"] == {"label": "Xã", "under": "huyen", "ranked": "within_parent"}
    total, pillar, *_ = document["nodes"]
    result = total["children"][1]
    assert (total["maxima"], total["cap"], total["floor"]) == (
        {"huyen": "100.0", "xa": "60.0"},
        {"huyen": "105.0"},
        {"huyen": "0.0", "xa": "0.0"},
    )
    assert (result["operation"], result["weights"]) == ("weighted", {"online_rate": "3/5", "survey": "2/5"})
    assert (pillar["of"], pillar["children"]) == (["ready", "result"], [])
    assert document["levels"][1]["minima"]["result"] == {"huyen": "30.00", "xa": "15.00"}
    assert document["grades"] == [{"label": "Tốt", "at_least": "80.0"}, {"label": "Khá", "at_least": None}]
    assert document["timetable"] == {
        "issue_on": {"date": "10-01", "years_later": 0},
        "publish_before": {"date": "01-01", "years_later": 1},
        "collect_within": {"working_days": 15, "from": "receipt"},
        "verify_within": {"days": 30, "from": "complete_form"},
        "window": {"from": "10-01", "to": "12-31"},
    }
    assert document["checks"] == [
        {"left": "online", "operator": "<=", "right": "files", "severity": "error"},
        {"left": "files", "operator": ">=", "right": "1/2 * previous.files", "severity": "notice"},
    ]


def test_the_schema_for_editors_is_the_one_that_lies_beside_the_regulations(office: Path) -> None:
    shipped = Path(__file__).parents[2] / "scoring" / "regulations" / "regulation.schema.json"
    assert xephang(office, "regulation", "schema").stdout == shipped.read_text("utf-8")


def test_observations_with_a_bad_row_are_not_taken_at_all(office: Path) -> None:
    xephang(office, *CREATE)
    (office / "observed.csv").write_text("unit,key,value,evidence\nso-tai-chinh,khong-co,1,\n", "utf-8")
    answer = xephang(office, "campaign", "observe", "observed.csv")
    assert answer.returncode == 1
    assert answer.stderr.startswith("observed.csv:2")


def test_a_file_that_is_no_copy_of_ours_is_not_put_back(office: Path) -> None:
    xephang(office, *CREATE)
    (office / "empty.sqlite3").touch()
    (office / "text.sqlite3").write_text("not a database at all, only words", "utf-8")
    for name in ("empty.sqlite3", "text.sqlite3"):
        answer = xephang(office, "db", "restore", name)
        assert (answer.returncode, name in answer.stderr, "Traceback" in answer.stderr) == (1, True, False)
    assert "cao-bang-2310-2026" in xephang(office, "campaign", "list").stdout


def test_a_database_can_be_copied_and_put_back(office: Path) -> None:
    xephang(office, *CREATE)
    assert xephang(office, "db", "backup", "copy.sqlite3").returncode == 0
    (office / "xephang.sqlite3").unlink()
    assert xephang(office, "campaign", "list").stdout == ""
    assert xephang(office, "db", "restore", "copy.sqlite3").returncode == 0
    assert "cao-bang-2310-2026" in xephang(office, "campaign", "list").stdout


def loaded(office: Path, *words: str) -> set[str]:
    """Run the command; return the names of all modules that it has loaded."""
    answer = xephang_alone(office, *words, after="print(*sys.modules)")
    assert answer.returncode == 0, answer.stderr
    return set(answer.stdout.splitlines()[-1].split())


def test_help_does_not_load_what_it_does_not_need(office: Path) -> None:
    assert loaded(office, "--help") & {"sqlalchemy", "telegram", "gspread", "matplotlib", "pydantic"} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_what_it_needs_itself_and_nothing_of_telegram_and_google_where_it_speaks_to_neither(
    office: Path, command: str
) -> None:
    needed = {"telegram", "gspread"} if command in {"demo", "play", "serve", "doctor"} else set()
    assert loaded(office, command, "--help") & {"telegram", "gspread"} == needed


@pytest.fixture
def clock() -> Iterator[Sandbox]:
    """A sandbox whose clock stands still, for commands that depend on the day."""
    with Sandbox(None, frozen_at=datetime(2026, 9, 20, 2, tzinfo=UTC)) as sandbox:
        yield sandbox


def on(clock: Sandbox, month: int, day: int) -> str:
    """Move the clock; return the setting that makes it the office's."""
    clock.clock.set(datetime(2026, month, day, 2, tzinfo=UTC))
    return f"{clock.url}/sandbox/clock"


def issue(office: Path) -> None:
    """The letter is out."""
    database = Database(f"sqlite:///{office / 'xephang.sqlite3'}")
    with database.transaction() as session:
        open_collection(session, session.query(Campaign).one(), now=datetime(2026, 10, 1, 1, tzinfo=UTC))
    database.close()


def test_a_term_is_not_reckoned_in_a_year_whose_days_off_are_not_on_file(office: Path) -> None:
    later = ["2060" if word == "2026" else word.replace("/2026", "/2060") for word in BY_RECEIPT]
    assert xephang(office, *later).returncode == 0
    answer = xephang(office, "campaign", "arm")
    assert (answer.returncode, answer.stderr) == (
        1,
        "Chưa có lịch nghỉ năm 2060. Hãy bổ sung tệp campaign/calendars/2060.yaml theo thông báo chính thức.\n",
    )


def test_arming_says_how_terms_that_are_counted_from_receipt_are_reckoned(office: Path, clock: Sandbox) -> None:
    xephang(office, *BY_RECEIPT)
    answer = xephang(office, "campaign", "arm", rehearsal_clock_url=on(clock, 9, 21))
    assert answer.stdout.splitlines() == [
        "Đợt mic-2392-2026 sẽ được gửi đến các đơn vị lúc 08:00 01/10/2026; hạn nộp là hết ngày 12/11/2026.",
        (
            "Thời hạn 15 ngày làm việc của mỗi đơn vị tính từ ngày xác nhận đã nhận công văn; đơn vị không xác nhận "
            "thì tính từ ngày 22/10/2026. Ngày nêu trên là muộn nhất."
        ),
        "15 đơn vị nhận phiếu Excel qua bot.",
    ]


def test_an_officer_records_that_a_unit_got_the_letter_on_paper(office: Path, clock: Sandbox) -> None:
    xephang(office, *BY_RECEIPT)
    xephang(office, "campaign", "arm", rehearsal_clock_url=on(clock, 9, 21))
    issue(office)
    command = ("campaign", "acknowledge", "huyen-mau-a", "--day")
    today = on(clock, 10, 5)
    told = "Đã ghi nhận UBND huyện Mẫu A nhận công văn ngày 02/10/2026; hạn nộp là hết ngày 23/10/2026.\n"
    for _ in range(2):
        answer = xephang(office, *command, "02/10/2026", rehearsal_clock_url=today)
        assert (answer.returncode, answer.stdout) == (0, told), answer.stderr
    other = xephang(office, *command, "05/10/2026", rehearsal_clock_url=today)
    assert (other.returncode, other.stderr.count("\n"), "02/10/2026" in other.stderr) == (1, 1, True)
    unknown = xephang(office, "campaign", "acknowledge", "khong-co", "--day", "02/10/2026", rehearsal_clock_url=today)
    assert (unknown.returncode, "khong-co" in unknown.stderr) == (1, True)
    status = xephang(office, "campaign", "status", rehearsal_clock_url=today)
    assert "Chưa xác nhận đã nhận công văn (14):" in status.stdout.splitlines()
    units = json.loads(xephang(office, "campaign", "status", "--json", rehearsal_clock_url=today).stdout)["units"]
    assert [(each["acknowledged_on"], each["last_day"]) for each in units[:2]] == [
        ("2026-10-02", "2026-10-23"),
        (None, "2026-11-12"),
    ]


def test_the_points_of_a_council_are_entered_with_their_reason(office: Path) -> None:
    xephang(office, "campaign", "create", "da-nang-448", *CREATE[3:])
    (office / "council.csv").write_text(
        "unit,key,value,reason\nso-noi-vu,diem_hoi_dong,2,Có sáng kiến (mẫu)\n", "utf-8"
    )
    answer = xephang(office, "campaign", "observe", "council.csv")
    assert answer.returncode == 0, answer.stderr
    database = Database(f"sqlite:///{office / 'xephang.sqlite3'}")
    with database.transaction() as session:
        assert session.query(Observation).one().answer["reason"] == "Có sáng kiến (mẫu)"
    database.close()


def test_arming_says_how_many_forms_there_will_be_and_how_long_making_them_takes(office: Path, clock: Sandbox) -> None:
    xephang(office, *CREATE)
    xephang(office, "campaign", "forms", "so-noi-vu", "excel")
    for name in ("a.json", "b.json"):
        (office / name).write_text("{}", "utf-8")
    now = on(clock, 9, 21)
    accounts = {"google_credentials_file": "a.json,b.json", "google_folder_id": "f"}
    answer = xephang(office, "campaign", "arm", rehearsal_clock_url=now, **accounts)
    assert answer.stdout.splitlines()[1:] == [
        (
            "Sẽ tạo 32 phiếu Google Sheet, dự kiến khoảng 1 phút với 2 tài khoản Google (theo hạn mức của Google; "
            "mạng chậm thì lâu hơn)."
        ),
        "1 đơn vị nhận phiếu Excel qua bot.",
    ]


def test_a_campaign_of_excel_files_is_armed_without_a_word_of_google(office: Path, clock: Sandbox) -> None:
    created = xephang(office, *CREATE, "--forms", "excel", "--contact", "Phòng Mẫu", "--head-confirms")
    armed = xephang(office, "campaign", "arm", rehearsal_clock_url=on(clock, 9, 21))
    assert (created.returncode, armed.returncode) == (0, 0)
    assert armed.stdout.splitlines()[1:] == ["33 đơn vị nhận phiếu Excel qua bot."]
    database = Database(f"sqlite:///{office / 'xephang.sqlite3'}")
    with database.transaction() as session:
        campaign = session.query(Campaign).one()
        assert (campaign.forms, campaign.contact, campaign.head_confirms) == ("excel", "Phòng Mẫu", True)
    database.close()


SHEET = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcd"


def test_sheets_that_people_made_are_registered_by_their_links_all_or_none(office: Path) -> None:
    xephang(office, *CREATE)
    one = xephang(office, "campaign", "register", "so-noi-vu", f"{SHEET}/edit#gid=0")
    assert (one.returncode, one.stderr) == (0, "")
    (office / "sheets.csv").write_text(f"unit,link\nso-tai-chinh,{SHEET}x/edit\nso-noi-vu,{SHEET}y/edit\n", "utf-8")
    several = xephang(office, "campaign", "register", "--csv", "sheets.csv")
    assert (several.returncode, several.stderr, "2 trang tính" in several.stdout) == (0, "", True)
    (office / "bad.csv").write_text(f"unit,link\nso-y-te,{SHEET}z\nso-tu-phap,https://example.org/x\n", "utf-8")
    bad = xephang(office, "campaign", "register", "--csv", "bad.csv")
    assert (bad.returncode, bad.stderr.count("\n"), "example.org" in bad.stderr) == (1, 1, True)
    database = Database(f"sqlite:///{office / 'xephang.sqlite3'}")
    with database.transaction() as session:
        sheets = {form.unit.code: form.file_id for form in session.query(Form)}
    database.close()
    sheet = SHEET.rpartition("/")[2]
    assert sheets == {"so-noi-vu": f"{sheet}y", "so-tai-chinh": f"{sheet}x"}


@pytest.mark.parametrize("words", [(), ("so-noi-vu",), ("so-noi-vu", SHEET, "--csv", "sheets.csv")])
def test_registering_takes_a_unit_with_its_link_or_a_table(office: Path, words: tuple[str, ...]) -> None:
    answer = xephang(office, "campaign", "register", *words)
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)


def test_a_unit_that_stands_twice_in_the_table_of_sheets_is_named_by_its_line(office: Path) -> None:
    (office / "sheets.csv").write_text(f"unit,link\nso-y-te,{SHEET}\nso-y-te,{SHEET}x\n", "utf-8")
    answer = xephang(office, "campaign", "register", "--csv", "sheets.csv")
    assert (answer.returncode, answer.stderr.startswith("sheets.csv:2: ")) == (2, True)


def test_without_a_folder_only_registered_sheets_can_be_used_and_arming_says_whose_is_missing(
    office: Path, clock: Sandbox
) -> None:
    xephang(office, *CREATE)
    xephang(office, "campaign", "register", "so-noi-vu", SHEET)
    (office / "a.json").write_text("{}", "utf-8")
    now = on(clock, 9, 21)
    answer = xephang(office, "campaign", "arm", rehearsal_clock_url=now, google_credentials_file="a.json")
    assert "có 32 đơn vị chưa có trang tính đăng ký" in answer.stdout.splitlines()[-1]
