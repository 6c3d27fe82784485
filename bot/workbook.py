"""The form as an Excel file: given to a contact, and taken back filled in."""

from bot.fetching import Sources
from bot.form_caption import form_caption
from bot.gaps import tell_gaps
from bot.turn import Turn, no_form
from campaign.files import NewFile, keep, sha256_of
from campaign.filling import EXCEL, Shortfall, Way, submit
from campaign.issuing import XLSX, key_of, order_for
from campaign.models import Form, Unit
from campaign.plan import regulation_of
from campaign.ports import FormOf, FormReading
from campaign.refusal import Refused
from words import LANGUAGES, Text

OTHERS = frozenset({"forms.other_unit", "forms.other_campaign"})
"""What is said of a form that was issued under another key."""


def give_form(turn: Turn, unit: Unit) -> None:
    """Send the unit's form as it stands now as a file."""
    form = turn.session.get(Form, unit.id)
    if form is None or form.issued_at is None:
        raise Refused(no_form(unit))
    language = next((each for each in LANGUAGES if each == turn.address.person.language), LANGUAGES[0])
    order = order_for(turn.session, unit, bot_username=turn.bot_username, language=language)
    content = turn.fetch(f"form file {order.key}", lambda sources: sources.files.write(order))
    file = NewFile(f"{order.key.replace('/', '-')}.xlsx", XLSX, content)
    turn.say(form_caption(turn.session, unit, turn.now), file=keep(turn.session, file))


def submit_file(turn: Turn, units: list[Unit], file: NewFile) -> None:
    """Submit what a file holds for the unit whose form it is; or say what is to be mended, in it or about it."""
    answers = []
    for unit, read in zip(units, _read(turn, units, file), strict=True):
        if isinstance(read, FormReading):
            _submit(turn, unit, read)
            return
        answers.append(read)
    telling = next((each for each in answers if each.id not in OTHERS), answers[0])
    turn.answer("bot.file_refused", name=file.name, reason=telling, unit_id=units[0].id)


def _read(turn: Turn, units: list[Unit], file: NewFile) -> tuple[FormReading | Text, ...]:
    """What the file is as the form of each of the units."""
    regulations = {campaign: regulation_of(campaign) for campaign in {unit.campaign for unit in units}}
    forms = [FormOf(key_of(unit), regulations[unit.campaign], unit.group) for unit in units]

    def read(sources: Sources) -> tuple[FormReading | Text, ...]:
        return sources.files.read(file.content, forms)

    return turn.fetch(f"{sha256_of(file)} as {' '.join(form.key for form in forms)}", read)


def _submit(turn: Turn, unit: Unit, reading: FormReading) -> None:
    way = Way(turn.address.person, EXCEL, turn.now)
    outcome = submit(turn.session, unit, reading, way, now=turn.now)
    if isinstance(outcome, Shortfall):
        tell_gaps(turn, unit, "bot.shortfall_in_file", outcome)
