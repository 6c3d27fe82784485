"""The command line: what an administrator types, what is answered, and the exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    return tmp_path


def xephang(office: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, with nothing set but what is given."""
    environment = {"PATH": "/usr/bin:/bin", **{f"XEPHANG_{name.upper()}": value for name, value in settings.items()}}
    program = "import sys; from app.cli import main; sys.argv[0] = 'xephang'; main()"
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=office,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_campaign_is_created_with_its_33_units_and_again_without_a_change(office: Path) -> None:
    first, second = xephang(office, *CREATE), xephang(office, *CREATE)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert first.stdout == second.stdout == "cao-bang-2310-2026: 33 units, to be issued on 2026-09-15\n"


def test_creating_it_with_another_letter_is_refused(office: Path) -> None:
    xephang(office, *CREATE)
    answer = xephang(office, *CREATE[:-1], "Người khác")
    assert answer.returncode == 1
    assert "cao-bang-2310-2026" in answer.stderr


def test_a_date_that_is_none_is_wrong_use(office: Path) -> None:
    answer = xephang(office, *CREATE[:8], "31/02/2026", *CREATE[9:])
    assert (answer.returncode, answer.stderr.count("31/02/2026")) == (2, 1)


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
    answer = xephang(office, "serve")
    assert answer.returncode == 2
    assert "XEPHANG_TELEGRAM_TOKEN is not set" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_wrong_setting_stops_every_command(office: Path) -> None:
    answer = xephang(office, "campaign", "list", timezone="Mars/Olympus")
    assert (answer.returncode, answer.stderr) == (
        2,
        "XEPHANG_TIMEZONE: is not a time zone; an example is Asia/Ho_Chi_Minh\n",
    )


def test_doctor_lists_every_setting_and_what_is_missing_and_hides_the_token(office: Path) -> None:
    answer = xephang(
        office, "doctor", "--json", telegram_token="123456:verysecrettoken", telegram_base_url="http://127.0.0.1:9"
    )
    checks = {check["id"]: check for check in json.loads(answer.stdout)["checks"]}
    assert answer.returncode == 1
    assert checks["XEPHANG_TIMEZONE"] == {"id": "XEPHANG_TIMEZONE", "ok": True, "hint": "Asia/Ho_Chi_Minh"}
    assert (checks["database"]["ok"], checks["google.credentials"]["ok"]) == (True, False)
    assert "verysecrettoken" not in answer.stdout + answer.stderr


def test_an_unknown_regulation_is_named_with_those_that_are_shipped(office: Path) -> None:
    answer = xephang(office, "regulation", "check", "khong-co.yaml")
    assert answer.returncode == 1
    assert "cao-bang-2310" in answer.stderr


def test_the_shipped_regulation_is_without_errors_and_its_assumptions_are_shown(office: Path) -> None:
    answer = xephang(office, "regulation", "check", "cao-bang-2310")
    assert answer.returncode == 0, answer.stderr
    assert "assumed" in answer.stdout


def test_observations_with_a_bad_row_are_not_taken_at_all(office: Path) -> None:
    xephang(office, *CREATE)
    (office / "observed.csv").write_text("unit,key,value,evidence\nso-tai-chinh,khong-co,1,\n", "utf-8")
    answer = xephang(office, "campaign", "observe", "observed.csv")
    assert answer.returncode == 1
    assert answer.stderr.startswith("observed.csv:2")


def test_a_database_can_be_copied_and_put_back(office: Path) -> None:
    xephang(office, *CREATE)
    assert xephang(office, "db", "backup", "copy.sqlite3").returncode == 0
    (office / "xephang.sqlite3").unlink()
    assert xephang(office, "campaign", "list").stdout == ""
    assert xephang(office, "db", "restore", "copy.sqlite3").returncode == 0
    assert "cao-bang-2310-2026" in xephang(office, "campaign", "list").stdout


def test_help_does_not_load_what_it_does_not_need() -> None:
    program = (
        "import sys; from app.cli import main\nsys.argv = ['xephang', '--help']\ntry: main()\nexcept SystemExit: pass\n"
    )
    program += "print(sorted({'sqlalchemy', 'telegram', 'gspread', 'matplotlib', 'pydantic'} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "[]"
