"""How many requests a minute the services take, by the sandbox's clock."""

from datetime import datetime

from sandbox.google.errors import GoogleError, Service
from sandbox.google.tokens import Caller
from sandbox.store import Store

PER_PROJECT = {"read": 300, "write": 300, "queries": 12_000}
PER_USER = {"read": 60, "write": 60, "queries": 12_000}
METRICS = {"read": ("Read requests", "ReadRequests"), "write": ("Write requests", "WriteRequests")}


def charge(store: Store, service: Service, *, writes: bool, caller: Caller, now: datetime) -> None:
    """Count one request; refuse it where its minute is used up, for the user or for the whole project."""
    metric = "queries" if service == "drive" else "write" if writes else "read"
    minute = int(now.timestamp()) // 60
    with store.transaction():
        project = _used(store, f"{metric} {caller.project}", minute)
        user = _used(store, f"{metric} {caller.email}", minute)
        if project >= PER_PROJECT[metric] or user >= PER_USER[metric]:
            raise _exceeded(metric, caller, by_user=user >= PER_USER[metric])
        for key, used in ((f"{metric} {caller.project}", project), (f"{metric} {caller.email}", user)):
            store.put("google_quota", key, {"minute": minute, "used": used + 1})


def _used(store: Store, key: str, minute: int) -> int:
    counted = store.get("google_quota", key)
    return counted["used"] if counted is not None and counted["minute"] == minute else 0


def _exceeded(metric: str, caller: Caller, *, by_user: bool) -> GoogleError:
    if metric == "queries":
        return GoogleError(403, "User Rate Limit Exceeded", "userRateLimitExceeded", "usageLimits")
    title, name = METRICS[metric]
    per = " per user" if by_user else ""
    message = (
        f"Quota exceeded for quota metric '{title}' and limit '{title} per minute{per}' of service "
        f"'sheets.googleapis.com' for consumer 'project_number:{caller.project}'."
    )
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "service": "sheets.googleapis.com",
            "quota_limit": f"{name}PerMinutePer{'User' if by_user else 'Project'}",
            "quota_limit_value": str((PER_USER if by_user else PER_PROJECT)[metric]),
            "consumer": f"projects/{caller.project}",
        },
    }
    return GoogleError(429, message, "rateLimitExceeded", details=(detail,))
