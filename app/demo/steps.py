"""What a script consists of: acts, each with its time and who does it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from app.demo.cast import Player


class Act(Enum):
    """What somebody does in a step."""

    LOOK_AGAIN = auto()
    CREATE = auto()
    ARRIVE = auto()
    INVITE = auto()
    OPEN_LINK = auto()
    OPEN_STOLEN_LINK = auto()
    WRITE = auto()
    PRESS = auto()
    PRESS_IF_OFFERED = auto()
    ACKNOWLEDGE = auto()
    FILL_HALF = auto()
    FILL_WITH_MISTAKES = auto()
    MEND = auto()
    FILL = auto()
    IMPROVE = auto()
    TICK = auto()
    SEND_EVIDENCE = auto()
    PUT_EVIDENCE = auto()
    EXTEND = auto()
    TYPE_LATE = auto()
    SEND_LATE = auto()
    RETURN = auto()
    OBSERVE_FIRST = auto()
    OBSERVE_REST = auto()
    FIND = auto()
    RANK = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One act at one time. `words` is what is written or the action of the pressed button."""

    at: datetime
    act: Act
    player: Player | None = None
    words: str = ""
