"""Finding a unit, a campaign or a ranking by what people call it."""

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.models import Campaign, Ranking, Unit
from campaign.refusal import Refused
from campaign.stages import Stage
from words import Text


def find_units(session: Session, campaign: Campaign, words: str) -> list[Unit]:
    """Units whose name or code holds the words, whatever the case and the accents. An exact name stands alone."""
    wanted = plain(words)
    units = session.scalars(select(Unit).where(Unit.campaign_id == campaign.id).order_by(Unit.id)).all()
    exact = [unit for unit in units if wanted in {plain(unit.name), plain(unit.code)}]
    return exact or [unit for unit in units if wanted and (wanted in plain(unit.name) or wanted in plain(unit.code))]


def unit_coded(session: Session, campaign: Campaign, code: str) -> Unit:
    """The unit of that code. Raises Refused where there is none."""
    unit = session.scalar(select(Unit).where(Unit.campaign_id == campaign.id, Unit.code == code))
    if unit is None:
        raise Refused(Text("campaign.unknown_unit", campaign=campaign.code, unit=code))
    return unit


def plain(text: str) -> str:
    """Lower case without accents and with single spaces: "Sở Đất đai" is "so dat dai"."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())


def campaign_named(session: Session, code: str | None) -> Campaign:
    """The campaign of that code, or the newest one that is no draft, or the only one. Raises Refused."""
    if code:
        found = session.scalar(select(Campaign).where(Campaign.code == code))
        if found is None:
            raise Refused(Text("campaign.unknown_campaign", campaign=code))
        return found
    campaigns = session.scalars(select(Campaign).order_by(Campaign.id.desc())).all()
    if not campaigns:
        raise Refused(Text("campaign.none_yet"))
    return next((each for each in campaigns if each.stage is not Stage.DRAFT), campaigns[0])


def last_ranking(session: Session, campaign: Campaign, *, published: bool = False) -> Ranking | None:
    """The newest version of the ranking; with `published` the newest published one."""
    query = select(Ranking).where(Ranking.campaign_id == campaign.id)
    if published:
        query = query.where(Ranking.published_at.is_not(None))
    return session.scalar(query.order_by(Ranking.number.desc()).limit(1))
