"""Commands that run until they are told to stop: Ctrl+C and SIGTERM are their good end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def ended_by_interrupts() -> Iterator[None]:
    """Let SIGINT and SIGTERM end the block, and the program go on after it as after any other end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        yield
