"""A reader of printed formulas with exact fractions, which shares nothing with the code that prints them."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

Cell = Fraction | bool | None
Lazy = Callable[[], Fraction | bool]

_TOKEN = re.compile(r'\s*(\d+|[A-Z]+(?=\()|\{[^}]*\}|<>""|<=|>=|[-+*/<>=();,])')


def compute(formula: str, cells: Mapping[str, Cell], separator: str) -> Fraction:
    """Compute a formula that prints references in braces: {key} a number or truth, {key}<>"" whether it is there."""
    reader = _Reader([*_TOKEN.findall(formula)], cells, separator)
    value = reader.comparison()()
    assert reader.tokens == []
    assert isinstance(value, Fraction)
    return value


class _Reader:
    def __init__(self, tokens: list[str], cells: Mapping[str, Cell], separator: str) -> None:
        self.tokens, self.cells, self.separator = tokens, cells, separator

    def comparison(self) -> Lazy:
        left = self.sum()
        if self.tokens[:1] and self.tokens[0] in {"=", "<", ">", "<=", ">="}:
            operator, right = self.tokens.pop(0), self.sum()
            return lambda: _COMPARE[operator](Fraction(left()), Fraction(right()))
        return left

    def sum(self) -> Lazy:
        left = self.product()
        while self.tokens[:1] and self.tokens[0] in {"+", "-"}:
            left = _calculated(left, self.tokens.pop(0), self.product())
        return left

    def product(self) -> Lazy:
        left = self.single()
        while self.tokens[:1] and self.tokens[0] in {"*", "/"}:
            left = _calculated(left, self.tokens.pop(0), self.single())
        return left

    def single(self) -> Lazy:
        token = self.tokens.pop(0)
        if token == "-":
            inner = self.single()
            return lambda: -Fraction(inner())
        if token == "(":
            value = self.comparison()
            assert self.tokens.pop(0) == ")"
            return value
        if token.startswith("{"):
            return self.reference(token[1:-1])
        return (lambda: Fraction(token)) if token.isdecimal() else self.call(token)

    def reference(self, key: str) -> Lazy:
        if self.tokens[:1] == ['<>""']:
            self.tokens.pop(0)
            return lambda: self.cells.get(key) is not None
        value = self.cells.get(key)
        return lambda: Fraction(0) if value is None else value

    def call(self, function: str) -> Lazy:
        assert self.tokens.pop(0) == "("
        arguments = [self.comparison()]
        while self.tokens[0] == self.separator:
            self.tokens.pop(0)
            arguments.append(self.comparison())
        assert self.tokens.pop(0) == ")"
        return lambda: _FUNCTIONS[function](arguments)


def _calculated(left: Lazy, operator: str, right: Lazy) -> Lazy:
    return lambda: _CALCULATE[operator](Fraction(left()), Fraction(right()))


def _rounded(value: Fraction, digits: int) -> Fraction:
    scaled = abs(value) * 10**digits
    whole = scaled.numerator // scaled.denominator
    whole += scaled - whole >= Fraction(1, 2)
    return Fraction(whole, 10**digits) * (-1 if value < 0 else 1)


def _cut(value: Fraction, digits: int) -> Fraction:
    scaled = abs(value) * 10**digits
    return Fraction(scaled.numerator // scaled.denominator, 10**digits) * (-1 if value < 0 else 1)


_CALCULATE: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda left, right: left == right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}
_FUNCTIONS: dict[str, Callable[[list[Lazy]], Fraction | bool]] = {
    "IF": lambda arguments: arguments[1]() if arguments[0]() else arguments[2](),
    "AND": lambda arguments: all(argument() for argument in arguments),
    "OR": lambda arguments: any(argument() for argument in arguments),
    "SUM": lambda arguments: sum((Fraction(argument()) for argument in arguments), Fraction(0)),
    "MIN": lambda arguments: min(Fraction(argument()) for argument in arguments),
    "MAX": lambda arguments: max(Fraction(argument()) for argument in arguments),
    "ROUND": lambda arguments: _rounded(Fraction(arguments[0]()), int(arguments[1]())),
    "ROUNDDOWN": lambda arguments: _cut(Fraction(arguments[0]()), int(arguments[1]())),
}
