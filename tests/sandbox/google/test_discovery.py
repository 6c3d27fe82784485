"""The watch over the sandbox's Google finds what is not as the discovery documents say."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.google.drive import messages as drive_messages
from sandbox.google.drive.methods import METHODS as DRIVE_METHODS
from sandbox.google.sheets import messages as sheets_messages
from sandbox.google.sheets.methods import METHODS as SHEETS_METHODS
from sandbox.google.sheets.updates import HANDLERS
from sandbox.server import Sandbox
from tests.sandbox.google.discovery import DEVIATIONS, Exchange, document, findings, watched
from tests.sandbox.google.office import MONDAY_MORNING

SHEET = "/google/v4/spreadsheets/1abc"
FILE = "/google/drive/v3/files/1abc"
JSON_TYPE = {"content-type": "application/json"}


def told(http: str, path: str, sent: Any = None, status: int = 200, received: Any = None, query: str = "") -> list[str]:  # noqa: ANN401 - any JSON value
    """What is found in an exchange; a body that is bytes goes as it is."""
    exchange = Exchange(http, path, query, _bytes(sent), status, JSON_TYPE, _bytes(received))
    return [str(each) for each in findings(exchange)]


def _bytes(body: Any) -> bytes:  # noqa: ANN401 - any JSON value
    if body is None or isinstance(body, bytes):
        return body or b""
    return json.dumps(body).encode()


def cell(**data: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A spreadsheet with one cell."""
    return {"spreadsheetId": "1abc", "sheets": [{"data": [{"rowData": [{"values": [data]}]}]}]}


def test_exchanges_as_the_documents_have_them_are_passed() -> None:
    assert told("GET", SHEET, received=cell(userEnteredValue={"numberValue": 1.5}), query="includeGridData=true") == []
    body = {"requests": [{"addSheet": {"properties": {"sheetId": 5, "title": "Phiếu"}}}]}
    assert told("POST", f"{SHEET}:batchUpdate", body, received={"spreadsheetId": "1abc", "replies": [{}]}) == []
    assert told("GET", f"{SHEET}/values/Phi%E1%BA%BFu!A1:B2", received={"range": "A1:B2", "values": [[1, "x"]]}) == []
    assert told("DELETE", FILE, status=204, query="supportsAllDrives=true") == []
    assert told("GET", FILE, received=b"any bytes", query="alt=media") == []


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        ({"userEnteredValue": {"numberValue": "1"}}, "userEnteredValue.numberValue: no number: '1'"),
        ({"userEnteredValue": {"numberValue": True}}, "userEnteredValue.numberValue: no number: True"),
        ({"userEnteredValue": {"boolValue": 1}}, "userEnteredValue.boolValue: no boolean: 1"),
        ({"note": None}, "note: null"),
        ({"comment": "x"}, "comment: no such member"),
        ({"userEnteredFormat": []}, "userEnteredFormat: no object: []"),
        ({"dataValidation": {"condition": {"values": {}}}}, "dataValidation.condition.values: no list: {}"),
        ({"textFormatRuns": [{"startIndex": 1.5}]}, "textFormatRuns[0].startIndex: no integer: 1.5"),
        ({"textFormatRuns": [{"startIndex": 2**31}]}, f"textFormatRuns[0].startIndex: out of bounds: {2**31}"),
    ],
)
def test_a_broken_cell_in_an_answer_is_found(data: Any, flaw: str) -> None:  # noqa: ANN401 - any JSON value
    where = "answer of sheets.spreadsheets.get: sheets[0].data[0].rowData[0].values[0]."
    assert told("GET", SHEET, received=cell(**data)) == [where + flaw]


@pytest.mark.parametrize(
    ("file", "flaw"),
    [
        ({"modifiedTime": "2026-03-02 01:00"}, "modifiedTime: no date-time: '2026-03-02 01:00'"),
        ({"modifiedTime": "2026-02-30T01:00:00Z"}, "modifiedTime: no date-time: '2026-02-30T01:00:00Z'"),
        ({"size": 10}, "size: no text: 10"),
        ({"size": "10 kB"}, "size: no int64: '10 kB'"),
        ({"trashed": "false"}, "trashed: no boolean: 'false'"),
        ({"properties": {"key": 1}}, "properties.key: no text: 1"),
        ({"owners": [{"mail": "x"}]}, "owners[0].mail: no such member"),
    ],
)
def test_a_broken_file_in_an_answer_is_found(file: Any, flaw: str) -> None:  # noqa: ANN401 - any JSON value
    assert told("GET", FILE, received=file) == [f"answer of drive.files.get: {flaw}"]


def test_an_unknown_choice_is_found_in_request_and_answer() -> None:
    body = {"majorDimension": "ROW"}
    path, choices = f"{SHEET}/values/A1", "DIMENSION_UNSPECIFIED, ROWS, COLUMNS"
    assert told("PUT", path, body, received={"updatedData": body}, query="valueInputOption=RAW") == [
        f"request of sheets.spreadsheets.values.update: majorDimension: none of {choices}: 'ROW'",
        f"answer of sheets.spreadsheets.values.update: updatedData.majorDimension: none of {choices}: 'ROW'",
    ]


@pytest.mark.parametrize(
    ("query", "flaw"),
    [
        ("pageSize=1001", "?pageSize: out of bounds: '1001'"),
        ("pageSize=many", "?pageSize: no integer: 'many'"),
        ("supportsAllDrives=yes", "?supportsAllDrives: no boolean: 'yes'"),
        ("supportsAllDrive=true", "?supportsAllDrive: no such parameter"),
        ("q=a&q=b", "?q: more than once"),
        ("corpora=all", ""),
    ],
)
def test_a_wrong_parameter_is_found(query: str, flaw: str) -> None:
    found = told("GET", "/google/drive/v3/files", received={}, query=query)
    assert found == ([f"request of drive.files.list: {flaw}"] if flaw else [])


def test_a_wrong_address_or_body_is_found() -> None:
    assert told("PUT", FILE, received={}) == [f"request of PUT {FILE}: no such method"]
    assert told("GET", FILE, {"name": "x"}, received={}) == ["request of drive.files.get: a body, where none is taken"]
    assert told("POST", f"{SHEET}:batchUpdate", b"{", received={}) == [
        "request of sheets.spreadsheets.batchUpdate: the body is no JSON"
    ]
    path = f"{FILE}/permissions"
    assert told("POST", path, {"emailAddress": "a@example.org"}, received={}) == [
        "request of drive.permissions.create: role: missing",
        "request of drive.permissions.create: type: missing",
    ]


def test_a_body_where_none_is_given_is_found() -> None:
    assert told("DELETE", FILE, received={}) == ["answer of drive.files.delete: a body, where none is given"]


NOT_FOUND = {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
REASON = {"message": "x", "domain": "global", "reason": "notFound"}


@pytest.mark.parametrize(
    ("path", "error", "flaws"),
    [
        (SHEET, NOT_FOUND, []),
        (SHEET, NOT_FOUND | {"errors": []}, ["error.errors: no such member"]),
        (SHEET, NOT_FOUND | {"code": 400}, ["error.code: 400 where the status is 404"]),
        (SHEET, NOT_FOUND | {"status": "GONE"}, ["error.status: GONE where the status is 404"]),
        (SHEET, NOT_FOUND | {"details": [{}]}, ["error.details: without @type"]),
        (SHEET, {"code": 404}, ["error: without message, status"]),
        (FILE, {"code": 404, "message": "x", "errors": [REASON]}, []),
        (
            FILE,
            {"code": 404, "message": "x", "errors": [{"reason": "x"}]},
            ["error.errors: without message, domain or reason"],
        ),
        (FILE, {"code": 404, "message": "x"}, ["error: without errors"]),
    ],
)
def test_a_broken_refusal_is_found(path: str, error: Any, flaws: list[str]) -> None:  # noqa: ANN401 - any JSON value
    method = "sheets.spreadsheets.get" if path == SHEET else "drive.files.get"
    found = told("GET", path, status=404, received={"error": error})
    assert found == [f"answer of {method}: {each}" for each in flaws]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(None, frozen_at=MONDAY_MORNING) as sandbox:
        yield sandbox


def test_a_watch_fails_in_the_end_and_is_over_then(sandbox: Sandbox) -> None:
    def ask() -> None:
        assert httpx.get(f"{sandbox.url}/google/drive/v3/files?pagesize=1", trust_env=False).status_code == 401

    wrong = r"^request of drive\.files\.list: \?pagesize: no such parameter"
    with pytest.raises(AssertionError, match=wrong), watched(sandbox):
        ask()
    with watched(sandbox, refusals=True) as found:
        ask()
    assert [each.status for each in found] == [401]
    ask()
    assert len(found) == 1


def test_every_known_deviation_says_why() -> None:
    assert all(each.reason and re.compile(each.pattern) for each in DEVIATIONS)


def test_the_sandbox_has_only_methods_of_the_documents() -> None:
    def ids(resources: Any) -> set[str]:  # noqa: ANN401 - any JSON value
        found = set()
        for resource in resources.values():
            found |= {each["id"] for each in resource.get("methods", {}).values()} | ids(resource.get("resources", {}))
        return found

    drive = {f"drive.{method.id}" for method in DRIVE_METHODS}
    assert drive <= ids(document("drive.v3")["resources"])
    sheets = {f"sheets.spreadsheets.{method.id.removeprefix('spreadsheets.')}" for method in SHEETS_METHODS}
    assert sheets <= ids(document("sheets.v4")["resources"])


PLAIN = {"int": "integer", "number": "number", "bool": "boolean", "string": "string", "cell": "any"}


def type_of(schema: Any) -> str:  # noqa: ANN401 - any JSON value
    """A schema's type as the sandbox's tables write it, enumerations as texts."""
    if schema.get("type") == "array":
        return f"[{type_of(schema['items'])}]"
    return str(schema.get("$ref") or schema["type"])


def test_the_tables_of_sheets_have_the_names_and_types_of_the_document() -> None:
    schemas, wrong = document("sheets.v4")["schemas"], []
    for message, fields in sheets_messages.FIELDS.items():
        schema = schemas.get(message) or schemas.get(f"{message}Request")
        for name, type_ in fields.items():
            known = (schema or {}).get("properties", {}).get(name)
            if known is None or not _same(type_, type_of(known), known):
                wrong.append(f"{message}.{name}: {type_}")
    assert wrong == []


def _same(ours: str, theirs: str, schema: Any) -> bool:  # noqa: ANN401 - any JSON value
    if ours.startswith("["):
        return theirs.startswith("[") and _same(ours[1:-1], theirs[1:-1], schema.get("items", {}))
    if ours in sheets_messages.CHOICES:
        return set(sheets_messages.CHOICES[ours]) <= set(schema.get("enum", ()))
    return ours == "Unused" or PLAIN.get(ours, ours) in {theirs, theirs.removesuffix("Request")}


def test_the_tables_of_drive_have_the_names_of_the_document() -> None:
    schemas = document("drive.v3")["schemas"]
    places = {
        "Capabilities": schemas["File"]["properties"]["capabilities"],
        "PermissionDetail": schemas["Permission"]["properties"]["permissionDetails"]["items"],
        "StorageQuota": schemas["About"]["properties"]["storageQuota"],
    }
    unknown = [
        f"{message}.{name}"
        for message, fields in drive_messages.MESSAGES.items()
        for name in fields
        if name not in places.get(message, schemas.get(message, {})).get("properties", {})
    ]
    assert unknown == []


def test_every_kind_of_request_to_a_spreadsheet_is_done_or_known_not_to_be() -> None:
    kinds = set(document("sheets.v4")["schemas"]["Request"]["properties"])
    assert kinds == {*HANDLERS, *sheets_messages.NOT_STOOD_IN.split()}
