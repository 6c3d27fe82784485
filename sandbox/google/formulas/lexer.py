"""A formula's text cut into tokens, in the dialect of a locale, and rewritten token by token."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from sandbox.google.formulas.values import Failure
from sandbox.google.locales import Locale
from sandbox.google.sheets.a1 import REFERENCE


class NotAFormula(Exception):  # noqa: N818 - says what the text is
    """The text cannot be read as a formula in this locale; the cell shows #ERROR!."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; `kind` is one of the names in `_grammar`."""

    kind: str
    text: str


@lru_cache(maxsize=20_000)
def tokens(formula: str, locale: Locale) -> tuple[Token, ...]:
    """The pieces of a formula, its leading = not among them; NotAFormula where one is strange."""
    found, at = [], 1
    grammar = _grammar(locale)
    while at < len(formula):
        match = grammar.match(formula, at)
        if match is None or match.lastgroup is None:
            raise NotAFormula(formula)
        found.append(Token(match.lastgroup, match[0]))
        at = match.end()
    return tuple(found)


@lru_cache
def _grammar(locale: Locale) -> re.Pattern[str]:
    decimal = re.escape(locale.decimal)
    failures = "|".join(re.escape(failure.value) for failure in Failure)
    reference = REFERENCE.pattern.replace("?P<tab>", "?:").replace("?P<corners>", "?:")
    # Where a comma parts arguments, Google takes a semicolon too; never the other way round.
    separator = re.escape(locale.separator) if locale.separator == ";" else "[,;]"
    kinds = {
        "space": r"\s+",
        "text": r'"(?:[^"]|"")*"',
        "failure": rf"(?:{failures})",
        "reference": rf"(?:{reference})(?![\w.(!:])",
        "number": rf"(?:[0-9]+(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?(?![\w.])",
        "name": r"[^\W\d][\w.]*",
        "operator": r"<>|<=|>=|[-+*/^&=<>%]",
        "open": r"\(",
        "close": r"\)",
        "separator": separator,
    }
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


def rewritten(formula: str, locale: Locale, change: Callable[[Token], str]) -> str:
    """The formula with every token replaced by what `change` makes of it; untouched where it cannot be read."""
    try:
        return "=" + "".join(change(token) for token in tokens(formula, locale))
    except NotAFormula:
        return formula


@lru_cache(maxsize=20_000)
def translated(formula: str, old: Locale, new: Locale) -> str:
    """The formula as another locale writes it."""

    def change(token: Token) -> str:
        if token.kind == "number":
            return token.text.replace(old.decimal, new.decimal)
        return new.separator if token.kind == "separator" else token.text

    return rewritten(formula, old, change)
