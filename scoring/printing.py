"""The second reading of a rule: its expression printed as a spreadsheet formula.

Only IF AND OR SUM MIN MAX ROUND ROUNDDOWN and operators are printed, and never a decimal literal (8.5 is 17/2), so that
a formula means the same in every locale.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scoring.expression import (
    ZERO,
    All,
    AnyOf,
    Arithmetic,
    Compare,
    Condition,
    Expression,
    Greatest,
    If,
    Least,
    Number,
    Ref,
    Rounded,
    Sum,
)


def print_expression(expression: Expression | Condition, cell_of: Callable[[Ref], str], separator: str) -> str:
    """Return the formula without its leading equals sign; `separator` between arguments is ";" or ",".

    `cell_of` prints each reference whole: a cell such as `B7` for a Datum, PointsOf or ScaleOf, and something that is
    true or false for the conditions: `B7<>""` for Given, `B7="Có"` for Yes, `B7="Đúng hạn"` for Chosen. What it prints
    for an Extreme, for Subordinates, NotApplicable and Late is its own affair, too.
    """
    return _Printer(cell_of, separator).text(expression)


@dataclass(frozen=True, slots=True)
class _Printer:
    cell_of: Callable[[Ref], str]
    separator: str

    def text(self, item: Expression | Condition) -> str:
        match item:
            case Number(numerator, denominator):
                return f"{numerator}" if denominator == 1 else f"{numerator}/{denominator}"
            case Arithmetic(left, operator, right):
                return self._operand(left) + operator + self._operand(right, is_right=True)
            case Compare():
                return self._compared(item)
            case If(condition, then, otherwise):
                return self._call("IF", condition, then, otherwise)
            case Rounded():
                return self._rounded(item)
            case Sum() | Least() | Greatest() | All() | AnyOf():
                return self._call(_FUNCTIONS[type(item)], *item.items)
            case _:
                return self.cell_of(item)

    def _compared(self, item: Compare) -> str:
        if not (_is_noisy(item.left) or _is_noisy(item.right)):
            return self.text(item.left) + item.operator + self.text(item.right)
        difference = item.left if item.right == ZERO else Arithmetic(item.left, "-", item.right)
        return f"{self._noiseless(difference)}{item.operator}0"

    def _rounded(self, item: Rounded) -> str:
        """Print a rounding; cutting off is always preceded by one, or 0.29 * 100 would be cut to 28."""
        is_cut = item.rounding.method == "truncated"
        inner = self._noiseless(item.item) if is_cut or _is_noisy(item.item) else self.text(item.item)
        return self._called("ROUNDDOWN" if is_cut else "ROUND", inner, str(item.rounding.digits))

    def _noiseless(self, item: Expression) -> str:
        """Round off what a spreadsheet's binary numbers add to an exact result."""
        return self._called("ROUND", self.text(item), str(_NOISE_DIGITS))

    def _call(self, function: str, *arguments: Expression | Condition) -> str:
        return self._called(function, *(self.text(each) for each in arguments))

    def _called(self, function: str, *arguments: str) -> str:
        return f"{function}({self.separator.join(arguments)})"

    def _operand(self, item: Expression, *, is_right: bool = False) -> str:
        """Put brackets around what would otherwise fall apart: sums always, products and fractions on the right."""
        printed = self.text(item)
        match item:
            case Number(numerator, denominator):
                loose = numerator < 0 or (denominator != 1 and is_right)
            case Arithmetic(_, operator, _):
                loose = operator == "-" or is_right
            case _:
                loose = False
        return f"({printed})" if loose else printed


def _is_noisy(item: Expression) -> bool:
    """Tell whether something is taken off: 5 - 4.995 leaves 0.00499…, which no spreadsheet rounds to 0.01."""
    match item:
        case Arithmetic(left, operator, right):
            return operator == "-" or _is_noisy(left) or _is_noisy(right)
        case Sum(items) | Least(items) | Greatest(items):
            return any(map(_is_noisy, items))
        case If(_, then, otherwise):
            return _is_noisy(then) or _is_noisy(otherwise)
        case _:
            return False


_NOISE_DIGITS = 9
_FUNCTIONS: dict[type, str] = {Sum: "SUM", Least: "MIN", Greatest: "MAX", All: "AND", AnyOf: "OR"}
