"""The first words: opening an invitation, what the bot does for whom, and the language it speaks."""

from bot.turn import Turn
from campaign.models import Campaign, Membership, Unit
from campaign.people import redeem
from campaign.plan import awaits_receipt, due_of, has_form
from campaign.requests import receipt_facts
from campaign.roles import Role
from campaign.stages import Stage
from words import LANGUAGES, Text

FOR_ALL = ("language", "cancel", "help")
FOR_ROLE = {
    Role.CONTACT: ("status", "missing", "form", "submit", "result"),
    Role.HEAD: ("status", "result"),
    Role.OFFICER: ("status", "status_of", "ranking"),
    Role.LEADER: ("status", "status_of", "ranking"),
}


def start(turn: Turn, token: str) -> None:
    """Open an invitation; without one, say what the person may do here or how to be invited."""
    if token:
        _welcome(turn, redeem(turn.session, token, turn.address, now=turn.now))
    else:
        help_with(turn)


def _welcome(turn: Turn, membership: Membership) -> None:
    campaign = turn.session.get_one(Campaign, membership.campaign_id)
    turn.answer(
        f"bot.welcome_{membership.role}",
        name=turn.address.person.name,
        title=campaign.title,
        unit=membership.unit.name if membership.unit else "",
        next=_next_step(campaign, membership.unit) if membership.unit else "",
        campaign_id=campaign.id,
    )


def _next_step(campaign: Campaign, unit: Unit) -> Text:
    """What a contact does next. The form itself comes in a message of its own."""
    if not has_form(unit):
        return Text("bot.next_nothing_to_declare")
    if campaign.stage in {Stage.DRAFT, Stage.ARMED}:
        return Text("bot.next_wait", issue_on=campaign.issue_on)
    if campaign.stage is not Stage.COLLECTING:
        return Text("bot.next_over", last_day=due_of(unit).last_day)
    if awaits_receipt(unit):
        return Text("bot.next_acknowledge", **receipt_facts(unit))
    return Text("bot.next_fill_in", last_day=due_of(unit).last_day)


def help_with(turn: Turn) -> None:
    """The commands that the person's roles have, or how to get a role."""
    roles = {each.role for each in turn.address.person.memberships}
    if not roles:
        turn.answer("bot.welcome_stranger")
        return
    commands = [command for role in Role if role in roles for command in FOR_ROLE[role]]
    lines = [Text(f"bot.help_{each}") for each in (*dict.fromkeys(commands), *FOR_ALL)]
    if Role.CONTACT in roles:
        lines.append(Text("bot.help_files"))
    turn.answer("bot.help", lines=tuple(lines))


def language(turn: Turn, wanted: str) -> None:
    """Speak this language with the person from now on; the answer already does."""
    if wanted.lower() in LANGUAGES:
        turn.address.person.language = wanted.lower()
        turn.answer("bot.language_set")
    else:
        turn.answer("bot.which_language")
