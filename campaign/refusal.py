"""The one way in which an action says no."""

from words import Text, say


class Refused(Exception):  # noqa: N818 - it is a refusal, worded for the person who asked
    """An action that cannot be done as asked. `text` says why and what to do instead; nothing was changed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        """For logs and tracebacks."""
        return say(self.text, "en")
