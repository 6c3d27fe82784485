"""One raw cell turned into one typed answer, or into what is wrong with it."""

import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from forms.grid import UNCOMPUTED, Percent, as_text, day_of
from scoring import AnswerValue, Question, check_value, parse_value
from words import LANGUAGES, Series, Text, format_number, say

_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z][A-Z0-9/_]*[!?])|Loading\.\.\.")
"""Those of both programs, among them #SPILL! and #CALC! and whatever else Excel will call one: they all look alike."""


def error_in(text: str) -> Text | None:
    """What to do where a cell has a spreadsheet's own error, or a formula that nobody computed, instead of a value."""
    if text == UNCOMPUTED:
        return Text("forms.cell_uncomputed")
    return Text("forms.cell_error", error=text) if _ERROR.fullmatch(text) else None


def read_cell(question: Question, raw: object) -> AnswerValue | Text | None:
    """The answer in a cell; None for an empty one (which is no zero), a Text for what is wrong and what to do."""
    text = as_text(raw)
    if not text:
        return None
    if error := error_in(text):
        return error
    value = _READERS[question.type](question, raw)
    return value if isinstance(value, Text) else check_value(question, value) or value


def _number(question: Question, raw: object) -> AnswerValue | Text:
    if isinstance(raw, date):
        return Text("forms.date_for_number", day=raw)
    if isinstance(raw, Percent) and question.unit.strip() != "%":
        return Text("forms.percent_format", text=as_text(raw))
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return _typed_number(question, as_text(raw))
    if isinstance(raw, float) and not math.isfinite(raw):
        return Text("forms.cell_error", error=str(raw))
    if isinstance(raw, Percent):
        return _exact_number(question, Decimal(repr(float(raw))) * 100)
    exact = Decimal(repr(raw))
    return _meant(question, exact) or _exact_number(question, exact)


def _typed_number(question: Question, typed: str) -> AnswerValue | Text:
    """A number as text; with a % behind it where that is what is counted."""
    number, sign, rest = typed.partition("%")
    counts_percents = question.unit.strip() == "%"
    if sign and not rest:
        return (
            parse_value(question, number.strip()) if counts_percents else Text("forms.percent_for_number", text=typed)
        )
    value = parse_value(question, typed)
    joined = "".join(typed.split())
    if isinstance(value, Text) and joined != typed and not isinstance(parse_value(question, joined), Text):
        return Text("forms.blank_in_number", text=typed, joined=joined)
    return value


def _exact_number(question: Question, exact: Decimal) -> AnswerValue | Text:
    whole = int(exact)
    if exact != whole:
        return exact
    return whole if question.type == "integer" else Decimal(whole)


def _meant(question: Question, exact: Decimal) -> Text | None:
    """Say so where a number may be a thousand times larger: where an English Excel took 15.763 for it."""
    if not 1 <= abs(exact) < _GROUP or exact.as_tuple().exponent != -_DIGITS_OF_GROUP:
        return None
    small, large = format_number(exact, "vi"), format_number(exact * _GROUP, "vi")
    large = large.partition(",")[0]
    if question.type == "integer":
        return Text("scoring.value.ambiguous_integer", value=small, decimals=small, joined=large.replace(".", ""))
    return Text("forms.group_or_decimals", small=small, large=large)


def _boolean(question: Question, raw: object) -> AnswerValue | Text:
    text = as_text(raw)
    for truth, said in ((True, "forms.yes"), (False, "forms.no")):
        if _is_one_of(text, said):
            return truth
    return parse_value(question, text)


def _choice(question: Question, raw: object) -> AnswerValue | Text:
    text = as_text(raw)
    value = parse_value(question, text)
    labels = Series(tuple(each.label for each in question.choices))  # people know the choices by their labels
    return Text("forms.not_listed", text=text, choices=labels) if isinstance(value, Text) else value


def read_day(raw: object) -> date | Text:
    """The day in a cell that is not empty, or what is wrong with it."""
    day = _date(_DAY, raw)
    return day if isinstance(day, date | Text) else Text("scoring.value.not_a_date", value=as_text(raw))


def _date(question: Question, raw: object) -> AnswerValue | Text:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = day_of(raw) or raw  # the cell's format is gone, its number is not
    return raw if isinstance(raw, date) else parse_value(question, as_text(raw))


def _text(_: Question, raw: object) -> AnswerValue | Text:
    return as_text(raw)


def claims_not_applicable(raw: object) -> bool | None:
    """Whether a cell claims N/A; None where it holds something else."""
    text = as_text(raw)
    if not text or raw is False:
        return False
    return True if raw is True or _is_one_of(text, "forms.not_applicable") else None


def is_ticked(raw: object) -> bool:
    """Whether a box is ticked, however somebody did that."""
    return raw is True or as_text(raw).casefold() in _TICKS


def _is_one_of(text: str, text_id: str) -> bool:
    return text.casefold() in {say(Text(text_id), language).casefold() for language in LANGUAGES}


_GROUP, _DIGITS_OF_GROUP = 1000, 3
_TICKS = frozenset({"true", "1", "x", "v", "có", "yes", "✓", "✔", "☑"})
_DAY = Question("", "", "date")
_READERS: dict[str, Callable[[Question, object], AnswerValue | Text]] = {
    "integer": _number,
    "decimal": _number,
    "boolean": _boolean,
    "choice": _choice,
    "date": _date,
    "text": _text,
}
