"""The rows of drafts: who may see and edit them, and how they change."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts import postings
from applications.refusals import Barred, Conflict, NotVisible
from imbportal.context import postings_of
from imbportal.daerah import calendar, registry
from imbportal.daerah.schema import Daerah
from imbportal.daerah.tariffs import Tariff
from retribusi import rates
from retribusi.inputs import Refused
from retribusi.models import TariffTrial

GONE = "Rancangan tarif ini tidak ditemukan."
FOR_ADMINS = "Rancangan tarif disusun oleh admin daerah. Anda dapat membacanya."
CHANGED = "Rancangan ini baru saja disimpan oleh orang lain."


# -- Who ------------------------------------------------------------------------------------
def overseeing(request: Any) -> list[Any]:
    """Return the reader's postings that may read drafts: of admin, auditor and head."""
    known = registry.slugs()
    return [
        one
        for one in postings_of(request)
        if one.daerah in known and postings.oversees([one], one.daerah)
    ]


def reads(request: Any) -> bool:
    """Return whether the reader may read any draft."""
    return bool(overseeing(request))


def edits(request: Any, daerah: str) -> bool:
    """Return whether the reader is an admin of the daerah."""
    return any((p.daerah, p.role) == (daerah, postings.ADMIN) for p in postings_of(request))


def found(request: Any, pk: int) -> TariffTrial:
    """Return a draft that the reader may read. Raises NotVisible."""
    slugs = {posting.daerah for posting in overseeing(request)}
    rows = TariffTrial.objects.filter(daerah__in=slugs).select_related("changed_by")
    trial = rows.filter(pk=pk).first()
    if trial is None:
        raise NotVisible(GONE)
    timezone.activate(registry.current(trial.daerah).timezone)
    return trial


def require_admin(request: Any, daerah: str) -> None:
    """Let only the admins of the daerah through. Raises Barred."""
    if not edits(request, daerah):
        raise Barred(FOR_ADMINS)


# -- What -----------------------------------------------------------------------------------
def in_force(rules: Daerah) -> Tariff | None:
    """Return the tariff with which a new draft begins; None where the file has none."""
    try:
        return rates.in_force(rules.tariff, calendar.today(rules.slug))
    except Refused:
        return rules.tariff[-1] if rules.tariff else None


def begin(daerah: str, name: str, *, by: Any, like: TariffTrial | None = None) -> TariffTrial:
    """Write a new draft: of the tariff in force, or as another draft stands."""
    if like is not None:
        start = {"base": like.base, "base_version": like.base_version, "changes": like.changes}
    else:
        tariff = in_force(registry.current(daerah))
        if tariff is None:
            raise LookupError(f"{daerah} has no tariff")
        start = {"base": tariff.id, "base_version": registry.current_version(daerah)}
    return TariffTrial.objects.create(
        daerah=daerah, name=name, created_by=by, changed_by=by, **start
    )


def save(trial: TariffTrial, name: str, changes: dict[str, str], *, version: int, by: Any) -> None:
    """Store name and figures over the version that the form showed. Raises Conflict."""
    saved = TariffTrial.objects.filter(pk=trial.pk, version=version).update(
        name=name, changes=changes, changed_by=by, changed_at=timezone.now(),
        version=F("version") + 1,
    )  # fmt: skip
    if not saved:
        raise Conflict(CHANGED)


def discard(trial: TariffTrial, *, version: int) -> None:
    """Throw a draft away with its results, as the form showed it. Raises Conflict."""
    if version != trial.version:
        raise Conflict(CHANGED)
    trial.delete()
