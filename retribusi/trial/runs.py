"""Trying a draft on the cases of a period: few at once, many by the worker with its progress."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from notifications import jobs
from retribusi import rates
from retribusi.models import Assessment, TariffTrial, TrialRun
from retribusi.rates import Rates
from retribusi.trial import effect
from retribusi.trial.figures import applied
from retribusi.trial.periods import Period

JOB = "uji_tarif"
AT_ONCE = 300
"""Cases that the page itself calculates; more are left to the worker."""
CHUNK = 500
PATIENCE = datetime.timedelta(minutes=10)
"""How long a second click finds the work that the first one asked for."""


def setup() -> None:
    """Let the worker try drafts on many cases."""
    jobs.register(JOB, make, failed=_failed, tries=5)


def order(trial: TariffTrial, period: Period, *, by: Any) -> TrialRun:
    """Write down that a draft is tried on a period; where few cases are meant, try it at once."""
    with transaction.atomic():
        locked = TariffTrial.objects.select_for_update().get(pk=trial.pk)
        if run := _asked_for(locked, period):
            return run
        run = TrialRun.objects.create(
            trial=locked, trial_version=locked.version, changes=locked.changes, by=by,
            period=period.code, first=period.first, last=period.last,
        )  # fmt: skip
        jobs.enqueue(JOB, f"{JOB}:{run.pk}", str(run.pk))
    if _cases(trial.daerah, period)[: AT_ONCE + 1].count() <= AT_ONCE:
        make(str(run.pk))
    return run


def _asked_for(trial: TariffTrial, period: Period) -> TrialRun | None:
    """Return the work on the same that is still going on."""
    mine = trial.runs.filter(period=period.code, trial_version=trial.version)
    since = timezone.now() - PATIENCE
    return mine.filter(ready_at=None, failed_at=None, created_at__gte=since).first()


def last_period(trial: TariffTrial) -> str:
    """Return the period on which a draft was last tried, "" where it never was."""
    return trial.runs.order_by("-pk").values_list("period", flat=True).first() or ""


def newest(trial: TariffTrial, period: str) -> TrialRun | None:
    """Return the newest run of a draft on a period."""
    return trial.runs.filter(period=period).select_related("by").order_by("-pk").first()


def figures(run: TrialRun) -> Rates:
    """Return the figures by which a run calculates."""
    return rates.of(applied(run.trial.tariff, run.changes))


def make(pk: str) -> None:
    """Calculate every case of a run; a run that is ready, or whose draft is gone, is left."""
    run = TrialRun.objects.select_related("trial").filter(pk=pk, ready_at=None).first()
    if run is None:
        return
    period = Period(run.period, "", run.first, run.last)
    found = list(_cases(run.trial.daerah, period).order_by("pk").values_list("pk", flat=True))
    mine = TrialRun.objects.filter(pk=run.pk, ready_at=None)
    mine.update(total=len(found), done=0)
    lines = []
    for chunk in _chunks(found, figures(run)):
        lines += chunk
        mine.update(done=len(lines))
    good = [one for one in lines if one.after is not None]
    mine.update(
        lines=[list(one) for one in lines],
        before=sum(one.before for one in good),
        after=sum(one.after for one in good),
        ready_at=timezone.now(),
        failed_at=None,
    )
    # What is superseded goes: the page shows the newest of a period alone.
    TrialRun.objects.filter(trial=run.trial, period=run.period, pk__lt=run.pk).delete()


def _cases(daerah: str, period: Period) -> QuerySet[Assessment]:
    """Return the assessments of a period that are the newest of their cases."""
    begin, end = period.moments(daerah)
    later = Assessment.objects.filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
    return Assessment.objects.filter(
        ~Exists(later), application__daerah=daerah, at__gte=begin, at__lt=end
    )


def _chunks(found: list[int], by: Rates) -> Iterator[list[effect.Line]]:
    """Yield the cases calculated anew, each piece read before anything is written."""
    for start in range(0, len(found), CHUNK):
        rows = Assessment.objects.filter(pk__in=found[start : start + CHUNK]).order_by("pk")
        yield [
            effect.line(str(case), given, total, by)
            for case, given, total in rows.values_list("application", "input", "total")
        ]


def _failed(pk: str) -> None:
    TrialRun.objects.filter(pk=pk, ready_at=None).update(failed_at=timezone.now())
