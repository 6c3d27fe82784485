"""Which lines a group's form has, and where each question is asked: once, however many indicators read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring import Later, Node, Question, Regulation, formula, question_names, question_numbers, shared_questions


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of the point table without its totals, and what the unit is asked.

    `questions` stand in the order of the form; `shared` are those that several indicators read. `numbers` are those of
    all questions, and `names` the same with their labels. `later` says who gives the data of the indicators, by id,
    that are not known before the assessment. `claimable` are the indicators for which N/A may be claimed.
    """

    regulation: Regulation
    nodes: tuple[Node, ...]
    questions: tuple[Question, ...]
    shared: tuple[Question, ...]
    numbers: Mapping[str, str]
    names: Mapping[str, str]
    later: Mapping[str, Later]
    claimable: tuple[Node, ...]

    def under(self, node: Node) -> tuple[Question, ...]:
        """The questions that stand under an indicator: those that only it reads."""
        return tuple(each for each in self.asked_for(node) if each not in self.shared)

    def shared_by(self, node: Node) -> tuple[Question, ...]:
        """The shared questions that an indicator reads."""
        return tuple(each for each in self.asked_for(node) if each in self.shared)

    def asked_for(self, node: Node) -> tuple[Question, ...]:
        """What the unit answers for an indicator."""
        keys = self.regulation.questions_of(node) if node.rule else ()
        return tuple(question for question in self.questions if question.key in keys)


def outline(regulation: Regulation, group: str) -> Outline:
    """The lines of one group's form; only questions that the unit answers itself."""
    indicators = regulation.indicators(group)
    numbers = question_numbers(regulation, group)
    formulas = {node.id: formula(regulation, group, node.id) for node in indicators}
    return Outline(
        regulation=regulation,
        nodes=tuple(node for node in regulation.nodes(group) if node not in regulation.roots),
        questions=tuple(regulation.questions[key] for key in numbers),
        shared=shared_questions(regulation, group),
        numbers=numbers,
        names=question_names(regulation, group),
        later={node_id: each for node_id, each in formulas.items() if isinstance(each, Later)},
        claimable=tuple(
            node
            for node in indicators
            if node.allows_not_applicable and not numbers.keys().isdisjoint(regulation.questions_of(node))
        ),
    )
