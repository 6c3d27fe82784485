"""The list of documents read again: no row has an anchor, so rows may be anywhere and stand there twice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from campaign.ports import Document
from forms.cell_values import error_in, read_day
from forms.documents import is_printed
from forms.grid import Grid, as_text, problem_of_tab
from forms.sheet import TELLING, DocumentColumn
from scoring import Regulation, numbered_question, question_names
from words import Problem, Text

_READ = (DocumentColumn.QUESTION, *TELLING)

MOST = 1000
"""Rows of documents; a unit with more has copied something by mistake."""


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The documents of one form; whatever a cell holds that is wrong is left out of its document."""

    grid: Grid
    regulation: Regulation
    group: str

    def everything(self) -> Iterator[Document | Problem]:
        """Read every row that somebody has put something into."""
        filled = 0
        for row in range(len(self.grid.tab.cells)):
            raw = {column: self.grid.at(row, column) for column in _READ}
            texts = {column: as_text(each) for column, each in raw.items()}
            if is_printed(texts):
                continue
            filled += 1
            if filled > MOST:
                yield problem_of_tab(self.grid.tab, Text("forms.documents_too_many", most=MOST))
                return
            yield from self._document(row, raw, texts)

    def _document(
        self, row: int, raw: Mapping[DocumentColumn, object], texts: Mapping[DocumentColumn, str]
    ) -> Iterator[Document | Problem]:
        wrong = {column: text for column in _READ if (text := _objection(column, raw[column], texts[column]))}
        key = None
        if DocumentColumn.QUESTION not in wrong:
            key = numbered_question(self.regulation, self.group, texts[DocumentColumn.QUESTION])
            if key is None:
                wrong[DocumentColumn.QUESTION] = _unclear(texts[DocumentColumn.QUESTION])
            elif not any(texts[column] for column in TELLING):
                wrong[DocumentColumn.NAME] = Text("forms.document_nameless")
        for column, text in wrong.items():
            label = question_names(self.regulation, self.group)[key] if key else Text(f"forms.column_{column.value}")
            yield self.grid.problem(row, column, key or "", label, text)
        good = {column: "" if column in wrong else text for column, text in texts.items()}
        day = None if DocumentColumn.DAY in wrong or not good[DocumentColumn.DAY] else read_day(raw[DocumentColumn.DAY])
        if key and any(good[column] for column in TELLING):
            yield Document(
                key=key,
                number=good[DocumentColumn.NUMBER],
                name=good[DocumentColumn.NAME],
                day=day if isinstance(day, date) else None,
                link=good[DocumentColumn.LINK],
            )


def _unclear(text: str) -> Text:
    return Text("forms.document_for_unclear", text=text) if text else Text("forms.document_for_missing")


def _objection(column: DocumentColumn, raw: object, text: str) -> Text | None:
    """What is wrong with a cell by itself."""
    if error := error_in(text):
        return error
    match column:
        case DocumentColumn.DAY if text:
            day = read_day(raw)
            return day if isinstance(day, Text) else None
        case DocumentColumn.NUMBER if isinstance(raw, date):
            return Text("forms.date_for_text", day=raw)
        case DocumentColumn.LINK if text and not _is_link(text):
            return Text("forms.document_link", text=text)
    return None


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not any(map(str.isspace, text))
