"""The examination: every setting, the database, the bot, Google. Nothing that people see is changed."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Protocol

from pydantic import SecretStr

from app.database import open_database
from app.failures import explain
from app.google_units import lacking_google, registered_sheets
from app.settings import PREFIX, Settings
from app.wiring import lacking
from bot.doctor import check_bot
from forms.google import checks as google_checks
from forms.google import sheet_checks
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


@dataclass(frozen=True, slots=True)
class Needed:
    """What campaigns under way need of Google: what they lack, and whose sheets were registered, by file id."""

    lacking: list[Text] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)


def examine(settings: Settings) -> list[Check]:
    """Try everything and return all checks; what cannot be tried for lack of a setting says so."""
    database, needed = _database(settings)
    return [*_settings(settings), database, *_telegram(settings), *_google(settings, needed)]


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
        case tuple():
            return ", ".join(map(str, value)) or "–"
    return SECRET_IN_ADDRESS.sub("•••", str(value))


def _database(settings: Settings) -> tuple[Check, Needed]:
    """Whether it can be used, and what it says of campaigns that work with Google."""
    try:
        database = open_database(settings)
        with database.transaction() as session:
            needed = Needed(lacking_google(session, settings), registered_sheets(session))
        database.close()
    except Exception as error:
        failure = explain(error)
        if failure is None:
            raise
        return Finding("database", ok=False, hint=failure.texts[0]), Needed()
    return Finding("database", ok=True, hint=Text("app.database_fine")), needed


def _telegram(settings: Settings) -> Iterator[Check]:
    token = settings.token()
    if token is None:
        yield Finding("telegram.token", ok=False, hint=Text("app.no_token"))
    else:
        yield from asyncio.run(check_bot(token, settings.telegram_base_url, settings.telegram_proxy))


def _google(settings: Settings, needed: Needed) -> Iterator[Check]:
    """Excel alone is well, and so are registered sheets alone, unless a campaign under way needs more."""
    missing, files = lacking(settings), settings.google_credentials_file
    if not files:
        yield Finding("google", ok=not needed.lacking, hint=Text("app.without_google"))
    elif "google_credentials_file" in missing:
        yield Finding("google.credentials", ok=False, hint=missing["google_credentials_file"])
    else:
        yield from google_checks(files, settings.google_base_url, settings.google_folder_id, settings.google_sharing)
        yield from sheet_checks(files, settings.google_base_url, needed.sheets)
    if files and not settings.google_folder_id:
        yield Finding("google.folder", ok=not needed.lacking, hint=Text("app.google_without_folder"))
    for text in needed.lacking:
        yield Finding("google.campaign", ok=False, hint=text)
