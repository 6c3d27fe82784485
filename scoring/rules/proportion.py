"""What all rules on parts of a whole have in common: the whole, what is counted, and what a whole of zero means."""

from abc import abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from typing_extensions import override

from scoring.amounts import Rounding, as_decimal
from scoring.case import Case, Worth
from scoring.expression import ZERO, Arithmetic, Compare, Comparison, Expression, If, Least, Number, number
from scoring.quantity import Quantity
from scoring.rules.award import Awarded, above_faults
from scoring.rules.faults import Fault, Setting
from scoring.rules.numbers import Counted
from scoring.rules.ranges import reach
from scoring.rules.rule import Leaf, ReadAs, counted
from scoring.sentences import spoken
from words import Text


class OfWhole(Leaf):
    """A rule that divides by `whole`; `counting` says in words what is counted ("máy tính có phần mềm diệt virus")."""

    whole: Counted
    counting: str
    when_whole_is_zero: Awarded | None = None

    @abstractmethod
    def divided(self, worth: Worth) -> Expression:
        """Return what it earns where the whole is not zero."""

    @abstractmethod
    def divided_sentence(self, case: Case) -> Text:
        """Explain it where the whole is not zero."""

    def award(self, worth: Worth) -> Expression:
        """Take the stated meaning where the whole is zero; none is stated where that cannot be, but is typed anyway."""
        meaning = ZERO if self.when_whole_is_zero is None else self.when_whole_is_zero.constant(worth)
        return If(Compare(counted(self.whole), ">", ZERO), self.divided(worth), meaning)

    @override
    def sentence(self, case: Case) -> Text:
        if self.when_whole_is_zero is not None and not case.value(counted(self.whole)):
            award = self.when_whole_is_zero.said(case)
            takes_off = any(addend.coefficient < 0 for addend in self.whole.addends)
            entry = "scoring.why.whole_not_positive" if takes_off else "scoring.why.whole_is_zero"
            return Text(entry, whole=case.named(self.whole), award=award)
        return self.divided_sentence(case)

    def contradictions(self, setting: Setting) -> Iterator[Fault]:
        """Find a whole that may be zero without a stated meaning, and a meaning worth more than the maximum."""
        if self.when_whole_is_zero is None:
            least, _ = reach(self.whole, setting.questions)
            if least <= 0:
                yield Fault("whole_may_be_zero", "whole", {"whole": " + ".join(self.whole.keys())})
            return
        yield from above_faults(self.when_whole_is_zero, "when_whole_is_zero", setting)


class Proportion(OfWhole):
    """A rule on `part` of `whole`, which is logically no larger than the whole unless `may_exceed`."""

    part: Counted
    may_exceed: bool = False

    @override
    def reads(self) -> dict[str, ReadAs]:
        return dict.fromkeys((*self.whole.keys(), *self.part.keys()), "number")

    @override
    def limits(self) -> Iterator[tuple[Quantity, Quantity]]:
        if not self.may_exceed:
            yield self.part, self.whole

    def proportional(self, worth: Worth) -> Expression:
        """Multiply first and divide once, so that a spreadsheet loses nothing; never earn more than the maximum."""
        part = Least((counted(self.part), counted(self.whole)))
        return Arithmetic(Arithmetic(number(worth.maximum), "*", part), "/", counted(self.whole))

    def proportional_sentence(self, case: Case) -> Text:
        """Say the proportion times the maximum."""
        over = case.value(counted(self.part)) > case.value(counted(self.whole))
        return Text(
            "scoring.why.ratio_capped" if over else "scoring.why.ratio",
            proportion=self.said(case),
            maximum=spoken(case.worth.maximum),
            points=case.earned,
        )

    def compared(self, operator: Comparison, percent: Fraction) -> Compare:
        """Compare the percentage without dividing: `100*part >= 80*whole`."""
        part = Arithmetic(Number(100), "*", counted(self.part))
        return Compare(part, operator, Arithmetic(number(percent), "*", counted(self.whole)))

    def said(self, case: Case) -> Text:
        """Say the proportion: "12/15 máy tính có phần mềm diệt virus = 80,00 %"."""
        part, whole = case.value(counted(self.part)), case.value(counted(self.whole))
        return Text(
            "scoring.why.proportion",
            part=spoken(part),
            whole=spoken(whole),
            counting=self.counting,
            percent=percentage(part / whole),
        )


def percentage(share: Fraction) -> Text:
    """Say a percentage with two digits: "= 80,00 %", or "≈ 33,33 %" where these are not all."""
    exact = 100 * share
    printed: Decimal = as_decimal(Rounding(2).of(exact.as_integer_ratio()), 2)
    return Text("scoring.why.percent" if printed == exact else "scoring.why.percent_rounded", percent=printed)
