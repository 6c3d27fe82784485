"""Keeping the bot's token out of the logs.

A filter would not do: it sees a record before its traceback is turned into text. The formatter sees the text as it
will be written.
"""

import logging


class RedactingFormatter(logging.Formatter):
    """Write records as `inner` does, with the secret half of the token struck out of messages and tracebacks."""

    def __init__(self, inner: logging.Formatter, token: str) -> None:
        """Without a token (empty, blank) nothing is struck out."""
        super().__init__()
        self._inner = inner
        # The half after the colon needs no quoting in an address, so it reads the same wherever it turns up.
        self._secret = token.rpartition(":")[2].strip()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without the secret."""
        line = self._inner.format(record)
        return line.replace(self._secret, "***") if self._secret else line
