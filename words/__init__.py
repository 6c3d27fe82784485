"""Every word that people read: catalogues in two languages, numbers and dates, and problems."""

from words.catalogue import LANGUAGES, Language, say
from words.names import clean, in_order
from words.numbers import NumberProblem, format_number, parse_number
from words.problems import Place, Problem, Severity, has_errors
from words.text import Series, Text, Value, dump, load

__all__ = [
    "LANGUAGES",
    "Language",
    "NumberProblem",
    "Place",
    "Problem",
    "Series",
    "Severity",
    "Text",
    "Value",
    "clean",
    "dump",
    "format_number",
    "has_errors",
    "in_order",
    "load",
    "parse_number",
    "say",
]
