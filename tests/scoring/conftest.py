"""The regulations that the scoring tests speak of."""

from pathlib import Path

import pytest

from scoring import Regulation, load_regulation, parse_regulation


@pytest.fixture(scope="session")
def small_text() -> str:
    """A small regulation without mistakes."""
    return (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def small(small_text: str) -> Regulation:
    regulation, problems = parse_regulation(small_text, "small.yaml")
    assert problems == ()
    assert regulation is not None
    return regulation


@pytest.fixture(scope="session")
def levels_text() -> str:
    """A regulation without mistakes that has what the small one does not."""
    return (Path(__file__).parent / "levels.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def levels(levels_text: str) -> Regulation:
    regulation, problems = parse_regulation(levels_text, "levels.yaml")
    assert problems == ()
    assert regulation is not None
    return regulation


@pytest.fixture(scope="session")
def cao_bang() -> Regulation:
    regulation, problems = load_regulation("cao-bang-2310")
    assert problems == ()
    assert regulation is not None
    return regulation
