"""Verdicts on documents, and the points that go out together in one letter.

A document "tidak sesuai" has at least one point: the reason is the points, and taking the last
one back takes the verdict back. Nothing here reaches the applicant before a move sends it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from applications import card_verdicts, requirements, since_letter
from applications.holding import bump, on_turn
from applications.models import Application, DocumentVersion, Point
from applications.refusals import Conflict, Unmet
from applications.requirements import Slot

THOUSANDTHS = range(1001)


class Place(NamedTuple):
    """Where on a document: the page, and in thousandths of its width and height."""

    page: int | None = None
    x: int | None = None
    y: int | None = None


NOWHERE = Place()


@transaction.atomic
def judge(
    application: Application, document: DocumentVersion, good: bool, reason: str = "", *,
    by: Any, version: int | None = None, place: Place = NOWHERE,
) -> Application:  # fmt: skip
    """Give the verdict on a document; "tidak sesuai" needs a reason, which becomes a point."""
    application = on_turn(application.pk, by, version)
    slots = requirements.due(application)
    slot = next((s for s in slots if s.version and s.version.pk == document.pk), None)
    if slot is None or not slot.to_judge(application.state):
        raise Conflict("Dokumen ini tidak diperiksa pada tahap ini, atau sudah diganti.")
    if good:
        _settle(application, slot, by)
    elif not reason.strip():
        raise Unmet(["Tulis alasan mengapa dokumen tidak sesuai."])
    else:
        _raise(application, reason.strip(), by, slot.code, slot, place)
    return bump(application)


@transaction.atomic
def add_point(
    application: Application, text: str, *, by: Any, requirement: str = "",
    version: int | None = None, place: Place = NOWHERE,
) -> Application:  # fmt: skip
    """Note something to mend; nothing reaches the applicant before the letter goes out."""
    application = on_turn(application.pk, by, version)
    if not text.strip():
        raise Unmet(["Tulis catatannya."])
    slot = _slot(application, requirement)
    _raise(application, text.strip(), by, requirement, slot, place)
    return bump(application)


@transaction.atomic
def drop_point(application: Application, point: Point, *, by: Any) -> Application:
    """Take back a point that has not been sent."""
    application = on_turn(application.pk, by, None)
    mine = application.points.filter(pk=point.pk, sent_at=None)
    if mine.delete()[0]:
        card_verdicts.take_back(application, point.requirement, by)
        if slot := _slot(application, point.requirement):
            _write_verdict(application, slot, by)
    return bump(application)


def is_new_finding(application: Application, requirement: str) -> bool:
    """Return whether a point of a later round is on what neither changed nor stayed open."""
    return _new(application, requirement, _slot(application, requirement))


def _slot(application: Application, code: str) -> Slot | None:
    return next((s for s in requirements.due(application) if s.code == code), None)


def _new(application: Application, requirement: str, slot: Slot | None) -> bool:
    sent = application.points.filter(gate=application.state).exclude(sent_at=None)
    if not sent.exists() or sent.filter(requirement=requirement, closed_at=None).exists():
        return False
    if not requirement:
        return not since_letter.changed(application)
    return slot is None or slot.version is None or slot.version.round < application.round


def _raise(
    application: Application, text: str, by: Any, requirement: str, slot: Slot | None, place: Place
) -> None:
    """Write a point once, however often it is sent, and the verdict that follows from it."""
    version = slot.version if slot else None
    place = _checked(place, version)
    new = _new(application, requirement, slot)
    Point.objects.get_or_create(
        application=application, gate=application.state, sent_at=None, requirement=requirement,
        text=text, page=place.page, x=place.x, y=place.y, file_version=version,
        defaults={"round": application.round, "raised_by": by, "new_finding": new},
    )  # fmt: skip
    if slot:
        _write_verdict(application, slot, by)


def _checked(place: Place, version: DocumentVersion | None) -> Place:
    """Return a place that the file has; a spot without its page is none."""
    if version is None or place.page is None:
        return NOWHERE
    if not 1 <= place.page <= version.pages:
        raise Unmet([f"Berkas ini hanya {version.pages} halaman. Pilih halaman yang ada."])
    if place.x not in THOUSANDTHS or place.y not in THOUSANDTHS:
        return Place(place.page)
    return place


def _settle(application: Application, slot: Slot, by: Any) -> None:
    """Find a document in order: its points fall or are closed."""
    mine = application.points.filter(requirement=slot.code, gate=application.state)
    mine.filter(sent_at=None).delete()
    mine.filter(closed_at=None).update(closed_at=timezone.now())
    _judged(slot.version, DocumentVersion.Verdict.GOOD, "", by)


def _write_verdict(application: Application, slot: Slot, by: Any) -> None:
    """Let the verdict follow from the points that are open on the version."""
    if slot.version is None or not slot.to_judge(application.state):
        return
    mine = application.points.filter(requirement=slot.code, gate=application.state, closed_at=None)
    words = list(mine.filter(file_version=slot.version).values_list("text", flat=True))
    verdict = DocumentVersion.Verdict.BAD if words else DocumentVersion.Verdict.NONE
    _judged(slot.version, verdict, "\n".join(words), by)


def _judged(version: DocumentVersion, verdict: str, reason: str, by: Any) -> None:
    version.verdict, version.reason = verdict, reason
    version.judged_by, version.judged_at = (by, timezone.now()) if verdict else (None, None)
    version.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])
