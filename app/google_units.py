"""Which campaigns need more of Google than the settings give: their units fill in a Google Sheet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.settings import Settings
from campaign.models import Campaign, Form, FormKind, Unit
from campaign.plan import form_kind, has_form
from campaign.stages import Stage
from words import Text

UNDER_WAY = frozenset({Stage.ARMED, Stage.COLLECTING, Stage.VERIFYING})
"""Stages in which the system issues, reads, locks or unlocks forms."""


def lacking_google(session: Session, settings: Settings) -> list[Text]:
    """What is to be said of each campaign under way that lacks an account, or a folder to make its forms in."""
    if settings.google_credentials_file and settings.google_folder_id:
        return []
    campaigns = select(Campaign).where(Campaign.stage.in_(UNDER_WAY)).order_by(Campaign.id)
    return [text for each in session.scalars(campaigns) for text in lacking_for(session, each, settings)]


def lacking_for(session: Session, campaign: Campaign, settings: Settings) -> list[Text]:
    """What is to be said of one campaign; nothing where the settings have what it needs."""
    units = units_on_google(campaign)
    if not settings.google_credentials_file:
        return [Text("app.google_units", campaign=campaign.code, n=len(units))] if units else []
    sheets = set(session.scalars(select(Form.unit_id).where(Form.file_id.is_not(None))))
    to_make = [unit for unit in units if unit.id not in sheets]
    if settings.google_folder_id or not to_make:
        return []
    return [Text("app.google_units_without_sheet", campaign=campaign.code, n=len(to_make))]


def registered_sheets(session: Session) -> dict[str, str]:
    """The sheets that people made and registered for campaigns under way: whose each is, by its file id."""
    theirs = select(Form).join(Unit).join(Campaign).where(Campaign.stage.in_(UNDER_WAY), Form.file_id.is_not(None))
    without_folder = session.scalars(theirs.where(Form.folder_id.is_(None)).order_by(Unit.id))
    return {form.file_id or "": form.unit.name for form in without_folder}


def units_on_google(campaign: Campaign) -> list[Unit]:
    """The campaign's units that fill in a Google Sheet."""
    return [unit for unit in campaign.units if has_form(unit) and form_kind(unit) is FormKind.GOOGLE]
