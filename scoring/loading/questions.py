"""From the shape of a question to the question."""

from scoring.loading.shapes import QuestionShape
from scoring.regulation import Choice, Question


def as_question(key: str, shape: QuestionShape, groups: tuple[str, ...]) -> Question:
    """Return the question, which indicators of these groups read."""
    written = shape.model_dump()
    choices = tuple(Choice(choice, label) for choice, label in shape.choices.items())
    return Question(**{**written, "key": key, "choices": choices, "groups": groups})
