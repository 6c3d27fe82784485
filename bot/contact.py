"""What the contact of a unit (đầu mối đơn vị) asks and does; its head (thủ trưởng đơn vị) may ask the same."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.gaps import form_facts, tell_gaps
from bot.status import status_text
from bot.turn import Turn, no_form
from campaign.confirming import waits_for_head
from campaign.drafts import draft_of
from campaign.filling import CHAT, Shortfall, Way, shortfall_of, submit
from campaign.finding import find_units
from campaign.models import Form, FormKind, Unit
from campaign.plan import due_of, form_kind, is_open
from campaign.ports import FormError
from campaign.queries import unit_progress
from campaign.receiving import acknowledge
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from campaign.trouble import reason_text, record_trouble
from words import Series, Text

UnitAction = Callable[[Turn, Unit], None]


def units_of(turn: Turn, *roles: Role) -> list[Unit]:
    """The units in which the person has one of the roles, in the newest campaign, each once."""
    return list(dict.fromkeys(each.unit for each in turn.memberships(*roles) if each.unit))


def own_units(turn: Turn, *roles: Role) -> list[Unit]:
    """The same. Raises Refused where there is none."""
    units = units_of(turn, *roles)
    if not units:
        raise Refused(Text("bot.only_contacts"))
    return units


def own_unit(turn: Turn, unit_id: int, *roles: Role) -> Unit:
    """The unit of a pressed button. Raises Refused for one in which the person has none of the roles."""
    for each in turn.address.person.memberships:
        if each.role in roles and each.unit is not None and each.unit.id == unit_id:
            return each.unit
    raise Refused(Text("bot.not_your_unit"))


def for_own_unit(turn: Turn, action: str, do: UnitAction, *roles: Role) -> None:
    """Do it for the person's unit; who speaks for several chooses one by a button."""
    units = own_units(turn, *roles)
    if len(units) == 1:
        do(turn, units[0])
    else:
        turn.answer("bot.which_unit", choices=tuple(choice(each, action) for each in units))


def choice(unit: Unit, action: str, more: str = "") -> Text:
    """A unit that can be chosen, and what choosing it does."""
    return Text("bot.choice", label=unit.name, action=f"{action}:{unit.id}{more}")


def status(turn: Turn, words: str) -> None:
    """How far the own units are. Another unit is none of a contact's business."""
    units = own_units(turn, Role.CONTACT, Role.HEAD)
    asked = find_units(turn.session, units[0].campaign, words) if words else units
    if not asked or any(each not in units for each in asked):
        raise Refused(Text("bot.only_own_unit", units=Series(tuple(each.name for each in units))))
    for unit in asked:
        tell_status(turn, unit)


def tell_status(turn: Turn, unit: Unit) -> None:
    """How far the unit is, and while it can do something about that the buttons to go on."""
    form = turn.session.get(Form, unit.id)
    if form is None or form.issued_at is None:
        raise Refused(no_form(unit))
    progress = unit_progress(turn.session, unit)
    said, waiting = status_text(turn.session, progress), waits_for_head(turn.session, unit)
    if turn.speaks_for(unit.id, Role.CONTACT) and is_open(unit, turn.now):
        kind = "bot.status_before_receipt" if progress.awaits_receipt else "bot.own_status"
        turn.answer(kind, status=said, **form_facts(turn, unit))
    elif waiting and turn.speaks_for(unit.id, Role.HEAD):
        turn.answer("bot.status_to_confirm", status=said, submission_id=waiting.id)
    else:
        turn.say(said)


def received(turn: Turn, unit: Unit) -> None:
    """The unit has received the letter: its term begins."""
    day = turn.now.astimezone(ZoneInfo(unit.campaign.zone)).date()
    acknowledge(turn.session, unit, day, actor=turn.actor, now=turn.now)
    turn.answer("bot.received", day=day, last_day=due_of(unit).last_day, **form_facts(turn, unit))


def missing(turn: Turn, unit: Unit) -> None:
    """What the form lacks as it stands now; once nothing can be mended, how it ended."""
    if unit.campaign.stage is not Stage.COLLECTING and not is_open(unit, turn.now):
        tell_status(turn, unit)
        return
    try:
        reading = turn.reading(unit)
    except FormError as error:
        _tell_trouble(turn, unit, error)
        return
    gaps = shortfall_of(turn.session, unit, reading)
    if gaps.stands_in_the_way:
        tell_gaps(turn, unit, "bot.missing", gaps)
    else:
        tell_gaps(turn, unit, "bot.second_look" if gaps.notices else "bot.nothing_missing", gaps)


def submit_form(turn: Turn, unit: Unit) -> None:
    """Submit the form as it stands now: a receipt comes, or the answer says what is still to be mended."""
    try:
        reading = turn.reading(unit)
    except FormError as error:
        _tell_trouble(turn, unit, error)
        return
    if form_kind(unit) is FormKind.EXCEL and draft_of(turn.session, unit) is None:
        turn.answer("bot.no_file_yet", **form_facts(turn, unit))
        return
    outcome = submit(turn.session, unit, reading, Way(turn.address.person, CHAT, turn.now), now=turn.now)
    if isinstance(outcome, Shortfall):
        tell_gaps(turn, unit, "bot.shortfall", outcome)


def _tell_trouble(turn: Turn, unit: Unit, error: FormError) -> None:
    record_trouble(turn.session, unit, error, now=turn.now)
    kind = "bot.form_later" if error.retry else "bot.form_trouble"
    turn.answer(kind, unit=unit.name, unit_id=unit.id, reason=reason_text(error.reason))
