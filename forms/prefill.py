"""What stands in a form's cells from the start: what was filled in before, and last year's values where nothing was."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from campaign.ports import Document, Fact, FormOrder
from forms.citation import cited
from forms.outline import Outline
from scoring import Answer, AnswerStatus, Question, answers_that_count, check_value


@dataclass(frozen=True, slots=True)
class Prefill:
    """The contents of the input cells.

    `answers` are by question and have last year's value beside them; those in `last_year` have it as their own.
    `claims` are the indicators for which N/A is claimed, `citations` the papers cited in the row of their question,
    `documents` all others that people wrote down. The evidence of an answer is what the form shows for it: these, and
    the files that the office has received.
    """

    answers: Mapping[str, Answer]
    last_year: frozenset[str]
    claims: frozenset[str]
    citations: Mapping[str, str]
    documents: tuple[Document, ...]
    explanations: Mapping[str, str]
    facts: Mapping[Fact, str]

    @property
    def everything(self) -> dict[str, Answer]:
        """The answers and the claims, as scoring takes them."""
        claimed = {each: Answer(each, status=AnswerStatus.NOT_APPLICABLE) for each in self.claims}
        return {**self.answers, **claimed}


def prefill(order: FormOrder, outline: Outline) -> Prefill:
    """Find out what stands in which cell; what the form has no cell for is left out."""
    filled = answers_that_count(order.filled.answers)
    claims = {each.id for each in outline.claimable if _is_claim(filled.get(each.id))}
    given = {each.key: filled[each.key] for each in outline.questions if _is_given(filled.get(each.key))}
    repeated = {
        each.key: Answer(each.key, order.previous[each.key])
        for each in outline.questions
        if each.key not in given and _can_repeat(order, each)
    }
    citations, documents = _documents(order, outline, given)
    shown = _evidence(order, citations, documents)
    return Prefill(
        answers={
            key: replace(each, evidence=shown.get(key, ""), previous=order.previous.get(key))
            for key, each in (given | repeated).items()
        },
        last_year=frozenset(repeated),
        claims=frozenset(claims),
        citations=citations,
        documents=documents,
        explanations={**{each: filled[each].reason for each in claims}, **order.filled.explanations},
        facts=order.filled.facts,
    )


def _is_claim(answer: Answer | None) -> bool:
    return answer is not None and answer.status is AnswerStatus.NOT_APPLICABLE


def _is_given(answer: Answer | None) -> bool:
    return answer is not None and answer.value is not None


def _can_repeat(order: FormOrder, question: Question) -> bool:
    """Last year's value may be one that the question no longer allows."""
    value = order.previous.get(question.key)
    return value is not None and check_value(question, value) is None


def _documents(
    order: FormOrder, outline: Outline, given: Mapping[str, Answer]
) -> tuple[dict[str, str], tuple[Document, ...]]:
    """Part the papers that are only named, one a question, from those of the list; files have no place in the form.

    Where the pieces are not known, the whole evidence is cited.
    """
    asked = {each.key for each in outline.questions}
    cited = {each.key for each in outline.questions if each.evidence}
    known = {document.key for document in order.filled.documents}
    citations = {key: given[key].evidence for key in cited & given.keys() - known if given[key].evidence}
    listed = []
    for document in order.filled.documents:
        is_named_only = document == Document(document.key, name=document.name)
        if is_named_only and document.key in cited - citations.keys():
            citations[document.key] = document.name
        elif document.key in asked and not document.sha256:
            listed.append(document)
    return citations, tuple(listed)


def _evidence(order: FormOrder, citations: Mapping[str, str], documents: tuple[Document, ...]) -> dict[str, str]:
    """What stands on the form as the evidence of each question."""
    named = (*citations.items(), *((key, name) for key, names in order.notes.received.items() for name in names))
    found = (*(Document(key, name=name) for key, name in named), *documents)
    return {key: cited((each for each in found if each.key == key), order.language) for key in {d.key for d in found}}
