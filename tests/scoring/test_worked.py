"""Every shipped regulation against units that were worked out by hand."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scoring import Regulation, load_regulation, shipped
from scoring.rules.information import Information
from tests.scoring.worked_unit import Case, played, told

FOLDER = Path(__file__).parent / "worked"


def cases_of(name: str) -> list[Any]:
    loaded: list[Any] = YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


EVERY = [(name, case) for name in shipped() for case in cases_of(name)]
CASES = [pytest.param(name, case, id=f"{name}: {case['says']}") for name, case in EVERY]
MARKED = [pytest.param(name, case, id=f"{name}: {case['says']}") for name, case in EVERY if "marks" in case]


def loaded(name: str) -> Regulation:
    regulation, _ = load_regulation(name)
    assert regulation is not None
    return regulation


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_unit_comes_out_as_worked_out_by_hand(name: str, case: Case) -> None:
    worked = played(loaded(name), case)

    assert worked.found(case) == told(case)


@pytest.mark.parametrize(("name", "case"), MARKED)
def test_its_formulas_come_to_the_same_points(name: str, case: Case) -> None:
    lines = played(loaded(name), case).by_formulas()

    assert {node for node, (computed, by_formula) in lines.items() if computed != by_formula} == set()


@pytest.mark.parametrize(("name", "case"), MARKED)
def test_every_line_with_points_is_worked_out(name: str, case: Case) -> None:
    regulation = loaded(name)
    lines = {node.id for node in regulation.nodes(case["unit"]["group"]) if not isinstance(node.rule, Information)}

    assert lines - set(case["marks"]) - {regulation.total.id} == set()


@pytest.mark.parametrize("name", shipped())
def test_a_regulation_has_worked_units_of_several_groups(name: str) -> None:
    cases = cases_of(name)

    assert len(cases) >= 2
    assert len({case["unit"]["group"] for case in cases}) >= min(2, len(loaded(name).groups))
