"""Drafts of a tariff that a daerah's admin tries out, and what each would have brought.

Neither touches a case: no bill, no calculation refers to them, and they may be thrown away.
"""

from django.conf import settings
from django.db import models

from imbportal.daerah import registry
from imbportal.daerah.models import DaerahVersion
from imbportal.daerah.tariffs import Tariff


class TariffTrial(models.Model):
    """A draft: what differs from a tariff of the daerah's file."""

    daerah = models.CharField(max_length=40)
    name = models.CharField("nama rancangan", max_length=80)
    base = models.CharField("tarif dasar", max_length=60)
    """Id of the tariff from which it starts."""
    base_version = models.ForeignKey(DaerahVersion, on_delete=models.PROTECT, related_name="+")
    """The file in which that tariff stands."""
    changes = models.JSONField("perubahan", default=dict)
    """Figures by their path in the tariff (``figure.hsbg``, ``index.fungsi.usaha``), as text."""
    version = models.PositiveIntegerField(default=0)
    """Raised by every change; a form that carries an older one is refused."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "rancangan tarif"
        verbose_name_plural = "rancangan tarif"
        ordering = ["-changed_at"]
        indexes = [models.Index(fields=["daerah", "-changed_at"], name="trials_of")]

    def __str__(self):
        return self.name

    @property
    def tariff(self) -> Tariff:
        """Return the tariff from which it starts, as it stood in the file then."""
        known = registry.version(self.base_version_id).tariff
        return next(tariff for tariff in known if tariff.id == self.base)


class TrialRun(models.Model):
    """The cases of a period calculated anew by a draft, as it stood when it was asked for."""

    trial = models.ForeignKey(TariffTrial, on_delete=models.CASCADE, related_name="runs")
    trial_version = models.PositiveIntegerField()
    changes = models.JSONField()
    period = models.CharField(max_length=10)
    first = models.DateField()
    last = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    total = models.PositiveIntegerField(default=0)
    """Cases that there were to calculate when the work began."""
    done = models.PositiveIntegerField(default=0)
    before = models.PositiveBigIntegerField(null=True)
    """Whole rupiah of what could be calculated, as assessed; null until it is ready."""
    after = models.PositiveBigIntegerField(null=True)
    lines = models.JSONField(default=list)
    """One list for each case, as ``trial.effect.Line``."""
    ready_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "dampak rancangan tarif"
        verbose_name_plural = "dampak rancangan tarif"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.trial} {self.period}"

    @property
    def running(self) -> bool:
        return self.ready_at is None and self.failed_at is None

    @property
    def percent(self) -> int:
        """Return how much is calculated; 100 only once the result is there."""
        if self.ready_at:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0

    @property
    def outdated(self) -> bool:
        """Return whether the draft was changed since."""
        return self.trial_version != self.trial.version
