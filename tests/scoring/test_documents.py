"""docs/regulations.md: every example on the page is loaded."""

import re
from pathlib import Path
from typing import get_args

import pytest
from ruamel.yaml import YAML

from scoring import load_regulation, parse_regulation, shipped
from scoring.rules import AnyRule
from tests.scoring.one_rule import regulation_text

PAGE = (Path(__file__).parents[2] / "docs" / "regulations.md").read_text(encoding="utf-8")
EXAMPLES = [YAML(typ="safe").load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def kind_of(example: dict[str, dict[str, str]]) -> str:
    return example["rule"]["kind"]


@pytest.mark.parametrize("example", EXAMPLES, ids=kind_of)
def test_an_example_of_a_rule_loads_without_problems(example: dict[str, dict[str, str]]) -> None:
    below = example.get("below", {})
    text = regulation_text(example["rule"], float(str(example["maximum"])), example["questions"], below=below)

    regulation, problems = parse_regulation(text, "example.yaml")

    assert regulation is not None
    assert problems == ()


def test_every_kind_of_rule_has_an_example() -> None:
    union, _ = get_args(AnyRule)
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(union)}

    assert {kind_of(example) for example in EXAMPLES} == kinds


def added(name: str) -> str:
    (block,) = re.findall(rf"```yaml {name}\n(.*?)```", PAGE, re.DOTALL)
    return str(block)


def test_the_indicator_that_the_page_adds_is_accepted() -> None:
    regulation, _ = load_regulation("cao-bang-2310")
    assert regulation is not None
    before, skills, after = regulation.source.partition("    - id: ky_nang_co_ban\n")
    after = after.replace("maximum: {so: 2}", "maximum: {so: 1}", 1)
    text = before + skills + after
    text = text.replace("\ngroups:\n", f"\n{added('add-clause')}groups:\n".replace("\n\n", "\n"), 1)
    text = text.replace("\nquestions:\n", f"{added('add-indicator')}\nquestions:\n", 1) + added("add-questions")

    changed, problems = parse_regulation(text, "changed.yaml")

    assert problems == ()
    assert changed is not None
    assert len(changed.indicators("so")) == len(regulation.indicators("so")) + 1
    assert changed.node("trinh_do_chuyen_trach").maxima == {"so": 100}


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_regulation_has_nothing_wrong_and_tells_what_it_takes_otherwise_than_stated(name: str) -> None:
    regulation, problems = load_regulation(name)

    assert regulation is not None
    assert {problem.code for problem in problems} - {"stated_otherwise"} == set()
