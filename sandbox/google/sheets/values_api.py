"""spreadsheets.values: get, update, clear, and the same in batches."""

from sandbox.google.calls import Call
from sandbox.google.drive.access import Role
from sandbox.google.errors import Invalid
from sandbox.google.json_object import JSON
from sandbox.google.sheets.a1 import range_name
from sandbox.google.sheets.computed import evaluation
from sandbox.google.sheets.edit import Edit
from sandbox.google.sheets.messages import CHOICES
from sandbox.google.sheets.opening import keep, opened
from sandbox.google.sheets.ranges import named
from sandbox.google.sheets.schema import check
from sandbox.google.sheets.values import clear_range, read_range, write_range


def get(call: Call) -> JSON:
    """One range."""
    return _read(call, opened(call), [call.path["range"]])[0]


def batch_get(call: Call) -> JSON:
    """Several ranges."""
    edit = opened(call)
    return {"spreadsheetId": edit.book.id, "valueRanges": _read(call, edit, call.query.getlist("ranges"))}


def _read(call: Call, edit: Edit, ranges: list[str]) -> list[JSON]:
    values = evaluation(edit.book)
    render = _chosen(call, "valueRenderOption", "VALUE_RENDER", "FORMATTED_VALUE")
    moments = _chosen(call, "dateTimeRenderOption", "DATE_TIME_RENDER", "SERIAL_NUMBER")
    columns = _chosen(call, "majorDimension", "MAJOR", "ROWS") == "COLUMNS"
    return [
        read_range(edit.book, values, text, render=render, moments=moments, columns_first=columns) for text in ranges
    ]


def _chosen(call: Call, parameter: str, enumeration: str, usual: str) -> str:
    given = call.query.get(parameter) or usual
    if given not in CHOICES[enumeration]:
        raise Invalid(f"Invalid value at '{parameter}' ({enumeration}), \"{given}\"")
    return given


def update(call: Call) -> JSON:
    """Write one range."""
    check(call.body, "ValueRange")
    edit = opened(call, Role.WRITER)
    text = call.path["range"]
    _check_named(edit, call.body, text)
    option = _input_option(call.query.get("valueInputOption"))
    answer = _written(edit, call.body, text, option)
    keep(call, edit)
    shown = _shown(call, edit, [answer["updatedRange"]]) if call.flag("includeValuesInResponse") else []
    return answer | ({"updatedData": shown[0]} if shown else {})


def _check_named(edit: Edit, body: JSON, text: str) -> None:
    if body.get("range") and named(edit.book, body["range"]) != named(edit.book, text):
        raise Invalid(f"Requested writing within range [{text}], but the body names the range [{body['range']}]")


def _shown(call: Call, edit: Edit, ranges: list[str]) -> list[JSON]:
    render = _chosen(call, "responseValueRenderOption", "VALUE_RENDER", "FORMATTED_VALUE")
    moments = _chosen(call, "responseDateTimeRenderOption", "DATE_TIME_RENDER", "SERIAL_NUMBER")
    values = evaluation(edit.book)
    return [read_range(edit.book, values, each, render=render, moments=moments, columns_first=False) for each in ranges]


def _written(edit: Edit, given: JSON, text: str, option: str) -> JSON:
    tab, area, count = write_range(edit, given, text, option)
    answer: JSON = {"spreadsheetId": edit.book.id, "updatedRange": range_name(tab.title, area)}
    if count:
        answer |= {"updatedRows": (area.bottom or 0) - area.top, "updatedColumns": (area.right or 0) - area.left}
        answer |= {"updatedCells": count}
    return answer


def batch_update(call: Call) -> JSON:
    """Write several ranges, all or none."""
    body = call.body
    check(body, "BatchUpdateValuesRequest")
    if body.get("includeValuesInResponse"):
        raise Invalid("The sandbox does not include values in the answer of values:batchUpdate.")
    edit = opened(call, Role.WRITER)
    option = _input_option(body.get("valueInputOption"))
    answers = []
    for index, given in enumerate(body.get("data", [])):
        try:
            answers.append(_written(edit, given, given.get("range", ""), option))
        except Invalid as invalid:
            raise Invalid(f"Invalid data[{index}]: {invalid}") from None
    keep(call, edit)
    totals = {
        f"totalU{name[1:]}": sum(each.get(name, 0) for each in answers)
        for name in ("updatedRows", "updatedColumns", "updatedCells")
    }
    sheets = len({named(edit.book, each["updatedRange"])[0].id for each in answers if "updatedCells" in each})
    return {"spreadsheetId": edit.book.id, **totals, "totalUpdatedSheets": sheets, "responses": answers}


def _input_option(given: str | None) -> str:
    if given not in CHOICES["VALUE_INPUT"]:
        raise Invalid("'valueInputOption' is required but not specified")
    return str(given)


def clear(call: Call) -> JSON:
    """Empty one range."""
    check(call.body, "ClearValuesRequest")
    edit = opened(call, Role.WRITER)
    cleared = clear_range(edit, call.path["range"])
    keep(call, edit)
    return {"spreadsheetId": edit.book.id, "clearedRange": cleared}


def batch_clear(call: Call) -> JSON:
    """Empty several ranges."""
    check(call.body, "BatchClearValuesRequest")
    edit = opened(call, Role.WRITER)
    cleared = [clear_range(edit, text) for text in call.body.get("ranges", [])]
    keep(call, edit)
    return {"spreadsheetId": edit.book.id, "clearedRanges": cleared}
