"""The token endpoint, and the look at the access token that comes with a request.

Real client libraries go by the wall clock here: they date their requests and count down to a token's expiry
by it. So does this module, and nothing else in the sandbox.
"""

import base64
import json
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import faults
from sandbox.faults import Fault
from sandbox.google.accounts import PROJECT
from sandbox.google.errors import GoogleError
from sandbox.google.json_object import JSON
from sandbox.store import Store

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3_600  # seconds
GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token"  # what google-auth names, wherever it sends the request
SKEW = 300  # seconds that two clocks may differ
SCOPE_PREFIX = "https://www.googleapis.com/auth/"
SHORT_LIVED = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)


class OAuthError(Exception):
    """A refusal in OAuth's own form."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose token a request carries, and what it allows; scopes without their common beginning."""

    email: str
    project: str
    scopes: frozenset[str]


def token_route(store: Store) -> Route:
    """POST of a grant, form-encoded."""

    async def endpoint(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        fault = faults.take(store, "token", "token", None)
        return await faults.under(fault, request, lambda: _answer(store, form, str(request.url)), _refusal)

    return Route("/token", endpoint, methods=["POST"])


def _refusal(fault: Fault) -> Response:
    return JSONResponse({"error": "internal_failure"}, fault.status or 500)


def _answer(store: Store, form: dict[str, str], address: str) -> Response:
    try:
        with store.transaction():
            return JSONResponse(_granted(store, form, address))
    except OAuthError as error:
        return JSONResponse({"error": error.error, "error_description": error.description}, error.status)


def _granted(store: Store, form: dict[str, str], address: str) -> JSON:
    grant = form.get("grant_type", "")
    if grant == JWT_GRANT:
        email, scopes = _from_assertion(store, form.get("assertion", ""), address)
        return _new_token(store, email, scopes)
    if grant == "refresh_token":
        account = _from_refresh(store, form)
        return _new_token(store, account["email"], account["scopes"]) | {"scope": " ".join(account["scopes"])}
    raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {grant}")


def _new_token(store: Store, email: str, scopes: list[str]) -> JSON:
    number = store.next("google_token")
    token = "ya29.a0" + sha256(f"{number} {email}".encode()).hexdigest()
    store.put("google_token", token, {"email": email, "scopes": scopes, "expires": _wall_clock() + LIFETIME})
    return {"access_token": token, "expires_in": LIFETIME - 1, "token_type": "Bearer"}


def _from_assertion(store: Store, assertion: str, address: str) -> tuple[str, list[str]]:
    signed, _, signature = assertion.rpartition(".")
    header, _, payload = signed.partition(".")
    head, claims = _decoded(header), _decoded(payload)
    account = store.get("google_account", str(claims.get("iss")))
    if account is None or account["kind"] != "service":
        raise OAuthError("invalid_grant", "Invalid grant: account not found")
    if head.get("alg") != "RS256" or not _signed(account["public_key"], signed, signature):
        raise OAuthError("invalid_grant", "Invalid JWT Signature.")
    _check_times(claims)
    if claims.get("aud") not in {address, GOOGLE_AUDIENCE}:
        raise OAuthError("invalid_grant", "Invalid JWT: Failed audience check. The right audience is " + address)
    if claims.get("sub") not in {None, account["email"]}:
        raise OAuthError(
            "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method.", 401
        )
    scopes = str(claims.get("scope", "")).split()
    if not scopes or not all(scope.startswith(SCOPE_PREFIX) for scope in scopes):
        raise OAuthError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    return account["email"], scopes


def _check_times(claims: JSON) -> None:
    issued, expires, now = claims.get("iat"), claims.get("exp"), _wall_clock()
    if not isinstance(issued, int) or not isinstance(expires, int):
        raise OAuthError("invalid_grant", SHORT_LIVED)
    if not (issued - SKEW <= now < expires + SKEW and 0 < expires - issued <= LIFETIME):
        raise OAuthError("invalid_grant", SHORT_LIVED)


def _decoded(part: str) -> dict[str, Any]:
    try:
        decoded = json.loads(_bytes(part))
    except ValueError:
        decoded = None
    if not isinstance(decoded, dict):
        raise OAuthError("invalid_grant", "Bad Request: the assertion is not a JWT")
    return decoded


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _signed(public_key: str, signed: str, signature: str) -> bool:
    key = serialization.load_pem_public_key(public_key.encode())
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        key.verify(_bytes(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def _from_refresh(store: Store, form: dict[str, str]) -> JSON:
    people = [account for _, account in store.all("google_account") if account["kind"] == "user"]
    if form.get("client_id") not in {account["client_id"] for account in people}:
        raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
    for account in people:
        if account["refresh_token"] == form.get("refresh_token"):
            if account["client_secret"] != form.get("client_secret"):
                raise OAuthError("invalid_client", "Unauthorized", 401)
            return account
    raise OAuthError("invalid_grant", "Token has been expired or revoked.")


def caller_of(store: Store, authorization: str | None) -> Caller:
    """Who sends the request; 401 where the token is missing, unknown or expired."""
    kind, _, token = (authorization or "").partition(" ")
    if not token or kind.lower() != "bearer":
        raise _unauthenticated("Request is missing required authentication credential.", "required", "Login Required.")
    known = store.get("google_token", token)
    if known is None or known["expires"] <= _wall_clock():
        raise _unauthenticated("Request had invalid authentication credentials.", "authError", "Invalid Credentials")
    scopes = frozenset(scope.removeprefix(SCOPE_PREFIX) for scope in known["scopes"])
    return Caller(known["email"], PROJECT, scopes)


def _unauthenticated(message: str, reason: str, short: str) -> GoogleError:
    whole = f"{message} Expected OAuth 2 access token, login cookie or other valid authentication credential."
    detail = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": short, "domain": "googleapis.com"}
    return GoogleError(401, whole, reason, location="Authorization", details=(detail,))


def _wall_clock() -> int:
    return int(time.time())  # noqa: TID251 - see the module's docstring
