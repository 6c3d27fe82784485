"""docs/regulations.md: every example on the page is loaded."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scoring import Regulation, load_regulation, parse_regulation, shipped
from scoring.loading.schema import RegulationFile, TreeNode
from scoring.loading.shapes import SECTIONS, QuestionShape, TermShape
from scoring.rules.rule import Written
from tests.scoring.one_rule import regulation_text
from tests.scoring.test_rules import kinds

PAGE = (Path(__file__).parents[2] / "docs" / "regulations.md").read_text(encoding="utf-8")

Example = dict[str, Any]


def blocks(name: str) -> list[str]:
    return re.findall(rf"```yaml{name}\n(.*?)```", PAGE, re.DOTALL)


EXAMPLES: list[Example] = [YAML(typ="safe").load(block) for block in blocks("")]
PARTS = {block.partition(":")[0]: block for block in blocks(" part")}
INSTEAD = blocks(" instead")


def kind_of(example: Example) -> str:
    return str(example["rule"]["kind"])


@pytest.mark.parametrize("example", EXAMPLES, ids=kind_of)
def test_an_example_of_a_rule_loads_without_problems(example: Example) -> None:
    text = regulation_text(
        example["rule"], float(str(example["maximum"])), example["questions"], below=example.get("below", {})
    )

    regulation, problems = parse_regulation(text, "example.yaml")

    assert problems == ()
    assert regulation is not None


def test_every_kind_of_rule_has_an_example() -> None:
    assert {kind_of(example) for example in EXAMPLES} == set(kinds())


def whole() -> Regulation:
    """Return the regulation that the parts on the page make together."""
    regulation, problems = parse_regulation("".join(PARTS.values()), "page.yaml")
    assert [(problem.code, problem.where.path) for problem in problems] == [
        ("stated_otherwise", "timetable.verify_within.working_days")
    ]
    assert regulation is not None
    return regulation


def test_the_parts_on_the_page_make_a_whole_file() -> None:
    regulation = whole()

    assert set(regulation.groups) == {"huyen", "xa"}
    assert [root.id for root in regulation.roots] == ["tong_diem", "phuc_vu"]


@pytest.mark.parametrize("block", INSTEAD, ids=lambda block: block.partition(":")[0])
def test_what_may_stand_instead_fits_the_others(block: str) -> None:
    others = "".join(PARTS.values())
    for key in re.findall(r"^(\w+):", block, re.MULTILINE):
        others = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", others, count=1, flags=re.MULTILINE)

    regulation, problems = parse_regulation(others + block, "instead.yaml")

    assert {problem.code for problem in problems} - {"stated_otherwise"} == set()
    assert regulation is not None


SHAPES: list[type[Written]] = [RegulationFile, TreeNode, QuestionShape, TermShape, *SECTIONS.values()]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_page_speaks_of_every_key(shape: type[Written]) -> None:
    keys = {field.alias or name for name, field in shape.model_fields.items()}

    assert {key for key in keys if not re.search(rf"\b{key}\b", PAGE)} == set()


def test_the_page_says_where_each_shape_of_the_catalogue_is() -> None:
    table = PAGE.partition("## Where each shape of rule is")[2].partition("\n## ")[0]

    assert [int(number) for number in re.findall(r"\bR(\d+)\b", table)] == list(range(1, 29))


def added(name: str) -> str:
    (block,) = blocks(f" {name}")
    return block


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


STATED_OTHERWISE = {
    "mic-2392": [
        "timetable.verify_within.working_days",
        "tree.0.children.0.children.0.maximum.xa",
        "tree.0.children.0.children.1.maximum.xa",
        "tree.0.children.0.children.2.maximum.xa",
    ]
}
"""Where a shipped regulation uses something else than its text states."""


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_regulation_has_no_problems_but_tells_what_its_text_contradicts(name: str) -> None:
    regulation, problems = load_regulation(name)

    assert regulation is not None
    assert [(problem.code, problem.where.path) for problem in problems] == [
        ("stated_otherwise", path) for path in STATED_OTHERWISE.get(name, [])
    ]
