"""The form as an Excel file, as the campaign asks for it."""

from collections.abc import Iterable, Mapping, Sequence

from campaign.ports import FormOf, FormOrder, FormReading
from forms.dialect import EXCEL
from forms.excel.read import tabs_of
from forms.excel.write import write
from forms.grid import RESTORE_FILE, RawTab, by_marks
from forms.layout import lay_out
from forms.parse import parse
from forms.sheet import FORM, Column
from words import Text

_ANOTHER = frozenset({"forms.other_unit", "forms.other_campaign", "forms.old_layout", "forms.identity_lost"})
"""Problems that concern the file as a whole: whatever is in its cells was meant for something else."""


class ExcelFiles:
    """Writes and reads the files; it keeps nothing and may be used by several threads."""

    def write(self, order: FormOrder) -> bytes:
        """Make the file; the same order gives the same bytes."""
        return write(lay_out(order, EXCEL), order.language, order.letter.day)

    def read(self, content: bytes, forms: Sequence[FormOf]) -> tuple[FormReading | Text, ...]:
        """Read a file that somebody sent as each of the forms; a Text says what it is instead and what to do."""
        found = _form_in(content)
        return tuple(found if isinstance(found, Text) else _read(found, form) for form in forms)


def _form_in(content: bytes) -> Mapping[int, RawTab] | Text:
    """The tabs of a form, whosever it is."""
    tabs = tabs_of(content)
    if isinstance(tabs, Text):
        return tabs
    found, doubled = by_marks(tabs)
    if FORM not in found:
        return _no_form(tabs)
    return doubled[0].text if doubled else found


def _read(tabs: Mapping[int, RawTab], form: FormOf) -> FormReading | Text:
    reading = parse(tabs, form.key, form.regulation, form.group)
    return next((each.text for each in reading.problems if each.code in _ANOTHER), reading)


def _no_form(tabs: Iterable[RawTab]) -> Text:
    """Tell a form without its hidden column of anchors from a workbook that never was one."""
    marks = {column.value for column in Column}
    maimed = (tab for tab in tabs if any(len(marks.intersection(map(str, row))) > len(marks) / 2 for row in tab.cells))
    tab = next(maimed, None)
    return Text("forms.keys_lost", tab=tab.title, restore=RESTORE_FILE) if tab else Text("forms.file_no_form")
