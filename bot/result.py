"""The published result of a unit, for its contact: the points by category, and why each indicator earned them."""

from collections.abc import Iterator

from bot.turn import Turn
from campaign.models import Unit
from campaign.queries import last_ranking
from campaign.refusal import Refused
from reports.publication import table_of
from reports.ranking import GroupTable, RankedUnit, UnrankedUnit
from words import Text


def result(turn: Turn, unit: Unit) -> None:
    """Total, grade, rank and the points of each category, as published last."""
    group, row = _published(turn, unit)
    if isinstance(row, UnrankedUnit):
        _tell_not_ranked(turn, unit, row)
        return
    turn.answer(
        "bot.result",
        unit=unit.name,
        unit_id=unit.id,
        title=unit.campaign.title,
        total=row.total,
        of=group.maximum,
        grade=row.grade,
        rank=row.rank,
        ranked=len(group.ranked),
        group=group.label,
        lines=tuple(
            Text("bot.category_points", category=category.label, points=points, maximum=category.maximum)
            for category, points in zip(group.categories, row.points, strict=True)
        ),
    )


def why(turn: Turn, unit: Unit) -> None:
    """Each indicator with its points and the reason, category by category."""
    group, row = _published(turn, unit)
    if isinstance(row, UnrankedUnit):
        _tell_not_ranked(turn, unit, row)
        return
    turn.answer("bot.why", unit=unit.name, title=unit.campaign.title, lines=tuple(_indicator_lines(group, row)))


def _indicator_lines(group: GroupTable, row: RankedUnit) -> Iterator[Text]:
    for category, points, marks in zip(group.categories, row.points, row.marks, strict=True):
        yield Text("bot.why_category", category=category.label, points=points, maximum=category.maximum)
        for indicator, mark in zip(category.indicators, marks, strict=True):
            yield Text(
                "bot.why_indicator",
                number=indicator.number,
                label=indicator.label,
                points=mark.points,
                maximum=indicator.maximum,
                why=mark.why,
            )


def _tell_not_ranked(turn: Turn, unit: Unit, row: UnrankedUnit) -> None:
    turn.answer("bot.result_not_ranked", unit=unit.name, title=unit.campaign.title, reason=row.reason)


def _published(turn: Turn, unit: Unit) -> tuple[GroupTable, RankedUnit | UnrankedUnit]:
    """The unit's row of the ranking published last, and its group. Raises Refused before the publication."""
    ranking = last_ranking(turn.session, unit.campaign, published=True)
    if ranking is None:
        raise Refused(Text("bot.no_result_yet", title=unit.campaign.title))
    for group in table_of(ranking).groups:
        rows: tuple[RankedUnit | UnrankedUnit, ...] = (*group.ranked, *group.unranked)
        for row in rows:
            if row.code == unit.code:
                return group, row
    raise LookupError(f"Unit {unit.code} is not in ranking {ranking.id} of its own campaign.")
