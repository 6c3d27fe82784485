"""One raw cell turned into one typed answer, or into what is wrong with it."""

import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from forms.grid import Percent, as_text, day_of
from scoring import AnswerValue, Question, check_value, parse_value
from words import LANGUAGES, Series, Text, say

_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|ERROR!)|Loading\.\.\.")


def is_error(text: str) -> bool:
    """Whether a cell shows a spreadsheet's own error instead of a value."""
    return _ERROR.fullmatch(text) is not None


def read_cell(question: Question, raw: object) -> AnswerValue | Text | None:
    """The answer in a cell; None for an empty one (which is no zero), a Text for what is wrong and what to do."""
    text = as_text(raw)
    if not text:
        return None
    if is_error(text):
        return Text("forms.cell_error", error=text)
    value = _READERS[question.type](question, raw)
    return value if isinstance(value, Text) else check_value(question, value) or value


def _number(question: Question, raw: object) -> AnswerValue | Text:
    if isinstance(raw, date):
        return Text("forms.date_for_number", day=raw)
    if isinstance(raw, Percent) and question.unit.strip() != "%":
        return Text("forms.percent_for_number")
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return _typed_number(question, as_text(raw))
    if isinstance(raw, float) and not math.isfinite(raw):
        return Text("forms.cell_error", error=str(raw))
    exact = Decimal(repr(float(raw))) * 100 if isinstance(raw, Percent) else Decimal(repr(raw))
    return _exact_number(question, exact)


def _typed_number(question: Question, typed: str) -> AnswerValue | Text:
    """A number as text; with a % behind it where that is what is counted."""
    number, sign, rest = typed.partition("%")
    if not sign or rest:
        return parse_value(question, typed)
    return parse_value(question, number.strip()) if question.unit.strip() == "%" else Text("forms.percent_for_number")


def _exact_number(question: Question, exact: Decimal) -> AnswerValue | Text:
    whole = int(exact)
    if question.type == "decimal":
        return Decimal(whole) if exact == whole else exact
    return whole if exact == whole else Text("forms.not_whole", value=exact)


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
