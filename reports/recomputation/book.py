"""The workbook as a whole."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import BinaryIO

from xlsxwriter import Workbook

from reports.recomputation.answers_sheet import Register, lay_out_answers
from reports.recomputation.cover_sheet import write_cover
from reports.recomputation.paper import Paper
from reports.recomputation.points_sheet import PointsSheet
from reports.recomputation.verdict import add_verdict
from reports.recomputation.wording import Wording
from scoring import Facts, Regulation, UnitResult
from words import Language

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_recomputation(
    target: BinaryIO,
    regulation: Regulation,
    results: Iterable[UnitResult],
    language: Language,
    *,
    created: datetime,
) -> None:
    """Write the workbook: a cover, then for each group its answers and its points, each with the formula it came from.

    `results` are those of `rank_units` or `rank_cohorts`. Every formula stands with what it comes to, because viewers
    do not compute; office programs do when they are told to. The same results and `created` give the same bytes.
    """
    listed = tuple(results)
    wording = Wording(language)
    with Workbook(target, _OPTIONS) as workbook:
        workbook.set_properties(
            {"title": wording.say("reports.recompute_title"), "created": created.replace(tzinfo=None)}
        )
        layout = _Layout(regulation, listed, wording)
        points = [layout.group(group) for group in regulation.groups if group in layout.facts]
        sheets = [sheet for each in points for sheet in (each.answers.sheet, each.sheet)]
        paper = Paper(workbook, wording)
        write_cover(paper, regulation, sheets, [each for each in listed if each.assessment is None])
        for sheet in sheets:
            paper.write(sheet)


class _Layout:
    """The sheets of all groups that have units to assess, those first whose points others roll up."""

    def __init__(self, regulation: Regulation, results: tuple[UnitResult, ...], wording: Wording) -> None:
        self.facts = {each.unit.group: each.assessment.facts for each in results if each.assessment}
        self._regulation = regulation
        self._results = {each.unit.id: each for each in results}
        self._wording = wording
        self._register = _register(regulation, self.facts, results)
        self._laid_out: dict[str, PointsSheet] = {}

    def group(self, group: str) -> PointsSheet:
        """Return the sheet of a group's points."""
        if group not in self._laid_out:
            below = {each: self.group(each) for each in self._regulation.rolled_up_from(group) if each in self.facts}
            facts, place = self.facts[group], list(self._regulation.groups).index(group) + 1
            answers = lay_out_answers(facts.cohort, place, self._register, self._wording)
            points = PointsSheet(facts, place, answers, below, self._wording)
            add_verdict(points, self._results)
            self._laid_out[group] = points
        return self._laid_out[group]


def _register(regulation: Regulation, facts: Mapping[str, Facts], results: Iterable[UnitResult]) -> Register:
    """Number the assessed units group by group, then the parents that are not assessed."""
    units = [unit for group in regulation.groups if group in facts for unit in facts[group].cohort.units]
    known = dict.fromkeys([*(unit.id for unit in units), *(unit.parent for unit in units if unit.parent)])
    numbers = {unit: number for number, unit in enumerate(known, start=1)}
    return Register({each.unit.id: each.unit.name for each in results}, numbers)
