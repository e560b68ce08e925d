"""The rows behind the rules: versions of a daerah's file, and its calendar."""

from django.db import models

from imbportal.indonesia import tanggal


class DaerahVersion(models.Model):
    """One content of one daerah's file, kept forever; applications name the one they run by."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    """Of the content, which names its slug: what a key means never changes, so it may be cached."""
    slug = models.CharField(max_length=40, db_index=True)
    content = models.TextField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.slug} {self.sha256[:8]}"


class CalendarYear(models.Model):
    """A year whose national days were put into the table; never filled a second time."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    seeded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.year)


class Holiday(models.Model):
    """A day on which a daerah (or, with an empty slug, every daerah) does not work."""

    class Kind(models.TextChoices):
        NATIONAL = "nasional", "Libur nasional"
        CUTI_BERSAMA = "cuti_bersama", "Cuti bersama"
        LOCAL = "daerah", "Libur daerah"
        WORKING = "masuk", "Tetap masuk kerja"

    date = models.DateField(verbose_name="tanggal")
    slug = models.CharField(max_length=40, blank=True, verbose_name="daerah")
    kind = models.CharField(max_length=20, choices=Kind, verbose_name="jenis")
    name = models.CharField(max_length=120, verbose_name="nama")
    estimated = models.BooleanField(default=False, verbose_name="perkiraan")

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        constraints = [
            models.UniqueConstraint(fields=["date", "slug", "kind"], name="one_holiday_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{tanggal(self.date)}, {self.name}"
