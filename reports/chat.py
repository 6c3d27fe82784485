"""The ranking as lines of chat, and lines parted into messages that a chat takes."""

import html
from collections.abc import Iterable, Sequence

from reports.ranking import GroupTable, RankedUnit, RankingTable, Scored, UnrankedUnit
from reports.wording import grade_counts, how_ranked
from words import LANGUAGES, Series, Text, Value, say

MESSAGE_LIMIT = 4096
"""What Telegram takes as one text. It counts after the tags are read; here they count too, to be on the safe side."""

NAME_LENGTH = 120
REASON_LENGTH = 400
LIST_LENGTH = 2000


def ranking_lines(table: RankingTable) -> tuple[Text, ...]:
    """Return the whole ranking, a line a unit, under each group's head and its counts by grade."""
    lines = [line for group in table.groups for line in _group_lines(table, group)]
    lines.extend(Text("reports.lines", lines=("", text)) for text in how_ranked(table))
    if table.assumptions:
        lines.append(Text("reports.lines", lines=("", Text("reports.assumptions_line", n=len(table.assumptions)))))
    return tuple(lines)


def _group_lines(table: RankingTable, group: GroupTable) -> Iterable[Text]:
    yield Text("reports.group_line", group=group.label, n=len(group.ranked))
    if group.ranked:
        yield from (beside(counts) for counts in grade_counts(table, group))
    yield from (_ranked_line(unit) for unit in group.ranked)
    if group.unranked:
        yield Text("reports.unranked_line", n=len(group.unranked))
        yield from (_unranked_line(unit) for unit in group.unranked)


def _ranked_line(unit: RankedUnit) -> Text:
    name = shorten(unit.name, NAME_LENGTH)
    line = Text("reports.ranked_unit", rank=unit.rank, unit=name, total=unit.total, grade=unit.grade)
    return Text("reports.remarked", unit=line, remarks=said_remarks(unit)) if unit.remarks else line


def said_remarks(unit: Scored) -> Series:
    """What is out of the ordinary about a unit, in one line."""
    return Series(tuple(shorten(each, REASON_LENGTH) if isinstance(each, str) else each for each in unit.remarks))


def _unranked_line(unit: UnrankedUnit) -> Text:
    name, reason = shorten(unit.name, NAME_LENGTH), shorten(unit.reason, REASON_LENGTH)
    return Text("reports.unranked_unit", unit=name, reason=reason)


def in_messages(lines: Sequence[Text], frame: Text) -> tuple[tuple[Text, ...], ...]:
    """Part lines so that each part fits into one message together with the words of `frame`, in every language."""
    room = MESSAGE_LIMIT - length(frame)
    messages: list[tuple[Text, ...]] = [()]
    taken = 0
    for line in lines:
        needed = length(line) + 1
        if messages[-1] and taken + needed > room:
            messages.append(())
            taken = 0
        messages[-1] += (line,)
        taken += needed
    return tuple(messages)


def length(text: Text) -> int:
    """Return how many characters a chat counts, in the language that needs more of them."""
    return max(len(say(text, language, html.escape).encode("utf-16-le")) // 2 for language in LANGUAGES)


def beside(texts: Sequence[Text]) -> Text:
    """Put short texts beside one another in one line."""
    first, *others = texts
    return Text("reports.beside", left=first, right=beside(others)) if others else first


def shorten(text: str, limit: int) -> str:
    """Return the text in one line, cut with an ellipsis where it is longer than `limit`; files show it in full."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def named(items: Iterable[str | Text], *, more: int = 0, room: int = LIST_LENGTH) -> Value:
    """Return items as lines with bullets, as many as there is `room` for, and how many there are besides.

    `more` is how many the caller has left out already.
    """
    lines: list[Text] = []
    for item in items:
        line = Text("reports.item", item=shorten(item, NAME_LENGTH) if isinstance(item, str) else item)
        if length(line) <= room:
            lines.append(line)
            room -= length(line) + 1
        else:
            more += 1
    if more:
        lines.append(Text("reports.more", n=more))
    return tuple(lines) or Text("reports.none")
