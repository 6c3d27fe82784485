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
from scoring import Answer, AnswerValue, Completeness, Question, completeness
from scoring.expression import ZERO, AnyOf, Arithmetic, Compare, Condition
from scoring.quantity import Addend, Quantity
from words import Severity, Text, say


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
        due = self._wanted(question) if question.required else ""
        empty, refused = quoted(""), str(State.WRONG)
        done = str(State.DONE)
        if lacks := self._lacks_evidence(question):
            done = call("IF", lacks, str(State.UNEVIDENCED), done)
        if doubt := self._contradictions(question.key, Severity.NOTICE):
            done = f"{call('IF', doubt, str(State.UNLIKELY), '1')}*{done}"
        if due:
            empty = call("IF", due, str(State.MISSING), empty)
            refused = call("IF", due, str(State.REFUSED), refused)
            done = call("IF", call("OR", due, doubt) if doubt else due, done, quoted(""))
        if against := self._contradictions(question.key, Severity.ERROR):
            done = call("IF", against, str(State.WRONG), done)
        is_empty = f'TRIM({cell})=""'
        answered = call("IF", self._usable(question), done, refused)
        formula = call("IFERROR", call("IF", is_empty, empty, answered), refused)
        return Formula(formula, value=self._computed[question.key])

    def progress(self) -> Formula:
        """How much of what is due is there, how much has to be looked at again, and how much has no evidence yet."""
        due, missing, refused = self._completeness.of, self._number(State.MISSING), self._number(State.REFUSED)
        before, after = self._told("forms.progress")
        text = f"{quoted(before)}&({due}-{missing}-{refused})&{quoted(after)}"
        value = f"{before}{self._completeness.filled}{after}"
        for text_id, states in self._again.items():
            before, after = self._told(text_id)
            number = f"({'+'.join(map(self._number, states))})"
            told = f"{quoted(before)}&{number}&{quoted(after)}"
            text += f"&{self.references.dialect.call('IF', f'{number}>0', told, quoted(''))}"
            computed = sum(state in states for state in self._computed.values())
            value += f"{before}{computed}{after}" if computed else ""
        return Formula(text, value)

    @property
    def _again(self) -> Mapping[str, tuple[int, ...]]:
        """What is said of states that ask for something. A sheet hears of files that come later, a file does not."""
        is_live = self.references.dialect.has_box
        bare = State.UNEVIDENCED
        return {
            "forms.progress_wrong": (State.WRONG, State.REFUSED),
            "forms.progress_unevidenced" if is_live else "forms.progress_unevidenced_then": (
                bare,
                State.UNLIKELY * bare,
            ),
            "forms.progress_unlikely": (State.UNLIKELY * State.DONE, State.UNLIKELY * bare),
        }

    def _number(self, state: int) -> str:
        """How many questions have a state."""
        rows = [self.references.rows[question_anchor(each.key)] for each in self.outline.questions]
        first, last = (address(Column.STATE.position, row) for row in (min(rows), max(rows)))
        return self.references.dialect.call("COUNTIF", f"{first}:{last}", str(state))

    def _told(self, text_id: str) -> tuple[str, str]:
        """A sentence in two halves, before and after its number."""
        told = Text(text_id, n=_MARK, of=self._completeness.of)
        before, _, after = say(told, self.references.language).partition(_MARK)
        return before, after

    def _lacks_evidence(self, question: Question) -> str:
        """When an answer claims something, and neither its row nor the list names a paper or a file; "" for never."""
        wanted, claims = self._wanted(question), self._claims_something(question)
        if not claims:
            return ""
        call, number = self.references.dialect.call, self.outline.numbers[question.key]
        row = question_anchor(question.key)
        named = (self.references.at(row, column) for column in (Column.EVIDENCE, Column.RECEIVED))
        empty = (f'TRIM({cell})=""' for cell in named)
        listed = "+".join(self.references.listed(number))
        told = (each for each in (wanted, claims) if each != "TRUE")
        # IF looks through the list only where that decides.
        return call("IF", call("AND", *told, *empty), f"{listed}=0", "FALSE")

    def _claims_something(self, question: Question) -> str:
        """When an answer is one that wants evidence, as `scoring.completeness` finds it; "" for never."""
        cell, call = self.references.answer(question.key), self.references.dialect.call
        if not question.evidence:
            return ""
        if question.is_number:
            return f"{cell}<>0"
        if question.type == "boolean":
            return f"{cell}={quoted(say(Text('forms.yes'), self.references.language))}"
        nothing = [quoted(each.label) for each in question.choices if not self._wants_evidence(question, each.id)]
        claims = [f"{cell}<>{each}" for each in nothing]
        return call("AND", *claims) if len(claims) > 1 else "".join(claims) or "TRUE"

    def _wants_evidence(self, question: Question, choice: str) -> bool:
        alone = {question.key: Answer(question.key, choice)}
        return question.key in completeness(self.references.regulation, self.group, alone).unevidenced

    def _wanted(self, question: Question) -> str:
        """When the question counts for anything: TRUE for always."""
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

    def _contradictions(self, key: str, severity: Severity) -> str:
        """When what is answered cannot be right together with other answers, or is unlikely; "" for never."""
        found = [self._holds(keys, condition) for keys, condition in self._compared[key, severity]]
        return self.references.dialect.call("OR", *found) if len(found) > 1 else "".join(found)

    def _holds(self, keys: tuple[str, ...], condition: Condition) -> str:
        call = self.references.dialect.call
        given = [self.references.given(each) for each in keys]
        against = self.references.printed(condition)
        return call("IF", call("AND", *given) if len(given) > 1 else given[0], against, "FALSE")

    @cached_property
    def _compared(self) -> Mapping[tuple[str, Severity], list[tuple[tuple[str, ...], Condition]]]:
        """What contradicts the answer to a question: the answers that are compared, and how they must not be."""
        found: defaultdict[tuple[str, Severity], list[tuple[tuple[str, ...], Condition]]] = defaultdict(list)
        for left, operator, right, severity in chain(self._limits(), self._checks()):
            asked = {each.key for each in self.outline.questions if each.is_number}
            now = self._now(left), self._now(right)
            keys = tuple(dict.fromkeys(chain.from_iterable(Quantity.keys(side) for side in now if side)))
            path = next((each.key for each in left.addends if each.key), "")
            if now[0] and now[1] and keys and asked.issuperset(keys):
                found[path, severity].append((keys, _broken(now[0], operator, now[1])))
        return found

    def _limits(self) -> Iterator[tuple[Quantity, str, Quantity, Severity]]:
        rules = (node.rule for node in self.references.regulation.indicators(self.group))
        for part, whole in {limit: None for rule in rules if rule for limit in rule.limits()}:
            yield part, "<=", whole, Severity.ERROR

    def _checks(self) -> Iterator[tuple[Quantity, str, Quantity, Severity]]:
        for check in self.references.regulation.checks:
            yield check.left, check.operator, check.right, check.severity

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

    @cached_property
    def _computed(self) -> Mapping[str, int | str]:
        return {each.key: self._state(each) for each in self.outline.questions}

    def _state(self, question: Question) -> int | str:
        found = self._completeness
        problems = [each for each in found.problems if each.where.path == question.key]
        answer = self.prefill.answers.get(question.key)
        claimed = self._is_claimed(question)
        if answer is None:
            return State.MISSING if question.key in found.missing else ""
        if any(each.code == "wrong_value" for each in problems):
            return State.REFUSED if question.required and not claimed else State.WRONG
        if any(each.severity is Severity.ERROR for each in problems):
            return State.WRONG
        if claimed and question.required and not problems:
            return ""
        done = State.UNEVIDENCED if question.key in found.unevidenced else State.DONE
        return State.UNLIKELY * done if problems else done

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
