"""What the applicant may know of the office's verdicts: only what a letter or a move has told."""

from __future__ import annotations

import datetime
from functools import cached_property

from django.db.models import F

from applications.models import Application, DocumentVersion, Point


class Told:
    """Two queries, however many documents the case has."""

    def __init__(self, application: Application):
        self.application = application

    @cached_property
    def points(self) -> list[Point]:
        """Return the points of every letter that went out."""
        return list(self.application.points.exclude(sent_at=None))

    @cached_property
    def left_at(self) -> datetime.datetime | None:
        """Return when the case last went over from one state to another."""
        over = self.application.events.exclude(source=F("target")).order_by("-seq")
        return over.values_list("at", flat=True).first()

    def remarks(self, version: DocumentVersion) -> list[Point]:
        """Return the points of the letters on this version."""
        return [point for point in self.points if point.file_version_id == version.pk]

    def verdict(self, version: DocumentVersion) -> str:
        """Return the verdict as far as it was told; empty while it may still be changed."""
        if version.verdict == DocumentVersion.Verdict.BAD:
            return version.verdict if self.remarks(version) else ""
        left = self.left_at is not None and version.judged_at is not None
        return version.verdict if left and version.judged_at <= self.left_at else ""
