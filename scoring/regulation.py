"""A regulation (quy định, bộ tiêu chí) once it is loaded: clauses, groups, questions, and the tree of points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from scoring.amounts import Points
from words import Text

if TYPE_CHECKING:
    # The rule kinds are pydantic models; `import scoring` does without pydantic until a regulation is loaded.
    from scoring.rules.rule import Rule

QuestionType = Literal["integer", "decimal", "boolean", "choice", "date", "text"]
Source = Literal["unit", "officer", "department"]
Level = Literal["part", "category", "indicator"]
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
    """A group (nhóm cơ quan): the units that are ranked together."""

    id: str
    label: str
    clause: str


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

    def choice(self, choice_id: str) -> Choice:
        """Return the choice with this id; raises KeyError where the question does not offer it."""
        return {each.id: each for each in self.choices}[choice_id]


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the point table: a part, a category (hạng mục) or an indicator (tiêu chí).

    `maxima` holds the maximum for each group that has the line. An indicator has a `rule`, any other node `children`.
    `how` tells people how it is determined; `source` is who gives its data, None where its indicators differ.
    """

    id: str
    number: str
    label: str
    level: Level
    how: str
    clause: str
    assumed: str | None
    maxima: Mapping[str, Points]
    operation: Literal["sum"]
    children: tuple["Node", ...]
    rule: "Rule | None"
    source: Source | None
    allows_not_applicable: bool

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
class Timetable:
    """The year by fixed dates. A "before" date is the first day that is too late.

    `issue_on` is the proposed day of issue, and the scheduler drafts the campaign `draft_ahead_days` before it.
    """

    issue_on: AnnualDate
    issue_before: AnnualDate
    collect_before: AnnualDate
    publish_before: AnnualDate
    draft_ahead_days: int


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the source text does not say: where it stands in the file, and why it is taken so."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Regulation:
    """A whole regulation. Two are the same only if they are one object; compare `sha256` for equal texts.

    `not_applicable.name` is "full_marks" or "not_allowed", `late.name` "not_ranked" (`late.text` says it to people),
    `ties.name` "shared_then_skipped" (1, 2, 2, 4), `rank_scope.name` "group", `below_lowest.name` "not_ranked" where a
    total may be too low for any grade. Grades stand from the highest; the first root is the total.
    """

    id: str
    title: str
    short_title: str
    language: str
    decision: Decision
    clauses: Mapping[str, Clause]
    groups: Mapping[str, Group]
    questions: Mapping[str, Question]
    roots: tuple[Node, ...]
    not_applicable: Policy
    late: Policy
    grades: tuple[Grade, ...]
    below_lowest: Policy | None
    digits: int
    ties: Policy
    rank_scope: Policy
    timetable: Timetable
    assumptions: tuple[Assumption, ...]
    source: str
    sha256: str

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
        return {node.id: node for root in self.roots for node in _walk(root)}[node_id]

    def questions_of(self, node: Node) -> tuple[str, ...]:
        """Return the keys that the node's rule reads, or those of all indicators below it, each once."""
        return tuple(dict.fromkeys(key for each in _walk(node) if each.rule for key in each.rule.questions()))

    def questions_for(self, group: str) -> tuple[Question, ...]:
        """Return every question that the group's indicators read, in the order of the table, each once."""
        read = (key for node in self.indicators(group) for key in self.questions_of(node))
        return tuple(self.questions[key] for key in dict.fromkeys(read))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)
