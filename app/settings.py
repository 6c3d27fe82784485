"""The settings: read once, from the environment or a file `.env`, and checked before anything starts."""

import os
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "XEPHANG_"


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not a time zone; an example is Asia/Ho_Chi_Minh")
    return name


def _quiet_hours(text: Any) -> Any:  # noqa: ANN401 - whatever the environment holds
    if not isinstance(text, str):
        return text
    try:
        begin, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError as error:
        raise ValueError("must be two times such as 17:30-07:30") from error
    return begin, end


class Settings(BaseSettings):
    """Every setting of Xephang. `XEPHANG_TELEGRAM_TOKEN` sets `telegram_token`, and so on."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore")

    database_url: str = "sqlite:///xephang.sqlite3"
    telegram_token: SecretStr | None = None
    telegram_token_file: Path | None = None
    telegram_base_url: str | None = None
    telegram_proxy: str | None = None
    google_credentials_file: Path | None = None
    google_base_url: str | None = None
    google_folder_id: str | None = None
    google_sharing: Literal["link", "email"] = "link"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Ho_Chi_Minh"
    language: Literal["vi", "en"] = "vi"
    quiet_hours: Annotated[tuple[time, time], NoDecode, BeforeValidator(_quiet_hours)] = (time(17, 30), time(7, 30))
    heartbeat_seconds: Annotated[float, Field(ge=1, le=3600)] = 30
    rehearsal_clock_url: str | None = None
    """Where a sandbox tells its time: for rehearsals, never for a real campaign."""
    listen: str = "127.0.0.1:8080"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and end."""
        return ZoneInfo(self.timezone)

    def token(self) -> str | None:
        """The bot's token, from the setting itself or from the file it names."""
        if self.telegram_token:
            return self.telegram_token.get_secret_value().strip()
        if self.telegram_token_file and self.telegram_token_file.is_file():
            return self.telegram_token_file.read_text("utf-8").strip()
        return None


class BadSettingsError(Exception):
    """Settings that cannot be used; `lines` names each and what is allowed."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


def read_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - a value of whichever setting is overridden
    """Read the settings. Raises BadSettingsError naming each bad one and what is allowed there."""
    if unknown := _unknown_names():
        raise BadSettingsError(
            [f"{name} is not a setting. `xephang doctor` lists those there are." for name in unknown]
        )
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise BadSettingsError([_line(each) for each in error.errors(include_url=False)]) from error


def _unknown_names() -> list[str]:
    """Names with our prefix that no setting has: a typing error would otherwise go unnoticed."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {"XEPHANG_TEST_REQUIRE"}
    present = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    return sorted(name for name in present - known if name.startswith(PREFIX))


def _line(error: Any) -> str:  # noqa: ANN401 - pydantic's own dictionary
    name = "_".join(str(part) for part in error["loc"]).upper()
    full = name if name.startswith(PREFIX) else PREFIX + name
    return f"{full}: {error['msg'].removeprefix('Value error, ')}"
