"""The base of all tables, and the two column types that keep values exact on both databases."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from words import Value, dump, load


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, aware and in UTC on both sides; SQLite alone would give back a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; a naive datetime is a defect and refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A naive datetime cannot be stored: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the interface
        """Give back an aware instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Facts(TypeDecorator[Mapping[str, Value]]):
    """Named values of a message or a history row, which keep their type (date, Decimal, Text) through the database."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Value] | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - the interface
        """Store the JSON form."""
        return None if value is None else {name: dump(each) for name, each in value.items()}

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[str, Value] | None:  # noqa: ANN401, ARG002 - the interface
        """Give back typed values."""
        return None if value is None else {name: load(each) for name, each in value.items()}


class Base(DeclarativeBase):
    """All tables of Xephang."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy
        # Stored as text by value: a new stage or role must not need a change of a database type.
        StrEnum: Enum(StrEnum, native_enum=False, length=32, values_callable=lambda kind: [str(each) for each in kind]),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }
