"""Where the shells meet: one system out of the settings and a clock."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.settings import BadSettingsError, Settings
from bot.telegram import TelegramBot
from campaign.database import Database
from campaign.migrate import require_current
from campaign.ports import Clock, Forms
from forms.google import CredentialsProblem, connect
from scheduler.reminders import OfficeHours
from scheduler.tick import Scheduler
from words import Text


@dataclass(frozen=True, slots=True)
class System:
    """The running parts. `pulse` is one heartbeat: what is due is done, what was decided is sent."""

    database: Database
    clock: Clock
    bot: TelegramBot
    scheduler: Scheduler

    async def pulse(self) -> None:
        """Do what is due now, then deliver."""
        await asyncio.to_thread(self.scheduler.tick, self.clock.now())
        await self.bot.deliver()


def open_database(settings: Settings) -> Database:
    """Open the database; an empty one gets its tables. Raises Refused for one of another version."""
    database = reach_database(settings)
    require_current(database)
    return database


def reach_database(settings: Settings) -> Database:
    """Return the database as it is. Raises BadSettingsError where its driver is not installed."""
    try:
        return Database(settings.database_url)
    except ModuleNotFoundError as error:
        raise BadSettingsError(Text("app.no_database_driver", driver=str(error.name))) from error


async def start(settings: Settings, clock: Clock, pause: Callable[[float], None]) -> System:
    """Connect to everything and say hello to Telegram. `pause` lets calls to Google wait before a retry.

    Raises BadSettingsError naming the settings that are missing or cannot be used, and Refused where Telegram is out of
    reach or does not know the token.
    """
    token, credentials, folder = _required(settings)
    database = open_database(settings)
    forms = _forms(settings, credentials, folder, pause)
    bot = TelegramBot(
        token,
        settings.telegram_base_url,
        settings.telegram_proxy,
        database=database,
        clock=clock,
        forms=forms,
        language=settings.language,
    )
    try:
        await bot.start()
    except BaseException:
        await bot.stop()
        database.close()
        raise
    closing, opening = settings.quiet_hours
    scheduler = Scheduler(database, forms, bot.username, settings.language, OfficeHours(opening, closing))
    return System(database, clock, bot, scheduler)


def _forms(settings: Settings, credentials: Path, folder: str, pause: Callable[[float], None]) -> Forms:
    try:
        return connect(
            credentials, settings.google_base_url, folder_id=folder, sharing=settings.google_sharing, sleep=pause
        )
    except CredentialsProblem as problem:
        raise BadSettingsError(problem.text) from problem


async def stop(system: System) -> None:
    """Let go of everything."""
    await system.bot.stop()
    system.database.close()


def _required(settings: Settings) -> tuple[str, Path, str]:
    token, credentials, folder = settings.token(), settings.google_credentials_file, settings.google_folder_id
    if not token or credentials is None or not credentials.is_file() or not folder:
        raise BadSettingsError(*lacking(settings).values())
    return token, credentials, folder


def lacking(settings: Settings) -> dict[str, Text]:
    """What to do about each setting without which nothing can be served, by its name; those that are set are not in."""
    credentials = settings.google_credentials_file
    found = {
        "telegram_token": None if settings.token() else Text("app.no_token"),
        "google_credentials_file": None if credentials and credentials.is_file() else Text("app.no_credentials"),
        "google_folder_id": None if settings.google_folder_id else Text("app.no_folder"),
    }
    return {name: text for name, text in found.items() if text}
