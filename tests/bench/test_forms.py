"""The second bench in small: no form twice, no request too many, whether or not making them was broken off."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.bench.country import country
from tests.bench.forms import MOST_LISTS, TOLERANCE, measure

pytestmark = pytest.mark.slow


def test_forty_forms_stay_within_the_quotas_and_only_the_five_that_changed_are_read(tmp_path: Path) -> None:
    found = measure(40, 5, 2, tmp_path)

    assert (found.sheets, found.refused) == (40, 0)
    assert found.issuing <= timedelta(minutes=found.expected) + TOLERANCE
    assert found.issued["read a sheet"] == 0
    assert found.changed["list"] <= MOST_LISTS
    assert found.changed["read a sheet"] == 5
    assert found.changed["write a sheet"] == 0


class PowerCut(BaseException):
    """The process ends in the middle of a call."""


def test_making_forms_that_was_broken_off_goes_on_without_a_sheet_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with country(12, 1, tmp_path) as under_way:
        wait, waits = under_way.clock.wait, iter(range(100))

        def cut(seconds: float, since: datetime | None = None) -> None:
            if next(waits) == 1:  # the first wait is that for the heartbeat
                raise PowerCut
            wait(seconds, since)

        monkeypatch.setattr(under_way.clock, "wait", cut)
        with pytest.raises(PowerCut):
            under_way.issue()
        monkeypatch.undo()
        begun = under_way.waiting()
        under_way.issue()

        assert 0 < begun <= 12
        assert (under_way.waiting(), under_way.sheets()) == (0, 12)
