"""`xephang campaign forms | register | form`: what a unit fills in, and where it stands."""

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from app.arguments import CodeOption, LangOption, read_file
from app.console import tell, worded
from app.failures import WrongUseError
from app.office import ADMINISTRATOR, at_work, username_of
from app.settings import read_settings
from campaign import setup
from campaign.finding import campaign_named, unit_coded
from campaign.issuing import order_for
from campaign.models import FormKind
from campaign.refusal import Refused
from forms.excel import ExcelFiles
from words import Text

UnitArgument = Annotated[str, typer.Argument(help="The unit's code.")]
COLUMNS = ("unit", "link")


@worded
def forms(
    unit: UnitArgument,
    kind: Annotated[FormKind, typer.Argument(help="A Google Sheet, or an Excel file that goes through the bot.")],
    *,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Say what one unit fills in, where it is not what the campaign says. Before its form is issued."""
    with at_work() as (session, now):
        found = unit_coded(session, campaign_named(session, campaign), unit)
        setup.set_form_kind(session, found, kind, actor=ADMINISTRATOR, now=now)
        done = Text("app.form_kind_set", unit=found.name, kind=Text(f"app.kind_{kind}"))
    tell(done, lang)


@worded
def register(
    unit: Annotated[str | None, typer.Argument(help="The unit's code.")] = None,
    link: Annotated[str | None, typer.Argument(help="The link of the sheet that people made for it.")] = None,
    *,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="CSV: unit,link, for many at once.")] = None,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Register sheets that people made, before they are issued: our tabs are put into them. All are taken, or none."""
    sheets = {name: _file_id(address) for name, address in _links(unit, link, csv_file)}
    with at_work() as (session, now):
        found = campaign_named(session, campaign)
        for name, file_id in sheets.items():
            setup.register_sheet(session, unit_coded(session, found, name), file_id, actor=ADMINISTRATOR, now=now)
        done = Text("app.registered", campaign=found.code, n=len(sheets))
    tell(done, lang)


def _links(unit: str | None, link: str | None, csv_file: Path | None) -> list[tuple[str, str]]:
    if unit and link and csv_file is None:
        return [(unit, link)]
    if unit or link or csv_file is None:
        raise WrongUseError(Text("app.register_what"))
    return _rows(read_file(csv_file), csv_file)


def _rows(text: str, file: Path) -> list[tuple[str, str]]:
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter="," if header.count(",") >= header.count(";") else ";")
    if set(COLUMNS) - set(reader.fieldnames or ()):
        raise WrongUseError(Text("app.register_columns", file=str(file), wanted=",".join(COLUMNS)))
    rows = [((row["unit"] or "").strip(), (row["link"] or "").strip()) for row in reader]
    names = [name for name, _ in rows]
    for line, (name, _) in enumerate(rows, start=2):
        if names.count(name) > 1:
            raise WrongUseError(Text("app.registered_twice", file=str(file), line=line, unit=name))
    return rows


def _file_id(link: str) -> str:
    from forms.google import file_id_in  # noqa: PLC0415 - loads gspread, which is slow

    file_id = file_id_in(link)
    if file_id is None:
        raise Refused(Text("app.no_link_to_a_sheet", link=link))
    return file_id


@worded
def form(
    unit: UnitArgument,
    *,
    save: Annotated[Path, typer.Option(help="Where to write it: FILE.xlsx")],
    bot: Annotated[str | None, typer.Option(help="The bot's username. Default: asked from Telegram.")] = None,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Save a unit's form as it stands now as an Excel file, which can be filled in and sent to the bot."""
    settings = read_settings()
    username = bot or username_of(settings)
    with at_work() as (session, _):
        found = unit_coded(session, campaign_named(session, campaign), unit)
        order = order_for(session, found, bot_username=username, language=settings.language)
    save.write_bytes(ExcelFiles().write(order))
    tell(Text("app.saved", file=str(save)), lang)
