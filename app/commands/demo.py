"""`xephang demo`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.arguments import LangOption
from app.console import tell, worded
from app.demo.run import load_play, run_demo
from app.demo.steps import Step
from app.failures import WrongUseError
from app.logs import quieten
from campaign.models import FormKind
from words import Text


@worded
def demo(
    regulation: Annotated[str, typer.Option(help="A shipped regulation's id.")] = "cao-bang-2310",
    seed: Annotated[int, typer.Option(help="Another seed is another story; one seed gives one result.")] = 1,
    out: Annotated[Path, typer.Option(help="Folder for what the demo leaves behind.")] = Path("xephang-demo"),
    *,
    forms: Annotated[FormKind, typer.Option(help="What the units fill in.")] = FormKind.GOOGLE,
    lang: LangOption = "vi",
) -> None:
    """Play a whole campaign in the sandbox, in a minute, ending with the ranking in chat."""
    quieten()
    try:
        play = load_play(regulation, seed, out, forms)
    except LookupError as error:
        raise WrongUseError(Text("app.not_shipped", regulation=regulation)) from error
    console = Console(highlight=False, soft_wrap=True)
    columns = (
        TextColumn("{task.fields[day]}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1, day="")

        def show(number: int, total: int, step: Step) -> None:
            bar.update(task, completed=number, total=total, day=f"{step.at:%d/%m/%Y %H:%M}")

        story = run_demo(play, show)
    console.print("\n\n".join(story), markup=False)
    tell(Text("app.demo_over", folder=str(out)), lang)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(demo)
