"""How far a message is on its way."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """Waiting, claimed for sending, and the four ends.

    `UNCERTAIN`: the message may have arrived; channels have no idempotency key, so it is never sent again by itself.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"
