"""What a form lacks, told section by section."""

from collections.abc import Iterator

from bot.turn import Turn
from campaign.filling import Shortfall
from campaign.models import Form, Unit
from reports.chat import named
from words import Text, Value


def tell_gaps(turn: Turn, unit: Unit, kind: str, gaps: Shortfall) -> None:
    """Answer with what is missing, wrong, without evidence, or worth a second look."""
    turn.answer(kind, gaps=tuple(_sections(gaps)), **form_facts(turn, unit))


def form_facts(turn: Turn, unit: Unit) -> dict[str, Value]:
    """What the buttons to the unit's form need."""
    form = turn.session.get(Form, unit.id)
    url, folder = (form.url, form.folder_url) if form else (None, None)
    return {"unit": unit.name, "unit_id": unit.id, "url": url or "", "folder": folder or ""}


def _sections(gaps: Shortfall) -> Iterator[Text]:
    kinds: dict[str, tuple[str | Text, ...]] = {
        "missing": gaps.missing,
        "problems": gaps.problems,
        "unevidenced": gaps.unevidenced,
        "notices": gaps.notices,
    }
    for kind, items in kinds.items():
        if items:
            yield Text(f"bot.gaps_{kind}", n=len(items), items=named(items))
