"""A regulation (quy định, bộ tiêu chí) once it is loaded: clauses, groups, questions, and the tree of points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from scoring.amounts import Points, Rounding, as_decimal
from scoring.quantity import Quantity
from words import Severity, Text

if TYPE_CHECKING:
    # The rule kinds are pydantic models; `import scoring` does without pydantic until a regulation is loaded.
    from scoring.rules.rule import Rule

QuestionType = Literal["integer", "decimal", "boolean", "choice", "date", "text"]
Source = Literal["unit", "officer", "department", "council"]
Rung = Literal["part", "category", "indicator"]
Operation = Literal["sum", "weighted", "mean", "best_of"]
Good = Literal["more", "less", "yes", "no"]


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision (quyết định) that issued the regulation; `source` says which text of it is held."""

    number: str
    date: date
    issuer: str
    source: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause; its id is how it is cited ("Điều 6.3"). Something cites it, or a reason says why nothing does."""

    id: str
    title: str
    not_scored_because: str | None = None

    @property
    def used(self) -> bool:
        """Whether a rule, a number or a date of the regulation rests on this clause."""
        return self.not_scored_because is None


@dataclass(frozen=True, slots=True)
class Group:
    """A group (nhóm cơ quan): the units that are ranked together, or apart `within_parent`.

    `under` is the group of the units that its own are under, "" where they are under none.
    """

    id: str
    label: str
    clause: str | None = None
    assumed: str | None = None
    under: str = ""
    ranked: Literal["together", "within_parent"] = "together"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a question of type "choice" offers."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A datum on the form (số liệu).

    `unit` is what is counted ("máy tính"); `source` is who gives the datum; `good` says in which direction the points
    may rise, None where neither direction is better by itself; `evidence` is whether a document is expected with it.
    """

    key: str
    label: str
    type: QuestionType
    unit: str = ""
    minimum: int | Decimal | None = None
    maximum: int | Decimal | None = None
    required: bool = True
    source: Source = "unit"
    choices: tuple[Choice, ...] = ()
    groups: tuple[str, ...] = ()
    evidence: bool = False
    good: Good | None = None
    clause: str | None = None
    assumed: str | None = None
    note: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is answered by a number."""
        return self.type in {"integer", "decimal"}

    @property
    def is_coded(self) -> bool:
        """Whether it is answered by one of a few possibilities."""
        return self.type in {"boolean", "choice"}

    def choice(self, choice_id: str) -> Choice:
        """Return the choice with this id; raises KeyError where the question does not offer it."""
        return {each.id: each for each in self.choices}[choice_id]


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a part of a weighted index weighs."""

    node: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the point table: a part, a category (hạng mục) or an indicator (tiêu chí).

    `maxima` holds the maximum for each group that has the line. An indicator has a `rule`; any other node does its
    `operation` on its `children`, or on the nodes named by `of` where it is a further root (a pillar that overlaps
    others). `weights` are those of a weighted index, and `out_of` is what they come to. `cap` and `floor` bound the
    points, by group. What stands `outside_scale` (điểm thưởng ngoài thang) is added to its parent's points
    but not to its maximum. `how` tells people how it is determined; `source` is who gives its data, None where its
    indicators differ. `literal` says why a better datum may earn less: the text, taken at its word.
    """

    id: str
    number: str
    label: str
    rung: Rung
    how: str
    clause: str
    assumed: str | None
    maxima: Mapping[str, Points]
    operation: Operation
    children: tuple["Node", ...]
    of: tuple[str, ...]
    weights: tuple[Weight, ...]
    out_of: Fraction
    cap: Mapping[str, Points]
    floor: Mapping[str, Points]
    outside_scale: bool
    rule: "Rule | None"
    source: Source | None
    allows_not_applicable: bool
    literal: str | None

    @property
    def is_informative(self) -> bool:
        """Whether the line is there for information only, and so are all below it."""
        if self.rule:
            return self.rule.earns_nothing
        return bool(self.children) and all(child.is_informative for child in self.children)

    def children_of(self, group: str) -> tuple["Node", ...]:
        """Return the children that the group has."""
        return tuple(child for child in self.children if group in child.maxima)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (xếp loại) and the lowest total that earns it; None where the regulation sets no lower bound.

    Its id is its label: the regulation knows it by no other name.
    """

    label: str
    at_least: Points | None

    @property
    def id(self) -> str:
        """What programs and the database call the grade."""
        return self.label


@dataclass(frozen=True, slots=True)
class Level:
    """A level (mức I–IV): what the printed points of several nodes must reach together, by node id and group."""

    label: str
    minima: Mapping[str, Mapping[str, Points]]

    @property
    def id(self) -> str:
        """What programs and the database call the level."""
        return self.label


@dataclass(frozen=True, slots=True)
class Policy:
    """One of the regulation's settled choices, by name, with the clause it rests on or the reason it is assumed."""

    name: str
    clause: str | None = None
    assumed: str | None = None
    text: str = ""

    @property
    def grounds(self) -> str | Text:
        """What to cite for it."""
        return self.clause or Text("scoring.assumed")


@dataclass(frozen=True, slots=True)
class NotApplicable(Policy):
    """What becomes of an indicator that does not apply: "full_marks", "not_allowed", "out" or "rescale".

    "out" takes its maximum out of the scale; "rescale" does so too, and brings the points of the nodes `at` back to
    their full maximum: points × maximum ÷ (maximum - what is out).
    """

    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Late(Policy):
    """What becomes of a late form: "not_ranked", "penalty" (the total loses `points`) or "accepted" (flagged).

    `until` is the first day on which even that is over, and the form counts as missing.
    """

    points: Points = 0
    until: "AnnualDate | None" = None


@dataclass(frozen=True, slots=True)
class Ties(Policy):
    """How equal totals are ranked: "shared_then_skipped", after the nodes `breakers` were compared in their order."""

    breakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnualDate:
    """A date that returns every year, with its clause or the reason it is assumed."""

    month: int
    day: int
    years_later: int = 0
    clause: str | None = None
    assumed: str | None = None

    def in_year(self, year: int) -> date:
        """Return the date for the campaign of this year."""
        return date(year + self.years_later, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Term:
    """A term (thời hạn) of days or working days. The day of the event it is counted from is not one of them.

    Counted from the issue of the letter, from its receipt by the unit, or from a form that is complete.
    """

    count: int
    unit: Literal["days", "working_days"]
    counted_from: Literal["issue", "receipt", "complete_form"]
    clause: str | None = None
    assumed: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the year in which everything has to happen; both days are in it."""

    first: AnnualDate
    last: AnnualDate


@dataclass(frozen=True, slots=True)
class Timetable:
    """The year by dates and terms. A "before" date is the first day that is too late.

    `issue_on` is the proposed day of issue, and the scheduler drafts the campaign `draft_ahead_days` before it.
    Forms are due by the date `collect_before` or within the term `collect_within`: exactly one of them is there.
    """

    issue_on: AnnualDate
    issue_before: AnnualDate | None
    collect_before: AnnualDate | None
    collect_within: Term | None
    verify_within: Term | None
    publish_before: AnnualDate
    window: Window | None
    draft_ahead_days: int


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold between answers, or between them and last year's; a NOTICE only asks for a second look."""

    left: Quantity
    operator: Literal["<=", ">=", "="]
    right: Quantity
    severity: Severity
    grounds: str | Text


@dataclass(frozen=True, slots=True)
class Mapped:
    """How an earlier year under other criteria compares: their node for ours, or why there is none."""

    nodes: Mapping[str, str]
    not_comparable: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the source text does not say: where it stands in the file, and why it is taken so."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Regulation:
    """A whole regulation. Two are the same only if they are one object; compare `sha256` for equal texts.

    `rank_by.name` is "total" or "level_then_total", `below_lowest.name` "not_ranked" where a unit may be too low for
    any grade or level. Grades and levels stand from the highest; a regulation has at least one of the two. The first
    root is the total. `comparisons` are by the id of the earlier regulation.
    """

    id: str
    title: str
    short_title: str
    language: str
    decision: Decision
    clauses: Mapping[str, Clause]
    groups: Mapping[str, Group]
    questions: Mapping[str, Question]
    checks: tuple[Check, ...]
    roots: tuple[Node, ...]
    not_applicable: NotApplicable
    late: Late
    grades: tuple[Grade, ...]
    levels: tuple[Level, ...]
    below_lowest: Policy | None
    rank_by: Policy
    points_rounding: Rounding
    total_rounding: Rounding
    percent_rounding: Rounding
    ties: Ties
    timetable: Timetable
    comparisons: Mapping[str, Mapped]
    assumptions: tuple[Assumption, ...]
    source: str
    sha256: str

    @property
    def digits(self) -> int:
        """The digits that Points count in: enough for every printed number of points."""
        return max(self.points_rounding.digits, self.total_rounding.digits)

    def rounding(self, node: Node) -> Rounding:
        """Return how the points of a node are rounded."""
        return self.total_rounding if node is self.total else self.points_rounding

    def printed(self, node: Node, points: Points) -> Decimal:
        """Return the points of a node as they are printed."""
        digits = self.rounding(node).digits
        return as_decimal(points // 10 ** (self.digits - digits), digits)

    @property
    def total(self) -> Node:
        """The node whose points are ranked."""
        return self.roots[0]

    def nodes(self, group: str) -> tuple[Node, ...]:
        """Return the lines of the group's point table, parents before their children."""
        return tuple(node for root in self.roots for node in _walk(root) if group in node.maxima)

    def indicators(self, group: str) -> tuple[Node, ...]:
        """Return the group's lines that have a rule of their own."""
        return tuple(node for node in self.nodes(group) if node.rule)

    def node(self, node_id: str) -> Node:
        """Return the node with this id; raises KeyError where there is none."""
        return _nodes_by_id(self)[node_id]

    def questions_of(self, node: Node) -> tuple[str, ...]:
        """Return the keys that the node's rule reads, or those of all indicators below it, each once."""
        return tuple(dict.fromkeys(key for each in _walk(node) if each.rule for key in each.rule.questions()))

    def questions_for(self, group: str) -> tuple[Question, ...]:
        """Return every question that the group's indicators read, in the order of the table, each once."""
        return _questions_by_group(self, group)

    def rolled_up_from(self, group: str) -> tuple[str, ...]:
        """Return the groups whose marks the group's rules take the mean of; they are assessed before it."""
        found = (lower for each in self.indicators(group) if each.rule for lower in each.rule.rolls_up_from)
        return tuple(dict.fromkeys(found))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


@lru_cache(maxsize=64)
def _nodes_by_id(regulation: Regulation) -> Mapping[str, Node]:
    return {node.id: node for root in regulation.roots for node in _walk(root)}


@lru_cache(maxsize=256)
def _questions_by_group(regulation: Regulation, group: str) -> tuple[Question, ...]:
    read = (key for node in regulation.indicators(group) for key in regulation.questions_of(node))
    return tuple(regulation.questions[key] for key in dict.fromkeys(read))
