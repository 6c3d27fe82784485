"""Calls to a service, several under way at the same time, their results in order, until nobody answers."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")

PATIENCE = 3
"""After so many calls in a row that nobody answered, no more are made: each of them takes its time."""


@dataclass(slots=True)
class Line:
    """The line to a service: how many calls in a row got no answer."""

    unanswered: int = 0

    def note(self, *, answered: bool) -> None:
        """Count a call."""
        self.unanswered = 0 if answered else self.unanswered + 1

    @property
    def is_dead(self) -> bool:
        """Whether calling is no use for now."""
        return self.unanswered >= PATIENCE


def called(calls: Sequence[Callable[[], Result]], at_once: int) -> Generator[Callable[[], Result], None, None]:
    """Make the calls, and give for each, in order, what returns its result or raises what went wrong with it.

    One at a time, a call is made only when its result is asked for; of several, the next one when that of the first is.
    Whoever closes it in between loses only what is under way.
    """
    if at_once == 1:
        yield from calls
        return
    with ThreadPoolExecutor(at_once) as pool:
        under_way = deque(pool.submit(call) for call in calls[:at_once])
        for call in calls[at_once:]:
            yield under_way.popleft().result
            under_way.append(pool.submit(call))
        yield from (each.result for each in under_way)
