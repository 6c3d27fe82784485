"""What stands above and below the rows of a picture."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reports.bars import meanings
from reports.canvas import INK, Line
from reports.chat import NAME_LENGTH, beside, shorten
from reports.ranking import GroupTable, RankingTable
from reports.wording import how_ranked
from words import Language, Series, Text, say

WIDTH, MARGIN = 1200, 48
RIGHT = WIDTH - MARGIN
MUTED, FAINT = "#55636F", "#7C8894"
MOST_ROWS = 60
"""A picture of more rows would be too small to read in a chat, which shows it in 2,560 pixels at most."""
MOST_NAMED = 12
REMARKED = " (*)"


def head_lines(table: RankingTable, group: GroupTable, language: Language) -> Sequence[Line]:
    """Return the title, what is ranked, and under which decision."""
    ranked = Text("reports.units_ranked", n=len(group.ranked))
    return (
        *_wrapped(table.title, 34, language, bold=True),
        *_wrapped(group.label, 28, language, space=6),
        *_wrapped(beside([table.status, ranked]), 24, language, colour=MUTED, space=2),
        Line("", 14),
    )


def foot_lines(table: RankingTable, group: GroupTable, language: Language) -> Sequence[Line]:
    """Return what colours and marks mean, who is not ranked, and what the ranking rests on."""
    return (
        *_left_out(group, language),
        Line("", 12),
        *_legend(group, language),
        *_order(table, language),
        *_remarked(group, language),
        *_unranked(group, language),
        *_wrapped(table.basis, 19, language, colour=FAINT, space=16),
        *_assumptions(table, language),
    )


def _left_out(group: GroupTable, language: Language) -> Iterator[Line]:
    more = len(group.ranked) - MOST_ROWS
    if more > 0:
        yield from _wrapped(Text("reports.more_in_workbook", n=more), 22, language, colour=MUTED, space=8)


def _legend(group: GroupTable, language: Language) -> Iterator[Line]:
    for text, colour in meanings(group):
        for place, line in enumerate(_wrapped(text, 23, language, space=4)):
            yield replace(line, swatch=colour if place == 0 else "")


def _order(table: RankingTable, language: Language) -> Iterator[Line]:
    """What the upright lines mean, and what decides on the order besides the total."""
    bounds = [Text("reports.cut_off", grade=grade, at_least=at_least) for grade, at_least in cut_offs(table)]
    texts = [Text("reports.cut_offs", grades=beside(bounds))] if bounds else []
    for text in (*texts, *how_ranked(table)):
        yield from _wrapped(text, 23, language, colour=MUTED, space=14)


def cut_offs(table: RankingTable) -> list[tuple[str, Decimal]]:
    """Return the grades that a total decides on by itself, with the lowest one that earns them."""
    rungs = [rung for ladder in table.ladders for rung in ladder.rungs]
    return [(rung.label, rung.at_least) for rung in rungs if rung.at_least is not None]


def _remarked(group: GroupTable, language: Language) -> Iterator[Line]:
    units: dict[str, list[str]] = {}
    for unit in group.ranked:
        for remark in unit.remarks:
            units.setdefault(remark if isinstance(remark, str) else say(remark, language), []).append(unit.name)
    texts = [Text("reports.remark_on", remark=remark, units=_names(names)) for remark, names in units.items()]
    yield from _listed(Text("reports.remarked_heading", mark=REMARKED.strip()), texts, language)


def _names(names: Sequence[str]) -> Series:
    more = (Text("reports.more", n=len(names) - MOST_NAMED),) if len(names) > MOST_NAMED else ()
    return Series((*(shorten(name, NAME_LENGTH) for name in names[:MOST_NAMED]), *more))


def _unranked(group: GroupTable, language: Language) -> Iterator[Line]:
    texts = [
        Text("reports.unranked_unit", unit=shorten(unit.name, NAME_LENGTH), reason=unit.reason)
        for unit in group.unranked
    ]
    yield from _listed(Text("reports.unranked_heading", n=len(texts)), texts, language)


def _listed(heading: Text, texts: Sequence[Text], language: Language) -> Iterator[Line]:
    """The first of the texts under a heading, and how many there are besides."""
    if texts:
        yield Line(say(heading, language), 23, bold=True, space=14)
    for text in texts[:MOST_NAMED]:
        yield from _wrapped(text, 21, language, colour=MUTED)
    if len(texts) > MOST_NAMED:
        yield from _wrapped(Text("reports.more", n=len(texts) - MOST_NAMED), 21, language, colour=MUTED)


def _assumptions(table: RankingTable, language: Language) -> Iterator[Line]:
    if table.assumptions:
        text = Text("reports.assumptions_line", n=len(table.assumptions))
        yield from _wrapped(text, 19, language, colour=FAINT)


def _wrapped(
    words: str | Text, size: int, language: Language, *, colour: str = INK, bold: bool = False, space: int = 0
) -> Iterator[Line]:
    spoken = say(words, language) if isinstance(words, Text) else words
    # A letter of DejaVu Sans is about 0.56 of its size wide, a bold one about 0.66.
    fitting = int((RIGHT - MARGIN) / (size * (0.66 if bold else 0.56)))
    glued = spoken.replace(" · ", "\N{NO-BREAK SPACE}· ")  # no line begins with the dot
    for place, line in enumerate(_balanced(glued, fitting)):
        yield Line(line, size, colour, bold=bold, space=space if place == 0 else 0)


def _balanced(words: str, fitting: int) -> list[str]:
    """Wrap into as few lines as can be, and these as even as can be: no single word is left for the last one."""
    lines = textwrap.wrap(words, fitting)
    while len(narrower := textwrap.wrap(words, fitting - 1)) == len(lines) > 1:
        lines, fitting = narrower, fitting - 1
    return lines
