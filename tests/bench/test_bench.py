"""What is measured is right: the bench's regulation loads, and its columns come to what each unit comes to alone."""

import pytest

from scoring import Cohort, Regulation, assess, rank_cohorts, rank_units
from tests.bench.communes import answers_of, communes
from tests.bench.law import GROUP, regulation

OF_OTHERS = {"so_voi_tot_nhat", "thap_den_cao"}
"""The shapes whose points depend on the other communes."""


@pytest.fixture(scope="module")
def law() -> Regulation:
    return regulation()


@pytest.fixture(scope="module")
def cohort(law: Regulation) -> Cohort:
    return communes(law, 40)


def test_it_has_eighty_indicators_of_sixteen_shapes(law: Regulation) -> None:
    assert len(law.indicators(GROUP)) == 80
    assert len({type(node.rule) for node in law.indicators(GROUP)}) == 15  # a ratio is there twice
    assert [node.id for node in law.total.children] == ["m1", "m2", "m3", "m4", "m5"]


def test_the_same_number_of_communes_is_the_same_cohort(law: Regulation, cohort: Cohort) -> None:
    again = communes(law, 40)

    assert [answers_of(again, row) for row in range(40)] == [answers_of(cohort, row) for row in range(40)]


def test_columns_and_answers_one_by_one_are_ranked_alike(law: Regulation, cohort: Cohort) -> None:
    answers = {unit.id: answers_of(cohort, row) for row, unit in enumerate(cohort.units)}

    in_columns, one_by_one = rank_cohorts(law, {GROUP: cohort}), rank_units(law, cohort.units, answers)

    for ours, theirs in zip(in_columns, one_by_one, strict=True):
        assert (ours.unit, ours.rank, ours.grade) == (theirs.unit, theirs.rank, theirs.grade)
        assert ours.assessment is not None
        assert theirs.assessment is not None
        points = [[one.points_of(node) for node in law.nodes(GROUP)] for one in (ours.assessment, theirs.assessment)]
        assert points[0] == points[1]


def test_each_commune_has_the_points_that_it_has_alone(law: Regulation, cohort: Cohort) -> None:
    lines = [node for node in law.indicators(GROUP) if node.id.partition("_")[2] not in OF_OTHERS]
    results = {each.unit.id: each.assessment for each in rank_cohorts(law, {GROUP: cohort})}

    for row in range(8):
        alone, together = assess(law, GROUP, answers_of(cohort, row)), results[cohort.units[row].id]
        assert together is not None
        assert [alone.points_of(node) for node in lines] == [together.points_of(node) for node in lines]
