"""The settings: a wrong one stops the start and says what is allowed."""

from datetime import time
from pathlib import Path

import pytest

from app.settings import BadSettingsError, read_settings
from words import Text


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def refusal(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> list[Text]:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettingsError) as error:
        read_settings()
    return list(error.value.texts)


def test_without_any_setting_the_defaults_hold() -> None:
    settings = read_settings()
    assert settings.timezone == "Asia/Ho_Chi_Minh"
    assert settings.quiet_hours == (time(17, 30), time(7, 30))
    assert settings.token() is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timezone", "Asia/Cao_Bang"),
        ("language", "fr"),
        ("google_sharing", "everybody"),
        ("quiet_hours", "at night"),
        ("quiet_hours", "17:30"),
        ("quiet_hours", "17:30-18:00-19:00"),
        ("heartbeat_seconds", "0"),
        ("listen", "8080"),
        ("listen", "127.0.0.1:http"),
        ("listen", ":70000"),
        ("log_level", "LOUD"),
    ],
)
def test_a_wrong_setting_is_refused_once_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert refusal(monkeypatch, f"XEPHANG_{name.upper()}", value) == [Text(f"app.wrong_{name}")]


@pytest.mark.parametrize(
    ("text", "address"),
    [("127.0.0.1:8080", ("127.0.0.1", 8080)), ("localhost:0", ("localhost", 0)), ("[::1]:80", ("::1", 80))],
)
def test_where_to_listen_is_a_host_and_a_port(
    monkeypatch: pytest.MonkeyPatch, text: str, address: tuple[str, int]
) -> None:
    monkeypatch.setenv("XEPHANG_LISTEN", text)
    assert read_settings().listen == address


def test_a_misspelt_setting_does_not_go_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch, "XEPHANG_TELEGRAM_TOKN", "1:a") == [
        Text("app.unknown_setting", name="XEPHANG_TELEGRAM_TOKN")
    ]


def test_several_accounts_of_google_are_named_with_commas_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XEPHANG_GOOGLE_CREDENTIALS_FILE", "one.json, two.json,")
    assert read_settings().google_credentials_file == (Path("one.json"), Path("two.json"))


def test_without_any_account_of_google_nothing_is_wrong() -> None:
    assert read_settings().google_credentials_file == ()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"GOOGLE_FOLDER_ID": "f"}, "app.folder_without_account"),
        ({"GOOGLE_BASE_URL": "http://127.0.0.1:9"}, "app.address_without_account"),
        ({"GOOGLE_CREDENTIALS_FILE": "one.json,./one.json"}, "app.account_named_twice"),
        ({"TELEGRAM_TOKEN": "1:a", "TELEGRAM_TOKEN_FILE": "token"}, "app.two_tokens"),
    ],
)
def test_settings_that_do_not_go_together_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], told: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"XEPHANG_{name}", value)
    with pytest.raises(BadSettingsError) as error:
        read_settings()
    assert error.value.texts == (Text(told),)


def test_an_env_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("XEPHANG_LANGUAGE=vi # tiếng Việt\n".encode("utf-16"))
    with pytest.raises(BadSettingsError) as error:
        read_settings()
    assert [text.id for text in error.value.texts] == ["app.env_unreadable"]


def test_the_token_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("123:abc\n", "utf-8")
    monkeypatch.setenv("XEPHANG_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    assert read_settings().token() == "123:abc"


def test_the_settings_never_print_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XEPHANG_TELEGRAM_TOKEN", "123:verysecret")
    assert "verysecret" not in repr(read_settings())
