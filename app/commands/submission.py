"""`xephang campaign submission | confirm`: a revision in full, and how the head of the unit confirmed it on paper."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.arguments import CodeOption, JsonOption, LangOption, RequiredDayOption
from app.commands.forms import UnitArgument
from app.console import print_json, tell, worded
from app.office import ADMINISTRATOR, at_work
from app.submission_document import submission_document
from app.submission_lines import submission_lines
from campaign import confirming
from campaign.files import NewFile
from campaign.finding import campaign_named, unit_coded
from campaign.models import Submission, Unit
from campaign.refusal import Refused
from campaign.signed_copies import NewPage
from reports.signed_copy import signed_copy
from reports.submitted_lines import SignedForm
from words import Text

NumberOption = Annotated[int | None, typer.Option(help="The revision. Default: the newest.", min=1)]


@worded
def submission(
    unit: UnitArgument,
    *,
    number: NumberOption = None,
    save: Annotated[
        Path | None, typer.Option(help="Write the copy for signature (FILE.docx) instead of printing.")
    ] = None,
    campaign: CodeOption = None,
    json: JsonOption = False,
    lang: LangOption = "vi",
) -> None:
    """Print a revision in full, or save the copy of it that the head of the unit signs."""
    with at_work() as (session, _):
        found = _revision(session, unit_coded(session, campaign_named(session, campaign), unit), number)
        if save:
            save.write_bytes(signed_copy(SignedForm.of(found)).content)
            tell(Text("app.saved", file=str(save)), lang)
            return
        document, zone = submission_document(session, found, lang), ZoneInfo(found.unit.campaign.zone)
    if json:
        print_json(document)
        return
    for line in submission_lines(document, zone):
        tell(line, lang)


def _revision(session: Session, unit: Unit, number: int | None) -> Submission:
    revisions = select(Submission).where(Submission.unit_id == unit.id).order_by(Submission.number.desc())
    found = session.scalar(revisions if number is None else revisions.where(Submission.number == number))
    if found is None and number is not None:
        raise Refused(Text("app.no_such_revision", unit=unit.name, number=number))
    if found is None:
        raise Refused(Text("app.nothing_submitted", unit=unit.name))
    return found


@worded
def confirm(
    unit: UnitArgument,
    *,
    document: Annotated[str, typer.Option(help="Number of the document by which the head confirms.")],
    day: RequiredDayOption,
    signed: Annotated[
        list[Path] | None,
        typer.Option(
            help="The signed copy (PDF, photo, scan, Word), to be kept with it; once for each of its files, in order.",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ] = None,
    number: NumberOption = None,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Record that the head of the unit confirmed a revision on paper (heads confirm in chat)."""
    files = [NewFile(each.name, "", each.read_bytes()) for each in signed or ()]
    with at_work() as (session, now):
        found = _revision(session, unit_coded(session, campaign_named(session, campaign), unit), number)
        confirming.confirm(
            session,
            found,
            actor=ADMINISTRATOR,
            person=None,
            document=document,
            day=day,
            signed_copy=[NewPage(file, place) for place, file in enumerate(files, 1)],
            now=now,
        )
        done = Text("app.confirmed", unit=found.unit.name, number=found.number, document=document, day=day)
    tell(done, lang)
