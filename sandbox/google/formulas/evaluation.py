"""Formulas computed: lazily, each cell once, without recursion from cell to cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Protocol

from sandbox.google.formulas.functions import FUNCTIONS, Arguments
from sandbox.google.formulas.lexer import NotAFormula
from sandbox.google.formulas.operators import COMPARISONS, arithmetic, first, mapped
from sandbox.google.formulas.parser import Unsupported, parse
from sandbox.google.formulas.syntax import Call, Chain, Constant, Name, Node, Scaled, references
from sandbox.google.formulas.values import Block, Failed, Failure, Value, compare, number, text
from sandbox.google.locales import Locale
from sandbox.google.sheets.a1 import Area, Reference


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell holds that has to be computed; the text begins with =."""

    text: str


class Place(NamedTuple):
    """A cell of the spreadsheet."""

    tab: int
    row: int
    column: int


class Cells(Protocol):
    """The spreadsheet that is computed; tabs are known by their number."""

    @property
    def locale(self) -> Locale: ...  # noqa: D102 - the spreadsheet's locale

    def tab_called(self, title: str) -> int | None:
        """The tab with that title."""

    def size(self, tab: int) -> tuple[int, int]:
        """Rows and columns of a tab."""

    def content(self, place: Place) -> Value | Formula:
        """What was put into a cell."""

    def formulas(self, tab: int) -> Sequence[tuple[int, int]]:
        """Row and column of each cell of the tab that holds a formula."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a formula stands, and whether ranges are computed cell by cell (inside SUMPRODUCT)."""

    place: Place
    array: bool = False


class Evaluation:
    """The values of one state of a spreadsheet."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._known: dict[Place, Value] = {}

    def value(self, place: Place) -> Value:
        """What the cell shows: its content or its formula's result. Cells that depend on themselves are #REF!."""
        content = self._cells.content(place)
        if not isinstance(content, Formula):
            return content
        if place not in self._known:
            self._settle(place)
        return self._known[place]

    def formula(self, formula: str, place: Place) -> Value:
        """What a formula would be worth if it stood in that cell."""
        try:
            node = parse(formula, self._cells.locale)
        except (NotAFormula, Unsupported):
            return Failure.ERROR
        try:
            return self._one(node, Context(place))
        except Failed as failed:
            return failed.failure

    def cells(self, formula: str, place: Place) -> list[Value]:
        """The values of the range that a formula names and nothing else; none where it is no range."""
        try:
            node = parse(formula, self._cells.locale)
            block = self.range(node, Context(place)) if isinstance(node, Reference) else ()
        except (NotAFormula, Unsupported, Failed):
            return []
        return [value for row in block for value in row]

    def _settle(self, place: Place) -> None:
        waiting, begun = [place], set[Place]()
        while waiting:
            at = waiting[-1]
            needed = [] if at in self._known else [each for each in self._precedents(at) if each not in self._known]
            if any(each in begun or each == at for each in needed):
                self._known[at] = Failure.REF
            elif needed:
                begun.add(at)
                waiting += needed
                continue
            elif at not in self._known:
                self._known[at] = self.formula(self._text(at), at)
            begun.discard(at)
            waiting.pop()

    def _text(self, place: Place) -> str:
        content = self._cells.content(place)
        return content.text if isinstance(content, Formula) else ""

    def _precedents(self, place: Place) -> list[Place]:
        try:
            named = _references(self._text(place), self._cells.locale)
        except (NotAFormula, Unsupported):
            return []
        return [each for reference in named for each in self._formulas_in(reference, place)]

    def _formulas_in(self, reference: Reference, place: Place) -> list[Place]:
        tab, area = self._tab(reference, place), reference.area
        if tab is None:
            return []
        if reference.last is None:
            at = Place(tab, area.top, area.left)
            return [at] if isinstance(self._cells.content(at), Formula) else []
        return [Place(tab, *cell) for cell in self._cells.formulas(tab) if area.holds(*cell)]

    def _tab(self, reference: Reference, place: Place) -> int | None:
        return place.tab if reference.tab is None else self._cells.tab_called(reference.tab)

    def _one(self, node: Node, context: Context) -> Value:
        result = self.own(node, replace(context, array=False) if context.array else context)
        return result[0][0] if isinstance(result, tuple) else result

    def own(self, node: Node, context: Context) -> Value | Block:
        """The node's value in its context; errors are raised as Failed, or returned where a cell holds one."""
        match node:
            case Constant(value):
                return value
            case Name():
                return Failure.NAME
            case Reference():
                return self.range(node, context) if context.array else self._crossing(node, context)
            case Scaled(operand, negative, percents):
                sign = -1 if negative else 1
                return self._each([operand], context, lambda one: sign * self._number(one[0]) / 100**percents)
            case Chain(first, rest):
                result = self.own(first, context)
                for operator, operand in rest:
                    result = self._joined(operator, result, self.own(operand, context), context)
                return result
            case Call():
                return self._call(node, context)

    def many(self, node: Node, context: Context) -> Value | Block:
        """The same, but a reference gives all its cells."""
        return self.range(node, context) if isinstance(node, Reference) else self.own(node, context)

    def one(self, node: Node, context: Context) -> Value:
        """The node as a single value, outside array contexts."""
        return self._one(node, context)

    def range(self, reference: Reference, context: Context) -> Block:
        """The values of all cells of a reference."""
        tab, area = self._area(reference, context)
        return tuple(
            tuple(self.value(Place(tab, row, column)) for column in range(area.left, area.right or 0))
            for row in range(area.top, area.bottom or 0)
        )

    def _area(self, reference: Reference, context: Context) -> tuple[int, Area]:
        tab = self._tab(reference, context.place)
        if tab is None:
            raise Failed(Failure.REF)
        rows, columns = self._cells.size(tab)
        area, named = reference.area.within(rows, columns), reference.area
        cut = (named.bottom or 0) > rows or (named.right or 0) > columns
        if cut or area.top == area.bottom or area.left == area.right:
            raise Failed(Failure.REF)
        return tab, area

    def _crossing(self, reference: Reference, context: Context) -> Value:
        """A single cell's value; of a column or a row, the cell that lies level with the formula."""
        tab, area = self._area(reference, context)
        row = area.top if area.bottom == area.top + 1 else context.place.row
        column = area.left if area.right == area.left + 1 else context.place.column
        single = area.bottom == area.top + 1 or area.right == area.left + 1
        if not single or not area.holds(row, column):
            raise Failed(Failure.VALUE)
        return self.value(Place(tab, row, column))

    def _number(self, value: Value) -> float:
        return number(value, self._cells.locale)

    def _joined(self, operator: str, left: Value | Block, right: Value | Block, context: Context) -> Value | Block:
        if context.array:
            return mapped([left, right], lambda pair: self._operation(operator, pair[0], pair[1]))
        return self._operation(operator, first(left), first(right))

    def _operation(self, operator: str, left: Value, right: Value) -> Value:
        if operator in COMPARISONS:
            return COMPARISONS[operator](compare(left, right))
        if operator == "&":
            return text(left, self._cells.locale) + text(right, self._cells.locale)
        return arithmetic(operator, self._number(left), self._number(right))

    def _each(
        self, nodes: Sequence[Node], context: Context, compute: Callable[[Sequence[Value]], Value | Block]
    ) -> Value | Block:
        read = [self.own(node, context) for node in nodes]
        return mapped(read, compute)

    def _call(self, call: Call, context: Context) -> Value | Block:
        function = FUNCTIONS[call.function]
        if not function.fewest <= len(call.arguments) <= function.most:
            raise Failed(Failure.NOT_AVAILABLE)
        locale, count = self._cells.locale, len(call.arguments)
        if context.array and function.mapped:
            return self._each(
                call.arguments, context, lambda given: function.compute(Arguments(_Given(given), count, locale))
            )
        inside = replace(context, array=True) if function.of_arrays else context
        return function.compute(Arguments(_Read(self, call.arguments, inside), count, locale))


@lru_cache(maxsize=20_000)
def _references(formula: str, locale: Locale) -> list[Reference]:
    return references(parse(formula, locale))


@dataclass(frozen=True, slots=True)
class _Read:
    """Arguments that are computed when asked for."""

    evaluation: Evaluation
    nodes: tuple[Node, ...]
    context: Context

    def one(self, index: int) -> Value:
        return self.evaluation.one(self.nodes[index], self.context)

    def own(self, index: int) -> Value | Block:
        return self.evaluation.own(self.nodes[index], self.context)

    def many(self, index: int) -> Value | Block:
        return self.evaluation.many(self.nodes[index], self.context)


@dataclass(frozen=True, slots=True)
class _Given:
    """Arguments that are values already: one cell's turn in an array."""

    values: Sequence[Value]

    def one(self, index: int) -> Value:
        return self.values[index]

    own = many = one
