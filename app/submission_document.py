"""One revision (bản nộp) in full: who, when, from where, what was answered, and what it comes to."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from campaign.content import filled_of
from campaign.counting import authoritative
from campaign.lateness import is_late
from campaign.models import Person, Submission
from campaign.plan import regulation_of
from campaign.ports import Document, Filled
from campaign.signed_copies import pages_of
from scoring import (
    Answer,
    AnswerStatus,
    AnswerValue,
    Assessment,
    Node,
    Question,
    Regulation,
    answers_that_count,
    assess,
    question_numbers,
)
from words import Language, Text, dump, say


def submission_document(session: Session, submission: Submission, language: Language) -> dict[str, Any]:
    """The JSON document of `campaign submission --json`."""
    unit, filled = submission.unit, filled_of(submission)
    regulation = regulation_of(unit.campaign)
    counted = authoritative(session, unit)
    return {
        "campaign": unit.campaign.code,
        "unit": unit.code,
        "name": unit.name,
        "number": submission.number,
        "receipt": submission.receipt,
        "at": submission.at.isoformat(),
        "came_at": submission.came_at.isoformat(),
        "late": is_late(submission),
        "counts": counted is not None and counted.id == submission.id,
        "person": _name(session, submission.person_id),
        "origin": submission.origin,
        "sha256": submission.sha256,
        "head_confirms": unit.campaign.head_confirms,
        "confirmation": _confirmation(session, submission),
        "facts": {str(fact): text for fact, text in filled.facts.items()},
        **_contents(regulation, unit.group, filled, language),
        "self_score": _self_score(regulation, unit.group, filled, language),
    }


def _confirmation(session: Session, submission: Submission) -> dict[str, Any] | None:
    if submission.confirmed_at is None:
        return None
    return {
        "at": submission.confirmed_at.isoformat(),
        "by": _name(session, submission.confirmed_by),
        "how": submission.confirmation,
        "signed_copy": [{"name": each.name, "sha256": each.sha256} for each in pages_of(session, submission)],
    }


def _name(session: Session, person_id: int | None) -> str | None:
    return None if person_id is None else session.get_one(Person, person_id).name


def _contents(regulation: Regulation, group: str, filled: Filled, language: Language) -> dict[str, Any]:
    numbers, answers = question_numbers(regulation, group), {each.key: each for each in filled.answers}
    asked = [regulation.questions[key] for key in numbers if key in answers]
    claims = [each for each in filled.answers if each.status is not AnswerStatus.GIVEN]
    return {
        "answers": [_answer(each, numbers[each.key], answers[each.key], language) for each in asked],
        "not_applicable": [_claim(regulation, each) for each in claims],
        "explanations": [_explanation(regulation, *each) for each in filled.explanations.items()],
        "documents": [_document(numbers, each) for each in filled.documents],
    }


def _answer(question: Question, number: str, answer: Answer, language: Language) -> dict[str, Any]:
    return {
        "question": number,
        "key": question.key,
        "label": question.label,
        "value": None if answer.value is None else dump(answer.value),
        "said": "" if answer.value is None else _said(question, answer.value, language),
        "evidence": answer.evidence,
    }


def _said(question: Question, value: AnswerValue, language: Language) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return say(Text("app.yes" if value else "app.no"), language)
    shown = question.choice(str(value)).label if question.type == "choice" else value
    return say(Text("app.answered", value=shown, unit=question.unit), language).strip()


def _claim(regulation: Regulation, answer: Answer) -> dict[str, Any]:
    return {"indicator": answer.key, "label": regulation.node(answer.key).label, "reason": answer.reason}


def _explanation(regulation: Regulation, key: str, text: str) -> dict[str, Any]:
    return {"indicator": key, "label": regulation.node(key).label, "text": text}


def _document(numbers: Mapping[str, str], document: Document) -> dict[str, Any]:
    return {
        "question": numbers.get(document.key, document.key),
        "number": document.number,
        "name": document.name,
        "day": document.day.isoformat() if document.day else None,
        "link": document.link,
        "sha256": document.sha256,
    }


def _self_score(regulation: Regulation, group: str, filled: Filled, language: Language) -> list[dict[str, Any]]:
    """Points and maximum of every line, as far as they follow from what the unit declares."""
    marked = assess(regulation, group, answers_that_count(filled.answers), self_score=True)
    return [_line(marked, node, regulation, language) for node in regulation.nodes(group)]


def _line(marked: Assessment, node: Node, regulation: Regulation, language: Language) -> dict[str, Any]:
    mark = marked.mark(node)
    return {
        "line": node.number,
        "node": node.id,
        "label": node.label,
        "points": None if mark.points is None else str(regulation.printed(node, mark.points)),
        "max": str(regulation.printed(node, mark.maximum)),
        "why": say(mark.why, language),
    }
