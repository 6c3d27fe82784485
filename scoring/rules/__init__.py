"""The kinds of rule. A new kind is a file of its own and one more line here."""

from typing import Annotated

from pydantic import Field

from scoring.rules.all_met import AllMet
from scoring.rules.bands import CountBands, PercentageBands
from scoring.rules.choice import Choice
from scoring.rules.composite import BestOf, Part, Parts
from scoring.rules.given import GivenPoints
from scoring.rules.information import Information
from scoring.rules.penalty import Penalty
from scoring.rules.per_item import PerItem
from scoring.rules.ratio import Ratio
from scoring.rules.relative import MinMax, RelativeToBest
from scoring.rules.roll_up import RollUp
from scoring.rules.steps import Steps
from scoring.rules.threshold import Threshold
from scoring.rules.weighted_classes import WeightedClasses
from scoring.rules.yes_no import YesNo

AnyRule = Annotated[
    YesNo
    | AllMet
    | Choice
    | Ratio
    | PercentageBands
    | CountBands
    | Steps
    | PerItem
    | Parts
    | BestOf
    | Threshold
    | WeightedClasses
    | Penalty
    | RelativeToBest
    | MinMax
    | RollUp
    | GivenPoints
    | Information,
    Field(discriminator="kind"),
]

for _kind in (Part, Parts, BestOf):
    _kind.model_rebuild(_types_namespace={"AnyRule": AnyRule})

__all__ = ["AnyRule"]
