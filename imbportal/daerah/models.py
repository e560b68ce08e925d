"""The rows behind the rules: versions of a daerah's file, and its calendar."""

from django.db import models


class DaerahVersion(models.Model):
    """One content of one daerah's file, kept forever; applications name the one they run by."""

    slug = models.CharField(max_length=40, db_index=True)
    sha256 = models.CharField(max_length=64)
    content = models.TextField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "sha256"], name="one_row_per_content"),
        ]

    def __str__(self):
        return f"{self.slug} {self.sha256[:8]}"


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

    def __str__(self):
        return f"{self.date} {self.name}"
