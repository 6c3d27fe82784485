"""Whether each answer is there and can be right, as formulas and computed: as `scoring.completeness` finds it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain

from forms.dialect import quoted
from forms.outline import Outline
from forms.prefill import Prefill
from forms.references import References
from forms.sheet import Column, Formula, State, address, question_anchor
from scoring import AnswerValue, Completeness, Question, completeness
from scoring.expression import ZERO, AnyOf, Arithmetic, Compare, Condition
from scoring.quantity import Addend, Quantity
from words import Text, say


@dataclass(frozen=True)
class States:
    """The states of one form's questions; `previous` are last year's answers."""

    outline: Outline
    group: str
    prefill: Prefill
    previous: Mapping[str, AnswerValue]
    references: References

    def of(self, question: Question) -> Formula:
        """What the row of a question says of it."""
        call, cell = self.references.dialect.call, self.references.typed(question.key)
        due = self._due(question)
        empty, refused = quoted(""), str(State.WRONG)
        done = str(State.DONE)
        if due:
            empty = call("IF", due, str(State.MISSING), empty)
            refused = call("IF", due, str(State.REFUSED), refused)
            done = call("IF", due, done, quoted(""))
        if against := self._contradictions(question.key):
            done = call("IF", against, str(State.WRONG), done)
        is_empty = f'TRIM({cell})=""'
        answered = call("IF", self._usable(question), done, refused)
        formula = call("IFERROR", call("IF", is_empty, empty, answered), refused)
        return Formula(formula, value=self._computed(question))

    def progress(self) -> Formula:
        """How much of what is due is there, and how much has to be looked at again."""
        call, due = self.references.dialect.call, self._completeness.of
        missing, refused, wrong = (
            call("COUNTIF", self._every_state(), str(state)) for state in (State.MISSING, State.REFUSED, State.WRONG)
        )
        before, after = self._told("forms.progress", due)
        before_wrong, after_wrong = self._told("forms.progress_wrong", due)
        again = f"({wrong}+{refused})"
        told = f"{quoted(before_wrong)}&{again}&{quoted(after_wrong)}"
        counted = f"{quoted(before)}&({due}-{missing}-{refused})&{quoted(after)}"
        text = f"{counted}&{call('IF', f'{again}>0', told, quoted(''))}"
        states = [self._computed(each) for each in self.outline.questions]
        number = sum(state in {State.WRONG, State.REFUSED} for state in states)
        value = f"{before}{self._completeness.filled}{after}"
        return Formula(text, value=f"{value}{before_wrong}{number}{after_wrong}" if number else value)

    def _every_state(self) -> str:
        rows = [self.references.rows[question_anchor(each.key)] for each in self.outline.questions]
        first, last = (address(Column.STATE.position, row) for row in (min(rows), max(rows)))
        return f"{first}:{last}"

    def _told(self, text_id: str, due: int) -> tuple[str, str]:
        """A sentence in two halves, before and after its number."""
        before, _, after = say(Text(text_id, n=_MARK, of=due), self.references.language).partition(_MARK)
        return before, after

    def _due(self, question: Question) -> str:
        """When the question has to be answered: "" for never, TRUE for always."""
        if not question.required:
            return ""
        readers = self._readers[question.key]
        if not self.references.claimable.issuperset(readers):
            return "TRUE"
        call = self.references.dialect.call
        claims = [self.references.claim(each) for each in readers]
        return call("NOT", call("AND", *claims) if len(claims) > 1 else claims[0])

    def _usable(self, question: Question) -> str:
        """Whether the question allows what was typed."""
        cell, dialect = self.references.typed(question.key), self.references.dialect
        match question.type:
            case "integer" | "decimal":
                return self.references.given(question.key)
            case "boolean":
                options = [say(Text(each), self.references.language) for each in ("forms.yes", "forms.no")]
            case "choice":
                options = [each.label for each in question.choices]
            case "date":
                return dialect.is_day(cell)
            case "text":
                return "TRUE"
        return dialect.call("OR", *(f"{cell}={quoted(each)}" for each in options))

    def _contradictions(self, key: str) -> str:
        """When what is answered cannot be right together with other answers; "" where nothing is compared."""
        found = [self._holds(keys, condition) for keys, condition in self._compared[key]]
        return self.references.dialect.call("OR", *found) if len(found) > 1 else "".join(found)

    def _holds(self, keys: tuple[str, ...], condition: Condition) -> str:
        call = self.references.dialect.call
        given = [self.references.given(each) for each in keys]
        against = self.references.printed(condition)
        return call("IF", call("AND", *given) if len(given) > 1 else given[0], against, "FALSE")

    @cached_property
    def _compared(self) -> Mapping[str, list[tuple[tuple[str, ...], Condition]]]:
        """What contradicts the answer to a question: the answers that are compared, and how they must not be."""
        found: defaultdict[str, list[tuple[tuple[str, ...], Condition]]] = defaultdict(list)
        for left, operator, right in chain(self._limits(), self._checks()):
            asked = {each.key for each in self.outline.questions if each.is_number}
            now = self._now(left), self._now(right)
            keys = tuple(dict.fromkeys(chain.from_iterable(Quantity.keys(side) for side in now if side)))
            path = next((each.key for each in left.addends if each.key), "")
            if now[0] and now[1] and keys and asked.issuperset(keys):
                found[path].append((keys, _broken(now[0], operator, now[1])))
        return found

    def _limits(self) -> Iterator[tuple[Quantity, str, Quantity]]:
        rules = (node.rule for node in self.references.regulation.indicators(self.group))
        for part, whole in {limit: None for rule in rules if rule for limit in rule.limits()}:
            yield part, "<=", whole

    def _checks(self) -> Iterator[tuple[Quantity, str, Quantity]]:
        for check in self.references.regulation.checks:
            yield check.left, check.operator, check.right

    def _now(self, quantity: Quantity) -> Quantity | None:
        """The quantity with last year's answers in it as the numbers they are; None where one is not known."""
        addends = []
        for addend in quantity.addends:
            value = self.previous.get(addend.key) if addend.previous else 1
            if not isinstance(value, int | Decimal):
                return None
            constant = Addend(addend.coefficient * Fraction(value))
            addends.append(constant if addend.previous else addend)
        return Quantity(tuple(addends))

    @cached_property
    def _completeness(self) -> Completeness:
        return completeness(self.references.regulation, self.group, self.prefill.everything)

    def _computed(self, question: Question) -> int | str:
        found = self._completeness
        codes = {each.code for each in found.problems if each.where.path == question.key}
        answer = self.prefill.answers.get(question.key)
        claimed = self._is_claimed(question)
        if answer is None:
            return State.MISSING if question.key in found.missing else ""
        if "wrong_value" in codes:
            return State.REFUSED if question.required and not claimed else State.WRONG
        if codes:
            return State.WRONG
        return "" if claimed and question.required else State.DONE

    def _is_claimed(self, question: Question) -> bool:
        return self.prefill.claims.issuperset(self._readers[question.key])

    @cached_property
    def _readers(self) -> Mapping[str, list[str]]:
        """The indicators that read each question."""
        readers: defaultdict[str, list[str]] = defaultdict(list)
        for node in self.references.regulation.indicators(self.group):
            for key in self.references.regulation.questions_of(node):
                readers[key].append(node.id)
        return readers


_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a sentence where a formula puts its number."""


def _broken(left: Quantity, operator: str, right: Quantity) -> Condition:
    """That a comparison does not hold; the difference is compared, so that binary numbers do no harm."""
    above, below = (
        Compare(Arithmetic(one.expression(), "-", other.expression()), ">", ZERO)
        for one, other in ((left, right), (right, left))
    )
    match operator:
        case "<=":
            return above
        case ">=":
            return below
    return AnyOf((above, below))
