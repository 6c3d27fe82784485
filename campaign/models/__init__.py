"""The tables."""

from campaign.models.base import Base
from campaign.models.campaigns import Campaign, FormKind, History, StoredFile, Unit
from campaign.models.delivery import Dialogue, FileReference, Lease, OutboxRow, RawUpdate
from campaign.models.forms import Content, Draft, EvidenceFile, Form, Reopening, ReopeningKind, SignedPage, Submission
from campaign.models.marks import Finding, Observation, Ranking, RankingFile
from campaign.models.people import Address, Invitation, Membership, Person

__all__ = [
    "Address",
    "Base",
    "Campaign",
    "Content",
    "Dialogue",
    "Draft",
    "EvidenceFile",
    "FileReference",
    "Finding",
    "Form",
    "FormKind",
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
    "Reopening",
    "ReopeningKind",
    "SignedPage",
    "StoredFile",
    "Submission",
    "Unit",
]
