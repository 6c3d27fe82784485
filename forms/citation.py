"""Documents in words: the evidence (tài liệu kiểm chứng) of an answer, in one line."""

from collections.abc import Iterable

from campaign.ports import Document
from words import Language, Text, say


def cited(documents: Iterable[Document], language: Language) -> str:
    """Return the documents one after the other: number, name, day, link of each."""
    return "; ".join(_cited(each, language) for each in documents)


def _cited(document: Document, language: Language) -> str:
    day = say(Text("forms.evidence_day", day=document.day), language) if document.day else ""
    return ", ".join(filter(None, (document.number, document.name, day, document.link)))
