"""The stages of a campaign and the moves between them."""

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Draft, armed (waits for its day), collecting, verifying, offered for approval, approved, published."""

    DRAFT = "draft"
    ARMED = "armed"
    COLLECTING = "collecting"
    VERIFYING = "verifying"
    OFFERED = "offered"
    APPROVED = "approved"
    PUBLISHED = "published"


MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.ARMED}),
    Stage.ARMED: frozenset({Stage.COLLECTING}),
    Stage.COLLECTING: frozenset({Stage.VERIFYING}),
    Stage.VERIFYING: frozenset({Stage.OFFERED}),
    # A finding after the offer makes the offered ranking stale: back to verification.
    Stage.OFFERED: frozenset({Stage.VERIFYING, Stage.APPROVED}),
    Stage.APPROVED: frozenset({Stage.PUBLISHED}),
    Stage.PUBLISHED: frozenset(),
}
