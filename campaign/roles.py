"""What a person is in a campaign."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is: of a unit its contact (đầu mối) or its head (thủ trưởng); else an officer or a leader.

    Officers are cán bộ thẩm định, leaders lãnh đạo of whoever runs the campaign.
    """

    CONTACT = "contact"
    HEAD = "head"
    OFFICER = "officer"
    LEADER = "leader"
