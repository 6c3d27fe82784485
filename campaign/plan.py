"""What a campaign's own row says, read: its regulation and its timetable."""

from datetime import time
from functools import lru_cache
from zoneinfo import ZoneInfo

from campaign.models import Campaign
from campaign.timetable import Timetable, draw_up
from scoring import Regulation, parse_regulation
from words import has_errors

OPENING = time(8)
"""Offices open; a campaign is issued and reminders go out from this hour on."""


def regulation_of(campaign: Campaign) -> Regulation:
    """The regulation as the campaign was created with it, whatever the shipped file says today."""
    return _parsed(campaign.regulation_text, campaign.regulation_id)


@lru_cache(maxsize=16)
def _parsed(text: str, name: str) -> Regulation:
    regulation, problems = parse_regulation(text, f"{name}.yaml")
    if regulation is None or has_errors(problems):
        raise ValueError(f"The stored regulation {name} can no longer be read: {problems}")
    return regulation


def timetable_of(campaign: Campaign) -> Timetable:
    """The days of the campaign in its zone."""
    rules = regulation_of(campaign).timetable
    return draw_up(rules, campaign.year, ZoneInfo(campaign.zone), issue_on=campaign.issue_on, opening=OPENING)
