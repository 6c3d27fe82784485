"""What a person is in a campaign."""

from enum import StrEnum


class Role(StrEnum):
    """Contact of a unit (đầu mối đơn vị), officer (cán bộ thẩm định) or leader (lãnh đạo)."""

    CONTACT = "contact"
    OFFICER = "officer"
    LEADER = "leader"
