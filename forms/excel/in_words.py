"""Numbers between words, as texts: numbers do not wrap, and where one is wider than its cell Excel shows ###."""

from dataclasses import replace
from typing import TypeVar

from forms.dialect import quoted
from forms.sheet import Content, Formula
from words import Language

_Content = TypeVar("_Content", bound=Content)


def in_words(content: _Content, language: Language) -> _Content | Formula:
    """A formula that gives its number together with the words around it; anything else as it is."""
    if not isinstance(content, Formula) or content.digits is None or not (content.before or content.after):
        return content
    comma = "," if language == "vi" else "."
    text = f"{quoted(content.before)}&{_printed(content.text, content.digits, comma)}&{quoted(content.after)}"
    value = (
        content.value if isinstance(content.value, str) else f"{content.value:.{content.digits}f}".replace(".", comma)
    )
    return replace(
        content, text=text, value=f"{content.before}{value}{content.after}", before="", after="", digits=None
    )


def _printed(formula: str, digits: int, comma: str) -> str:
    """The number with its digits. The function TEXT would take the comma of whoever opens the file."""
    unit = 10**digits
    amount = f"ROUND(({formula})*{unit},0)"
    decimals = f'&{quoted(comma)}&TEXT(MOD(ABS({amount}),{unit}),"{"0" * digits}")' if digits else ""
    return f'IF(ISNUMBER({formula}),IF({amount}<0,"-","")&INT(ABS({amount})/{unit}){decimals},{formula})'
