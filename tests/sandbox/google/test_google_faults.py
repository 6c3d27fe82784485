"""Errors that were ordered come in the services' own envelopes."""

import httpx
import pytest

from tests.sandbox.google.office import HOA, Office


def order(office: Office, **fault: object) -> None:
    assert office.http.post("/sandbox/faults", json=fault).status_code == 200


def test_an_ordered_error_of_sheets_has_its_envelope(office: Office, sheet: str) -> None:
    order(office, service="sheets", method="values.get", status=503, retry_after=7)
    answer = office.ask("GET", f"/v4/spreadsheets/{sheet}/values/A1")
    assert (answer.status_code, answer.json()["error"]["status"]) == (503, "UNAVAILABLE")
    assert answer.headers["retry-after"] == "7"
    assert office.read(sheet, "A1") == []


def test_an_ordered_error_names_the_reason_that_fits(office: Office, sheet: str) -> None:
    path = f"/drive/v3/files/{sheet}/permissions"
    for method, status, reason in (
        ("permissions.create", 403, "sharingRateLimitExceeded"),
        ("permissions.create", 429, "rateLimitExceeded"),
        ("*", 500, "backendError"),
    ):
        order(office, service="drive", method=method, status=status, file=sheet)
        answer = office.ask("POST", path, {"type": "anyone", "role": "writer"}, supportsAllDrives="true")
        assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (status, reason)
    order(office, service="drive", method="files.list", status=403)
    assert office.ask("GET", "/drive/v3/files").json()["error"]["errors"][0] == {
        "message": "The sandbox was told to refuse this.",
        "domain": "usageLimits",
        "reason": "userRateLimitExceeded",
    }


def test_a_lost_answer_leaves_the_work_done(office: Office, sheet: str) -> None:
    order(office, service="sheets", method="values.update", effect="lose")
    with pytest.raises(httpx.RemoteProtocolError):
        office.write(sheet, "A1", ["đến nơi"])
    assert office.read(sheet, "A1") == [["đến nơi"]]


def test_a_fault_of_another_file_does_not_come(office: Office, sheet: str) -> None:
    order(office, service="sheets", method="*", status=500, file="another")
    assert office.read(sheet, "A1") == []


def test_the_token_endpoint_can_fail(office: Office) -> None:
    order(office, service="token", method="token", status=503)
    answer = office.http.post("/google/token", data={"grant_type": "refresh_token"})
    assert (answer.status_code, answer.json()) == (503, {"error": "internal_failure"})


def test_what_the_sandbox_does_not_stand_in_for_is_answered_loudly(office: Office, sheet: str) -> None:
    for method, path in (
        ("POST", f"/v4/spreadsheets/{sheet}/values/A1:append"),
        ("POST", f"/v4/spreadsheets/{sheet}/sheets/0:copyTo"),
        ("GET", f"/drive/v3/files/{sheet}/export"),
        ("GET", "/drive/v3/changes"),
        ("POST", "/upload/drive/v3/files"),
    ):
        code, message = office.refused(method, path, who=HOA)
        assert (code, message) == (501, f"The sandbox does not stand in for {method} /google{path}.")
