"""What the contact of a unit (đầu mối đơn vị) asks and does."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.turn import Turn, no_form
from campaign.filling import Shortfall, shortfall_of, submit
from campaign.models import Form, Unit
from campaign.plan import due_of
from campaign.ports import FormError
from campaign.queries import UnitProgress, find_units, unit_progress
from campaign.receiving import acknowledge
from campaign.refusal import Refused
from campaign.requests import receipt_facts
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import record_trouble
from reports.chat import named
from reports.progress import unit_text
from words import Series, Text

UnitAction = Callable[[Turn, Unit], None]


def own_units(turn: Turn) -> list[Unit]:
    """The units the person is the contact of, in the newest campaign. Raises Refused where there is none."""
    units = [each.unit for each in turn.memberships(Role.CONTACT) if each.unit]
    if not units:
        raise Refused(Text("bot.only_contacts"))
    return units


def own_unit(turn: Turn, unit_id: int) -> Unit:
    """The unit of a pressed button. Raises Refused for one that the person does not speak for."""
    for each in turn.address.person.memberships:
        if each.role is Role.CONTACT and each.unit is not None and each.unit.id == unit_id:
            return each.unit
    raise Refused(Text("bot.not_your_unit"))


def for_own_unit(turn: Turn, action: str, do: UnitAction) -> None:
    """Do it for the person's unit; who speaks for several chooses one by a button."""
    units = own_units(turn)
    if len(units) == 1:
        do(turn, units[0])
    else:
        turn.answer("bot.which_unit", choices=tuple(choice(each, action) for each in units))


def choice(unit: Unit, action: str) -> Text:
    """A unit that can be chosen, and what choosing it does."""
    return Text("bot.choice", label=unit.name, action=f"{action}:{unit.id}")


def status(turn: Turn, words: str) -> None:
    """How far the own units are. Another unit is none of a contact's business."""
    units = own_units(turn)
    asked = find_units(turn.session, units[0].campaign, words) if words else units
    if not asked or any(each not in units for each in asked):
        raise Refused(Text("bot.only_own_unit", units=Series(tuple(each.name for each in units))))
    for unit in asked:
        tell_status(turn, unit)


def tell_status(turn: Turn, unit: Unit) -> None:
    """How far the unit is, and while data are collected the buttons to go on."""
    progress = unit_progress(turn.session, unit)
    if not progress.url:
        raise Refused(no_form(unit))
    if progress.stage is Stage.COLLECTING:
        kind = "bot.status_before_receipt" if progress.awaits_receipt else "bot.own_status"
        turn.answer(kind, status=status_text(progress), unit_id=unit.id, url=progress.url)
    else:
        turn.say(status_text(progress))


def status_text(progress: UnitProgress) -> Text:
    """How far a unit is, and where its term depends on that, whether it has acknowledged the letter."""
    status, unit = unit_text(progress), progress.unit
    if progress.awaits_receipt:
        return Text("reports.lines", lines=(status, Text("bot.before_receipt", **receipt_facts(unit))))
    if unit.acknowledged_on:
        return Text("reports.lines", lines=(status, Text("bot.after_receipt", day=unit.acknowledged_on)))
    return status


def received(turn: Turn, unit: Unit) -> None:
    """The unit has received the letter: its term begins."""
    day = turn.now.astimezone(ZoneInfo(unit.campaign.zone)).date()
    acknowledge(turn.session, unit, day, actor=f"person:{turn.address.person_id}", now=turn.now)
    form = turn.session.get_one(Form, unit.id)
    last_day = due_of(unit).last_day
    turn.answer("bot.received", unit=unit.name, unit_id=unit.id, day=day, last_day=last_day, url=form.url or "")


def missing(turn: Turn, unit: Unit) -> None:
    """What the form lacks as it stands now; once collecting is over, how it ended."""
    if unit.campaign.stage is not Stage.COLLECTING:
        tell_status(turn, unit)
        return
    try:
        reading = turn.reading(unit)
    except FormError as error:
        _tell_trouble(turn, unit, error)
        return
    gaps = shortfall_of(turn.session, unit, reading)
    if gaps.stands_in_the_way:
        _tell_gaps(turn, unit, "bot.missing", gaps)
    else:
        _tell_gaps(turn, unit, "bot.second_look" if gaps.notices else "bot.nothing_missing", gaps)


def submit_form(turn: Turn, unit: Unit) -> None:
    """Submit the form as it stands now: a receipt comes, or the answer says what is still to be mended."""
    try:
        reading = turn.reading(unit)
    except FormError as error:
        _tell_trouble(turn, unit, error)
        return
    outcome = submit(turn.session, unit, reading, turn.address.person, origin="telegram", now=turn.now)
    if isinstance(outcome, Shortfall):
        _tell_gaps(turn, unit, "bot.shortfall", outcome)


def _tell_gaps(turn: Turn, unit: Unit, kind: str, gaps: Shortfall) -> None:
    sections = []
    if gaps.missing:
        sections.append(Text("bot.gaps_missing", n=len(gaps.missing), items=named(gaps.missing)))
    if gaps.problems:
        sections.append(Text("bot.gaps_problems", n=len(gaps.problems), items=named(gaps.problems)))
    if gaps.notices:
        sections.append(Text("bot.gaps_notices", n=len(gaps.notices), items=named(gaps.notices)))
    form = turn.session.get_one(Form, unit.id)
    turn.answer(kind, unit=unit.name, unit_id=unit.id, url=form.url or "", gaps=tuple(sections))


def _tell_trouble(turn: Turn, unit: Unit, error: FormError) -> None:
    record_trouble(turn.session, unit, error, now=turn.now)
    kind = "bot.form_later" if error.retry else "bot.form_trouble"
    reason = Text(f"campaign.trouble_{error.reason}")
    turn.answer(kind, unit=unit.name, unit_id=unit.id, reason=reason)
