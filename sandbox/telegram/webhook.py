"""Setting, looking at and taking away the address to which updates are posted."""

import re
from typing import Annotated, Any

from pydantic import Field

from sandbox.telegram import updates
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.hooks import hook_of
from sandbox.telegram.parameters import Nested, Parameters

# The real one takes HTTPS only; the sandbox also reaches a bot on the same machine.
ADDRESS = re.compile(r"https://\S+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/\S*)?")


class SetWebhook(Parameters):
    """Parameters of setWebhook."""

    url: str
    max_connections: Annotated[int, Field(ge=1, le=100)] = 40
    allowed_updates: Annotated[list[str] | None, Nested] = None
    drop_pending_updates: bool = False
    secret_token: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,256}$")] = ""


class DeleteWebhook(Parameters):
    """Parameters of deleteWebhook."""

    drop_pending_updates: bool = False


def set_webhook(call: Call, given: SetWebhook) -> bool:
    """Post updates to an address from now on; an empty address takes the webhook away."""
    if not given.url:
        return delete_webhook(call, DeleteWebhook(drop_pending_updates=given.drop_pending_updates))
    if not ADDRESS.fullmatch(given.url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    kept = given.model_dump(include={"url", "max_connections", "secret_token"})
    call.store.put("webhook", str(call.bot.id), kept)
    updates.allow(call.service, call.bot, given.allowed_updates)
    if given.drop_pending_updates:
        updates.drop_all(call.service, call.bot)
    call.service.polls.end(call.bot.id, "webhook")
    call.service.hooks.ring(call.bot)
    return True


def delete_webhook(call: Call, given: DeleteWebhook) -> bool:
    """Back to getUpdates."""
    call.store.delete("webhook", str(call.bot.id))
    if given.drop_pending_updates:
        updates.drop_all(call.service, call.bot)
    return True


def get_webhook_info(call: Call, _: Parameters) -> dict[str, Any]:
    """A WebhookInfo object."""
    hook = hook_of(call.store, call.bot) or {"url": ""}
    shown = {name: hook[name] for name in hook if name != "secret_token"}
    waiting = len(updates.pending(call.service, call.bot))
    allowed = (call.store.get("allowed updates", str(call.bot.id)) or {}).get("kinds")
    info = {**shown, "has_custom_certificate": False, "pending_update_count": waiting}
    return {**info, "allowed_updates": allowed} if allowed else info
