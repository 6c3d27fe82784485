from decimal import Decimal
from typing import Any

import pytest

from forms.google.write import requests
from forms.inputs import Inputs
from forms.sheet import Column, Input, Row, Sheet, Style
from scoring import Question


def cell_with(content: Input | str | Decimal) -> Any:  # noqa: ANN401 - any JSON value
    """What is sent for the first label cell of a sheet."""
    sheet = Sheet("Tên", (Row("", Style.QUESTION, {Column.LABEL: content}),), frozen=0, hidden=frozenset())
    (sent,) = (each["updateCells"]["rows"] for each in requests(sheet) if "updateCells" in each)
    return sent[0]["values"][Column.LABEL.position]


@pytest.mark.parametrize(
    ("question", "hint", "condition", "values"),
    [
        (Question("a", "A", "date"), "Nhập ngày/tháng/năm, ví dụ 31/10/2026.", "DATE_IS_VALID", []),
        (
            Question("a", "A", "integer", minimum=1),
            "Nhập số nguyên. Từ 1 trở lên.",
            "CUSTOM_FORMULA",
            ["=AND(ISNUMBER(L1);L1>=1)"],
        ),
        (
            Question("a", "A", "decimal", maximum=Decimal("8.5")),
            "Nhập số, dấu phẩy cho phần thập phân. Không quá 8,5.",
            "CUSTOM_FORMULA",
            ["=AND(ISNUMBER(L1);L1<=17/2)"],
        ),
        (
            Question("a", "A", "decimal", minimum=0, maximum=Decimal("0.5")),
            "Nhập số, dấu phẩy cho phần thập phân. Từ 0 đến 0,5.",
            "CUSTOM_FORMULA",
            ["=AND(ISNUMBER(L1);L1>=0;L1<=1/2)"],
        ),
    ],
)
def test_a_cell_for_numbers_and_dates_warns_but_lets_everything_in(
    question: Question, hint: str, condition: str, values: list[str]
) -> None:
    assert cell_with(Inputs("vi").answer(question))["dataValidation"] == {
        "condition": {"type": condition, "values": [{"userEnteredValue": value} for value in values]},
        "inputMessage": hint,
        "strict": False,
        "showCustomUi": True,
    }


def test_a_list_lets_nothing_else_in() -> None:
    rule = cell_with(Inputs("vi").answer(Question("a", "A", "boolean")))["dataValidation"]
    assert (rule["condition"]["type"], rule["strict"]) == ("ONE_OF_LIST", True)


def test_a_cell_for_text_has_no_rule() -> None:
    assert "dataValidation" not in cell_with(Inputs("vi").answer(Question("a", "A", "text")))


def test_a_number_is_kept_as_it_is_typed() -> None:
    look = cell_with(Inputs("vi").answer(Question("a", "A", "integer")))["userEnteredFormat"]
    assert look["numberFormat"] == {"type": "TEXT"}


def test_what_is_typed_into_a_text_cell_stays_text() -> None:
    assert cell_with(Input("text"))["userEnteredFormat"]["numberFormat"] == {"type": "TEXT"}


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@ai"])
def test_a_text_is_sent_as_text(text: str) -> None:
    assert cell_with(text)["userEnteredValue"] == {"stringValue": text}


def test_an_amount_is_sent_as_a_number() -> None:
    assert cell_with(Decimal("2.50"))["userEnteredValue"] == {"numberValue": 2.5}
