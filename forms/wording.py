"""How a line is determined and on what grounds, and by when the form is due, as the form tells it."""

from collections.abc import Iterator
from decimal import Decimal

from campaign.ports import FormNotes, FormOrder
from forms.outline import Outline
from scoring import Node, Points, Question, Regulation, lines_of
from scoring.sentences import spoken
from words import Language, Series, Text, Value, say

_SHOWN_FILES = 5
"""Of so many files for one question the names are shown, and of the others how many they are: a cell has its bounds."""


def deadline(order: FormOrder) -> Text:
    """By when; where the unit's term begins with its receipt of the letter, that and the last day of all."""
    if order.notes.last_day is not None:
        return Text("forms.last_day", day=order.notes.last_day)
    if order.term is not None:
        return Text("forms.last_day_of_term", term=order.term, day=order.last_day)
    return Text("forms.last_day", day=order.last_day)


def how(outline: Outline, node: Node, group: str) -> Iterator[Text]:
    """Return the sentences: how, with the clause; where its shared data stand; whether it is outside the scale."""
    said = node.how or _operation(outline, node, group)
    grounds = {"clause": node.clause, "mark": mark(node)}
    yield Text("forms.how", how=said, **grounds) if said else Text("forms.how_clause", **grounds)
    used = Series(tuple(outline.numbers[each.key] for each in outline.shared_by(node)))
    if used.items:
        yield Text("forms.uses_general", data=used)
    if node.outside_scale:
        yield Text("forms.outside_scale")


def _operation(outline: Outline, node: Node, group: str) -> Text | None:
    """What is done with the lines it is made of; that a line is the sum of those below it is seen without words."""
    if node.rule or (node.operation == "sum" and not node.of):
        return None
    parts = lines_of(outline.regulation, group)[node.id].parts
    weights = {each.node: spoken(each.amount / node.out_of) for each in node.weights}
    named = (_weighed(part, weights[part.id]) if weights else _named(part) for part in parts)
    maximum = amount(outline.regulation, node, node.maxima[group])
    return Text(f"forms.how_{node.operation}", parts=Series(tuple(named)), maximum=maximum)


def _weighed(part: Node, weight: Value) -> Text:
    return Text("forms.weighed", part=_named(part), weight=weight)


def _named(part: Node) -> str:
    return part.number or part.label


def amount(regulation: Regulation, node: Node, points: Points) -> int | Decimal:
    """Points as they stand in a sentence: 100, or 7,20."""
    printed = regulation.printed(node, points)
    return int(printed) if printed == int(printed) else printed


def mark(stated: Node | Question) -> str:
    """The mark of what the source does not say; it clings to what stands before it."""
    return "\N{NO-BREAK SPACE}(*)" if stated.assumed else ""


def joined(*parts: str) -> str:
    """The texts that are there, in one line."""
    return " ".join(filter(None, parts))


def beside(told: Text) -> Text:
    """What is told of a cell, for whoever reads it in that cell's own row."""
    if told.id != "forms.in_cell":
        return told
    return Text("forms.in_own_row", cell=told.values["cell"], what=told.values["what"])


def remarks(notes: FormNotes, key: str, language: Language) -> str:
    """What is to be mended in the row of a question or indicator, and what is worth a second look."""
    doubts = (Text("forms.worth_a_look", what=beside(each)) for each in notes.doubts.get(key, ()))
    return "\n".join(say(each, language) for each in (*map(beside, notes.remarks.get(key, ())), *doubts))


def received(notes: FormNotes, key: str, language: Language) -> str:
    """The files that the office has for a question, a name in each line."""
    names = notes.received.get(key, ())
    more = len(names) - _SHOWN_FILES
    counted = (say(Text("forms.more_files", n=more), language),) if more > 0 else ()
    return "\n".join((*names[:_SHOWN_FILES], *counted))
