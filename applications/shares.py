"""Parts split off a permit: together they take no more of it than it has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from applications import facts
from applications.models import Application
from applications.refusals import Missing
from documents.models import Paper
from imbportal.daerah.vocabulary import TRACK
from imbportal.daerah.ways import Share
from imbportal.indonesia import angka

NOTHING_TAKEN = ("DRAFT", "REJECTED", "WITHDRAWN", "LAPSED")
"""States in which a case takes nothing of the permit: not sent yet, or come to nothing."""
REVOKED = "dicabut"


def lacking(application: Application) -> list[str]:
    """Return by which of its figures a part, with the others, is more than the permit has."""
    said = facts.of(application)
    code = said.get(TRACK, "")
    track = application.rules.track.get(code) if application.is_service else None
    if track is None or not track.share:
        return []
    others = [facts.of(case) for case in _others(application, code)]
    found = (_over(application, share, said, others) for share in track.share)
    return [text for text in found if text]


def _over(
    application: Application, share: Share, said: dict[str, Any], others: list[dict[str, Any]]
) -> str:
    own, whole = said.get(share.part), _whole(application, share, said)
    if own is None or whole is None:
        return ""  # the question itself is asked for
    taken = sum((other.get(share.part) or Decimal(0) for other in others), Decimal(0))
    if own + taken <= whole:
        return ""
    asked = next(fact for fact in application.rules.fact if fact.code == share.part)
    beside = f" bersama bagian lain {_shown(taken, asked)}" if taken else ""
    return Missing(
        f"{asked.label} {_shown(own, asked)}{beside} melebihi izin induk, {_shown(whole, asked)}.",
        "isian",
        asked.section,
    )


def _shown(figure: Decimal, asked: Any) -> str:
    return f"{angka(figure)} {asked.unit}".rstrip()


def _whole(application: Application, share: Share, said: dict[str, Any]) -> Decimal | None:
    """Return the permit's own figure: as its application had it, or as this one tells it.

    Where the permit is of a part itself, that part is the whole.
    """
    permit = application.parent_permit
    if permit is None:
        return said.get(share.older)
    known = facts.of(Application.objects.get(pk=permit.case))
    whole: Decimal | None = known.get(share.part) or known.get(share.whole)
    return whole


def _others(application: Application, track: str) -> QuerySet[Application]:
    """Return the other cases that take a part of the same permit, or have taken it."""
    permit = application.parent_permit
    cases = Application.objects.filter(daerah=application.daerah, track=track)
    if permit is None:
        cases = cases.filter(parent_permit=None, parent_number__iexact=application.parent_number)
    else:
        cases = cases.filter(parent_permit__in=_same(permit, track))
    cases = cases.exclude(state__in=NOTHING_TAKEN).exclude(permit_status=REVOKED)
    return cases.exclude(pk=application.pk)


def _same(permit: Paper, track: str) -> set[Any]:
    """Return the permit with those that stand for the same whole: copies, and what replaced it."""
    case = Application.objects.get(pk=permit.case)
    while case.parent_permit is not None and case.track != track:
        permit = case.parent_permit
        case = Application.objects.get(pk=permit.case)
    found, newest = {permit.pk}, {permit.pk}
    while newest:
        below = Application.objects.filter(parent_permit__in=newest).exclude(track=track)
        papers = Paper.objects.filter(case__in=below.values("pk"), kind=permit.kind)
        newest = set(papers.exclude(number=None).values_list("pk", flat=True)) - found
        found |= newest
    return found
