"""A small regulation, and ranking documents made of invented points, for the tests of reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from reports.ranking import Approval, RankingTable
from reports.tabulating import ranking_table
from scoring import Regulation, Unit, parse_regulation

SOURCE = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")


def _regulation() -> Regulation:
    regulation, problems = parse_regulation(SOURCE, "small.yaml")
    assert regulation is not None, problems
    return regulation


REGULATION = _regulation()


@dataclass(frozen=True)
class Scored:
    """A unit with its points for each of the three indicators, in hundredths."""

    name: str
    points: tuple[int, int, int]
    group: str = "so"
    reason: str | None = None

    @property
    def total(self) -> int:
        return sum(self.points)


@dataclass(frozen=True)
class Absent:
    name: str
    reason: str
    group: str = "so"


def printed(points: int) -> str:
    return str(Decimal(points).scaleb(-2))


def grade_of(total: int) -> str:
    return next(each.label for each in REGULATION.grades if each.at_least is None or total >= each.at_least)


def document(units: Sequence[Scored | Absent]) -> dict[str, Any]:
    """Return the ranking document; a unit's code is its place in the list ("u1")."""
    coded = [(f"u{place}", unit) for place, unit in enumerate(units, start=1)]
    results = []
    for group in REGULATION.groups:
        scored = [(code, unit) for code, unit in coded if isinstance(unit, Scored) and unit.group == group]
        absent = [(code, unit) for code, unit in coded if isinstance(unit, Absent) and unit.group == group]
        totals = [unit.total for _, unit in scored]
        for code, unit in sorted(scored, key=lambda each: -each[1].total):
            results.append(_ranked(code, unit, 1 + sum(total > unit.total for total in totals)))
        results.extend(_absent(code, unit) for code, unit in absent)
    return {"regulation": {"id": REGULATION.id, "sha256": REGULATION.sha256}, "problems": [], "results": results}


def _ranked(code: str, unit: Scored, rank: int) -> dict[str, Any]:
    first, second, third = unit.points
    points = {
        "tong": unit.total,
        "ha_tang": first + second,
        "may": first,
        "mang": second,
        "ung_dung": third,
        "van_ban": third,
    }
    return {
        "unit": code,
        "group": unit.group,
        "status": "ranked",
        "reason": unit.reason,
        "rank": rank,
        "grade": grade_of(unit.total),
        "level": None,
        "total": printed(unit.total),
        "max": "100.00",
        "percent": printed(unit.total),
        "nodes": {each: _node(unit.group, each, earned) for each, earned in points.items()},
    }


def _node(group: str, node_id: str, earned: int) -> dict[str, str]:
    maximum = printed(REGULATION.node(node_id).maxima[group])
    return {"points": printed(earned), "max": maximum, "scale": maximum, "na": "", "why": f"vì {node_id}"}


def _absent(code: str, unit: Absent) -> dict[str, Any]:
    nothing = dict.fromkeys(("rank", "grade", "level", "total", "max", "percent"))
    return {"unit": code, "group": unit.group, "status": "late", "reason": unit.reason, **nothing, "nodes": {}}


APPROVAL = Approval("15/QĐ-MAU", date(2026, 12, 20))


def table(
    *units: Scored | Absent, approval: Approval | None = APPROVAL, regulation: Regulation = REGULATION
) -> RankingTable:
    named = [Unit(f"u{place}", unit.name, unit.group) for place, unit in enumerate(units, start=1)]
    return ranking_table(regulation, document(units), named, title="Đánh giá mẫu 2026", approval=approval)
