"""The second reading of a rule: its expression printed as a spreadsheet formula.

Only IF AND OR SUM MIN MAX ROUND ROUNDDOWN and operators are printed, and never a decimal literal (8.5 is 17/2), so that
a formula means the same in every locale.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scoring.amounts import Rounding
from scoring.expression import (
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


def print_expression(expression: Expression, cell_of: Callable[[Ref], str], separator: str) -> str:
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
            case Compare(left, operator, right):
                return self.text(left) + operator + self.text(right)
            case If(condition, then, otherwise):
                return self._call("IF", condition, then, otherwise)
            case Rounded(inner, rounding) if rounding.method == "half_up":
                return self._call("ROUND", inner, Number(rounding.digits))
            case Rounded(inner, rounding):
                # A spreadsheet's own noise is rounded off first, or 0.29 * 100 would be cut to 28.
                noiseless = Rounded(inner, Rounding(_NOISE_DIGITS))
                return self._call("ROUNDDOWN", noiseless, Number(rounding.digits))
            case Sum() | Least() | Greatest() | All() | AnyOf():
                return self._call(_FUNCTIONS[type(item)], *item.items)
            case _:
                return self.cell_of(item)

    def _call(self, function: str, *arguments: Expression | Condition) -> str:
        return f"{function}({self.separator.join(self.text(each) for each in arguments)})"

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


_NOISE_DIGITS = 9
_FUNCTIONS: dict[type, str] = {Sum: "SUM", Least: "MIN", Greatest: "MAX", All: "AND", AnyOf: "OR"}
