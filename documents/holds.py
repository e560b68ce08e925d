"""Numbers that are reserved for a seal: taken before it, borne by the paper that is issued after.

What a hold has is never given back: where its paper is never issued, a void one bears the number.
"""

from __future__ import annotations

import datetime
import uuid
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from documents import numbering
from documents.models import NumberHold, Paper
from imbportal.daerah import registry
from imbportal.daerah.schema import Daerah

LEASE = datetime.timedelta(seconds=120)
"""For which one try to seal keeps the others waiting, should its process die."""
UNUSED = "Nomor dipesan untuk surat ini, tetapi surat tidak jadi terbit."
NEVER_OUT = Q(status=Paper.Status.VOID, status_reason=UNUSED)
"""Papers that only bear a number which was held: nobody prints them or is given them."""


class Busy(RuntimeError):
    """Another try to seal this paper is under way."""


def reserve(paper: Paper, *, at: datetime.datetime, kecamatan: str = "") -> NumberHold:
    """Return the hold of a draft's number, one of before where its series still counts."""
    rules = registry.version(paper.version_id)
    series = _series(rules, paper.kind, at, kecamatan)
    standing = _open(paper)
    if standing is not None and standing.series == series:
        return standing
    if standing is not None:
        waste(standing, _copy(paper))
    return NumberHold.objects.create(
        case=paper.case, kind=paper.kind, version_id=paper.version_id, series=series,
        place=kecamatan, n=numbering.count(series), at=at,
    )  # fmt: skip


def claim(hold: NumberHold) -> uuid.UUID:
    """Let one try at a time seal the paper; raises Busy. The caller keeps the case locked."""
    now, trial = timezone.now(), uuid.uuid4()
    free = Q(trial=None) | Q(trial_until__lt=now)
    mine = NumberHold.objects.filter(free, pk=hold.pk, paper=None)
    if not mine.update(trial=trial, trial_until=now + LEASE):
        raise Busy()
    return trial


def release(trial: uuid.UUID) -> None:
    """End a try, whatever came of it."""
    NumberHold.objects.filter(trial=trial).update(trial=None, trial_until=None)


def number(paper: Paper, rules: Daerah, at: datetime.datetime, kecamatan: str = "") -> str:
    """Return the number of a paper that is issued now: the one held for it, else the next."""
    hold = _open(paper)
    if hold is None or hold.series != _series(rules, paper.kind, at, kecamatan):
        return numbering.take(rules, paper.kind, at, kecamatan)
    NumberHold.objects.filter(pk=hold.pk).update(paper=paper)
    return printed(rules, hold, at)


def printed(rules: Daerah, hold: NumberHold, at: datetime.datetime) -> str:
    """Return a held number as a paper of that day prints it."""
    kind = rules.numbered(hold.kind)
    return numbering.printed(kind, hold.n, _day(rules, at), hold.place.replace(".", ""))


def end(case: uuid.UUID, *kinds: str) -> None:
    """Let void papers bear what a case still holds, all of it or for these kinds of paper alone."""
    held = NumberHold.objects.filter(case=case, paper=None)
    for hold in held.filter(kind__in=kinds) if kinds else held:
        waste(hold)


def waste(hold: NumberHold, paper: Paper | None = None) -> Paper:
    """Let a void paper bear a number that no other will: the draft that it was taken for, or the
    ``paper`` that stands in for it."""
    rules = registry.version(hold.version_id)
    if paper is None:
        drafts = Paper.objects.filter(case=hold.case, kind=hold.kind, number=None)
        paper = drafts.order_by("-created_at").select_for_update().first()
    assert paper is not None  # noqa: S101 - a number is only held for a draft
    from documents import services

    services.freeze(paper, at=hold.at)
    paper.number, paper.issued_at = printed(rules, hold, hold.at), hold.at
    paper.status, paper.status_reason, paper.status_at = Paper.Status.VOID, UNUSED, timezone.now()
    paper.save(update_fields=["number", "issued_at", "status", "status_reason", "status_at"])
    NumberHold.objects.filter(pk=hold.pk).update(paper=paper)
    return paper


def _copy(draft: Paper) -> Paper:
    """Return a new paper with the content of a draft, which stays as it is."""
    return Paper.objects.create(
        kind=draft.kind, daerah=draft.daerah, version_id=draft.version_id, case=draft.case,
        title=draft.title, content=draft.content, sample=draft.sample,
    )  # fmt: skip


def _open(paper: Paper) -> NumberHold | None:
    held = NumberHold.objects.filter(case=paper.case, kind=paper.kind, paper=None)
    return held.select_for_update().first()


def _series(rules: Daerah, kind: str, at: datetime.datetime, kecamatan: str) -> str:
    return numbering.series(rules, kind, _day(rules, at), kecamatan.replace(".", ""))


def _day(rules: Daerah, at: datetime.datetime) -> datetime.date:
    return at.astimezone(ZoneInfo(rules.timezone)).date()
