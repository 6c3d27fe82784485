"""The forms of every shipped regulation as Excel files: what is filled in comes back, and LibreOffice agrees."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from campaign.ports import FormNotes, FormOf, FormReading
from forms.excel import ExcelFiles, files
from forms.excel.read import tabs_of
from tests.conftest import skip_or_fail
from tests.forms.excel_bombs import packed, parts_of
from tests.forms.excel_orders import GROUPS, filled, order, points, shipped_one
from tests.reports import office
from words import Text

Cells = dict[tuple[str, str], Decimal | str]
FILES = ExcelFiles()
SEED = 7


@cache
def written(name: str, group: str) -> bytes:
    """The form of a group, filled in."""
    return anew(name, group)


def anew(name: str, group: str) -> bytes:
    return FILES.write(order(name, group, filled=filled(name, group, SEED)))


def read(content: bytes, name: str, group: str) -> FormReading | Text:
    return FILES.read(content, [FormOf(order(name, group).key, shipped_one(name), group)])[0]


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_what_is_filled_in_comes_back_the_same(name: str, group: str) -> None:
    reading = read(written(name, group), name, group)

    assert isinstance(reading, FormReading)
    assert (reading.filled, reading.problems, reading.ticked) == (filled(name, group, SEED), (), False)


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_an_empty_form_comes_back_empty(name: str, group: str) -> None:
    reading = read(FILES.write(order(name, group)), name, group)

    assert isinstance(reading, FormReading)
    assert (reading.filled.answers, reading.filled.documents, reading.problems) == ((), (), ())


def test_the_same_order_gives_the_same_bytes() -> None:
    assert anew(*GROUPS[0]) == anew(*GROUPS[0])


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], tuple[bytes, bytes]]:
    """Every form with the values beside its formulas spoiled, as it was and as LibreOffice computed it."""
    if reason := office.missing():
        skip_or_fail(reason)
    folder = tmp_path_factory.mktemp("forms")
    before = {each: written(*each) for each in GROUPS}
    for (name, group), content in before.items():
        (folder / f"{name}.{group}.xlsx").write_bytes(packed(dict(spoiled(parts_of(content)))))
    files = [folder / f"{name}.{group}.xlsx" for name, group in before]
    after = office.convert(files, "xlsx", folder / "computed", office.profile(folder / "profile", computes=True))
    return {each: (content, path.read_bytes()) for (each, content), path in zip(before.items(), after, strict=True)}


def spoiled(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Put another value beside each formula, so that whoever believes it is found out."""
    return {name: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>777</v>", part) for name, part in parts.items()}


def values(content: bytes, folder: Path) -> Cells:
    """What stands in every cell with a value, by tab and address."""
    file = folder / "form.xlsx"
    file.write_bytes(content)
    book = load_workbook(file, data_only=True)
    cells = ((sheet.title, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return {(tab, cell.coordinate): _plain(cell.value) for tab, cell in cells if cell.value not in (None, "")}


def _plain(value: object) -> Decimal | str:
    """Numbers within the digits that a spreadsheet has."""
    return value if isinstance(value, str) else round(Decimal(str(value)), 9).normalize()


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_libreoffice_comes_to_every_value_that_stands_beside_a_formula(
    name: str, group: str, computed: Mapping[tuple[str, str], tuple[bytes, bytes]], tmp_path: Path
) -> None:
    before, after = computed[name, group]

    assert values(after, tmp_path) == values(before, tmp_path)


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_a_form_that_libreoffice_saved_is_read_as_before(
    name: str, group: str, computed: Mapping[tuple[str, str], tuple[bytes, bytes]]
) -> None:
    reading = read(computed[name, group][1], name, group)

    assert isinstance(reading, FormReading)
    assert (reading.filled, reading.problems) == (filled(name, group, SEED), ())


def test_a_form_of_another_unit_campaign_or_layout_gets_its_own_answer() -> None:
    name, group = "cao-bang-2310", "so"
    content = FILES.write(order(name, group))
    regulation = shipped_one(name)

    said = FILES.read(
        content,
        [
            FormOf(f"{name}/don-vi-khac", regulation, group),
            FormOf("nam-khac/don-vi-thu", regulation, group),
            FormOf(f"{name}/don-vi-thu", regulation, "huyen"),
        ],
    )

    assert [answer.id for answer in said if isinstance(answer, Text)] == [
        "forms.other_unit",
        "forms.other_campaign",
        "forms.old_layout",
    ]


def test_a_file_that_may_be_of_many_units_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    name, group = "cao-bang-2310", "so"
    content, opened = written(name, group), []

    def counted(given: bytes) -> object:
        opened.append(given)
        return tabs_of(given)

    monkeypatch.setattr(files, "tabs_of", counted)
    forms = [FormOf(f"{name}/don-vi-{n}", shipped_one(name), group) for n in ("mot", "hai", "thu")]
    said = FILES.read(content, forms)

    assert [type(answer) for answer in said] == [Text, Text, FormReading]
    assert len(opened) == 1


def test_verified_points_and_reasons_stand_in_the_form(tmp_path: Path) -> None:
    name, group = "mic-2392", "xa"
    regulation = shipped_one(name)
    notes = FormNotes(status=Text("forms.file_empty"), verified=points(regulation, group))

    told = values(FILES.write(order(name, group, notes=notes)), tmp_path)

    assert set(notes.verified.values()) <= {value for value in told.values() if isinstance(value, Decimal)}
