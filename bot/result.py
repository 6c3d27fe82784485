"""The published result of a unit, for its contact: the points by category, and why each indicator earned them."""

from collections.abc import Iterator

from bot.turn import Turn
from campaign.finding import last_ranking
from campaign.models import Unit
from campaign.refusal import Refused
from reports.chat import said_remarks
from reports.publication import table_of
from reports.ranking import GroupTable, RankedUnit, RankingTable, Scored, UnrankedUnit
from reports.wording import category_points
from words import Text, Value


def result(turn: Turn, unit: Unit) -> None:
    """Total, grade or level, rank and the points of each category, as published last."""
    table, group, row = _published(turn, unit)
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
        standing=tuple(_standing(table, group, row)),
        lines=tuple(category_points(line, row) for line in (*group.categories, *group.pillars)),
    )


def _standing(table: RankingTable, group: GroupTable, row: RankedUnit) -> Iterator[Text]:
    for ladder, rung in zip(table.ladders, row.rungs, strict=True):
        yield Text("reports.standing", ladder=ladder.head, rung=rung)
    yield Text("reports.standing_rank", rank=row.rank, ranked=len(group.ranked), group=group.label)
    if row.remarks:
        yield Text("reports.result_remarks", remarks=said_remarks(row))


def why(turn: Turn, unit: Unit) -> None:
    """Each indicator with its points and the reason, category by category; also of a unit that is too low to rank."""
    _, group, row = _published(turn, unit)
    scored = row.scored if isinstance(row, UnrankedUnit) else row
    if scored:
        lines = (*_indicator_lines(group, scored), *_sum_lines(group, scored))
        turn.answer("bot.why", unit=unit.name, title=unit.campaign.title, lines=lines)
    elif isinstance(row, UnrankedUnit):
        _tell_not_ranked(turn, unit, row)


def _indicator_lines(group: GroupTable, scored: Scored) -> Iterator[Text]:
    for category, points, marks in zip(group.categories, scored.points, scored.marks, strict=True):
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


def _sum_lines(group: GroupTable, scored: Scored) -> Iterator[Text]:
    """The sums that are not what their parts add up to: converted, capped, or less for a late form."""
    for unit, line in group.explained:
        if unit.code == scored.code:
            mark = scored.lines[line.id]
            yield Text("bot.why_sum", line=line.label, points=mark.points, maximum=line.maximum, why=mark.why)


def _tell_not_ranked(turn: Turn, unit: Unit, row: UnrankedUnit) -> None:
    to_explain: dict[str, Value] = {"unit_id": unit.id} if row.scored else {}
    turn.answer("bot.result_not_ranked", unit=unit.name, title=unit.campaign.title, reason=row.reason, **to_explain)


def _published(turn: Turn, unit: Unit) -> tuple[RankingTable, GroupTable, RankedUnit | UnrankedUnit]:
    """The ranking published last, the unit's group in it and its row. Raises Refused before the publication."""
    ranking = last_ranking(turn.session, unit.campaign, published=True)
    if ranking is None:
        raise Refused(Text("bot.no_result_yet", title=unit.campaign.title))
    table = table_of(ranking)
    for group in table.groups:
        for row in group.rows:
            if row.code == unit.code:
                return table, group, row
    raise LookupError(f"Unit {unit.code} is not in ranking {ranking.id} of its own campaign.")
