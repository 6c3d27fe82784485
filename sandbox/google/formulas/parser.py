"""Formulas read into trees. Functions that the sandbox does not know are refused, not guessed."""

from functools import lru_cache

from sandbox.google.formulas.functions import FUNCTIONS
from sandbox.google.formulas.lexer import NotAFormula, Token, tokens
from sandbox.google.formulas.syntax import Call, Chain, Constant, Name, Node, Scaled
from sandbox.google.formulas.values import Failure
from sandbox.google.locales import Locale
from sandbox.google.sheets.a1 import read_reference

DEEPEST = 60  # brackets within brackets
RANKS = (("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
END = Token("end", "")
EXACT = {"VLOOKUP": 3, "MATCH": 2}
"""Lookups, and which argument has to be a plain FALSE or 0: lookups in sorted ranges are not stood in for."""


class Unsupported(Exception):  # noqa: N818 - says what the formula is
    """A formula that the real service may well compute and the sandbox does not."""


@lru_cache(maxsize=20_000)
def parse(formula: str, locale: Locale) -> Node:
    """The tree of a formula that begins with =. NotAFormula and Unsupported as their names say."""
    return _Parser(formula, locale).whole()


class _Parser:
    def __init__(self, formula: str, locale: Locale) -> None:
        self._tokens = [token for token in tokens(formula, locale) if token.kind != "space"]
        self._locale = locale
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._chain(0)
        self._take("end")
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    def _take(self, kind: str) -> Token:
        token = self._next
        if token.kind != kind:
            raise NotAFormula(token.text)
        self._at += 1
        return token

    def _operator(self, among: tuple[str, ...]) -> str | None:
        if self._next.kind == "operator" and self._next.text in among:
            return self._take("operator").text
        return None

    def _chain(self, rank: int) -> Node:
        if rank == len(RANKS):
            return self._signed()
        first, rest = self._chain(rank + 1), []
        while operator := self._operator(RANKS[rank]):
            rest.append((operator, self._chain(rank + 1)))
        if len(rest) > 1 and RANKS[rank] == ("^",):
            raise Unsupported("a^b^c without brackets: programs disagree on what it means")
        return Chain(first, tuple(rest)) if rest else first

    def _signed(self) -> Node:
        signs, percents = "", 0
        while sign := self._operator(("+", "-")):
            signs += sign
        node = self._operand()
        while self._operator(("%",)):
            percents += 1
        minus = signs.count("-")
        return Scaled(node, bool(minus % 2), percents) if minus or percents else node

    def _operand(self) -> Node:
        token = self._next
        if token.kind in {"end", "operator", "close", "separator"}:
            raise NotAFormula(token.text)
        self._at += 1
        if token.kind == "open":
            return self._bracketed()
        return self._call(token.text.upper()) if self._next.kind == "open" else self._atom(token)

    def _bracketed(self) -> Node:
        self._deeper()
        node = self._chain(0)
        self._take("close")
        self._depth -= 1
        return node

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unsupported(f"more than {DEEPEST} brackets within brackets")

    def _atom(self, token: Token) -> Node:
        match token.kind:
            case "number":
                return Constant(float(token.text.replace(self._locale.decimal, ".")))
            case "text":
                return Constant(token.text[1:-1].replace('""', '"'))
            case "failure":
                return Constant(Failure(token.text))
            case "reference":
                return read_reference(token.text) or Name(token.text)
        if token.text.upper() in {"TRUE", "FALSE"}:
            return Constant(token.text.upper() == "TRUE")
        return Name(token.text)

    def _call(self, name: str) -> Node:
        self._take("open")
        self._deeper()
        arguments = self._arguments()
        self._depth -= 1
        if name not in FUNCTIONS:
            raise Unsupported(f"the function {name}")
        if name in EXACT and arguments[EXACT[name] :] not in [[Constant(value=False)], [Constant(0.0)]]:
            raise Unsupported(f"{name} in a sorted range; say FALSE or 0 for an exact search")
        return Call(name, tuple(arguments))

    def _arguments(self) -> list[Node]:
        arguments: list[Node] = []
        if self._next.kind == "close":
            self._take("close")
            return arguments
        while True:
            empty = self._next.kind in {"separator", "close"}
            arguments.append(Constant(None) if empty else self._chain(0))
            if self._next.kind == "close":
                self._take("close")
                return arguments
            self._take("separator")
