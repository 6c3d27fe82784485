"""Sentences put together from sentences."""

from collections.abc import Sequence
from functools import reduce

from words import Text, Value


def joined(entry: str, items: Sequence[Value]) -> Value:
    """Join items two by two with a catalogue entry that has {left} and {right}, such as "scoring.why.plus"."""
    return reduce(lambda left, right: Text(entry, left=left, right=right), items)
