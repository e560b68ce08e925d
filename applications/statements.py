"""What the applicant declared: by which words, so that other words must be accepted anew."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from applications.models import Application
    from imbportal.daerah.schema import Statement


def mark(statement: Statement) -> str:
    """Return a mark of a statement's words."""
    return hashlib.sha256(statement.text.encode()).hexdigest()[:16]


def accept(application: Application, statement: Statement) -> None:
    """Keep when these words were accepted, once; saving is the caller's."""
    if not accepted(application, statement):
        said = {"at": timezone.now().isoformat(), "teks": mark(statement)}
        application.statements[statement.code] = said


def accepted(application: Application, statement: Statement) -> bool:
    """Return whether the statement was accepted in the words that it has by the case's rules."""
    said = application.statements.get(statement.code)
    if isinstance(said, str):  # kept before the words were: they are those of a case that was sent
        return application.version_used_id is not None
    return said is not None and said["teks"] == mark(statement)
