"""What the cells say in words, so that a formula asks for the very words that stand in the cell it reads."""

from dataclasses import dataclass

from scoring import Claim, Question
from words import Language, Text, Value, say

LONGEST = 250
"""Excel takes no text longer than 255 letters in a formula."""

_CLAIMS = {
    Claim.CLAIMED: Text("reports.recompute_claimed"),
    Claim.GRANTED: Text("reports.recompute_granted"),
    Claim.REFUSED: Text("reports.recompute_refused"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    language: Language

    def say(self, entry: str, **values: Value) -> str:
        """Return the words of a catalogue entry."""
        return say(Text(entry, **values), self.language)

    def status(self, *, is_late: bool) -> str:
        """Say whether a form was late."""
        return self.say("reports.recompute_late" if is_late else "reports.recompute_on_time")

    def claim(self, claim: Claim) -> str:
        """Say how far a claim of N/A has come; nothing where nobody claims."""
        return say(_CLAIMS[claim], self.language) if claim else ""

    def coded(self, question: Question) -> tuple[str, ...]:
        """Return the answers that a question knows, in the order of their codes: no and yes, or its choices."""
        if question.type == "boolean":
            return self.say("reports.recompute_no"), self.say("reports.recompute_yes")
        return tuple(choice.label[:LONGEST] for choice in question.choices)
