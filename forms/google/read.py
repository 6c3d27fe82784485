"""Reading a form, and the copies of its tabs that people may have filled in instead."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from campaign.ports import FormReading
from forms.google.client import Client
from forms.google.tabs import Outline, cells_of, outlines, read_tabs
from forms.grid import RawTab, by_marks, problem_of_tab
from forms.parse import parse
from scoring import Regulation
from words import Problem, Text

_Parsed = Callable[[Mapping[int, RawTab]], FormReading]

_MOST_CELLS = 100_000
"""Of a tab that may be a copy: a form has a tenth of that."""


def read(client: Client, file_id: str, key: str, regulation: Regulation, group: str) -> FormReading:
    """Read the form of a unit of the group, in one request.

    Where it is about to be submitted, or nothing is filled in, copies of its tabs are looked for: one request more, and
    another one where there are some. At other times they could be a draft, and reading would take twice the quota.
    """
    tabs = read_tabs(client, file_id)

    def parsed(taken: Mapping[int, RawTab]) -> FormReading:
        return parse(taken, key, regulation, group)

    reading = parsed(tabs)
    if not reading.ticked and reading.filled.answers:
        return reading
    return replace(reading, problems=(*reading.problems, *_doubled(client, file_id, tabs, reading, parsed)))


def _doubled(
    client: Client, file_id: str, tabs: Mapping[int, RawTab], reading: FormReading, parsed: _Parsed
) -> Iterator[Problem]:
    """A problem for each copy with other answers than the reading of the form: nobody knows which was meant.

    Copies are known by the marks in their cells. Read for these is what has the looks of one of our tabs, which few
    others have, or a title that Google makes of its title ("Copy of Phiếu", "Bản sao của Phiếu").
    """
    told = outlines(client, file_id)
    ours = [tab for tab_id, tab in told.items() if tab_id in tabs]
    copies = [
        tab_id
        for tab_id, tab in told.items()
        if tab_id not in tabs and tab.size <= _MOST_CELLS and any(_is_like(tab, each) for each in ours)
    ]
    for copy in cells_of(client, file_id, copies).values():
        for tab_id in by_marks([copy])[0].keys() & tabs.keys():
            instead = parsed({**tabs, tab_id: copy})
            if instead.places and (instead.filled, instead.ticked) != (reading.filled, reading.ticked):
                yield problem_of_tab(copy, Text("forms.tab_doubled", tab=copy.title, other=tabs[tab_id].title))


def _is_like(tab: Outline, ours: Outline) -> bool:
    return ours.title in tab.title or (tab.hides_gridlines and tab.frozen_rows == ours.frozen_rows)
