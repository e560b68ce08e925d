"""A case: the application, its file, and its history."""

from applications.models.application import Application, BuildingPart, new_secret
from applications.models.casefile import CaseFile
from applications.models.counter import Takeover
from applications.models.digest import ChainDigest, ChainHead
from applications.models.dossier import (
    CardVerdict,
    Document,
    DocumentVersion,
    InternalNote,
    Point,
    Record,
)
from applications.models.history import Act, CaseDuty, Event, EventNote, Handover
from applications.models.phrases import Phrase
from applications.models.pictures import DraftPicture, PagePicture
from applications.models.register import RegisterExport
from applications.models.sanctions import SanctionAct

__all__ = [
    "Act",
    "Application",
    "BuildingPart",
    "CardVerdict",
    "CaseDuty",
    "CaseFile",
    "ChainDigest",
    "ChainHead",
    "Document",
    "DocumentVersion",
    "DraftPicture",
    "Event",
    "EventNote",
    "Handover",
    "InternalNote",
    "PagePicture",
    "Phrase",
    "Point",
    "Record",
    "RegisterExport",
    "SanctionAct",
    "Takeover",
    "new_secret",
]
