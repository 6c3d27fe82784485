from tests.sandbox.google.office import HOA, MINH, ROBOT, Office


def test_a_user_reads_sixty_times_a_minute(office: Office, sheet: str) -> None:
    path = f"/v4/spreadsheets/{sheet}"
    for _ in range(60):
        office.done("GET", path)
    answer = office.ask("GET", path)
    assert answer.status_code == 429
    assert answer.json()["error"] == {
        "code": 429,
        "message": "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of "
        "service 'sheets.googleapis.com' for consumer 'project_number:xephang-sandbox'.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": {
                    "service": "sheets.googleapis.com",
                    "quota_limit": "ReadRequestsPerMinutePerUser",
                    "quota_limit_value": "60",
                    "consumer": "projects/xephang-sandbox",
                },
            }
        ],
    }
    office.write(sheet, "A1", ["ghi vẫn được"])
    office.done("GET", f"/drive/v3/files/{sheet}", supportsAllDrives="true")
    office.sandbox.clock.advance(60)
    office.done("GET", path)


def test_a_user_writes_sixty_times_a_minute_and_refusals_count_too(office: Office, sheet: str) -> None:
    office.sandbox.clock.advance(60)
    for _ in range(60):
        assert "at least one request" in office.refused("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", {})[1]
    code, message = office.refused("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", {})
    assert (code, "'Write requests per minute per user'" in message) == (429, True)


def test_a_project_reads_three_hundred_times_a_minute(office: Office, sheet: str) -> None:
    readers = [f"reader{number}@example.org" for number in range(5)]
    for reader in readers:
        office.share(sheet, reader, "reader")
        for _ in range(60):
            office.done("GET", f"/v4/spreadsheets/{sheet}", who=reader)
    code, message = office.refused("GET", f"/v4/spreadsheets/{sheet}", who=ROBOT)
    assert (code, "'Read requests per minute' " in message) == (429, True)


def test_drive_takes_twelve_thousand_queries_a_minute(office: Office) -> None:
    minute = int(office.sandbox.clock.now().timestamp()) // 60
    for who in (HOA, "xephang-sandbox"):
        office.sandbox.store.put("google_quota", f"queries {who}", {"minute": minute, "used": 12_000})
    answer = office.ask("GET", "/drive/v3/files", who=HOA)
    assert answer.json()["error"] == {
        "errors": [{"message": "User Rate Limit Exceeded", "domain": "usageLimits", "reason": "userRateLimitExceeded"}],
        "code": 403,
        "message": "User Rate Limit Exceeded",
    }
    assert office.ask("GET", "/drive/v3/files", who=MINH).status_code == 403
