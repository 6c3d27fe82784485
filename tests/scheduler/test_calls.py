"""Several calls at a time, their results in order."""

from collections.abc import Callable
from functools import partial
from threading import Barrier

import pytest

from scheduler.calls import Line, called

SECONDS = 10
"""A barrier at which nobody else arrives breaks instead of hanging."""


def fail(what: str) -> str:
    raise ValueError(what)


def test_as_many_calls_as_allowed_are_under_way_at_once_and_results_come_in_order() -> None:
    together = Barrier(3)

    def meet(name: str) -> str:
        together.wait(SECONDS)
        return name

    calls = [partial(meet, name) for name in "abcdef"]
    assert [result() for result in called(calls, 3)] == list("abcdef")


def test_one_at_a_time_a_call_is_made_when_its_result_is_asked_for() -> None:
    made: list[str] = []
    results = called([partial(made.append, "a"), partial(made.append, "b")], 1)
    next(results)()
    assert made == ["a"]


@pytest.mark.parametrize(("at_once", "made_by_then"), [(1, 2), (2, 3), (3, 4)])
def test_whoever_stops_in_between_has_made_hardly_any_call_too_many(at_once: int, made_by_then: int) -> None:
    made: list[int] = []
    results = called([partial(made.append, number) for number in range(20)], at_once)
    for _ in range(2):
        next(results)()
    results.close()
    assert len(made) == made_by_then


def test_a_line_is_dead_after_some_calls_in_a_row_that_nobody_answered_and_alive_after_one_answer() -> None:
    line, dead = Line(), []
    for answered in (False, False, True, False, False, False, True):
        line.note(answered=answered)
        dead.append(line.is_dead)
    assert dead == [False, False, False, False, False, True, False]


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_call_that_fails_stands_in_the_way_of_no_other(at_once: int) -> None:
    calls: list[Callable[[], str]] = [lambda: "a", partial(fail, "b"), lambda: "c"]
    results = list(called(calls, at_once))
    with pytest.raises(ValueError, match="b"):
        results[1]()
    assert (results[0](), results[2]()) == ("a", "c")
