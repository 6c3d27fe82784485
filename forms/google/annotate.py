"""What the office writes on a form that is out: how far it is, what is to be mended, what the verification came to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from string import ascii_uppercase
from typing import Any, NamedTuple, TypeAlias

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL
from gspread.utils import absolute_range_name

from campaign.ports import FormError, FormNotes, FormReading
from forms.documents import is_printed
from forms.google.client import Client
from forms.google.look import height_of
from forms.google.tabs import CELLS, read_tabs, tabs_in
from forms.google.write import value_of
from forms.grid import NEEDED, Grid, Places, RawTab, as_text, find_places, what_is_left
from forms.look import unseen
from forms.sheet import (
    DEADLINE,
    DOCUMENTS,
    FIRST_RIGHT,
    FORM,
    HIDDEN,
    LAST_WIDE,
    OFFICES,
    STATUS,
    SUBMIT,
    AnyColumn,
    Column,
    Content,
    DocumentColumn,
    Input,
    Note,
    Row,
    Style,
    fact_anchor,
    node_anchor,
    question_anchor,
)
from forms.wording import beside, received, remarks
from words import Language, Text, say

_TRIES = 3
_ASKED = {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True}


_PEOPLES = (question_anchor(""), node_anchor(""), fact_anchor(""), SUBMIT)
"""How the anchors of the rows begin that people fill in."""


class Cell(NamedTuple):
    """A cell of a tab, row and column counted from 0."""

    tab: int
    column: int
    row: int


def annotate(client: Client, file_id: str, notes: FormNotes, reading: FormReading, untick: bool) -> None:  # noqa: FBT001 - the port's
    """Write the notes where the reading says that their cells are; one request, and one more where it does not say.

    The answer shows our tabs as they are now: where rows or columns have moved since, the notes are moved after them,
    and what people had in a cell that was hit is put back. Where columns are lost, so that the form cannot be read,
    what the status row says of it is written all the same. Unticking takes one more request, and is left where people
    have changed something since the reading: their tick may be a newer one.
    """
    places = reading.places if isinstance(reading.places, Places) and reading.places.grids else None
    places = places or Places(grids=_grids(read_tabs(client, file_id)))

    def noted(now: Places) -> _Drawn:
        return dict(_contents(now, notes, reading)), [*_shown(now, notes)]

    now = _settled(client, file_id, places, places, noted)
    if untick and _filled(now) == _filled(places):
        _settled(client, file_id, places, now, _unticked)


_Drawn: TypeAlias = tuple[dict[Cell, Content], Sequence[Mapping[str, Any]]]


def _settled(client: Client, file_id: str, before: Places, places: Places, draw: Callable[[Places], _Drawn]) -> Places:
    """Write what is drawn for the places, until these are still the same after it; the answer shows them then.

    `before` is what people had in their cells before anything was written.
    """
    hit: set[Cell] = set()
    for _ in range(_TRIES):
        wanted, others = draw(places)
        written = {cell: _put_back(cell, before, places) for cell in hit - wanted.keys()} | wanted
        batch = [*_updates(written), *others]
        if not batch:
            return places
        tabs = _written(client, file_id, batch, places)
        now = Places(places.language, _grids(read_tabs(client, file_id) if tabs is None else tabs))
        if tabs is not None:
            hit = set(written)
            if _stands(now) == _stands(places):
                return now
        places = now
    raise FormError("unavailable", retry=True, detail="rows move faster than notes can be written")


def _unticked(places: Places) -> _Drawn:
    grid = places.grids.get(FORM)
    return dict(_at(grid, SUBMIT, Column.ANSWER, Input("box", value=False))) if grid else {}, ()


def _put_back(cell: Cell, before: Places, now: Places) -> Content:
    """What belongs into a cell that was hit because columns or rows moved: what was people's, and else nothing."""
    grid, old = now.grids.get(cell.tab), before.grids.get(cell.tab)
    theirs = (column for column in NEEDED[cell.tab] if grid and grid.columns.get(column) == cell.column)
    column = next(theirs, None)
    if grid is None or old is None or column is None:
        return Note()
    anchor = next((anchor for anchor, rows in grid.rows.items() if cell.row in rows), None)
    row = cell.row if anchor is None else next(iter(old.rows.get(anchor, ())), cell.row)
    return _content(old.at(row, column)) if row < len(old.tab.cells) else Note()


def _content(raw: object) -> Content:
    match raw:
        case bool():
            return Input("box", value=raw)
        case date():
            return Input("date", value=as_text(raw))
        case int() | float():
            return Decimal(repr(float(raw)))
    return as_text(raw)


def _filled(places: Places) -> object:
    """What people have in their cells, wherever the rows are."""
    form, documents = places.grids.get(FORM), places.grids.get(DOCUMENTS)
    anchored = {
        (anchor, column): [as_text(form.at(row, column)) for row in rows]
        for anchor, rows in (form.rows if form else {}).items()
        if form and anchor.startswith(_PEOPLES)
        for column in NEEDED[FORM]
    }
    rows = range(len(documents.tab.cells)) if documents else ()
    listed = [[as_text(documents.at(row, column)) for column in NEEDED[DOCUMENTS]] for row in rows if documents]
    return anchored, [row for row in listed if any(row)]


def _written(
    client: Client, file_id: str, batch: Sequence[Mapping[str, Any]], places: Places
) -> Mapping[int, RawTab] | None:
    """Our tabs after the requests were carried out; None where none was, for a tab is called otherwise or is gone."""
    ranges = [absolute_range_name(grid.tab.title) for grid in places.grids.values()]
    body = {"requests": batch, **_ASKED, "responseRanges": ranges}
    try:
        answer = client.ask(
            "post", SPREADSHEET_BATCH_UPDATE_URL % file_id, {"fields": f"updatedSpreadsheet({CELLS})"}, body
        )
    except FormError as error:
        if error.reason != "unexpected":
            raise
        return None
    return tabs_in(answer["updatedSpreadsheet"])


def _grids(tabs: Mapping[int, RawTab]) -> dict[int, Grid]:
    found = {
        FORM: what_is_left(FORM, tabs[FORM]) if FORM in tabs else None,
        DOCUMENTS: find_places(DOCUMENTS, tabs[DOCUMENTS])[0] if DOCUMENTS in tabs else None,
    }
    return {tab_id: grid for tab_id, grid in found.items() if grid is not None}


def _stands(places: Places) -> object:
    return {tab_id: (dict(grid.columns), dict(grid.rows)) for tab_id, grid in places.grids.items()}


def _contents(places: Places, notes: FormNotes, reading: FormReading) -> Iterator[tuple[Cell, Content]]:
    """Every cell that is the office's with what stands there from now on; a Note without text empties it."""
    grid, language = places.grids.get(FORM), places.language
    if grid is not None:
        yield from _at(grid, STATUS, _first(grid), Note(_status(notes, language)))
        if notes.last_day is not None:
            until = Note(say(Text("forms.last_day", day=notes.last_day), language))
            yield from _at(grid, DEADLINE, FIRST_RIGHT, until)
        for column, by_anchor in _of_lines(notes, language).items():
            for anchor in grid.rows:
                if anchor.startswith((question_anchor(""), node_anchor(""))):
                    yield from _at(grid, anchor, column, by_anchor.get(anchor, Note()))
    if DOCUMENTS in places.grids:
        yield from _of_documents(places.grids[DOCUMENTS], reading, language)


def _status(notes: FormNotes, language: Language) -> str:
    return say(notes.status, language) if notes.status else ""


def _at(grid: Grid, anchor: str, column: AnyColumn, content: Content) -> Iterator[tuple[Cell, Content]]:
    """The column may be lost; the row may be, or stand there twice."""
    if column in grid.columns:
        yield from ((Cell(FORM, grid.columns[column], row), content) for row in grid.rows.get(anchor, ()))


def _first(grid: Grid) -> AnyColumn:
    """Where a text across the whole form begins: in the first of the columns that are shown and still there."""
    return min(grid.columns.keys() - HIDDEN, key=lambda column: column.position, default=Column.NUMBER)


def _of_lines(notes: FormNotes, language: Language) -> Mapping[Column, Mapping[str, Note]]:
    told = {key: Note(remarks(notes, key, language)) for key in (*notes.remarks, *notes.doubts)}
    verdicts = {key: Note(text) for key, text in notes.verdicts.items()}
    verified = {node_anchor(node): Note(amount=amount) for node, amount in notes.verified.items()}
    files = {question_anchor(key): Note(received(notes, key, language)) for key in notes.received}
    return {
        Column.REMARK: _anchored(told),
        Column.VERIFIED: verified,
        Column.VERDICT: _anchored(verdicts),
        Column.RECEIVED: files,
    }


def _anchored(by_key: Mapping[str, Note]) -> dict[str, Note]:
    """By anchors: a key may be that of a question or of an indicator."""
    return {anchor(key): note for key, note in by_key.items() for anchor in (question_anchor, node_anchor)}


def _of_documents(grid: Grid, reading: FormReading, language: Language) -> Iterator[tuple[Cell, Content]]:
    """Rows of documents have no anchors: what is wrong with them was found in this very reading, by cell."""
    column, told = grid.columns.get(DocumentColumn.REMARK), _problems_by_row(grid, reading)
    if column is None:
        return
    for row in range(len(grid.tab.cells)):
        old = as_text(grid.at(row, DocumentColumn.REMARK))
        if row in told or not is_printed({DocumentColumn.REMARK: old}):
            yield Cell(DOCUMENTS, column, row), Note(_joined(told.get(row, ()), language))


def _problems_by_row(grid: Grid, reading: FormReading) -> Mapping[int, Sequence[Text]]:
    told: dict[int, list[Text]] = {}
    for problem in reading.problems:
        if problem.where.tab == grid.tab.title and problem.where.cell:
            told.setdefault(int(problem.where.cell.lstrip(ascii_uppercase)) - 1, []).append(problem.text)
    return told


def _joined(texts: Sequence[Text], language: Language) -> str:
    return "\n".join(say(beside(text), language) for text in texts)


def _updates(contents: Mapping[Cell, Content]) -> Iterator[dict[str, Any]]:
    """One request for the cells of a column that lie below one another."""
    for _, run in groupby(enumerate(sorted(contents)), key=_start_of_run):
        cells = [cell for _, cell in run]
        rows = [{"values": [{"userEnteredValue": value_of(contents[cell])}]} for cell in cells]
        start = {"sheetId": cells[0].tab, "rowIndex": cells[0].row, "columnIndex": cells[0].column}
        yield {"updateCells": {"rows": rows, "start": start, "fields": "userEnteredValue"}}


def _start_of_run(numbered: tuple[int, Cell]) -> Cell:
    number, cell = numbered
    return cell._replace(row=cell.row - number)


def _shown(places: Places, notes: FormNotes) -> Iterator[dict[str, Any]]:
    """What the verification came to is in sight once there is something, and all of the status always."""
    grid = places.grids.get(FORM)
    if grid is None:
        return
    hidden = unseen(notes)
    for column in sorted(OFFICES & grid.columns.keys()):
        yield _dimension("COLUMNS", grid.columns[column], {"hiddenByUser": column in hidden})
    for row in grid.rows.get(STATUS, ()):
        yield _dimension("ROWS", row, {"pixelSize": _height_of(_status(notes, places.language))})


def _height_of(status: str) -> int | None:
    """The service fits no row to a text across columns; the one for N/A may be out of sight."""
    row = Row(STATUS, Style.STATUS, {Column.NUMBER: status}, {Column.NUMBER: LAST_WIDE})
    return height_of(row, {Column.NOT_APPLICABLE})


def _dimension(dimension: str, index: int, properties: dict[str, Any]) -> dict[str, Any]:
    place = {"sheetId": FORM, "dimension": dimension, "startIndex": index, "endIndex": index + 1}
    fields = ",".join(properties)
    return {"updateDimensionProperties": {"range": place, "properties": properties, "fields": fields}}
