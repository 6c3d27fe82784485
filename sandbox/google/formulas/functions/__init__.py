"""The functions that the sandbox computes; every other one is refused when a formula is written."""

from sandbox.google.formulas.functions import aggregates, arithmetic, conditions, lookups, strings
from sandbox.google.formulas.functions.registry import Arguments, Function

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for module in (aggregates, arithmetic, conditions, lookups, strings)
    for function in module.FUNCTIONS
}
"""By name, in capital letters."""

__all__ = ["FUNCTIONS", "Arguments", "Function"]
