"""The token endpoint, and requests with and without a good token."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sandbox.google import authorized_user, service_account
from tests.sandbox.google.office import HOA, ROBOT, Office

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
DRIVE = "https://www.googleapis.com/auth/drive"
NOW = int(datetime(2026, 11, 22, 8, tzinfo=UTC).timestamp())


def assertion(info: dict[str, str], **changed: Any) -> str:  # noqa: ANN401 - any claim
    """A signed JWT as google-auth makes it, some claims changed."""
    claims = {"iss": info["client_email"], "scope": DRIVE, "aud": info["token_uri"], "iat": NOW, "exp": NOW + 3600}
    signed = f"{_part({'alg': 'RS256', 'typ': 'JWT'})}.{_part(claims | changed)}"
    key = serialization.load_pem_private_key(info["private_key"].encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    signature = key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{urlsafe_b64encode(signature).decode().rstrip('=')}"


def _part(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.fixture
def key(office: Office) -> dict[str, str]:
    return service_account(office.sandbox.store, office.sandbox.url)


def granted(office: Office, **form: str) -> tuple[int, Any]:
    with time_machine.travel(NOW, tick=False):
        answer = office.http.post("/google/token", data=form)
    return answer.status_code, answer.json()


def test_a_signed_assertion_gets_a_token_that_works(office: Office, key: dict[str, str]) -> None:
    code, grant = granted(office, grant_type=JWT_GRANT, assertion=assertion(key))
    assert (code, grant["token_type"], grant["expires_in"]) == (200, "Bearer", 3599)
    with time_machine.travel(NOW + 3500, tick=False):
        headers = {"authorization": f"Bearer {grant['access_token']}"}
        answer = office.http.get("/google/drive/v3/about", params={"fields": "user"}, headers=headers)
    assert answer.json()["user"]["emailAddress"] == ROBOT


def test_the_same_account_keeps_its_key(office: Office, key: dict[str, str]) -> None:
    assert service_account(office.sandbox.store, office.sandbox.url) == key
    assert key["token_uri"] == f"{office.sandbox.url}/google/token"


@pytest.mark.parametrize(
    ("changed", "error", "description"),
    [
        ({"iss": "nobody@example.org"}, "invalid_grant", "Invalid grant: account not found"),
        ({"aud": "http://elsewhere/token"}, "invalid_grant", None),
        ({"iat": NOW - 4000, "exp": NOW - 400}, "invalid_grant", "Invalid JWT: Token must be a short-lived token"),
        ({"iat": NOW + 400, "exp": NOW + 4000}, "invalid_grant", "Invalid JWT: Token must be a short-lived token"),
        ({"exp": NOW + 7200}, "invalid_grant", "Invalid JWT: Token must be a short-lived token"),
        ({"exp": None}, "invalid_grant", "Invalid JWT: Token must be a short-lived token"),
        ({"scope": ""}, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"scope": "everything"}, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"sub": HOA}, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method."),
    ],
)
def test_a_claim_that_is_wrong_is_refused(
    office: Office, key: dict[str, str], changed: dict[str, Any], error: str, description: str | None
) -> None:
    code, refusal = granted(office, grant_type=JWT_GRANT, assertion=assertion(key, **changed))
    assert (code, refusal["error"]) == (401 if error == "unauthorized_client" else 400, error)
    assert refusal["error_description"].startswith(description or "Invalid JWT: Failed audience check.")


@pytest.mark.parametrize("broken", ["", "a.b.c", "e30.e30.e30", "€.€.€"])
def test_what_is_no_jwt_is_refused(office: Office, key: dict[str, str], broken: str) -> None:
    assert key["type"] == "service_account"
    code, refusal = granted(office, grant_type=JWT_GRANT, assertion=broken)
    assert (code, refusal["error"]) == (400, "invalid_grant")


def test_a_changed_claim_breaks_the_signature(office: Office, key: dict[str, str]) -> None:
    head, _, signature = assertion(key).split(".")
    claims = {"iss": ROBOT, "scope": DRIVE + ".file", "aud": key["token_uri"], "iat": NOW, "exp": NOW + 3600}
    code, refusal = granted(office, grant_type=JWT_GRANT, assertion=f"{head}.{_part(claims)}.{signature}")
    assert (code, refusal) == (400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."})


def test_a_person_gets_a_token_by_the_refresh_token(office: Office) -> None:
    info = authorized_user(office.sandbox.store, office.sandbox.url, HOA, (DRIVE,))
    form = {name: info[name] for name in ("client_id", "client_secret", "refresh_token")}
    code, grant = granted(office, grant_type="refresh_token", **form)
    assert (code, grant["scope"]) == (200, DRIVE)
    for name, status, error in (
        ("client_id", 401, "invalid_client"),
        ("client_secret", 401, "invalid_client"),
        ("refresh_token", 400, "invalid_grant"),
    ):
        code, refusal = granted(office, grant_type="refresh_token", **form | {name: "wrong"})
        assert (code, refusal["error"]) == (status, error)


def test_another_grant_is_refused(office: Office) -> None:
    code, refusal = granted(office, grant_type="password")
    assert (code, refusal["error"]) == (400, "unsupported_grant_type")


@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Basic abc", "Bearer"])
def test_without_a_good_token_every_request_is_unauthenticated(office: Office, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header}
    for path in ("/google/drive/v3/files", "/google/v4/spreadsheets/x"):
        answer = office.http.get(path, headers=headers)
        assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_an_expired_token_is_unauthenticated(office: Office, key: dict[str, str]) -> None:
    _, grant = granted(office, grant_type=JWT_GRANT, assertion=assertion(key))
    with time_machine.travel(NOW + 3600, tick=False):
        headers = {"authorization": f"Bearer {grant['access_token']}"}
        answer = office.http.get("/google/drive/v3/files", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["errors"][0] == {
        "message": answer.json()["error"]["message"],
        "domain": "global",
        "reason": "authError",
        "locationType": "header",
        "location": "Authorization",
    }


def test_a_scope_that_is_missing_is_refused(office: Office, sheet: str) -> None:
    headers = {"authorization": f"Bearer {office.token(ROBOT, 'spreadsheets.readonly')}"}
    read = office.http.get(f"/google/v4/spreadsheets/{sheet}", headers=headers)
    write = office.http.post(f"/google/v4/spreadsheets/{sheet}:batchUpdate", json={}, headers=headers)
    listing = office.http.get("/google/drive/v3/files", headers=headers)
    assert (read.status_code, write.status_code, listing.status_code) == (200, 403, 403)
    assert write.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert listing.json()["error"]["errors"][0]["reason"] == "insufficientPermissions"


def test_the_scope_drive_file_reaches_what_the_application_made(office: Office, sheet: str) -> None:
    headers = {"authorization": f"Bearer {office.token(ROBOT, 'drive.file')}"}
    shared = {"supportsAllDrives": "true"}
    assert office.http.get(f"/google/drive/v3/files/{sheet}", params=shared, headers=headers).status_code == 200
    assert office.http.get(f"/google/v4/spreadsheets/{sheet}", headers=headers).status_code == 200
    assert office.http.get(f"/google/drive/v3/files/{office.folder}", params=shared, headers=headers).status_code == 404
