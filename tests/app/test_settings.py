"""The settings: a wrong one stops the start and says what is allowed."""

from datetime import time
from pathlib import Path

import pytest

from app.settings import BadSettingsError, read_settings


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def refusal(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> list[str]:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettingsError) as error:
        read_settings()
    return error.value.lines


def test_without_any_setting_the_defaults_hold() -> None:
    settings = read_settings()
    assert settings.timezone == "Asia/Ho_Chi_Minh"
    assert settings.quiet_hours == (time(17, 30), time(7, 30))
    assert settings.token() is None


def test_an_unknown_zone_is_refused_with_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, "XEPHANG_TIMEZONE", "Asia/Cao_Bang") == [
        "XEPHANG_TIMEZONE: is not a time zone; an example is Asia/Ho_Chi_Minh"
    ]


def test_quiet_hours_that_are_no_times_are_refused_with_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, "XEPHANG_QUIET_HOURS", "at night") == [
        "XEPHANG_QUIET_HOURS: must be two times such as 17:30-07:30"
    ]


def test_a_misspelt_setting_does_not_go_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, "XEPHANG_TELEGRAM_TOKN", "1:a") == [
        "XEPHANG_TELEGRAM_TOKN is not a setting. `xephang doctor` lists those there are."
    ]


def test_a_choice_names_what_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, "XEPHANG_GOOGLE_SHARING", "everybody") == [
        "XEPHANG_GOOGLE_SHARING: Input should be 'link' or 'email'"
    ]


def test_the_token_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("123:abc\n", "utf-8")
    monkeypatch.setenv("XEPHANG_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    assert read_settings().token() == "123:abc"


def test_the_settings_never_print_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XEPHANG_TELEGRAM_TOKEN", "123:verysecret")
    assert "verysecret" not in repr(read_settings())
