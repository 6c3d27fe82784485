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
from forms.grid import RESTORE_FILE, Percent, RawTab
from tests.forms.excel_bombs import SHEET, packed, parts_of, plain, with_data, with_part
from words import Text

BROKEN = Text("forms.file_broken")
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


def entities(levels: int) -> bytes:
    """Entities that grow to ten times as much with every level."""
    tenfold = {n: f"&l{n - 1};" * 10 for n in range(1, levels)}
    told = "".join(f'<!ENTITY l{n} "{value}">' for n, value in tenfold.items())
    data = with_data('<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>')
    text = parts_of(data)[SHEET].decode()
    return with_part(SHEET, text.replace("<worksheet", f'<!DOCTYPE x [<!ENTITY l0 "ha">{told}]><worksheet', 1).encode())


def one_text_in_many_cells() -> bytes:
    strings = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"x" * 30_000}</t></si></sst>'
    )
    cells = '<c t="s"><v>0</v></c>' * 9
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 5000))
    return packed(parts_of(with_data(rows)) | {"xl/sharedStrings.xml": strings.encode()})


PAST_THE_LOOK = {
    "a cell at the end of the world": with_data('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "entities that multiply": entities(10),
    "a million tags in each other": with_data("<a>" * 3_000_000 + "</a>" * 3_000_000),
    "one long text in many cells": one_text_in_many_cells(),
    "a number of five thousand digits": with_data(f'<row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>'),
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
