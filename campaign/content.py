"""What people filled in, between its columns and its value, and the hash by which two fillings are compared."""

import hashlib
import json
from datetime import date
from typing import Any

from campaign.models import Content
from campaign.ports import Document, Fact, Filled
from scoring import answer_from_json, answer_to_json


def filled_of(content: Content | None) -> Filled:
    """What a draft or a submission holds; nothing for None."""
    if content is None:
        return Filled()
    return Filled(
        answers=tuple(map(answer_from_json, content.answers)),
        documents=tuple(map(_document, content.documents)),
        explanations=dict(content.explanations),
        facts={Fact(name): text for name, text in content.facts.items()},
    )


def columns_of(filled: Filled) -> dict[str, Any]:
    """The columns that keep it, by name."""
    return {
        "answers": [answer_to_json(answer) for answer in filled.answers],
        "documents": [_columns_of_document(each) for each in filled.documents],
        "explanations": dict(filled.explanations),
        "facts": {str(fact): text for fact, text in filled.facts.items()},
    }


def sha256_of(filled: Filled) -> str:
    """The hash of everything that was filled in: equal contents have equal hashes."""
    return hashlib.sha256(json.dumps(columns_of(filled), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _columns_of_document(document: Document) -> dict[str, Any]:
    return {
        "key": document.key,
        "number": document.number,
        "name": document.name,
        "day": document.day.isoformat() if document.day else None,
        "link": document.link,
        "sha256": document.sha256,
    }


def _document(columns: dict[str, Any]) -> Document:
    day = columns["day"]
    return Document(**{**columns, "day": date.fromisoformat(day) if day else None})
