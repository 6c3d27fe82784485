"""How to fill in a form and what counts, in a few lines above the table."""

from collections.abc import Iterator
from datetime import date

from campaign.ports import FormOrder
from forms.wording import amount
from scoring import AnnualDate
from words import Series, Text


def guide_lines(order: FormOrder, *, claimable: bool, prefilled: bool) -> Iterator[Text]:
    """Return the lines.

    `claimable` is whether N/A may be claimed anywhere on the form, `prefilled` whether last year's values stand in it.
    """
    yield Text("forms.guide_numbers")
    if prefilled:
        yield Text("forms.guide_last_year", year=str(order.previous_year or ""))
    yield Text("forms.guide_evidence" if order.has_folder else "forms.guide_evidence_without_folder")
    if claimable:
        yield Text("forms.guide_not_applicable", consequence=_not_applicable(order))
    yield Text("forms.guide_submit", consequence=_late(order))
    if order.head_confirms:
        yield Text("forms.guide_head")


def _not_applicable(order: FormOrder) -> Text:
    """What a claim that is granted does to the points."""
    regulation = order.regulation
    policy = regulation.not_applicable
    nodes = [node for node in map(regulation.node, policy.at) if order.group in node.maxima]
    scales = tuple(
        Text("forms.scale", label=node.label, maximum=amount(regulation, node, node.maxima[order.group]))
        for node in nodes
    )
    return Text(f"forms.granted_{policy.name}", grounds=policy.grounds, scales=Series(scales))


def _late(order: FormOrder) -> Text:
    late = order.regulation.late
    said = {"rule": late.text, "grounds": late.grounds}
    if late.name == "not_ranked":
        return Text("forms.late_not_ranked", **said)
    if late.until is None:
        return Text("forms.late_taken", **said)
    return Text("forms.late_taken_until", **said, until=_next(late.until, order.last_day))


def _next(annual: AnnualDate, after: date) -> date:
    """Return the first such day after another."""
    this_year = date(after.year, annual.month, annual.day)
    return this_year if this_year > after else date(after.year + 1, annual.month, annual.day)
