"""Who can sign in to the sandbox's Google: service accounts with a key, and people by OAuth."""

from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sandbox.google.json_object import JSON
from sandbox.store import Store

PROJECT = "xephang-sandbox"
TOKEN_ADDRESS = "/google/token"  # noqa: S105 - an address
EXPONENT, KEY_BITS = 65_537, 2_048


def service_account(store: Store, root_url: str, name: str = "xephang") -> dict[str, str]:
    """The credentials file of a service account, as the Google console would give it.

    The account is made when it is first asked for; later calls give the same key. `root_url` is the
    sandbox's address.
    """
    email = f"{name}@{PROJECT}.iam.gserviceaccount.com"
    with store.transaction():
        account = store.get("google_account", email) or _new_service_account(store, email)
    token_uri = root_url.rstrip("/") + TOKEN_ADDRESS
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": account["key_id"],
        "private_key": account["private_key"],
        "client_email": email,
        "client_id": account["client_id"],
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": token_uri,
        "universe_domain": "googleapis.com",
    }


@lru_cache(maxsize=64)
def _keys_of(_email: str) -> tuple[str, str]:
    """The private and the public key: the same for one address in every sandbox of a process; making them is slow."""
    key = rsa.generate_private_key(EXPONENT, KEY_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
    return private, public


def _new_service_account(store: Store, email: str) -> JSON:
    private, public = _keys_of(email)
    account = {
        "email": email,
        "kind": "service",
        "client_id": _digits(email),
        "key_id": sha256(public.encode()).hexdigest()[:40],
        "private_key": private,
        "public_key": public,
    }
    store.put("google_account", email, account)
    return account


def authorized_user(store: Store, root_url: str, email: str, scopes: tuple[str, ...]) -> dict[str, str]:
    """The credentials file of a person who let the application act for them, within those scopes."""
    secret = sha256(f"secret of {email}".encode()).hexdigest()
    account = {
        "email": email,
        "kind": "user",
        "client_id": f"{_digits(PROJECT)}.apps.googleusercontent.com",
        "client_secret": f"GOCSPX-{secret[:28]}",
        "refresh_token": f"1//{secret[28:]}",
        "scopes": list(scopes),
    }
    store.put("google_account", email, account)
    token_uri = root_url.rstrip("/") + TOKEN_ADDRESS
    shared = {name: str(account[name]) for name in ("client_id", "client_secret", "refresh_token")}
    return {"type": "authorized_user", **shared, "token_uri": token_uri, "universe_domain": "googleapis.com"}


def forget(store: Store, email: str) -> None:
    """From now on the address has no Google account, though every other one has."""
    store.put("google_stranger", email.casefold(), {"email": email})


def is_stranger(store: Store, email: str) -> bool:
    """Whether nobody at Google has this address."""
    return store.get("google_stranger", email.casefold()) is not None


def is_service_account(email: str) -> bool:
    """Whether the address is that of a program."""
    return email.endswith(".iam.gserviceaccount.com")


def _digits(text: str) -> str:
    return str(int(sha256(text.encode()).hexdigest(), 16))[:21]
