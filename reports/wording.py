"""What is said of a table wherever it is printed: how many units have which grade, how it is ordered."""

from collections.abc import Iterator

from reports.ranking import GroupTable, Line, RankingTable, Scored
from words import Series, Text


def grade_counts(table: RankingTable, group: GroupTable) -> Iterator[list[Text]]:
    """Return how many units of the group have each grade, and each level."""
    for ladder in table.ladders:
        yield [Text("reports.grade_count", grade=rung.label, count=group.count(rung.label)) for rung in ladder.rungs]


def how_ranked(table: RankingTable) -> Iterator[Text]:
    """Say what decides on the order besides the total."""
    regulation = table.regulation
    if regulation.rank_by.name == "level_then_total":
        yield Text("reports.level_then_total")
    if regulation.ties.breakers:
        breakers = tuple(regulation.node(each).label for each in regulation.ties.breakers)
        yield Text("reports.tie_breakers", lines=Series(breakers))
    if regulation.total.operation != "sum":
        yield Text("reports.total_is_no_sum")


def legend(line: Line) -> Text:
    """A line with its maximum."""
    entry = "reports.legend_outside" if line.outside_scale else "reports.legend"
    return Text(entry, label=line.label, maximum=line.maximum)


def category_points(line: Line, unit: Scored) -> Text:
    """What a unit earned for a line, and of how many points."""
    entry = "reports.outside_points" if line.outside_scale else "reports.category_points"
    return Text(entry, label=line.label, points=unit.lines[line.id].points, maximum=line.maximum)
