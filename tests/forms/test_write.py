"""What is sent for cells, rows and columns of a form."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import scoring
from forms.dialect import GOOGLE
from forms.google.look import format_of, highlighted
from forms.google.write import alone, requests
from forms.layout import lay_out
from forms.look import WIDTHS
from forms.sheet import AnyColumn, Book, Column, Content, Highlight, Input, Note, Row, Sample, Style, Tab
from tests.forms.samples import order_of, regulation

SMALL_WINDOW = 1366 - 46 - 56 - 14
"""In pixels: less the numbers of the rows, the service's bar on the right, the scroll bar."""
REGULATIONS = sorted((Path(scoring.__file__).parent / "regulations").glob("*.yaml"))


def drawn(*rows: Row, highlights: tuple[Highlight, ...] = ()) -> list[Any]:
    """The requests for a form of these rows."""
    tab = Tab(2310, "Phiếu", tuple(Column), rows, frozen=0, hidden=frozenset(), highlights=highlights)
    return requests(Book("Tên", (tab,)), ())


def sent(kind: str, batch: list[Any]) -> list[Any]:
    """The requests of one kind."""
    return [each[kind] for each in batch if kind in each]


def row(content: Content, column: Column = Column.ANSWER) -> Row:
    return Row("", Style.QUESTION, {column: content})


def cell_with(content: Content) -> Any:  # noqa: ANN401 - any JSON value
    """What is sent for one cell."""
    (update,) = sent("updateCells", drawn(row(content)))
    return update["rows"][0]["values"][Column.ANSWER.position]


def rule_for(content: Content) -> Any:  # noqa: ANN401 - any JSON value
    """The rule that is sent for one cell, None where there is none."""
    rules = sent("setDataValidation", drawn(row(content)))
    return rules[0]["rule"] if rules else None


@pytest.mark.parametrize(
    ("given", "condition", "values"),
    [
        (Input("date", "Ngày."), "DATE_IS_VALID", []),
        (Input("integer", "Số.", minimum=1), "CUSTOM_FORMULA", ["=AND(ISNUMBER(O1);O1>=1)"]),
        (Input("decimal", "Số.", maximum=Decimal("8.5")), "CUSTOM_FORMULA", ["=AND(ISNUMBER(O1);O1<=17/2)"]),
        (
            Input("decimal", "Số.", minimum=0, maximum=Decimal("0.5")),
            "CUSTOM_FORMULA",
            ["=AND(ISNUMBER(O1);O1>=0;O1<=1/2)"],
        ),
        (Input("text", "Ghi rõ."), "CUSTOM_FORMULA", ["=TRUE"]),
    ],
)
def test_a_cell_says_what_it_wants_and_lets_everything_in(given: Input, condition: str, values: list[str]) -> None:
    asked = {"type": condition, "values": [{"userEnteredValue": value} for value in values]}
    assert rule_for(given) == {"condition": asked, "inputMessage": given.hint, "strict": False, "showCustomUi": True}


def test_a_list_and_a_box_let_nothing_else_in() -> None:
    listed = rule_for(Input("choice", "Chọn.", ("Có", "Không")))
    assert (listed["condition"]["type"], listed["strict"]) == ("ONE_OF_LIST", True)
    box = rule_for(Input("box", "Đánh dấu."))
    assert (box["condition"], box["strict"]) == ({"type": "BOOLEAN"}, True)


def test_a_cell_for_text_without_a_hint_has_no_rule() -> None:
    assert rule_for(Input("text")) is None


def test_neighbours_with_the_same_rule_share_a_request() -> None:
    choice, other = Input("choice", "Chọn.", ("Có",)), Input("choice", "Chọn.", ("Không",))
    rules = sent("setDataValidation", drawn(*(row(each) for each in (choice, choice, other, choice))))
    assert [(each["range"]["startRowIndex"], each["range"]["endRowIndex"]) for each in rules] == [
        (0, 2),
        (2, 3),
        (3, 4),
    ]


@pytest.mark.parametrize("kind", ["integer", "decimal", "text"])
def test_what_is_typed_is_kept_as_it_is_typed(kind: Any) -> None:  # noqa: ANN401 - a literal
    assert cell_with(Input(kind))["userEnteredFormat"]["numberFormat"] == {"type": "TEXT"}


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@ai"])
@pytest.mark.parametrize("make", [str, Note, lambda text: Input("text", value=text)])
def test_a_text_is_sent_as_text(text: str, make: Any) -> None:  # noqa: ANN401 - whatever makes content
    assert cell_with(make(text))["userEnteredValue"] == {"stringValue": text}


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (Decimal("2.50"), {"numberValue": 2.5}),
        (Note(digits=2, amount=Decimal("12.50")), {"numberValue": 12.5}),
        (Note(digits=2, amount=Decimal(0)), {"numberValue": 0.0}),
        (Input("box", value=False), {"boolValue": False}),
        (Input("box", value=True), {"boolValue": True}),
        (Input("date", value="05/01/2026"), {"numberValue": 46027}),
        (Input("date", value="đầu năm"), {"stringValue": "đầu năm"}),
        (Input("integer", value="1.234"), {"stringValue": "1.234"}),
    ],
)
def test_a_value_is_sent_as_what_it_is(content: Content, value: dict[str, object]) -> None:
    assert cell_with(content)["userEnteredValue"] == value


@pytest.mark.parametrize("content", ["", Note(), Note(digits=2), Input("text"), Input("date")])
def test_a_cell_without_a_value_stays_empty(content: Content) -> None:
    assert "userEnteredValue" not in cell_with(content)


def test_an_amount_that_comes_later_already_has_its_decimals() -> None:
    assert cell_with(Note(digits=2))["userEnteredFormat"]["numberFormat"] == {"type": "NUMBER", "pattern": "#,##0.00"}


def test_a_row_of_merged_cells_is_as_high_as_its_text_for_the_service_fits_none() -> None:
    across: dict[AnyColumn, AnyColumn] = {Column.NUMBER: Column.EXPLANATION}
    texts = ("một", "một\nhai\nba", "Phiếu được trả lại để bổ sung. " * 10)
    batch = drawn(*(Row("", Style.STATUS, {Column.NUMBER: Note(text)}, across) for text in texts))
    sizes = [each for each in sent("updateDimensionProperties", batch) if each["range"]["dimension"] == "ROWS"]
    assert [each["properties"]["pixelSize"] for each in sizes] == [26, 60, 43]


def test_a_window_of_a_small_laptop_shows_all_that_people_fill_in() -> None:
    (form, _) = lay_out(order_of(regulation()), GOOGLE).tabs
    shown = [each for each in form.columns if each not in form.hidden and each.position <= Column.EXPLANATION.position]
    assert sum(WIDTHS[each] for each in shown) <= SMALL_WINDOW


def test_what_the_office_says_beside_a_line_is_plain_and_a_colour_is_explained_on_itself() -> None:
    remark = format_of(Style.INDICATOR, Column.REMARK, Note("Xem lại."))
    assert ("bold" in remark["textFormat"], remark["textFormat"]["foregroundColor"]["red"]) == (False, 0.651)
    sample = format_of(Style.GUIDE, Column.HOW, Sample("Còn thiếu", "missing"))
    assert sample["backgroundColor"] == highlighted("missing")["backgroundColor"]


def test_a_highlight_becomes_a_conditional_format_in_the_same_order() -> None:
    given = [Highlight(Column.ANSWER, 1, 3, "$Q2=0", "missing"), Highlight(Column.ANSWER, 0, 0, "$Q1=2", "wrong")]
    first, second = sent("addConditionalFormatRule", drawn(row(""), highlights=tuple(given)))
    area = {"sheetId": 2310, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 5, "endColumnIndex": 6}
    assert first["rule"]["ranges"] == [area]
    assert first["rule"]["booleanRule"]["condition"] == {
        "type": "CUSTOM_FORMULA",
        "values": [{"userEnteredValue": "=$Q2=0"}],
    }
    assert [each["index"] for each in (first, second)] == [0, 1]


def test_everything_is_protected_but_the_cells_to_fill_in() -> None:
    batch = drawn(row("nhãn"), row(Input("text")), row(Input("integer")), row(""), row(Input("text"), Column.EVIDENCE))
    (given,) = sent("addProtectedRange", batch)
    protected = given["protectedRange"]
    assert (protected["range"], protected["description"]) == ({"sheetId": 2310}, "Xephang")
    assert [
        (each["startColumnIndex"], each["startRowIndex"], each["endRowIndex"])
        for each in protected["unprotectedRanges"]
    ] == [(5, 1, 3), (7, 4, 5)]


def test_the_tabs_are_there_before_any_formula_speaks_of_them() -> None:
    batch = requests(lay_out(order_of(regulation()), GOOGLE), ("a@example.vn",))
    kinds = [next(iter(each)) for each in batch]
    assert kinds[:4] == ["updateSpreadsheetProperties", "addSheet", "addSheet", "updateCells"]
    editors = [each["protectedRange"]["editors"] for each in sent("addProtectedRange", batch)]
    assert editors == [{"users": ["a@example.vn"]}] * 2


@pytest.mark.parametrize("file", REGULATIONS, ids=lambda file: file.stem)
def test_the_request_for_a_real_form_stays_below_the_two_megabytes_that_google_recommends(file: Path) -> None:
    rules = regulation(file.read_text(encoding="utf-8"))
    sizes = [len(json.dumps(requests(lay_out(order_of(rules, group), GOOGLE), ()))) for group in rules.groups]
    assert max(sizes) < 1_000_000


def test_a_spreadsheet_of_ours_loses_the_tab_that_it_began_with() -> None:
    assert sent("deleteSheet", alone(0)) == [{"sheetId": 0}]
