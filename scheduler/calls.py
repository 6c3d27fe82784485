"""Calls to a service, several under way at the same time, their results in order."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def called(calls: Sequence[Callable[[], Result]], at_once: int) -> Iterator[Callable[[], Result]]:
    """Make the calls, and give for each, in order, what returns its result or raises what went wrong with it.

    One at a time, a call is made only when its result is asked for: whoever stops in between has lost none.
    """
    if at_once == 1:
        yield from calls
        return
    with ThreadPoolExecutor(at_once) as pool:
        waiting = [pool.submit(call) for call in calls]
        try:
            for each in waiting:
                yield each.result
        finally:
            for each in waiting:
                each.cancel()
