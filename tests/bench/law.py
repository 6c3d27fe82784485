"""The regulation to measure with: 80 indicators in five categories, each category with every shape of `shapes.yaml`."""

from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from scoring import Regulation, parse_regulation

CATEGORIES = 5
GROUP = "xa"
HERE = Path(__file__).parent


def regulation() -> Regulation:
    """Return the regulation, read by the loader as any other."""
    found, problems = parse_regulation(text(), "bench.yaml")
    if found is None:
        raise ValueError(problems[0])
    return found


def text() -> str:
    """Return its text; an indicator is worth 1 point."""
    shapes = YAML(typ="safe", pure=True).load(HERE / "shapes.yaml")
    categories = [
        {**_node(f"m{place}", place, len(shapes)), "children": [_indicator(place, *shape) for shape in shapes.items()]}
        for place in range(1, CATEGORIES + 1)
    ]
    questions = {
        key.replace("@", _id(place, name)): asked
        for place in range(1, CATEGORIES + 1)
        for name, shape in shapes.items()
        for key, asked in shape["questions"].items()
    }
    total = {**_node("tong_diem", 0, CATEGORIES * len(shapes)), "children": categories}
    head = (HERE / "law.yaml").read_text(encoding="utf-8")
    return f"{head}tree: {_as_yaml([total])}\nquestions: {_as_yaml(questions)}\n"


def _indicator(place: int, name: str, shape: dict[str, Any]) -> dict[str, Any]:
    node = {**_node(_id(place, name), f"{place}.{name}", 1), "how": "theo quy tắc", "rule": shape["rule"]}
    named: dict[str, Any] = YAML(typ="safe", pure=True).load(_as_yaml(node).replace("@", _id(place, name)))
    return named


def _id(place: int, name: str) -> str:
    return f"m{place}_{name}"


def _node(node_id: str, number: object, maximum: int) -> dict[str, Any]:
    labelled = {"id": node_id, "number": str(number), "label": f"Dòng {number}", "clause": "Điều 1"}
    return {**labelled, "maximum": {GROUP: maximum}}


def _as_yaml(data: object) -> str:
    """Return data as YAML in one line; what occurs twice is written twice."""
    yaml, written = YAML(typ="safe", pure=True), StringIO()
    yaml.default_flow_style, yaml.width = True, 10**6
    yaml.representer.ignore_aliases = lambda _: True
    yaml.dump(data, written)
    return written.getvalue().strip()
