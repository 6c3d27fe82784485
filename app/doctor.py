"""The examination: every setting, the database, the bot, Google. Nothing that people see is changed."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Protocol

from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from app.settings import PREFIX, Settings
from app.wiring import open_database
from bot.doctor import check_bot
from campaign.refusal import Refused
from forms.google import checks as google_checks
from words import Text


class Check(Protocol):
    """What was looked at, whether it is well, and what to do."""

    @property
    def id(self) -> str:
        """A stable name."""

    @property
    def ok(self) -> bool:
        """Whether it is well."""

    @property
    def hint(self) -> Text:
        """What it means, or how to mend it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A check of our own."""

    id: str
    ok: bool
    hint: Text


def examine(settings: Settings) -> list[Check]:
    """Try everything and return all checks; what cannot be tried for lack of a setting says so."""
    return [*_settings(settings), _database(settings), *_telegram(settings), *_google(settings)]


def _settings(settings: Settings) -> Iterator[Check]:
    for name in Settings.model_fields:
        shown = _shown(getattr(settings, name))
        yield Finding(PREFIX + name.upper(), ok=True, hint=Text("app.setting", value=shown))


def _shown(value: object) -> str:
    """A setting as it would be written, a secret only as present."""
    match value:
        case None:
            return "–"
        case SecretStr():
            return "•••"
        case (time(), time()):
            return "-".join(f"{each:%H:%M}" for each in value)
    return str(value)


def _database(settings: Settings) -> Check:
    try:
        database = open_database(settings)
        with database.transaction() as session:
            session.connection()
        database.close()
    except Refused as refusal:
        return Finding("database", ok=False, hint=refusal.text)
    except SQLAlchemyError as error:
        return Finding("database", ok=False, hint=Text("app.database_unreachable", error=str(error.__cause__ or error)))
    return Finding("database", ok=True, hint=Text("app.database_fine"))


def _telegram(settings: Settings) -> Iterator[Check]:
    token = settings.token()
    if token is None:
        yield Finding("telegram.token", ok=False, hint=Text("app.no_token"))
    else:
        yield from asyncio.run(check_bot(token, settings.telegram_base_url, settings.telegram_proxy))


def _google(settings: Settings) -> Iterator[Check]:
    file, folder = settings.google_credentials_file, settings.google_folder_id
    if file is None or not file.is_file():
        yield Finding("google.credentials", ok=False, hint=Text("app.no_credentials"))
    elif not folder:
        yield Finding("google.folder", ok=False, hint=Text("app.no_folder"))
    else:
        yield from google_checks(file, settings.google_base_url, folder, settings.google_sharing)
