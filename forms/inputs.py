"""The cells that people fill in: what each accepts, the hint it shows, and what stands in it from the start."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from forms.prefill import Prefill
from forms.sheet import Input
from scoring import AnswerValue, Node, Question
from words import Language, Text, Value, format_number, say

_LONGEST_OPTION = 70


@dataclass(frozen=True, slots=True)
class Inputs:
    """Makes the input cells, worded in one language; `previous_year` is the year of what is prefilled."""

    language: Language
    prefill: Prefill
    previous_year: int | None = None

    def answer(self, question: Question) -> Input:
        """The cell where a question is answered."""
        empty = self._empty(question)
        given = self.prefill.answers.get(question.key)
        if given is None or given.value is None:
            return empty
        shown = printed_answer(question, given.value, self.language)
        if question.key not in self.prefill.last_year:
            return replace(empty, value=shown)
        told = self._say("forms.hint_last_year", year=str(self.previous_year or ""), value=shown)
        return replace(empty, value=shown, from_last_year=True, hint=" ".join(filter(None, (empty.hint, told))))

    def _empty(self, question: Question) -> Input:
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

    def evidence(self, question: Question) -> Input:
        """The cell that cites one paper."""
        return Input("text", self._say("forms.hint_evidence"), value=self.prefill.citations.get(question.key, ""))

    def not_applicable(self, node: Node) -> Input:
        """The cell in which a unit claims that an indicator does not apply to it."""
        claim = self._say("forms.not_applicable")
        value = claim if node.id in self.prefill.claims else ""
        return Input("choice", self._say("forms.hint_not_applicable"), (claim,), value=value)

    def explanation(self, node: Node) -> Input:
        """The cell for whatever the unit has to explain about an indicator."""
        return Input("text", self._say("forms.hint_explanation"), value=self.prefill.explanations.get(node.id, ""))

    def box(self) -> Input:
        """The box whose tick submits the form."""
        return Input("box", self._say("forms.hint_box"), value=False)

    def documented(self, numbers: Mapping[str, str], questions: tuple[Question, ...], key: str = "") -> Input:
        """The cell that says for which question a document is."""
        options = {each.key: _option(numbers[each.key], each.label) for each in questions}
        return Input(
            "choice", self._say("forms.hint_document_for"), tuple(options.values()), value=options.get(key, "")
        )

    def text(self, value: str = "", hint: str = "") -> Input:
        """A cell for any text; `hint` is the id of what it says."""
        return Input("text", self._say(hint) if hint else "", value=value)

    def day(self, value: date | None) -> Input:
        """A cell for a day."""
        return Input("date", self._say("forms.hint_date"), value=f"{value:%d/%m/%Y}" if value else "")

    def _say(self, text_id: str, **values: Value) -> str:
        return say(Text(text_id, **values), self.language)


def printed_answer(question: Question, value: AnswerValue, language: Language) -> str:
    """An answer as people type it: numbers always with a decimal comma, as reading wants them."""
    match value:
        case bool():
            return say(Text("forms.yes" if value else "forms.no"), language)
        case int() | Decimal():
            return format_number(value, "vi")
        case date():
            return f"{value.day:02}/{value.month:02}/{value.year:04}"
        case str():
            labels = {each.id: each.label for each in question.choices}
            return labels.get(value, value)


def _option(number: str, label: str) -> str:
    """A question in a list: its number, which is what counts, and as much of its label as there is room for."""
    option = f"{number} – {label}"
    return option if len(option) <= _LONGEST_OPTION else f"{option[: _LONGEST_OPTION - 1].rstrip()}…"


def _number_hint(question: Question) -> Iterator[Text]:
    yield Text(f"forms.hint_{question.type}")
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        yield Text("forms.bounds_between", minimum=low, maximum=high)
    elif low is not None:
        yield Text("forms.bounds_from", minimum=low)
    elif high is not None:
        yield Text("forms.bounds_up_to", maximum=high)
