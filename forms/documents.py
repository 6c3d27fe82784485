"""The second tab: the list of documents (tài liệu kiểm chứng), a row for each, whatever its place."""

from collections.abc import Iterator

from campaign.ports import Document
from forms.dialect import Dialect
from forms.inputs import Inputs
from forms.outline import Outline
from forms.sheet import DOCUMENTS, DocumentColumn, Highlight, Input, Note, Row, Style, Tab, address
from words import LANGUAGES, Language, Text, say

BLANK_ROWS = 80

_ABOVE = ("forms.documents_title", "forms.documents_guide")
_LABELLED = tuple(column for column in DocumentColumn if column is not DocumentColumn.KEY)


def documents_tab(outline: Outline, inputs: Inputs, dialect: Dialect) -> Tab:
    """Lay the tab out: the documents that are known, then blank rows."""
    head = tuple(_head(inputs.language))
    known = inputs.prefill.documents
    choice = inputs.documented(outline.numbers, outline.questions)
    rows = [_row(inputs, each, inputs.documented(outline.numbers, outline.questions, each.key)) for each in known]
    rows += [_row(inputs, Document(""), choice)] * BLANK_ROWS
    return Tab(
        id=DOCUMENTS,
        title=say(Text("forms.tab_documents"), inputs.language),
        columns=tuple(DocumentColumn),
        rows=(*head, *rows),
        frozen=len(head),
        hidden=frozenset({DocumentColumn.KEY}),
        highlights=tuple(_highlights(len(head), len(head) + len(rows) - 1, dialect)),
    )


def is_printed(texts: dict[DocumentColumn, str]) -> bool:
    """Whether a row holds nothing but what the form itself printed there: its head, in any language."""
    return all(text in _printed(column) for column, text in texts.items() if text)


def _printed(column: DocumentColumn) -> set[str]:
    ids = (f"forms.column_{column.value}", *_ABOVE)
    return {column.value, *(say(Text(text_id), language) for text_id in ids for language in LANGUAGES)}


def _head(language: Language) -> Iterator[Row]:
    first, last = _LABELLED[0], _LABELLED[-1]
    yield Row("", Style.ANCHOR, {column: column.value for column in DocumentColumn})
    for text_id, style in zip(_ABOVE, (Style.TITLE, Style.GUIDE), strict=True):
        yield Row("", style, {first: say(Text(text_id), language)}, {first: last})
    yield Row("", Style.HEADER, {each: say(Text(f"forms.column_{each.value}"), language) for each in _LABELLED})


def _row(inputs: Inputs, document: Document, choice: Input) -> Row:
    return Row(
        "",
        Style.QUESTION,
        {
            DocumentColumn.QUESTION: choice,
            DocumentColumn.NUMBER: inputs.text(document.number),
            DocumentColumn.NAME: inputs.text(document.name),
            DocumentColumn.DAY: inputs.day(document.day),
            DocumentColumn.LINK: inputs.text(document.link, "forms.hint_link"),
            DocumentColumn.REMARK: Note(),
        },
    )


def _highlights(first: int, last: int, dialect: Dialect) -> Iterator[Highlight]:
    """What a row lacks that has something else, and a link that is none."""
    cells = {column: f"${address(column.position, first)}" for column in DocumentColumn}
    said = "&".join(cells[each] for each in _LABELLED[1:-1])
    missing = dialect.call("AND", f'{cells[DocumentColumn.QUESTION]}=""', f'{said}<>""')
    yield Highlight(DocumentColumn.QUESTION, first, last, missing, "missing")
    unnamed = f'{cells[DocumentColumn.NUMBER]}&{cells[DocumentColumn.NAME]}&{cells[DocumentColumn.LINK]}=""'
    nameless = dialect.call("AND", f'{cells[DocumentColumn.QUESTION]}<>""', unnamed)
    yield Highlight(DocumentColumn.NAME, first, last, nameless, "missing")
    link = cells[DocumentColumn.LINK]
    schemes = (f'LEFT({link}{dialect.separator}{len(scheme)})<>"{scheme}"' for scheme in ("http://", "https://"))
    yield Highlight(DocumentColumn.LINK, first, last, dialect.call("AND", f'{link}<>""', *schemes), "wrong")
