"""Last year's values (số liệu năm trước), for the questions that are the same this year."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from campaign.counting import last_year
from campaign.models import Campaign, Unit
from campaign.plan import regulation_of
from scoring import AnswerValue, Question


def previous_values(session: Session, unit: Unit) -> Mapping[str, AnswerValue]:
    """What counted for the unit in the year before, by question, where this year's question asks the same."""
    values = last_year(session, unit)
    if not values:
        return {}
    before = regulation_of(session.get_one(Campaign, unit.campaign.previous_id)).questions
    now = regulation_of(unit.campaign).questions
    return {key: value for key, value in values.items() if key in now and _same(before.get(key), now[key])}


def _same(before: Question | None, now: Question) -> bool:
    """Whether a value that was given to the one can be taken for the other."""
    return before is not None and _asks(before) == _asks(now)


def _asks(question: Question) -> tuple[object, ...]:
    return question.type, question.label, question.unit, question.choices
