"""What XlsxWriter is told to draw, looked at in the finished file."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from forms.excel.in_words import in_words
from forms.excel.write import write
from forms.measure import lines
from forms.sheet import Book, Column, Formula, Input, Row, Style
from tests.forms.excel_bombs import parts_of
from tests.forms.excel_books import MADE, documents, form, question, workbook
from tests.forms.excel_orders import GROUPS, filled, order
from tests.forms.test_excel_forms import FILES, SEED


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def answer(given: Input) -> Worksheet:
    """The first tab of a form with one question; its answer is F4."""
    return opened(workbook(question("a", given)))["Phiếu"]


HOSTILE = (
    "=1+1",
    "+84 900",
    "-5",
    "@SUM(A1)",
    "http://example.vn",
    "{=1}",
    "007",
    "1.5",
    "12/03",
    "TRUE",
    "\ttab",
    "'x",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_a_text_looks_like_it_stays_text(typed: str) -> None:
    cell = answer(Input("text", value=typed))["F4"]

    assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (typed, "s", "@", None)


def test_what_no_file_can_hold_is_replaced_or_cut() -> None:
    cells = [answer(Input("text", value=each))["F4"].value for each in ("x" * 40_000, "lone \ud800 half")]

    assert cells == ["x" * 32_767, "lone ? half"]


def test_only_cells_for_answers_are_open_and_the_sheet_is_protected() -> None:
    book = opened(workbook(question("a", Input("integer")), question("b", Input("text"))))

    open_cells = [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    ]
    assert open_cells == [
        ("Phiếu", "F4"),
        ("Phiếu", "F5"),
        *(("Tài liệu", f"{column}{row}") for row in (2, 3, 4) for column in "BCDEF"),
    ]
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    # In the file a right that is given is a ban that is lifted.
    form_tab, list_tab = (book[title].protection for title in ("Phiếu", "Tài liệu"))
    assert (form_tab.formatRows, form_tab.insertRows, list_tab.insertRows, list_tab.sort) == (False, True, False, False)


def validation(given: Input) -> tuple[object, ...]:
    (rule,) = answer(given).data_validations.dataValidation
    return rule.type, rule.formula1, rule.errorStyle, rule.prompt


def test_a_choice_is_insisted_on_and_its_options_may_hold_commas() -> None:
    given = Input("choice", "Chọn một dòng.", ("Đúng hạn, đủ", "Gửi chậm"))
    book = opened(workbook(question("a", given)))

    assert validation(given) == ("list", "xephang!$A$1:$A$2", None, "Chọn một dòng.")
    assert [cell.value for cell in book["xephang"]["A"]] == ["Đúng hạn, đủ", "Gửi chậm"]
    assert book["xephang"].sheet_state == "veryHidden"


def test_a_number_or_a_day_is_only_warned_about_for_a_wrong_one_has_to_arrive_to_be_answered() -> None:
    kinds = [validation(Input(kind, "Gợi ý."))[::2] for kind in ("integer", "decimal", "date")]

    assert kinds == [("custom", "warning")] * 3


def test_a_hint_shows_when_the_cell_is_chosen_cut_to_what_excel_shows() -> None:
    assert validation(Input("text", "Ghi rõ. " * 100)) == (None, None, None, ("Ghi rõ. " * 100)[:255])


def test_a_box_is_a_choice_of_one_word() -> None:
    ticked = Input("box", "Chọn Có để nộp.", value=True)

    assert (answer(ticked)["F4"].value, answer(replace(ticked, value=False))["F4"].value) == ("Có", None)


def test_last_years_look_and_whatever_else_lights_up_comes_from_the_highlights() -> None:
    ((where, (rule,)),) = answer(Input("text")).conditional_formatting._cf_rules.items()

    assert (str(where.sqref), rule.formula, rule.dxf.fill.bgColor.rgb) == ("F4", ['F4=""'], "FFFFEFC2")


def test_rows_with_answers_grow_while_somebody_types_and_merged_ones_keep_their_height() -> None:
    sheet = parts_of(workbook(question("a", Input("text"))))["xl/worksheets/sheet1.xml"].decode()

    rows = re.findall(r'<row r="(\d)"([^>]*)>', sheet)
    assert [(row, "customHeight" in attributes) for row, attributes in rows] == [
        ("1", False),
        ("2", True),
        ("3", False),
        ("4", False),
    ]


def test_no_row_is_lower_than_its_longest_text() -> None:
    label = "Số cán bộ, công chức được trang bị máy tính để phục vụ công việc chuyên môn trong năm báo cáo"
    sheet = opened(workbook(question("a", Input("text"), label * 2), question("b", Input("text"))))["Phiếu"]

    tall, low = (sheet.row_dimensions[row].height for row in (4, 5))
    assert (round(tall / 0.75), round(low / 0.75)) == (121, 46)


@pytest.mark.parametrize(
    ("text", "pixels", "expected"),
    [
        ("", 100, 1),
        ("a", 100, 1),
        ("một hai ba bốn", 50, 2),
        ("một\nhai", 500, 2),
        ("x" * 100, 100, 8),
        ("Ằ" * 10, 115, 1),
        ("Ằ" * 10, 110, 2),
    ],
)
def test_lines_break_at_blanks_and_where_a_word_is_longer_than_a_line(text: str, pixels: int, expected: int) -> None:
    assert lines(text, pixels, "Times New Roman", 11, bold=False) == expected


def test_it_is_printed_on_a4_landscape_as_wide_as_the_page_with_its_head_on_each() -> None:
    sheet = answer(Input("text"))

    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToHeight) == (9, "landscape", 0)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_options.horizontalCentered) == (True, True)
    footer = sheet.oddFooter
    assert (sheet.print_title_rows, footer.left.text, footer.right.text) == ("$3:$3", "Phiếu mẫu", "Trang &P/&N")
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].hidden, sheet.row_dimensions[1].hidden) == (
        "A4",
        True,
        True,
    )


def test_it_opens_with_the_first_cell_to_fill_in_chosen() -> None:
    assert [each.activeCell for each in answer(Input("text")).sheet_view.selection] == ["F4"]


def test_a_formula_carries_its_value_and_words_around_it_become_part_of_the_text() -> None:
    content = workbook(question("a", Input("text")))

    computed = load_workbook(BytesIO(content), data_only=True)["Phiếu"]["I4"].value
    assert computed == "là 2,00 điểm"


def test_a_number_without_words_stays_a_number_and_shows_its_digits() -> None:
    row = Row("node:a", Style.INDICATOR, {Column.SCORE: Formula("1/4", 0, digits=2), Column.MAXIMUM: "–"})

    cell = opened(write(Book("x", (form(row), documents())), "vi", MADE))["Phiếu"]["I4"]

    assert (cell.value, cell.number_format) == ("=1/4", "[$-42A]#,##0.00")


def test_words_in_english_take_the_decimal_point() -> None:
    said = in_words(Formula("A1", 2, before="so far ", digits=1), "en")

    assert (said.value, '"."' in said.text) == ("so far 2.0", True)


FORMULA, STRING = 8192, 255
"""The most characters that Excel takes of a formula, and of a text in it."""


@pytest.mark.parametrize(("name", "group"), GROUPS)
def test_every_form_keeps_to_the_limits_of_excel(name: str, group: str) -> None:
    book = opened(FILES.write(order(name, group, filled=filled(name, group, SEED))))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    rules = [rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation]
    lit = [
        formula
        for sheet in book.worksheets
        for each in sheet.conditional_formatting
        for rule in each.rules
        for formula in rule.formula
    ]
    assert formulas
    assert [each for each in (*formulas, *lit) if len(each) > FORMULA] == []
    assert [
        text for each in (*formulas, *lit) for text in re.findall(r'"((?:[^"]|"")*)"', each) if len(text) > STRING
    ] == []
    assert [each for each in formulas if depth(each) > 64] == []
    assert [rule.sqref for rule in rules if len(rule.formula1 or "") > STRING or len(rule.prompt or "") > STRING] == []
    assert [cell.coordinate for cell in cells if len(cell.number_format) > STRING] == []
    assert [sheet.title for sheet in book.worksheets if len(sheet.title) > 31] == []


def depth(formula: str) -> int:
    """How many calls stand inside one another."""
    plain, most, now = re.sub(r'"(?:[^"]|"")*"', "", formula), 0, 0
    for letter in plain:
        now += (letter == "(") - (letter == ")")
        most = max(most, now)
    return most


def test_the_blank_list_of_documents_is_printed_on_one_page_and_nothing_of_it_is_left_out() -> None:
    sheet = opened(FILES.write(order(*GROUPS[0])))["Tài liệu kiểm chứng"]
    shown = [each.width * 7 + 5 for each in sheet.column_dimensions.values() if not each.hidden]
    height = sum(each.height / 0.75 for each in sheet.row_dimensions.values() if not each.hidden)
    margins = sheet.page_margins
    page_width, page_height = 8.27 - margins.left - margins.right, 11.69 - margins.top - margins.bottom

    assert (sheet.page_setup.orientation, sheet.print_area) == ("portrait", "")
    assert height / sum(shown) < page_height / page_width
