"""The cells of a form turned into what people filled in, and problems; whatever they did to it, nothing is raised."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from campaign.ports import Document, Filled, FormReading
from forms.citation import cited
from forms.document_rows import DocumentRows
from forms.form_rows import Explained, FormRows, Told
from forms.grid import RESTORE_SHEET, Grid, Places, RawTab, find_places, problem_of_tab
from forms.identity import language_of, mismatch
from forms.outline import Outline, outline
from forms.sheet import DOCUMENTS, FORM
from scoring import Answer, Regulation
from words import Language, Place, Problem, Severity, Text

_NAMES = {FORM: Text("forms.tab_form"), DOCUMENTS: Text("forms.tab_documents")}


def parse(tabs: Mapping[int, RawTab], key: str, regulation: Regulation, group: str) -> FormReading:
    """Read the form of `key` from the raw cells of its tabs, by their ids.

    Numbers come as numbers or Percent, dates as dates or serial days. A question without an answer gives no Answer; a
    cell with a problem gives none either. A form of somebody else, or of an older layout, is one problem.
    """
    grids, lost = _grids(tabs)
    if FORM not in grids:
        return FormReading(problems=lost)
    grid = grids[FORM]
    wrong = mismatch(grid, key, regulation, group)
    if wrong:
        return FormReading(problems=(problem_of_tab(grid.tab, wrong),))
    places = Places(language_of(grid, regulation, group), grids)
    lines = outline(regulation, group)
    rows = FormRows(grid, lines)
    in_rows, listed = list(rows.everything()), list(_listed(grids, regulation, group))
    problems = (*lost, *(each for each in (*in_rows, *listed) if isinstance(each, Problem)))
    filled = _filled(in_rows, listed, lines, places.language)
    return FormReading(filled, problems, rows.is_ticked(), places, rows.cells(), list_lost=DOCUMENTS not in grids)


def _grids(tabs: Mapping[int, RawTab]) -> tuple[dict[int, Grid], tuple[Problem, ...]]:
    """Find what each tab's columns and rows are now, and say which ones cannot be read."""
    grids: dict[int, Grid] = {}
    problems: list[Problem] = []
    restore = next((tab.restore for tab in tabs.values()), RESTORE_SHEET)
    for tab_id, name in _NAMES.items():
        if tab_id not in tabs:
            text = Text("forms.tab_lost", tab=name, restore=restore)
            problems.append(Problem(text.id, Severity.ERROR, Place(), text))
            continue
        grid, wrong = find_places(tab_id, tabs[tab_id])
        problems += wrong
        if grid:
            grids[tab_id] = grid
    return grids, tuple(problems)


def _listed(grids: Mapping[int, Grid], regulation: Regulation, group: str) -> Iterator[Document | Problem]:
    if DOCUMENTS in grids:
        yield from DocumentRows(grids[DOCUMENTS], regulation, group).everything()


def _filled(
    in_rows: Iterable[Answer | Document | Explained | Told | Problem],
    listed: Iterable[Document | Problem],
    lines: Outline,
    language: Language,
) -> Filled:
    """Put together what belongs together: an answer has the papers of its question as its evidence."""
    found = tuple(in_rows)
    quoted = [each for each in found if isinstance(each, Document)]
    documents = _in_order(quoted, [each for each in listed if isinstance(each, Document)], lines)
    papers = {
        each.key: cited((document for document in documents if document.key == each.key), language)
        for each in lines.questions
    }
    return Filled(
        answers=tuple(replace(each, evidence=papers.get(each.key, "")) for each in found if isinstance(each, Answer)),
        documents=documents,
        explanations={each.indicator: each.text for each in found if isinstance(each, Explained)},
        facts={each.fact: each.text for each in found if isinstance(each, Told)},
    )


def _in_order(quoted: Collection[Document], listed: Iterable[Document], lines: Outline) -> tuple[Document, ...]:
    """By question, what its own row cites first; equal ones once. The list's own order says nothing."""
    places = {question.key: place for place, question in enumerate(lines.questions)}

    def order(document: Document) -> tuple[object, ...]:
        spelled = (document.number, document.name, document.day or date.min, document.link)
        return (places[document.key], document not in quoted, *spelled)

    return tuple(dict.fromkeys(sorted((*quoted, *listed), key=order)))
