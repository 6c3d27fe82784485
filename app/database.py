"""The database that the settings name."""

from app.settings import BadSettingsError, Settings
from campaign.database import Database
from campaign.migrate import require_current
from words import Text


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
