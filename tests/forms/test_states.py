"""The states and the progress of a form as a workbook computes them, whatever people typed into it."""

import random
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from campaign.ports import Document, Filled, FormNotes, FormOf, FormOrder, FormReading
from forms.dialect import EXCEL
from forms.excel import ExcelFiles
from forms.layout import lay_out
from forms.outline import Outline, outline
from forms.sheet import Column, Formula, State, address
from scoring import Answer, Question, load_regulation
from tests.conftest import skip_or_fail
from tests.forms.expected import progress_of, states_of
from tests.forms.samples import SHAPES, TEXT, order_of, regulation
from tests.reports import office

FILES = ExcelFiles()
EACH = 4

DOUBTFUL = """
checks:
  - {that: may_tinh >= 100 * can_bo, severity: notice, assumed: số phép thử}
"""

Typed = Mapping[str, str | int]
"""What is typed into the answer of a question, or into the claim of an indicator, by anchor."""


def typed_into(lines: Outline, chance: random.Random) -> Typed:
    """Anything that somebody may type: nothing, something that is allowed, and something that is not."""
    texts = ["", "7", "12", " 3 ", "8,5", "1.5", "0.500", "2.000", "1,000", "nhiều", "-1", "1.234.567,8"]
    numbers: list[str | int] = [*texts, 4]
    options: dict[str, list[str | int]] = {
        "boolean": ["", "Có", "Không"],
        "date": ["", "01/02/2026", "31/02/2026", "2026-10-01", "tháng mười", 46296],
        "text": ["", "  ", "ghi chú", "=1+1"],
    }

    def typed(question: Question) -> str | int:
        if question.choices:
            return chance.choice(["", *(choice.label for choice in question.choices)])
        return chance.choice(options.get(question.type, numbers))

    answers = {f"question:{each.key}": typed(each) for each in lines.questions}
    claims = {f"node:{each.id}": chance.choice(["", "", "", "Không áp dụng"]) for each in lines.claimable}
    return answers | claims


def received(lines: Outline, chance: random.Random) -> Mapping[str, tuple[str, ...]]:
    """Files that the office has for some of the questions."""
    return {each.key: ("Tệp (mẫu).pdf", "=1+1.pdf") for each in lines.questions if chance.random() < 1 / 3}


def filled_by_hand(book: Workbook, rows: Mapping[str, int], typed: Typed) -> bytes:
    """The file of a form after somebody typed into it, over what was typed before; `rows` are those of its anchors."""
    for anchor, value in typed.items():
        column = Column.ANSWER if anchor.startswith("question:") else Column.NOT_APPLICABLE
        cell = book.worksheets[0][address(column.position, rows[anchor])]
        cell.value = value or None
        cell.data_type = "s" if isinstance(value, str) and value else cell.data_type
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def places_of(order: FormOrder) -> Mapping[str, int]:
    """The rows of the anchors, from 0."""
    return {row.key: index for index, row in enumerate(lay_out(order, EXCEL).tabs[0].rows)}


@pytest.fixture(scope="module")
def orders() -> Mapping[str, FormOrder]:
    loaded, problems = load_regulation("hoa-binh-2018")
    assert loaded, problems
    shapes = regulation(SHAPES)
    return {
        "small": order_of(regulation(TEXT + DOUBTFUL)),
        "shapes": order_of(shapes, "b"),
        "hoa-binh": order_of(loaded, "huyen", previous={"can_bo": 20, "may_tinh": 9}),
    }


def test_a_workbook_says_of_each_answer_what_reading_and_completeness_find(
    orders: Mapping[str, FormOrder], tmp_path: Path
) -> None:
    if reason := office.missing():
        skip_or_fail(reason)
    chance = random.Random(2310)  # noqa: S311 - the same forms in each run
    files: dict[Path, FormOrder] = {}
    places = {name: places_of(order) for name, order in orders.items()}
    for name, order in orders.items():
        lines = outline(order.regulation, order.group)
        for number in range(EACH):
            noted = replace(order, notes=FormNotes(received=received(lines, chance)))
            book, typed = load_workbook(BytesIO(FILES.write(noted))), typed_into(lines, chance)
            files[tmp_path / f"{name}-{number}.xlsx"] = noted
            (tmp_path / f"{name}-{number}.xlsx").write_bytes(filled_by_hand(book, places[name], typed))

    computed = office.convert(list(files), "xlsx", tmp_path / "out", office.profile(tmp_path / "user", computes=True))

    seen = set()
    for file, order in zip(computed, files.values(), strict=True):
        (reading,) = FILES.read(file.read_bytes(), [FormOf(order.key, order.regulation, order.group)])
        assert isinstance(reading, FormReading)
        rows = places[file.stem.rpartition("-")[0]]
        sheet = load_workbook(file, data_only=True).worksheets[0]

        wanted = states_of(order, reading)
        found = {key: sheet[address(Column.STATE.position, rows[f"question:{key}"])].value for key in wanted}
        assert {key: None if each == "" else each for key, each in found.items()} == wanted
        seen |= set(wanted.values())
        told = sheet[address(Column.NUMBER.position, rows["progress"])].value
        assert told == progress_of(order, reading, in_file=True)
    assert seen == {None, -State.UNEVIDENCED, -State.DONE, *range(State.MISSING, State.REFUSED + 1)}


def test_what_is_unlikely_beside_last_years_answer_is_no_error(orders: Mapping[str, FormOrder]) -> None:
    order = replace(orders["hoa-binh"], filled=Filled((Answer("can_bo", 7),)))
    state = state_of("can_bo", order)
    assert state.value == State.UNLIKELY * State.DONE
    assert ">0,FALSE),-1,1)*" in state.text


def test_a_file_is_evidence_on_the_form_while_the_office_has_it_whatever_was_submitted_with_it() -> None:
    file = Document("tuong_lua", name="1.2a Biên bản (mẫu).pdf", sha256="0" * 64)
    submitted = Filled((Answer("tuong_lua", value=True, evidence=file.name),), (file,))
    kept = FormNotes(received={"tuong_lua": (file.name,)})

    found = [
        state_of("tuong_lua", order_of(regulation(), filled=submitted, notes=notes)).value
        for notes in (kept, FormNotes())
    ]

    assert found == [State.DONE, State.UNEVIDENCED]


def state_of(key: str, order: FormOrder) -> Formula:
    """What the form says of an answer as it is laid out."""
    (row,) = (each for each in lay_out(order, EXCEL).tabs[0].rows if each.key == f"question:{key}")
    state = row.cells[Column.STATE]
    assert isinstance(state, Formula)
    return state
