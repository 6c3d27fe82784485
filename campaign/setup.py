"""Creating a campaign, changing its letter, saying what its units fill in, and arming it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.files import NewFile, keep, sha256_of
from campaign.history import move, record
from campaign.models import Campaign, Form, FormKind, Unit
from campaign.plan import form_kind, has_form, regulation_of, timetable_if_issued
from campaign.ports import Letter
from campaign.refusal import Refused
from campaign.stages import Stage
from campaign.timetable import DAY
from scoring import Regulation
from scoring import Unit as ScoredUnit
from words import Text

YEARS = range(2000, 2101)
"""Any other is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What the administrator gives: the regulation, the units, the official letter (and its scan), the day of issue.

    Also what units fill in, whom they may ask, and whether their heads confirm what they submit.
    """

    regulation: Regulation
    units: tuple[ScoredUnit, ...]
    year: int
    letter: Letter
    letter_file: NewFile | None
    issue_on: date | None
    zone: str
    forms: FormKind = FormKind.GOOGLE
    contact: str = ""
    head_confirms: bool = False

    @property
    def code(self) -> str:
        """The campaign's name on the command line."""
        return code_of(self.regulation, self.year)


def code_of(regulation: Regulation, year: int) -> str:
    """The name on the command line of that year's campaign."""
    return f"{regulation.id}-{year}"


def create(session: Session, wanted: NewCampaign, *, actor: str, now: datetime) -> Campaign:
    """Create a draft campaign. Asked again with the same facts it is the same campaign; with others, Refused."""
    if wanted.year not in YEARS:
        raise Refused(Text("campaign.no_such_year", year=str(wanted.year)))
    found = session.scalar(select(Campaign).where(Campaign.code == wanted.code))
    if found is not None:
        if _same(found, wanted):
            return found
        raise Refused(Text("campaign.exists_otherwise", campaign=wanted.code))
    campaign = new_draft(session, wanted.regulation, wanted.year, wanted.zone, now=now)
    campaign.issue_on = _issue_on(wanted)
    campaign.forms, campaign.contact, campaign.head_confirms = manner_of(wanted)
    before = code_of(wanted.regulation, wanted.year - 1)
    campaign.previous_id = session.scalar(select(Campaign.id).where(Campaign.code == before))
    set_letter(session, campaign, wanted.letter, wanted.letter_file, actor=actor, now=now)
    _add_units(session, campaign, wanted.units)
    record(session, campaign, "created", actor=actor, now=now, units=len(wanted.units), year=wanted.year)
    return campaign


def _same(found: Campaign, wanted: NewCampaign) -> bool:
    units = {(unit.code, unit.name, unit.group, unit.parent) for unit in found.units}
    return (
        found.regulation_sha256 == wanted.regulation.sha256
        and units == {(unit.id, unit.name, unit.group, unit.parent) for unit in wanted.units}
        and _letter(found) == wanted.letter
        and found.letter_file == (sha256_of(wanted.letter_file) if wanted.letter_file else None)
        and (found.issue_on, found.zone) == (_issue_on(wanted), wanted.zone)
        and manner_of(found) == manner_of(wanted)
    )


def manner_of(campaign: Campaign | NewCampaign) -> tuple[FormKind, str, bool]:
    """How its forms are filled in and submitted."""
    return campaign.forms, campaign.contact, campaign.head_confirms


def _issue_on(wanted: NewCampaign) -> date:
    return wanted.issue_on or wanted.regulation.timetable.issue_on.in_year(wanted.year)


def _letter(campaign: Campaign) -> Letter | None:
    if campaign.letter_day is None:
        return None
    return Letter(campaign.letter_number, campaign.letter_day, campaign.letter_signer)


def new_draft(session: Session, regulation: Regulation, year: int, zone: str, *, now: datetime) -> Campaign:
    """Add a campaign that has no letter, no units and nobody in it yet, to be issued on the day of the regulation."""
    campaign = Campaign(
        code=code_of(regulation, year),
        title=f"{regulation.short_title} {year}",
        year=year,
        regulation_id=regulation.id,
        regulation_text=regulation.source,
        regulation_sha256=regulation.sha256,
        stage=Stage.DRAFT,
        letter_number="",
        letter_signer="",
        issue_on=regulation.timetable.issue_on.in_year(year),
        zone=zone,
        created_at=now,
    )
    session.add(campaign)
    session.flush()
    return campaign


def _add_units(session: Session, campaign: Campaign, units: Sequence[ScoredUnit]) -> None:
    campaign.units.extend(
        Unit(code=unit.id, name=unit.name, group=unit.group, parent=unit.parent, source=unit.source) for unit in units
    )
    session.flush()


def set_letter(
    session: Session, campaign: Campaign, letter: Letter, file: NewFile | None, *, actor: str, now: datetime
) -> None:
    """Give the campaign its official letter. Raises Refused without number or signer, and once it has gone out."""
    if campaign.stage not in {Stage.DRAFT, Stage.ARMED}:
        raise Refused(Text("campaign.letter_is_out", campaign=campaign.code))
    if not letter.number.strip() or not letter.signer.strip():
        raise Refused(Text("campaign.no_letter", campaign=campaign.code))
    campaign.letter_number, campaign.letter_day, campaign.letter_signer = letter.number, letter.day, letter.signer
    campaign.letter_file = keep(session, file) if file else campaign.letter_file
    record(
        session, campaign, "letter", actor=actor, now=now, number=letter.number, day=letter.day, signer=letter.signer
    )


def set_form_kind(session: Session, unit: Unit, kind: FormKind, *, actor: str, now: datetime) -> None:
    """Say what the unit fills in, whatever the campaign says. Raises Refused once its form is out."""
    form = _form_to_come(session, unit)
    unit.forms = kind
    if form and kind is FormKind.EXCEL:
        form.file_id = None
    record(session, unit.campaign, "form_kind", actor=actor, now=now, unit=unit.code, kind=str(kind))


def register_sheet(session: Session, unit: Unit, file_id: str, *, actor: str, now: datetime) -> None:
    """Let the unit's form be put into a sheet that people made. Raises Refused once its form is out.

    Also for a unit that declares nothing, and for a sheet that is another unit's already.
    """
    if not has_form(unit):
        raise Refused(Text("campaign.no_form", unit=unit.name))
    form = _form_to_come(session, unit) or Form(unit_id=unit.id)
    other = session.scalar(select(Unit).join(Form).where(Form.file_id == file_id, Form.unit_id != unit.id))
    if other is not None:
        raise Refused(Text("campaign.sheet_of_another", unit=other.name, campaign=other.campaign.code))
    form.file_id = file_id
    session.add(form)
    if form_kind(unit) is not FormKind.GOOGLE:
        unit.forms = FormKind.GOOGLE
    session.flush()
    record(session, unit.campaign, "sheet_registered", actor=actor, now=now, unit=unit.code, file=file_id)


def _form_to_come(session: Session, unit: Unit) -> Form | None:
    """The row of the unit's form, where there is one."""
    session.refresh(unit, with_for_update=True)  # or the form could be recorded as issued in this moment
    form = session.get(Form, unit.id, populate_existing=True)
    if form and form.issued_at is not None:
        raise Refused(Text("campaign.form_is_out", unit=unit.name))
    return form


def arm(session: Session, campaign: Campaign, *, actor: str, now: datetime) -> None:
    """Let the scheduler issue the campaign on its day. Raises Refused when it could not run as planned."""
    if campaign.stage is Stage.ARMED:
        return
    if _letter(campaign) is None:
        raise Refused(Text("campaign.no_letter", campaign=campaign.code))
    if not campaign.units:
        raise Refused(Text("campaign.no_units", campaign=campaign.code))
    _check_days(campaign, now)
    move(session, campaign, Stage.ARMED, actor=actor, now=now)


def _check_days(campaign: Campaign, now: datetime) -> None:
    """Refuse a day of issue from which the campaign cannot run as the regulation says."""
    day = max(campaign.issue_on, now.astimezone(ZoneInfo(campaign.zone)).date())
    timetable, window = timetable_if_issued(campaign, day), regulation_of(campaign).timetable.window
    due, issue_before = timetable.due, timetable.issue_before
    if now >= due.deadline:
        raise Refused(Text("campaign.deadline_is_past", last_day=due.last_day))
    if window and day < window.first.in_year(campaign.year):
        raise Refused(Text("campaign.issue_too_early", day=day, first=window.first.in_year(campaign.year)))
    if issue_before and day >= issue_before.date():
        raise Refused(Text("campaign.issue_too_late", day=day, before=issue_before.date()))
    end = timetable.publish_before.date() - DAY
    end = min(end, window.last.in_year(campaign.year)) if window else end
    if due.last_late_day > end:
        raise Refused(Text("campaign.collecting_too_long", day=day, last_day=due.last_late_day, end=end))
