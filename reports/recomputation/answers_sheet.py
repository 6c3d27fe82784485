"""The sheet of one group's answers: a row for each unit, a column for each datum and for each claim of N/A."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.recomputation.sheet import Address, Column, Head, Sheet, Value
from reports.recomputation.wording import Wording
from scoring import Cohort, Question
from scoring.columns import each_of


@dataclass(frozen=True, slots=True)
class AnswersSheet:
    """The sheet, and where formulas find the answers, the claims, the parents' numbers and whether a form was late."""

    sheet: Sheet
    questions: Mapping[str, Address]
    claims: Mapping[str, Address]
    parent: Address | None
    status: Address


@dataclass(frozen=True, slots=True)
class Register:
    """All units of the workbook: by id their name, and a number that no two of them share."""

    names: Mapping[str, str]
    numbers: Mapping[str, int]


def lay_out_answers(cohort: Cohort, place: int, register: Register, wording: Wording) -> AnswersSheet:
    """Lay out the sheet; `place` is the group's number in the workbook."""
    label = cohort.regulation.groups[cohort.group].label
    sheet = Sheet(
        wording.say("reports.recompute_answers_sheet", place=place),
        wording.say("reports.recompute_answers_title", group=label),
        wording.say("reports.recompute_answers_hint"),
        len(cohort.units),
        frozen=2,
    )
    _add_units(sheet, cohort, register, wording)
    parent = _add_parents(sheet, cohort, register, wording)
    status = _add_status(sheet, cohort, wording)
    numbers = _indicator_numbers(cohort)
    questions = {
        each.key: sheet.add(_question(cohort, each, numbers[each.key], wording))
        for each in cohort.regulation.questions_for(cohort.group)
    }
    claims = {node: sheet.add(_claim(cohort, node, wording)) for node in cohort.claims}
    return AnswersSheet(sheet, questions, claims, parent, status)


def _add_units(sheet: Sheet, cohort: Cohort, register: Register, wording: Wording) -> None:
    units = cohort.units
    captions = Head(
        wording.say("reports.unit"),
        wording.say("reports.recompute_used_by"),
        wording.say("reports.recompute_counted_in"),
        wording.say("reports.recompute_key"),
    )
    numbers = [register.numbers[unit.id] for unit in units]
    sheet.add(Column(Head(wording.say("reports.recompute_place")), numbers, width=7))
    sheet.add(Column(captions, [unit.name for unit in units], style="text", width=34))
    sheet.add(
        Column(Head(wording.say("reports.recompute_unit_id")), [unit.id for unit in units], style="text", width=24)
    )


def _add_parents(sheet: Sheet, cohort: Cohort, register: Register, wording: Wording) -> Address | None:
    """Add the parents and their numbers, which formulas ask for; nothing where no unit has one."""
    parents = [unit.parent for unit in cohort.units]
    if not any(parents):
        return None
    names = [register.names.get(parent, parent) for parent in parents]
    sheet.add(Column(Head(wording.say("reports.recompute_parent")), names, style="text", width=24))
    numbers = [register.numbers.get(parent, 0) for parent in parents]
    return sheet.add(Column(Head(wording.say("reports.recompute_parent_place")), numbers, style="helper"))


def _add_status(sheet: Sheet, cohort: Cohort, wording: Wording) -> Address:
    statuses = [wording.status(is_late=is_late) for is_late in cohort.late.tolist()]
    return sheet.add(Column(Head(wording.say("reports.recompute_status")), statuses, style="text"))


def _indicator_numbers(cohort: Cohort) -> dict[str, list[str]]:
    """Return the numbers of the indicators that read each question."""
    numbers: dict[str, list[str]] = {}
    for node in cohort.regulation.indicators(cohort.group):
        for key in cohort.regulation.questions_of(node):
            numbers.setdefault(key, []).append(node.number)
    return numbers


def _question(cohort: Cohort, question: Question, numbers: list[str], wording: Wording) -> Column:
    head = Head(question.label, ", ".join(filter(None, numbers)), question.unit, question.key)
    if not question.is_number:
        return Column(head, _words(cohort, question, wording), style="text")
    column = cohort.numbers[question.key]
    denominators = column.denominators if isinstance(column.denominators, int) else 1
    return Column(head, _numbers(cohort, question), digits=len(str(denominators)) - 1)


def _numbers(cohort: Cohort, question: Question) -> Iterator[Value]:
    rows, column = len(cohort.units), cohort.numbers[question.key]
    pairs = zip(each_of(column.numerators, rows), each_of(column.denominators, rows), strict=True)
    for (numerator, denominator), is_given in zip(pairs, cohort.given[question.key].tolist(), strict=True):
        yield numerator / denominator if is_given else ""


def _words(cohort: Cohort, question: Question, wording: Wording) -> Iterator[Value]:
    if not question.is_coded:
        answers = (cohort.value(question.key, row) for row in range(len(cohort.units)))
        return ("" if answer is None else str(answer) for answer in answers)
    labels, given = wording.coded(question), cohort.given[question.key].tolist()
    codes = zip(cohort.codes[question.key].tolist(), given, strict=True)
    return (labels[code] if is_given else "" for code, is_given in codes)


def _claim(cohort: Cohort, node_id: str, wording: Wording) -> Column:
    node = cohort.regulation.node(node_id)
    label = wording.say("reports.recompute_claim_of", label=node.label)
    claims = [wording.claim(cohort.claim(node_id, row)) for row in range(len(cohort.units))]
    return Column(Head(label, node.number, top=node_id), claims, style="text", width=17)
