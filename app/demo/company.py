"""The company that plays: who they are, what each unit knows, and where they act."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.demo.calendar import Calendar
from app.demo.cast import Cast, Player, claimable
from app.demo.paper import Paper
from app.demo.stage import Stage
from app.demo.steps import Step
from campaign.models import FormKind
from scoring import AnswerValue, Node, Question, Regulation, Unit, question_numbers

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """Everything the acts need. `data` is what each unit would find in its files, by unit and question."""

    cast: Cast
    days: Calendar
    regulation: Regulation
    units: tuple[Unit, ...]
    data: Mapping[str, Mapping[str, AnswerValue]]
    stage: Stage
    folder: Path
    forms: FormKind
    papers: dict[str, tuple[Paper, ...]] = field(default_factory=dict)
    """Sheets that were looked at: where things stand on them does not change."""

    def declared(self, unit: Unit) -> list[Question]:
        """What the unit answers itself, in the order of its form."""
        return [each for each in self.regulation.questions_for(unit.group) if each.source == "unit"]

    def numbers(self, unit: Unit) -> Mapping[str, str]:
        """The numbers by which the unit's form calls its questions."""
        return question_numbers(self.regulation, unit.group)

    def evidenced(self, player: Player) -> list[Question]:
        """The questions that the contact has evidence for."""
        return [each for each in self.declared(unit_of(player)) if each.evidence]

    def sent_as_files(self, player: Player) -> list[Question]:
        """Those whose evidence goes as a file: the first to the bot, the next one into the unit's folder."""
        folder = self.forms is FormKind.GOOGLE
        return self.evidenced(player)[: 2 if folder else 1] if player.files else []

    def claimed(self, unit: Unit) -> Node:
        """The indicator that the unit claims not to apply."""
        possible = claimable(self.regulation, unit)
        return possible[int(hashlib.sha256(unit.id.encode()).hexdigest(), 16) % len(possible)]

    @property
    def links(self) -> Path:
        """The table of the links that people were invited by."""
        return self.folder / "links.csv"

    def table(self, name: str, header: Row, rows: Sequence[Row]) -> Path:
        """Write a CSV file for a command."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows((header, *rows))
        return path


def player_of(step: Step) -> Player:
    """Who does the step."""
    if step.player is None:
        raise ValueError(f"{step.act} needs somebody to do it.")
    return step.player


def unit_of(player: Player) -> Unit:
    """The unit that a contact speaks for."""
    if player.unit is None:
        raise ValueError(f"{player.name} has no unit.")
    return player.unit
