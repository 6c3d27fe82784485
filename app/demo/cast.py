"""Who plays in the demo: invented people, and how each unit's contact behaves. All follows from the seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from scoring import Node, Regulation, Unit

_SURNAMES = ("Nguyễn", "Hoàng", "Nông", "Triệu", "Lý", "Đàm", "Bế", "Lương", "Mã", "Hà", "Phan", "Vi")
_MIDDLES = ("Văn", "Thị", "Đức", "Ngọc", "Minh")


class Manner(Enum):
    """How a contact goes about the form."""

    EARLY = auto()
    STEADY = auto()
    AFTER_REMINDER = auto()
    MISTAKEN = auto()
    HASTY = auto()
    LAST_MINUTE = auto()
    TWICE = auto()
    TOO_LATE = auto()
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Player:
    """A person in the sandbox's Telegram. The word “Mẫu” (sample) in every name says that it is invented.

    `received_after` is how many days after the issue the unit received the letter.
    """

    id: int
    name: str
    role: str
    unit: Unit | None = None
    manner: Manner = Manner.STEADY
    claims: bool = False
    received_after: int = 0


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who plays."""

    contacts: tuple[Player, ...]
    officers: tuple[Player, ...]
    leader: Player
    stranger: Player

    @property
    def assessed(self) -> tuple[Player, ...]:
        """Contacts whose unit submits in time."""
        return tuple(each for each in self.contacts if each.manner not in {Manner.NEVER, Manner.TOO_LATE})

    @property
    def claimers(self) -> tuple[Player, ...]:
        """Contacts who claim that an indicator does not apply; the last one's claim is refused."""
        return tuple(each for each in self.assessed if each.claims)

    @property
    def corrected(self) -> tuple[Player, ...]:
        """Contacts of whose data one number does not stand up to verification."""
        return tuple(each for place, each in enumerate(self.assessed) if place % 7 == 3 and not each.claims)  # noqa: PLR2004 - one in seven

    @property
    def everyone(self) -> tuple[Player, ...]:
        """In the order in which they join."""
        return (*self.officers, self.leader, *self.contacts, self.stranger)


def cast(regulation: Regulation, units: Sequence[Unit], seed: int) -> Cast:
    """Give every unit that has something to declare a contact with a manner of their own."""
    chance = random.Random(f"{seed}/cast")  # noqa: S311 - a demo that repeats itself, not a secret
    declaring = [unit for unit in units if _declares(regulation, unit)]
    manners = _manners(len(declaring))
    chance.shuffle(manners)
    contacts = tuple(
        Player(
            1001 + place,
            _name(chance, place + 1),
            "contact",
            unit,
            manner,
            claims=_claims(manner, place) and bool(claimable(regulation, unit)),
            received_after=_received_after(manner, place),
        )
        for place, (unit, manner) in enumerate(zip(declaring, manners, strict=True))
    )
    officers = (
        Player(201, "Cán bộ Mẫu Một", "officer"),
        Player(202, "Cán bộ Mẫu Hai", "officer"),
    )
    return Cast(contacts, officers, Player(101, "Lãnh đạo Mẫu", "leader"), Player(999, "Người Lạ Mẫu", "stranger"))


def claimable(regulation: Regulation, unit: Unit) -> list[Node]:
    """Return the indicators that the unit may claim not to apply, and that read data of its own."""
    indicators = regulation.indicators(unit.group)
    return [node for node in indicators if node.allows_not_applicable and node.source == "unit"]


def _declares(regulation: Regulation, unit: Unit) -> bool:
    return any(each.source == "unit" for each in regulation.questions_for(unit.group))


def _manners(count: int) -> list[Manner]:
    rare = [
        Manner.NEVER,
        Manner.TOO_LATE,
        Manner.LAST_MINUTE,
        Manner.TWICE,
        *[Manner.HASTY] * 3,
        *[Manner.MISTAKEN] * 4,
        *[Manner.AFTER_REMINDER] * 7,
        *[Manner.EARLY] * 5,
    ]
    return (rare + [Manner.STEADY] * count)[:count]


def _claims(manner: Manner, place: int) -> bool:
    return manner not in {Manner.NEVER, Manner.TOO_LATE} and place % 6 == 2  # noqa: PLR2004 - one unit in six


def _received_after(manner: Manner, place: int) -> int:
    """Most receive the letter at once, one unit in five a day later; who never answers is asked after a week."""
    if manner is Manner.NEVER:
        return 6
    return 1 if place % 5 == 4 else 0  # noqa: PLR2004 - one unit in five


def _name(chance: random.Random, number: int) -> str:
    return f"{chance.choice(_SURNAMES)} {chance.choice(_MIDDLES)} Mẫu {number:02d}"
