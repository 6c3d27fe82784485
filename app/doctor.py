"""The examination: every setting, the database, the bot, Google. Nothing that people see is changed."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Protocol

from pydantic import SecretStr

from app.failures import explain
from app.settings import PREFIX, Settings
from app.wiring import lacking, open_database
from bot.doctor import check_bot
from forms.google import checks as google_checks
from words import Text

SECRET_IN_ADDRESS = re.compile(r"(?<=:)(?!//)[^:/@]+(?=@)")
"""A password inside a database's or a proxy's address."""


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
    missing = lacking(settings)
    for name in Settings.model_fields:
        shown = Text("app.setting", value=_shown(getattr(settings, name)))
        yield Finding(PREFIX + name.upper(), ok=name not in missing, hint=missing.get(name, shown))


def _shown(value: object) -> str:
    """A setting as it would be written, a secret only as present."""
    match value:
        case None:
            return "–"
        case SecretStr():
            return "•••"
        case (time(), time()):
            return "-".join(f"{each:%H:%M}" for each in value)
        case (str() as host, int() as port):
            return f"{host}:{port}"
    return SECRET_IN_ADDRESS.sub("•••", str(value))


def _database(settings: Settings) -> Check:
    try:
        database = open_database(settings)
        with database.transaction() as session:
            session.connection()
        database.close()
    except Exception as error:
        failure = explain(error)
        if failure is None:
            raise
        return Finding("database", ok=False, hint=failure.texts[0])
    return Finding("database", ok=True, hint=Text("app.database_fine"))


def _telegram(settings: Settings) -> Iterator[Check]:
    token = settings.token()
    if token is None:
        yield Finding("telegram.token", ok=False, hint=Text("app.no_token"))
    else:
        yield from asyncio.run(check_bot(token, settings.telegram_base_url, settings.telegram_proxy))


def _google(settings: Settings) -> Iterator[Check]:
    missing, file, folder = lacking(settings), settings.google_credentials_file, settings.google_folder_id
    if "google_credentials_file" in missing:
        yield Finding("google.credentials", ok=False, hint=missing["google_credentials_file"])
    if "google_folder_id" in missing:
        yield Finding("google.folder", ok=False, hint=missing["google_folder_id"])
    if file and folder and not missing.keys() & {"google_credentials_file", "google_folder_id"}:
        yield from google_checks(file, settings.google_base_url, folder, settings.google_sharing)
