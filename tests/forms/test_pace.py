from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.ports import Pace
from forms.google import pace_of
from forms.google.pace import Bucket, Kind, Meter, Project, kind_of

START = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)
SHEET = "https://sheets.googleapis.com/v4/spreadsheets/1x"
FILE = "https://www.googleapis.com/drive/v3/files"


class Hand:
    """A clock that moves only while somebody sleeps."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("method", "address", "kind"),
    [
        ("get", SHEET, Kind.READ),
        ("GET", SHEET, Kind.READ),
        ("post", SHEET + ":batchUpdate", Kind.WRITE),
        ("post", SHEET + ":getByDataFilter", Kind.READ),
        ("get", FILE, Kind.DRIVE),
        ("patch", FILE + "/1x/permissions/2", Kind.DRIVE),
    ],
)
def test_a_request_counts_by_its_method_and_address(method: str, address: str, kind: Kind) -> None:
    assert kind_of(method, address) is kind


def test_ten_requests_go_out_at_once_and_then_fifty_a_minute() -> None:
    hand = Hand()
    meter = Meter(Project(), hand.now, hand.sleep)
    sent = []
    for _ in range(61):
        meter.wait_for("get", SHEET)
        sent.append((hand.time - START).total_seconds())
    assert sent[:12] == pytest.approx([0] * 10 + [1.2, 2.4])
    assert sent[60] == pytest.approx(61.2)


def test_reading_does_not_wait_for_writing() -> None:
    hand = Hand()
    meter = Meter(Project(), hand.now, hand.sleep)
    for _ in range(10):
        meter.wait_for("get", SHEET)
        meter.wait_for("post", SHEET)
    assert hand.time == START


def test_six_accounts_together_make_no_more_than_their_project_may() -> None:
    hand, project = Hand(), Project()
    meters = [Meter(project, hand.now, hand.sleep) for _ in range(6)]
    sent = []
    while hand.time < START + timedelta(minutes=3):
        for meter in meters:
            meter.wait_for("get", SHEET)
            sent.append(hand.time)
    assert most_in_a_minute(sent) <= 300


@given(
    st.lists(st.floats(min_value=0, max_value=90), max_size=200),
    st.sampled_from([(50, 10, 60), (250, 50, 300)]),
)
def test_no_minute_ever_holds_more_than_the_quota_however_requests_come(
    pauses: list[float], quota: tuple[int, int, int]
) -> None:
    a_minute, at_once, limit = quota
    bucket, now, sent = Bucket(a_minute, at_once), START, []
    for pause in pauses + [0] * limit:
        now += timedelta(seconds=pause)
        now = bucket.free_at(now)
        bucket.take(now)
        sent.append(now)
    assert most_in_a_minute(sent) <= limit
    assert all(first <= then for first, then in pairwise(sent))


def most_in_a_minute(sent: list[datetime]) -> int:
    minute, first, most = timedelta(minutes=1), 0, 0
    for last, moment in enumerate(sent):
        while sent[first] + minute <= moment:
            first += 1
        most = max(most, last - first + 1)
    return most


def test_a_clock_that_is_set_back_an_hour_stops_the_work_for_a_minute_at_most() -> None:
    hand = Hand()
    meter = Meter(Project(), hand.now, hand.sleep)
    for _ in range(30):
        meter.wait_for("get", SHEET)
    hand.time = START - timedelta(hours=1)
    for _ in range(11):
        meter.wait_for("get", SHEET)
    assert hand.time <= START - timedelta(minutes=58)


@pytest.mark.parametrize(("accounts", "forms"), [(1, 50), (2, 100), (5, 250), (9, 250)])
def test_the_pace_grows_with_the_accounts_until_the_project_is_full(accounts: int, forms: int) -> None:
    assert pace_of(accounts) == Pace(forms_a_minute=forms, at_once=accounts)
