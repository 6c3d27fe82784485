"""The tables."""

from campaign.models.base import Base
from campaign.models.campaigns import Campaign, History, StoredFile, Unit
from campaign.models.delivery import Dialogue, FileReference, Lease, OutboxRow, RawUpdate
from campaign.models.forms import Draft, Form, Submission
from campaign.models.marks import Finding, Observation, Ranking, RankingFile
from campaign.models.people import Address, Invitation, Membership, Person

__all__ = [
    "Address",
    "Base",
    "Campaign",
    "Dialogue",
    "Draft",
    "FileReference",
    "Finding",
    "Form",
    "History",
    "Invitation",
    "Lease",
    "Membership",
    "Observation",
    "OutboxRow",
    "Person",
    "Ranking",
    "RankingFile",
    "RawUpdate",
    "StoredFile",
    "Submission",
    "Unit",
]
