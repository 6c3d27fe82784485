"""Who plays in the demo: invented people, and how each unit's contact behaves. All follows from the seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from campaign.models import FormKind
from scoring import Node, Regulation, Unit

_SURNAMES = ("Nguyễn", "Hoàng", "Nông", "Triệu", "Lý", "Đàm", "Bế", "Lương", "Mã", "Hà", "Phan", "Vi")
_MIDDLES = ("Văn", "Thị", "Đức", "Ngọc", "Minh")


class Way(Enum):
    """How a contact submits the form: the button in chat, the box in the sheet, or an Excel file sent to the bot."""

    BUTTON = auto()
    BOX = auto()
    EXCEL = auto()


class Manner(Enum):
    """How a contact goes about the form."""

    EARLY = auto()
    STEADY = auto()
    AFTER_REMINDER = auto()
    MISTAKEN = auto()
    HASTY = auto()
    LAST_MINUTE = auto()
    TWICE = auto()
    EXTENDED = auto()
    TOO_LATE = auto()
    NEVER = auto()


_ORDINARY = frozenset({Manner.EARLY, Manner.STEADY, Manner.AFTER_REMINDER, Manner.HASTY})


@dataclass(frozen=True, slots=True)
class Player:
    """A person in the sandbox's Telegram. The word “Mẫu” (sample) in every name says that it is invented.

    `received_after` is how many days after the issue the unit received the letter. Some evidence is sent as `files`,
    or stands in the list of documents; what was `returned` is mended and submitted once more.
    """

    id: int
    name: str
    role: str
    unit: Unit | None = None
    manner: Manner = Manner.STEADY
    claims: bool = False
    received_after: int = 0
    way: Way = Way.BUTTON
    files: bool = False
    lists: bool = False
    returned: bool = False


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
    def returned(self) -> tuple[Player, ...]:
        """Contacts whose submission is returned to be mended."""
        return tuple(each for each in self.contacts if each.returned)

    @property
    def extended(self) -> tuple[Player, ...]:
        """Contacts whose unit is given more time."""
        return tuple(each for each in self.contacts if each.manner is Manner.EXTENDED)

    @property
    def claimers(self) -> tuple[Player, ...]:
        """Contacts who claim that an indicator does not apply; the last one's claim is refused."""
        return tuple(each for each in self.assessed if each.claims)

    @property
    def corrected(self) -> tuple[Player, ...]:
        """Contacts of whose data one number does not stand up to verification."""
        return tuple(each for place, each in enumerate(self.assessed) if place % 7 == 3 and _stands_still(each))  # noqa: PLR2004 - one in seven

    @property
    def everyone(self) -> tuple[Player, ...]:
        """In the order in which they join."""
        return (*self.officers, self.leader, *self.contacts, self.stranger)


def _stands_still(player: Player) -> bool:
    """Whether the data that were submitted first are those that are verified, and nothing else is told of them."""
    return not player.claims and not player.returned


def cast(regulation: Regulation, units: Sequence[Unit], seed: int, forms: FormKind = FormKind.GOOGLE) -> Cast:
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
            **_habits(manners, place, forms),
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
        Manner.EXTENDED,
        *[Manner.HASTY] * 3,
        *[Manner.MISTAKEN] * 4,
        *[Manner.AFTER_REMINDER] * 7,
        *[Manner.EARLY] * 5,
    ]
    return (rare + [Manner.STEADY] * count)[:count]


def _habits(manners: Sequence[Manner], place: int, forms: FormKind) -> dict[str, Any]:
    """What is special about a contact: of those who go about it in an ordinary way, the first do one thing each."""
    ordinary = [each for each, manner in enumerate(manners) if manner in _ORDINARY]
    special = dict(zip(ordinary, ("excel", "files", "lists", "returned"), strict=False)).get(place, "")
    in_sheet = Way.BOX if place % 3 == 1 else Way.BUTTON
    way = Way.EXCEL if forms is FormKind.EXCEL or special == "excel" else in_sheet
    return {"way": way} | ({special: True} if special not in {"", "excel"} else {})


def _claims(manner: Manner, place: int) -> bool:
    return manner not in {Manner.NEVER, Manner.TOO_LATE} and place % 6 == 2  # noqa: PLR2004 - one unit in six


def _received_after(manner: Manner, place: int) -> int:
    """Most receive the letter at once, one unit in five a day later; who never answers is asked after a week."""
    if manner is Manner.NEVER:
        return 6
    return 1 if place % 5 == 4 else 0  # noqa: PLR2004 - one unit in five


def _name(chance: random.Random, number: int) -> str:
    return f"{chance.choice(_SURNAMES)} {chance.choice(_MIDDLES)} Mẫu {number:02d}"
