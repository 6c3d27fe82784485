"""The settings: read once, from the environment or a file `.env`, and checked before anything starts."""

import os
from collections.abc import Iterator, Sequence
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.failures import WrongUseError
from words import Language, Text

PREFIX = "XEPHANG_"


WRONG = {
    "timezone": "app.wrong_timezone",
    "language": "app.wrong_language",
    "google_sharing": "app.wrong_google_sharing",
    "quiet_hours": "app.wrong_quiet_hours",
    "heartbeat_seconds": "app.wrong_heartbeat_seconds",
    "listen": "app.wrong_listen",
    "log_level": "app.wrong_log_level",
}
"""What is said of each setting that can be wrong; the others are taken as they stand."""


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(name)
    return name


def _quiet_hours(text: str) -> tuple[time, ...]:
    return tuple(time.fromisoformat(part.strip()) for part in text.split("-"))


def _files(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _address(text: str) -> tuple[str, str]:
    host, _, port = text.strip().rpartition(":")
    return host.removeprefix("[").removesuffix("]"), port


Host = Annotated[str, Field(min_length=1)]
Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """Every setting of Xephang. `XEPHANG_TELEGRAM_TOKEN` sets `telegram_token`, and so on."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", validate_default=False
    )

    database_url: str = "sqlite:///xephang.sqlite3"
    telegram_token: SecretStr | None = None
    telegram_token_file: Path | None = None
    telegram_base_url: str | None = None
    telegram_proxy: str | None = None
    google_credentials_file: Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_files)] = ()
    """One file, or several with commas between them: each account has a quota of its own. None: no Google at all."""
    google_base_url: str | None = None
    google_folder_id: str | None = None
    """Where forms are made; without it, only sheets that people made and registered can be used."""
    google_sharing: Literal["link", "email"] = "link"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Ho_Chi_Minh"
    language: Language = "vi"
    quiet_hours: Annotated[tuple[time, time], NoDecode, BeforeValidator(_quiet_hours)] = (time(17, 30), time(7, 30))
    heartbeat_seconds: Annotated[float, Field(ge=1, le=3600)] = 30
    rehearsal_clock_url: str | None = None
    """Where a sandbox tells its time: for rehearsals, never for a real campaign."""
    listen: Annotated[tuple[Host, Port], NoDecode, BeforeValidator(_address)] = ("127.0.0.1", 8080)
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


class BadSettingsError(WrongUseError):
    """Settings that cannot be used; the texts name each and what is allowed."""


def read_settings() -> Settings:
    """Read the settings. Raises BadSettingsError naming each bad one and what is allowed there."""
    try:
        if unknown := _unknown_names():
            raise BadSettingsError(*(Text("app.unknown_setting", name=name) for name in unknown))
        settings = Settings()
    except ValidationError as error:
        raise BadSettingsError(*_what_is_wrong(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettingsError(Text("app.env_unreadable", error=str(error))) from error
    if contradictions := _contradictions(settings):
        raise BadSettingsError(*contradictions)
    return settings


def _contradictions(settings: Settings) -> Sequence[Text]:
    """Settings of which each is well and which do not go together."""
    accounts = settings.google_credentials_file
    found = {
        "app.two_tokens": settings.telegram_token and settings.telegram_token_file,
        "app.folder_without_account": settings.google_folder_id and not accounts,
        "app.address_without_account": settings.google_base_url and not accounts,
        "app.account_named_twice": len({file.absolute() for file in accounts}) < len(accounts),
    }
    return [Text(name) for name, contradicts in found.items() if contradicts]


def _unknown_names() -> list[str]:
    """Names with our prefix that no setting has: a typing error would otherwise go unnoticed."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {"XEPHANG_TEST_REQUIRE"}
    present = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    return sorted(name for name in present - known if name.startswith(PREFIX))


def _what_is_wrong(error: ValidationError) -> Iterator[Text]:
    """A text for each wrong setting, though several parts of one may be wrong."""
    names = (str(each["loc"][0]).lower().removeprefix(PREFIX.lower()) for each in error.errors(include_url=False))
    for name in dict.fromkeys(names):
        yield Text(WRONG[name])
