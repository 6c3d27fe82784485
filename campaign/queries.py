"""What people ask about a campaign, answered from the rows."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.filling import draft_problems, labels
from campaign.models import Campaign, Draft, Form, Ranking, Submission, Unit
from campaign.plan import awaits_receipt, due_of, has_form, regulation_of, timetable_of
from campaign.refusal import Refused
from campaign.stages import Stage
from scoring import answer_from_json, answers_that_count, completeness
from words import Series, Text


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """How far a unit is: what it filled in, what is missing, what is wrong, what it submitted."""

    unit: Unit
    stage: Stage
    filled: int
    of: int
    missing: tuple[str, ...]
    problems: tuple[Text, ...]
    url: str
    trouble: str | None
    last_day: date
    submission: Submission | None
    late: Submission | None

    @property
    def awaits_receipt(self) -> bool:
        """Whether the unit's term has not begun: `last_day` is then the latest that it can come to."""
        return awaits_receipt(self.unit)


@dataclass(frozen=True, slots=True)
class Board:
    """How far all units are that have something to declare; `last_day` is the last one's."""

    campaign: Campaign
    last_day: date
    units: tuple[UnitProgress, ...]

    @property
    def submitted(self) -> tuple[UnitProgress, ...]:
        """Units with a submission on time."""
        return tuple(each for each in self.units if each.submission)

    @property
    def silent(self) -> tuple[UnitProgress, ...]:
        """Units without any submission on time, those that began and those that did not."""
        return tuple(each for each in self.units if not each.submission)

    @property
    def started(self) -> tuple[UnitProgress, ...]:
        """Units that began to fill in and did not submit."""
        return tuple(each for each in self.silent if each.filled)

    @property
    def late(self) -> tuple[UnitProgress, ...]:
        """Units whose only submissions came too late."""
        return tuple(each for each in self.silent if each.late)

    @property
    def unacknowledged(self) -> tuple[UnitProgress, ...]:
        """Units that have not acknowledged the letter, where their terms are counted from that."""
        return tuple(each for each in self.units if each.awaits_receipt)

    @property
    def unreachable(self) -> tuple[UnitProgress, ...]:
        """Units whose form cannot be reached."""
        return tuple(each for each in self.units if each.trouble)


def unacknowledged_text(board: Board) -> Text | None:
    """Who has not acknowledged the letter, and from which day their terms count in any case; None where all have."""
    receipt, units = timetable_of(board.campaign).receipt, board.unacknowledged
    if receipt is None or not units:
        return None
    names = Series(tuple(each.unit.name for each in units))
    return Text("reports.unacknowledged", n=len(units), units=names, latest=receipt.latest)


def unit_progress(session: Session, unit: Unit) -> UnitProgress:
    """How far one unit is, by its form as last read and its submissions."""
    return next(_progress(session, [unit]))


def board(session: Session, campaign: Campaign) -> Board:
    """How far every unit is that has something to declare, in the order of the list of units."""
    units = [unit for unit in campaign.units if has_form(unit)]
    return Board(campaign, timetable_of(campaign).due.last_day, tuple(_progress(session, units)))


def _progress(session: Session, units: Sequence[Unit]) -> Iterator[UnitProgress]:
    """The same few questions to the database, for one unit or for thousands."""
    ids = [unit.id for unit in units]
    drafts = {each.unit_id: each for each in session.scalars(select(Draft).where(Draft.unit_id.in_(ids)))}
    forms = {each.unit_id: each for each in session.scalars(select(Form).where(Form.unit_id.in_(ids)))}
    submissions = session.scalars(select(Submission).where(Submission.unit_id.in_(ids)).order_by(Submission.number))
    last = {(each.unit_id, each.late): each for each in submissions}
    for unit in units:
        yield _progress_of(
            unit,
            drafts.get(unit.id),
            forms.get(unit.id),
            on_time=last.get((unit.id, False)),
            late=last.get((unit.id, True)),
        )


def _progress_of(
    unit: Unit, draft: Draft | None, form: Form | None, *, on_time: Submission | None, late: Submission | None
) -> UnitProgress:
    answers = answers_that_count(map(answer_from_json, draft.answers if draft else ()))
    state = completeness(regulation_of(unit.campaign), unit.group, answers)
    return UnitProgress(
        unit=unit,
        stage=unit.campaign.stage,
        filled=state.filled,
        of=state.of,
        missing=tuple(draft.missing) if draft else labels(unit, state.missing),
        problems=draft_problems(draft),
        url=(form.url if form else None) or "",
        trouble=form.trouble if form else None,
        last_day=due_of(unit).last_day,
        submission=on_time,
        late=late,
    )


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
