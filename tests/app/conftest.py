"""The demo, played once for all tests that look at what it leaves behind."""

from pathlib import Path

import pytest

from app.demo.run import load_play, run_demo
from app.demo.steps import Step


def play(out: Path, seed: int = 1) -> Path:
    """Play the demo into a folder and return it."""
    run_demo(load_play("cao-bang-2310", seed, out), quiet)
    return out


def quiet(_number: int, _total: int, _step: Step) -> None:
    """Show no progress."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unbroken demo with seed 1."""
    return play(tmp_path_factory.mktemp("demo"))
