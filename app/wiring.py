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
from forms.google import connect
from scheduler.reminders import OfficeHours
from scheduler.tick import Scheduler


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
    database = Database(settings.database_url)
    require_current(database)
    return database


async def start(settings: Settings, clock: Clock, pause: Callable[[float], None]) -> System:
    """Connect to everything and say hello to Telegram. `pause` lets calls to Google wait before a retry.

    Raises BadSettingsError naming the settings that are missing.
    """
    token, credentials, folder = _required(settings)
    database = open_database(settings)
    forms: Forms = connect(
        credentials, settings.google_base_url, folder_id=folder, sharing=settings.google_sharing, sleep=pause
    )
    bot = TelegramBot(
        token,
        settings.telegram_base_url,
        settings.telegram_proxy,
        database=database,
        clock=clock,
        forms=forms,
        language=settings.language,
    )
    await bot.start()
    closing, opening = settings.quiet_hours
    scheduler = Scheduler(database, forms, bot.username, settings.language, OfficeHours(opening, closing))
    return System(database, clock, bot, scheduler)


async def stop(system: System) -> None:
    """Let go of everything."""
    await system.bot.stop()
    system.database.close()


def _required(settings: Settings) -> tuple[str, Path, str]:
    token, credentials, folder = settings.token(), settings.google_credentials_file, settings.google_folder_id
    missing = []
    if not token:
        missing.append("XEPHANG_TELEGRAM_TOKEN is not set. @BotFather gives it; README, “A real bot”, shows how.")
    if credentials is None or not credentials.is_file():
        missing.append(
            "XEPHANG_GOOGLE_CREDENTIALS_FILE does not name a file. README, “A real Google account”, shows how."
        )
    if not folder:
        missing.append("XEPHANG_GOOGLE_FOLDER_ID is not set: the id at the end of the folder's link.")
    if missing or not (token and credentials and folder):
        raise BadSettingsError(missing)
    return token, credentials, folder
