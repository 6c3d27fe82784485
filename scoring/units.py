"""The units (đơn vị) that are assessed."""

from dataclasses import dataclass
from enum import StrEnum


class UnitStatus(StrEnum):
    """How the unit's submission came in."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `id` is its short name in every table; `parent` the unit it is under; `source` where its name is from."""

    id: str
    name: str
    group: str
    parent: str = ""
    status: UnitStatus = UnitStatus.ON_TIME
    source: str = ""
