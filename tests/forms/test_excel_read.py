"""Workbooks are opened in a process of their own, which gives their cells or ends, and only it."""

import signal
import subprocess
import sys
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from forms.excel import child, read
from forms.excel.read import opened, tabs_of
from forms.grid import RESTORE_FILE, UNCOMPUTED, Percent, RawTab
from tests.forms.excel_bombs import SHEET, packed, parts_of, plain, with_data, with_part
from words import Text

BROKEN = Text("forms.file_broken")
BOOK = parts_of(plain())["xl/workbook.xml"]
SHEET_TAG = b'<sheet name="Phi\xe1\xba\xbfu" sheetId="1" r:id="rId1"/>'
VALID = plain(("xephang", "answer", 8.5), ("Số máy", True, "=1+1"), (None, "#REF!", 85))


def test_cells_keep_their_types_and_their_places() -> None:
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Phiếu")
        sheet.write_string("B2", "8,5")
        sheet.write_string("C2", "=1+1")
        sheet.write_number("D2", 8.5)
        sheet.write_number("E2", 0.85, book.add_format({"num_format": "0.0%"}))
        sheet.write_number("F2", 85, book.add_format({"num_format": '0" %"'}))
        sheet.write_datetime("G2", datetime(2026, 1, 31, tzinfo=None), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001 - a cell knows no zone
        sheet.write_boolean("H2", True)  # noqa: FBT003 - the library's own signature
        sheet.write_formula("I2", "=1+1", None, 2)
        sheet.write_formula("J2", "=1/0", None, "#DIV/0!")
        sheet.merge_range("A4:C4", "qua ba cột")
        sheet.write_string("D4", "sau đó")
        book.add_worksheet("Trống")

    assert opened(content.getvalue()) == (
        RawTab(
            "Phiếu",
            [
                [],
                [None, "8,5", "=1+1", 8.5, Percent(0.85), 85, date(2026, 1, 31), True, 2, "#DIV/0!"],
                [],
                ["qua ba cột", None, None, "sau đó"],
            ],
            RESTORE_FILE,
        ),
        RawTab("Trống", [], RESTORE_FILE),
    )


def test_a_percentage_is_told_from_a_number() -> None:
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_number("A1", 0.85, book.add_format({"num_format": "0%"}))
        sheet.write_number("B1", 0.85, book.add_format({"num_format": '0.00" (%)"'}))

    tabs = opened(content.getvalue())

    assert not isinstance(tabs, Text)
    assert [type(cell) for cell in tabs[0].cells[0]] == [Percent, float]


def one_text_in_many_cells() -> bytes:
    strings = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"x" * 30_000}</t></si></sst>'
    )
    cells = '<c t="s"><v>0</v></c>' * 9
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 5000))
    return packed(parts_of(with_data(rows)) | {"xl/sharedStrings.xml": strings.encode()})


def entities(levels: int) -> bytes:
    """Entities that grow to ten times as much with every level."""
    tenfold = {n: f"&l{n - 1};" * 10 for n in range(1, levels)}
    told = "".join(f'<!ENTITY l{n} "{value}">' for n, value in tenfold.items())
    data = with_data('<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>')
    text = parts_of(data)[SHEET].decode()
    return with_part(SHEET, text.replace("<worksheet", f'<!DOCTYPE x [<!ENTITY l0 "ha">{told}]><worksheet', 1).encode())


FAR = {
    "at the end of the world": ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
    "too far to the right": ('<row r="1"><c r="IW1"><v>1</v></c></row>', "IW1"),
    "too far down": ('<row r="20001"><c r="B20001"><v>1</v></c></row>', "B20001"),
    "in a row beyond the end": ('<row r="9999999999"><c><v>1</v></c></row>', "A9999999999"),
    "that does not say where it is": ('<row r="20000"><c/></row><row><c/><c><v>1</v></c></row>', "B20001"),
    "that spells where it is": ('<row r="1"><c r="I&#87;1"><v>1</v></c></row>', "IW1"),
    "behind another attribute": ("""<row r="1"><c x="r='A1' &gt;" r="IW1"><v>1</v></c></row>""", "IW1"),
}


@pytest.mark.parametrize("name", FAR)
def test_a_cell_beyond_any_form_is_named_however_the_file_says_where_it_is(name: str) -> None:
    data, cell = FAR[name]

    assert tabs_of(with_data(data)) == Text("forms.file_far_cell", cell=cell)


def test_what_stands_nowhere_near_the_form_but_is_empty_does_no_harm() -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    sheet = parts_of(with_data(data))[SHEET].replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )

    assert tabs_of(with_part(SHEET, sheet)) == (RawTab("Phiếu", [[1]], RESTORE_FILE),)


OVERLOADED = {
    "twenty thousand sheets": with_part("xl/workbook.xml", BOOK.replace(SHEET_TAG, SHEET_TAG * 20_000)),
    "gaps between few cells": with_data(
        "".join(f'<row r="{n}"><c r="IV{n}"><v>1</v></c></row>' for n in range(1, 2000))
    ),
    "one long text in many cells": one_text_in_many_cells(),
}


@pytest.mark.parametrize("name", OVERLOADED)
def test_more_than_anybody_types_is_called_so(name: str) -> None:
    assert tabs_of(OVERLOADED[name]) == Text("forms.file_overloaded")


def test_the_most_that_is_let_in_is_read_in_the_time_that_the_child_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "SECONDS", 600)  # others may be at work on the machine; the processor's time is bounded
    rows = [[row * column for column in range(1, 21)] for row in range(1, 4800)]
    data = "".join(
        f'<row r="{n}">{"".join(f"<c><v>{each}</v></c>" for each in row)}</row>' for n, row in enumerate(rows, 1)
    )

    assert tabs_of(with_data(data)) == (RawTab("Phiếu", rows, RESTORE_FILE),)


CELLS = {
    "<c><v>12</v></c>": 12,
    "<c><v> -8.5E-1 </v></c>": -0.85,
    "<c><v>١٢</v></c>": "١٢",
    "<c><v>1_000</v></c>": "1_000",
    "<c><v>0x10</v></c>": "0x10",
    "<c><v>NaN</v></c>": "NaN",
    "<c><v>inf</v></c>": "inf",
    "<c><v>1E400</v></c>": "1E400",
    "<c><v>1e-400</v></c>": "1e-400",
    "<c><v>1e99999</v></c>": "1e99999",
    f"<c><v>{'9' * 5000}</v></c>": "9" * 5000,
    '<c s="99999"><v>0.5</v></c>': 0.5,
    '<c s="x"><v>0.5</v></c>': 0.5,
    '<c t="s"><v>0</v></c>': "một",
    '<c t="s"><v>7</v></c>': "#VALUE!",
    '<c t="s"><v>-1</v></c>': "#VALUE!",
    '<c t="b"><v>true</v></c>': True,
    '<c t="b"><v>7</v></c>': "#VALUE!",
    '<c t="e"><v>#SPILL!</v></c>': "#SPILL!",
    '<c t="e"><v>1</v></c>': "#VALUE!",
    '<c t="d"><v>2026-01-31T08:30:00</v></c>': date(2026, 1, 31),
    '<c t="d"><v>31/01/2026</v></c>': "31/01/2026",
    '<c t="zz"><v>1</v></c>': "1",
    '<c t="str"><f>A1</f><v>a_x000D_\nb</v></c>': "a\nb",
    "<c><f>A1</f></c>": UNCOMPUTED,
    '<c t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c>': "ab",
}


@pytest.mark.parametrize("cell", CELLS)
def test_each_cell_is_read_for_itself_and_only_what_the_format_calls_a_number_is_one(cell: str) -> None:
    tabs = tabs_of(with_data(f'<row r="1">{cell}<c t="inlineStr"><is><t>sau</t></is></c></row>'))

    assert tabs == (RawTab("Phiếu", [[CELLS[cell], "sau"]], RESTORE_FILE),)
    assert not isinstance(tabs, Text)
    assert type(tabs[0].cells[0][0]) is type(CELLS[cell])


FORMATS = {
    "dd/mm/yyyy": (45_000, date(2023, 3, 15)),
    "[$-42A]d mmmm;@": (45_000.9, date(2023, 3, 15)),
    "mmm": (45_000, date(2023, 3, 15)),
    "yyyy": (10**9, "#VALUE!"),
    "d/m": (-1, "#VALUE!"),
    "h:mm": (0.5, "12:00:00"),
    "[h]:mm": (1.25, "30:00:00"),
    '[Red]0.0" ngày"': (8.5, 8.5),
    '0" %"': (85, 85),
    "#,##0.0 %;[Red]-0 %": (0.5, Percent(0.5)),
}


@pytest.mark.parametrize("code", FORMATS)
def test_the_format_of_a_number_tells_days_and_percentages(code: str) -> None:
    number, meant = FORMATS[code]
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet().write_number("A1", number, book.add_format({"num_format": code}))

    tabs = tabs_of(content.getvalue())

    assert not isinstance(tabs, Text)
    assert [(type(cell), cell) for cell in tabs[0].cells[0]] == [(type(meant), meant)]


def test_a_format_as_long_as_a_book_is_read_as_far_as_formats_go() -> None:
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet().write_number("A1", 0.5, book.add_format({"num_format": "[" * 200_000}))

    assert tabs_of(content.getvalue()) == (RawTab("Sheet1", [[0.5]], RESTORE_FILE),)


def test_a_calendar_that_begins_in_1904_gives_the_same_days() -> None:
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "date_1904": True}) as book:
        book.add_worksheet().write_datetime("A1", date(2026, 1, 31), book.add_format({"num_format": "d/m/yyyy"}))

    tabs = tabs_of(content.getvalue())

    assert not isinstance(tabs, Text)
    assert tabs[0].cells == [[date(2026, 1, 31)]]


PAST_THE_LOOK = {
    "entities that multiply": entities(10),
    "a million tags in each other": with_data("<a>" * 3_000_000 + "</a>" * 3_000_000),
    "many sheets of one part": with_part(
        "xl/workbook.xml", BOOK.replace(SHEET_TAG, b"".join(SHEET_TAG.replace(b"1", b"%d" % n, 1) for n in range(30)))
    ),
    "another encoding under a name that is none of XML": packed(
        {name.replace("sheet1.xml", "sheet1.x"): part for name, part in parts_of(plain()).items() if name != SHEET}
        | {"xl/worksheets/sheet1.x": "<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16")}
        | {
            "xl/_rels/workbook.xml.rels": parts_of(plain())["xl/_rels/workbook.xml.rels"].replace(
                b"sheet1.xml", b"sheet1.x"
            )
        }
    ),
    "no XML in the sheet": with_part(SHEET, b"<worksheet><sheetData>"),
    "something else altogether": b"PK\x03\x04 and nothing more",
}


@pytest.mark.parametrize("name", PAST_THE_LOOK)
def test_what_a_look_from_outside_would_miss_ends_the_child_and_nothing_else(name: str) -> None:
    assert opened(PAST_THE_LOOK[name]) == BROKEN


GREEDY = {
    "memory": ("child.tabs = lambda content: 'x' * 10**9", 1),
    "time": ("child.SECONDS = 1; child.tabs = lambda content: all(iter(lambda: 1, 0))", -signal.SIGKILL),
}


@pytest.mark.parametrize("name", GREEDY)
def test_the_child_has_so_much_memory_and_time_and_no_more(name: str) -> None:
    greed, code = GREEDY[name]
    program = f"from forms.excel import child; {greed}; child.main()"

    done = subprocess.run(
        [sys.executable, "-c", program],
        input=b"",
        capture_output=True,
        check=False,
        cwd=Path(child.__file__).parents[2],
    )

    assert (done.returncode, done.stdout) == (code, b"")


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "SECONDS", 0.001)

    assert opened(VALID) == BROKEN


CHILDREN = {
    "crashes": "raise SystemError",
    "is killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "prints nothing": "",
    "prints no JSON": "print('[[[')",
    "prints other JSON": "print('[{\"title\": 1}]')",
    "prints a day that is none": 'print(\'[{"title": "a", "rows": [[{"date": "2026-02-31"}]]}]\')',
}


@pytest.mark.parametrize("name", CHILDREN)
def test_whatever_becomes_of_the_child_the_file_is_called_broken(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "child.py"
    script.write_text(CHILDREN[name])
    monkeypatch.setattr(child, "__file__", str(script))

    assert opened(VALID) == BROKEN


def test_the_child_gets_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "child.py"
    script.write_text(
        "import json, os; print(json.dumps([{'title': ' '.join(n for n in os.environ if 'XEPHANG' in n), 'rows': []}]))"
    )
    monkeypatch.setattr(child, "__file__", str(script))
    monkeypatch.setenv("XEPHANG_TELEGRAM_TOKEN", "invented")

    assert opened(VALID) == (RawTab("", [], RESTORE_FILE),)


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_get_an_answer(content: bytes) -> None:
    assert isinstance(tabs_of(content), Text)


@given(st.binary(max_size=200))
@settings(max_examples=20, deadline=None)
def test_any_bytes_in_the_child_get_an_answer(content: bytes) -> None:
    assert opened(content) == BROKEN


@given(
    place=st.integers(0, len(VALID) - 1), bits=st.integers(1, 255), length=st.integers(0, len(VALID)), cut=st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_gives_tabs_or_an_answer(place: int, bits: int, length: int, *, cut: bool) -> None:
    damaged = VALID[:length] if cut else VALID[:place] + bytes([VALID[place] ^ bits]) + VALID[place + 1 :]

    found = tabs_of(damaged)

    assert isinstance(found, Text) or all(isinstance(tab, RawTab) for tab in found)


PARTS = parts_of(VALID)


@given(
    name=st.sampled_from(sorted(PARTS)),
    place=st.floats(0, 1),
    inserted=st.sampled_from(
        [
            b"",
            b"<",
            b"</row>",
            b"<row r='9'>",
            b'"',
            b"&amp;",
            b"&x;",
            b"-1",
            b"99999999999",
            b"\xff",
            b"1e999",
            b"Infinity",
        ]
    ),
    removed=st.integers(0, 60),
)
@settings(max_examples=60, deadline=None)
def test_a_workbook_with_a_mutilated_part_gives_tabs_or_an_answer(
    name: str, place: float, inserted: bytes, removed: int
) -> None:
    part = PARTS[name]
    start = int(place * len(part))
    changed = part[:start] + inserted + part[start + removed :]

    found = tabs_of(packed(PARTS | {name: changed}))

    assert isinstance(found, Text) or all(isinstance(tab, RawTab) for tab in found)
