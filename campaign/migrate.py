"""Bringing a database to the tables of this version."""

from importlib.resources import files

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from campaign.database import Database
from campaign.models import Base
from campaign.refusal import Refused
from words import Text


def upgrade(database: Database) -> None:
    """Create or change the tables as this version needs them."""
    config = _config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_current(database: Database) -> None:
    """Create the tables in an empty database; raise Refused for one that an older or newer version left."""
    if not inspect(database.engine).get_table_names():
        upgrade(database)
        return
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != ScriptDirectory.from_config(_config()).get_current_head():
        raise Refused(Text("campaign.database_outdated"))


def differences(database: Database) -> list[object]:
    """What the tables of the database lack or have too much, compared with the models."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("campaign") / "migrations"))
    return config
