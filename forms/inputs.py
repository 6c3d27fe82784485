"""The cells that people fill in: what each accepts, and the hint it shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms.sheet import Input
from scoring import Question
from words import Language, Text, Value, say


@dataclass(frozen=True, slots=True)
class Inputs:
    """Makes the input cells, worded in one language."""

    language: Language

    def answer(self, question: Question) -> Input:
        """The cell where a question is answered."""
        match question.type:
            case "boolean":
                return Input("choice", self._say("forms.hint_choice"), (self._say("forms.yes"), self._say("forms.no")))
            case "choice":
                return Input("choice", self._say("forms.hint_choice"), tuple(each.label for each in question.choices))
            case "integer" | "decimal":
                hint = " ".join(self._say(each.id, **each.values) for each in _number_hint(question))
                return Input(question.type, hint, minimum=question.minimum, maximum=question.maximum)
            case "date":
                return Input("date", self._say("forms.hint_date"))
            case "text":
                return Input("text")

    def not_applicable(self) -> Input:
        """The cell in which a unit claims that an indicator does not apply to it."""
        return Input("choice", self._say("forms.hint_not_applicable"), (self._say("forms.not_applicable"),))

    def _say(self, text_id: str, **values: Value) -> str:
        return say(Text(text_id, **values), self.language)


def _number_hint(question: Question) -> Iterator[Text]:
    yield Text(f"forms.hint_{question.type}")
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        yield Text("forms.bounds_between", minimum=low, maximum=high)
    elif low is not None:
        yield Text("forms.bounds_from", minimum=low)
    elif high is not None:
        yield Text("forms.bounds_up_to", maximum=high)
