import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.google.masks import BadMask, below, masked, read_mask, updated
from sandbox.google.sheets.messages import FIELDS

VALUE = {
    "spreadsheetId": "x",
    "properties": {"title": "T", "locale": "vi_VN"},
    "sheets": [
        {"properties": {"sheetId": 0, "title": "A"}, "merges": []},
        {"properties": {"sheetId": 7, "title": "B"}},
    ],
}


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        ("spreadsheetId", {"spreadsheetId": "x"}),
        ("properties.title", {"properties": {"title": "T"}}),
        ("properties/title,spreadsheetId", {"spreadsheetId": "x", "properties": {"title": "T"}}),
        ("sheets(properties(title))", {"sheets": [{"properties": {"title": "A"}}, {"properties": {"title": "B"}}]}),
        (
            "sheets.properties(title),sheets.merges",
            {"sheets": [{"properties": {"title": "A"}, "merges": []}, {"properties": {"title": "B"}}]},
        ),
        ("properties,properties.title", {"properties": {"title": "T", "locale": "vi_VN"}}),
        ("*", VALUE),
        ("sheets.*.title", {"sheets": [{"properties": {"title": "A"}, "merges": []}, {"properties": {"title": "B"}}]}),
    ],
)
def test_a_mask_leaves_what_it_names(mask: str, expected: object) -> None:
    assert masked(VALUE, read_mask(mask, "Spreadsheet", FIELDS)) == expected


@pytest.mark.parametrize(
    ("mask", "path"),
    [
        ("foo", "foo"),
        ("properties.foo", "properties.foo"),
        ("sheets(properties(foo))", "sheets.properties.foo"),
        ("spreadsheetId.x", "spreadsheetId.x"),
        ("sheets(properties", "sheets"),
        ("sheets)", "sheets)"),
        ("", ""),
        (",", ","),
        ("a,,b", ",b"),
        ("properties.", ""),
    ],
)
def test_a_mask_that_names_nothing_is_refused_with_its_path(mask: str, path: str) -> None:
    with pytest.raises(BadMask) as refusal:
        read_mask(mask, "Spreadsheet", FIELDS)
    assert refusal.value.path == path


def test_drive_takes_the_slash_alone() -> None:
    files = {"FileList": {"files": "[File]"}, "File": {"id": "string"}}
    assert read_mask("files/id", "FileList", files, "/") == {"files": {"id": {}}}
    with pytest.raises(BadMask):
        read_mask("files.id", "FileList", files, "/")


def test_an_update_takes_the_named_fields_and_clears_what_is_not_given() -> None:
    target = {"note": "cũ", "userEnteredFormat": {"wrapStrategy": "WRAP", "textFormat": {"bold": True, "italic": True}}}
    mask = read_mask("note,userEnteredFormat.textFormat.bold", "CellData", FIELDS)
    source = {"userEnteredFormat": {"textFormat": {"fontSize": 14}}}
    assert updated(target, source, mask) == {
        "userEnteredFormat": {"wrapStrategy": "WRAP", "textFormat": {"italic": True}}
    }
    assert target["note"] == "cũ"


def test_the_mask_of_a_field_further_down() -> None:
    mask = read_mask("sheets(data.rowData,properties)", "Spreadsheet", FIELDS)
    assert below(mask, "sheets", "data", "rowData", "values") == {}
    assert below(mask, "sheets", "data", "rowMetadata") is None


@given(st.text("abc(),./* ", max_size=20))
def test_reading_a_mask_raises_nothing_but_a_bad_mask(text: str) -> None:
    try:
        read_mask(text, "M", {"M": {"a": "M", "b": "[M]"}})
    except BadMask:
        return
