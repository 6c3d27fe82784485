"""What has been answered, by whom, and which answer counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias, cast

from words import dump, load

AnswerValue: TypeAlias = bool | int | Decimal | date | str
"""A typed answer; a choice is the choice's id. Never a float."""


class AnswerStatus(StrEnum):
    """Whether a row gives a datum, or speaks about an indicator that does not apply (không áp dụng, N/A)."""

    GIVEN = ""
    NOT_APPLICABLE = "not_applicable"
    NOT_APPLICABLE_REFUSED = "not_applicable_refused"


class By(StrEnum):
    """Who says so. Later members win over earlier ones."""

    UNIT = "unit"
    OFFICER = "officer"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `key` is a question's key, or an indicator's id where the status speaks of N/A.

    A unit's N/A is a claim with a `reason`, which earns nothing by itself; a verified row with the same key grants it
    (NOT_APPLICABLE) or refuses it (NOT_APPLICABLE_REFUSED: the declared data count). `previous` is last year's value.
    """

    key: str
    value: AnswerValue | None = None
    status: AnswerStatus = AnswerStatus.GIVEN
    evidence: str = ""
    by: By = By.UNIT
    reason: str = ""
    previous: AnswerValue | None = None


_STRENGTH = {by: place for place, by in enumerate(By)}


def answers_that_count(rows: Iterable[Answer]) -> dict[str, Answer]:
    """Return one answer a key: verified wins over officer, officer over unit; of equals the later row wins."""
    counted: dict[str, Answer] = {}
    for row in rows:
        if row.key not in counted or _STRENGTH[row.by] >= _STRENGTH[counted[row.key].by]:
            counted[row.key] = row
    return counted


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return the JSON form of an answer, which `answer_from_json` turns back into an equal one."""
    return {
        "key": answer.key,
        "value": None if answer.value is None else dump(answer.value),
        "status": answer.status.value,
        "evidence": answer.evidence,
        "by": answer.by.value,
        "reason": answer.reason,
        "previous": None if answer.previous is None else dump(answer.previous),
    }


def answer_from_json(document: Mapping[str, Any]) -> Answer:
    """Return the answer that `answer_to_json` wrote."""
    return Answer(
        key=document["key"],
        value=_value(document["value"]),
        status=AnswerStatus(document["status"]),
        evidence=document["evidence"],
        by=By(document["by"]),
        reason=document["reason"],
        previous=_value(document["previous"]),
    )


def _value(document: Any) -> AnswerValue | None:  # noqa: ANN401 - JSON has no narrower type
    return None if document is None else cast("AnswerValue", load(document))
