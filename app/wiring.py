"""Where the shells meet: one system out of the settings and a clock."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from app.database import open_database
from app.settings import BadSettingsError, Settings
from bot.telegram import TelegramBot
from campaign.database import Database
from campaign.ports import Clock, Forms
from forms.excel import ExcelFiles
from forms.google import CredentialsProblem, connect
from scheduler.reminders import OfficeHours
from scheduler.tick import Scheduler
from words import Series, Text


@dataclass(frozen=True, slots=True)
class System:
    """The running parts. `pulse` is one heartbeat: what is due is done, what was decided is sent.

    Without Google, `forms` is None, and forms go as Excel files through the bot alone.
    """

    database: Database
    clock: Clock
    forms: Forms | None
    bot: TelegramBot
    scheduler: Scheduler

    async def pulse(self) -> None:
        """Do what is due now, then deliver."""
        await asyncio.to_thread(self.scheduler.tick, self.clock.now())
        await self.bot.deliver()


async def start(settings: Settings, clock: Clock, pause: Callable[[float], None]) -> System:
    """Connect to everything and say hello to Telegram. `pause` lets calls to Google wait before a retry.

    Raises BadSettingsError naming the settings that are missing or cannot be used, and Refused where Telegram is out of
    reach or does not know the token.
    """
    token = _required(settings)
    database = open_database(settings)
    forms, files = _forms(settings, clock, pause), ExcelFiles()
    bot = TelegramBot(
        token,
        settings.telegram_base_url,
        settings.telegram_proxy,
        database=database,
        clock=clock,
        forms=forms,
        files=files,
        language=settings.language,
    )
    try:
        await bot.start()
    except BaseException:
        await bot.stop()
        database.close()
        raise
    closing, opening = settings.quiet_hours
    hours = OfficeHours(opening, closing)
    scheduler = Scheduler(database, forms, files, bot.username, settings.language, hours, clock.now)
    return System(database, clock, forms, bot, scheduler)


def _forms(settings: Settings, clock: Clock, pause: Callable[[float], None]) -> Forms | None:
    if not settings.google_credentials_file:
        return None
    try:
        return connect(
            settings.google_credentials_file,
            settings.google_base_url,
            settings.google_folder_id,
            settings.google_sharing,
            now=clock.now,
            sleep=pause,
        )
    except CredentialsProblem as problem:
        raise BadSettingsError(problem.text) from problem


async def stop(system: System) -> None:
    """Let go of everything."""
    await system.bot.stop()
    system.database.close()


def _required(settings: Settings) -> str:
    token, missing = settings.token(), lacking(settings)
    if token is None or missing:
        raise BadSettingsError(*missing.values())
    return token


def lacking(settings: Settings) -> dict[str, Text]:
    """What to do about each setting that keeps anything from being served, by its name; Google may be left out."""
    absent = [str(file) for file in settings.google_credentials_file if not file.is_file()]
    found = {
        "telegram_token": None if settings.token() else Text("app.no_token"),
        "google_credentials_file": Text("app.no_credentials", files=Series(tuple(absent))) if absent else None,
    }
    return {name: text for name, text in found.items() if text}
