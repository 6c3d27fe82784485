"""What keeps a form from being submitted: what is missing, wrong or without evidence; and what is only unlikely."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from campaign.content import filled_of
from campaign.counting import with_previous
from campaign.evidence import with_files
from campaign.models import Draft, Unit
from campaign.plan import regulation_of
from campaign.ports import Document, Filled, FormReading
from scoring import Answer, Regulation, answers_that_count, completeness, question_names
from words import Place, Problem, Severity, Text, Value


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a form lacks: what is missing and the problems, each with its cell, and what to look at again.

    `unevidenced` names the questions whose answer wants evidence and has none. Questions have their number on the form.
    """

    missing: tuple[str | Text, ...]
    problems: tuple[Text, ...]
    notices: tuple[Text, ...] = ()
    unevidenced: tuple[str, ...] = ()

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the form cannot be submitted as it is; notices alone do not matter."""
        return bool(self.missing or self.problems or self.unevidenced)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a form lacks, by the keys of its questions; `cells` are where these are answered, as far as is known."""

    missing: tuple[str, ...]
    errors: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    unevidenced: tuple[str, ...]
    cells: Mapping[str, Place]


def shortfall_of(session: Session, unit: Unit, reading: FormReading) -> Shortfall:
    """What the form lacks as it stands. A cell that holds something wrong is a problem and not missing."""
    return worded(unit, findings_of(session, unit, as_known(session, unit, reading)))


def as_known(session: Session, unit: Unit, reading: FormReading) -> FormReading:
    """The reading; where the form could not be read, as without one of its columns, with what it held before.

    Where only its list of documents could not be read, what it listed before stays.
    """
    is_unread = reading.places is None and reading.problems and reading.filled == Filled()
    if not is_unread and not reading.list_lost:
        return reading
    before = filled_of(session.get(Draft, unit.id, populate_existing=True))
    return replace(reading, filled=before if is_unread else _with_list(reading.filled, before))


def _with_list(filled: Filled, before: Filled) -> Filled:
    """Add what was listed before, in its order, so that a form in which nothing else changed holds the same.

    A paper of which only the name is known may be what an answer's own row cited then.
    """
    cited = {each.key for each in filled.documents}
    own = {Document(each.key, name=each.name) for each in before.documents if each.key in cited}
    listed = [each for each in before.documents if each not in {*filled.documents, *own}]
    known = {each.key: each.evidence for each in before.answers}
    kept = {each.key for each in listed}
    answers = tuple(
        replace(each, evidence=known.get(each.key) or each.evidence) if each.key in kept else each
        for each in filled.answers
    )
    staying = [each for each in before.documents if each in {*filled.documents, *listed}]
    return replace(filled, answers=answers, documents=tuple(dict.fromkeys((*staying, *filled.documents))))


def worded(unit: Unit, findings: Findings) -> Shortfall:
    """What the form lacks, as people are told."""
    return Shortfall(
        missing=tuple(_missing(unit, findings)),
        problems=tuple(each.text for each in findings.errors),
        notices=tuple(each.text for each in findings.notices),
        unevidenced=numbered_labels(unit, findings.unevidenced),
    )


def findings_of(session: Session, unit: Unit, reading: FormReading, *, came_at: datetime | None = None) -> Findings:
    """Check the form, with the files that go with it if it comes at that instant, beside last year's answers."""
    regulation = regulation_of(unit.campaign)
    filled = with_files(session, unit, reading.filled, came_at=came_at)
    answers = answers_that_count(with_previous(session, unit, filled.answers))
    state = completeness(regulation, unit.group, answers, names=_names(unit, reading.cells))
    found = (replace(each, where=reading.cells.get(each.where.path, each.where)) for each in state.problems)
    problems = sorted((*reading.problems, *found), key=partial(_spot, reading.cells))
    errors = tuple(each for each in problems if each.severity is Severity.ERROR)
    unread = {each.where.path for each in reading.problems if each.severity is Severity.ERROR}
    return Findings(
        missing=tuple(key for key in state.missing if key not in unread),
        errors=errors,
        notices=(
            *(each for each in problems if each.severity is Severity.NOTICE),
            *_left_as_prefilled(regulation, answers),
        ),
        unevidenced=tuple(key for key in state.unevidenced if key not in unread),
        cells=reading.cells,
    )


def _spot(cells: Mapping[str, Place], problem: Problem) -> tuple[bool, bool, int, int]:
    """Whole tabs come first, then cells row by row, those of the form before those of its list of documents."""
    where = problem.where
    is_elsewhere = where.tab not in {each.tab for each in cells.values()}
    return (where.line is not None, is_elsewhere, where.line or 0, where.column or 0)


def _left_as_prefilled(regulation: Regulation, answers: Mapping[str, Answer]) -> Iterable[Problem]:
    """Say it where more than half of the numbers are last year's: a form left as it was prefilled looks like that."""
    numbers = [
        each
        for key, each in answers.items()
        if key in regulation.questions and regulation.questions[key].is_number and each.value is not None
    ]
    same = sum(each.value == each.previous for each in numbers)
    if 2 * same > len(numbers):
        text = Text("campaign.same_as_last_year", n=same, of=len(numbers))
        yield Problem(text.id, Severity.NOTICE, Place(), text)


def _missing(unit: Unit, findings: Findings) -> Iterator[str | Text]:
    for key, question in zip(findings.missing, numbered_labels(unit, findings.missing), strict=True):
        place = findings.cells.get(key)
        cell = Text("campaign.missing_in_cell", question=question, tab=place.tab, cell=place.cell) if place else None
        yield cell or question


def _names(unit: Unit, cells: Mapping[str, Place]) -> Mapping[str, Value]:
    """What problems call the questions whose cells are known."""
    names = question_names(regulation_of(unit.campaign), unit.group)
    return {
        key: Text("campaign.question_in_cell", question=names[key], tab=place.tab, cell=place.cell)
        for key, place in cells.items()
    }


def numbered_labels(unit: Unit, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The questions with the numbers that they have on the unit's form."""
    names = question_names(regulation_of(unit.campaign), unit.group)
    return tuple(names[key] for key in keys)
