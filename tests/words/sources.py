"""The packages' own source, as far as it names catalogue entries."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import words

HOME = Path(words.__file__).parents[1]
PACKAGES = ("app", "bot", "campaign", "forms", "reports", "scheduler", "scoring", "words")
NAMED = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:\.[a-z0-9_]+)+")
BEGUN = re.compile(rf"(?:{'|'.join(PACKAGES)})\.[a-z0-9_.]*")


@dataclass(frozen=True)
class Spoken:
    """Somewhere in the code a Text is made with these values."""

    where: str
    id: str
    values: frozenset[str]


@cache
def trees() -> dict[str, ast.Module]:
    """Every module by its path."""
    files = [file for package in PACKAGES for file in sorted(HOME.joinpath(package).rglob("*.py"))]
    return {str(file.relative_to(HOME)): ast.parse(file.read_text("utf-8")) for file in files}


@cache
def strings() -> frozenset[str]:
    """Every string constant of the code; the pieces of f-strings are none."""
    nodes = [node for tree in trees().values() for node in ast.walk(tree)]
    pieces = {id(piece) for node in nodes if isinstance(node, ast.JoinedStr) for piece in node.values}
    constants = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in pieces)
    return frozenset(node.value for node in constants if isinstance(node.value, str))


@cache
def last_words() -> frozenset[str]:
    """What stands behind the last point of every string constant."""
    return frozenset(each.rpartition(".")[2] for each in strings())


def named_ids() -> set[str]:
    """Strings that look like catalogue ids and are not the names of modules, files or loggers."""
    return {each for each in strings() if NAMED.fullmatch(each) and not _is_in_the_tree(each)}


def _is_in_the_tree(name: str) -> bool:
    path = HOME.joinpath(*name.strip(".").split("."))
    return path.exists() or path.with_suffix(".py").exists()


@cache
def begun_ids() -> dict[str, tuple[str, str]]:
    """The f-strings that make catalogue ids, by place: what stands before the value and what after it."""
    return dict(_begun())


def _begun() -> Iterator[tuple[str, tuple[str, str]]]:
    for file, tree in trees().items():
        for node in ast.walk(tree):
            match node:
                case ast.JoinedStr([ast.Constant(str(before)), ast.FormattedValue(), *rest]) if BEGUN.fullmatch(
                    before
                ) and not _is_in_the_tree(before):
                    after = rest[0].value if rest and isinstance(rest[0], ast.Constant) else ""
                    yield f"{file}:{node.lineno}", (before, str(after))


def texts() -> Iterator[Spoken]:
    """Every `Text("id", name=…)` whose id and names can be read off the code."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(ast.Name("Text"), [ast.Constant(str(text_id))], keywords) if all(
                    each.arg for each in keywords
                ):
                    yield Spoken(f"{file}:{node.lineno}", text_id, frozenset(str(each.arg) for each in keywords))
