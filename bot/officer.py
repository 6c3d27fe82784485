"""What officers (cán bộ thẩm định) ask: the board of all units, one unit, next year's draft."""

from bot.contact import choice
from bot.status import status_text
from bot.turn import Turn, no_form
from campaign.finding import find_units
from campaign.models import Campaign, Unit
from campaign.next_year import confirm_draft
from campaign.plan import has_form
from campaign.queries import board, unacknowledged_text, unit_progress
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from reports.progress import board_text
from words import Text

MOST_CHOICES = 10
"""So many units are offered as buttons; beyond that the words were too vague to be a choice."""


def status(turn: Turn, campaign: Campaign, words: str) -> None:
    """The board of the campaign, or the unit that the words name."""
    if not words:
        _tell_board(turn, campaign)
        return
    found = find_units(turn.session, campaign, words)
    if not found:
        turn.answer("bot.unit_unknown", words=words)
    elif len(found) == 1:
        tell_unit(turn, found[0])
    elif len(found) > MOST_CHOICES:
        turn.answer("bot.too_many_units", words=words, n=len(found))
    else:
        turn.answer("bot.which_unit", choices=tuple(choice(each, "unit") for each in found))


def _tell_board(turn: Turn, campaign: Campaign) -> None:
    state = board(turn.session, campaign)
    turn.say(board_text(state))
    unacknowledged = unacknowledged_text(state)
    if unacknowledged and campaign.stage is Stage.COLLECTING:
        turn.say(unacknowledged)


def tell_unit(turn: Turn, unit: Unit) -> None:
    """How far any one unit is."""
    if not has_form(unit):
        raise Refused(no_form(unit))
    turn.say(status_text(turn.session, unit_progress(turn.session, unit)))


def unit_pressed(turn: Turn, unit_id: int) -> None:
    """A unit was chosen from several."""
    unit = turn.session.get(Unit, unit_id)
    if unit is None or not turn.is_in(unit.campaign_id, Role.OFFICER, Role.LEADER):
        raise Refused(Text("bot.only_officers"))
    tell_unit(turn, unit)


def confirm_next_year(turn: Turn, campaign_id: int) -> None:
    """Next year's draft stands as it is."""
    campaign = turn.session.get(Campaign, campaign_id)
    if campaign is None or not turn.is_in(campaign_id, Role.OFFICER):
        raise Refused(Text("bot.only_officers"))
    confirm_draft(turn.session, campaign, actor=f"person:{turn.address.person_id}", now=turn.now)
    turn.answer("bot.draft_confirmed", title=campaign.title, issue_on=campaign.issue_on)
