"""Pages of uploaded files and of drafts as pictures, for the office's viewer."""

from django.db import models

from applications.models.dossier import DocumentVersion


class PagePicture(models.Model):
    """One page of a version as the worker drew it; without a file it could not be drawn."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="pictures")
    page = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="halaman/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["page"]
        constraints = [
            models.UniqueConstraint(fields=["version", "page"], name="one_picture_per_page"),
        ]

    def __str__(self):
        return f"halaman {self.page}"


class DraftPicture(models.Model):
    """One page of a paper that is about to be signed, as it would be printed; like the above."""

    application = models.ForeignKey(
        "applications.Application", on_delete=models.CASCADE, related_name="draft_pictures"
    )
    kind = models.CharField(max_length=40)
    mark = models.CharField(max_length=16)
    """Of what the paper prints: another content has other pictures."""
    page = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField(default=1)
    file = models.FileField(upload_to="konsep/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["page"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "mark", "page"], name="one_picture_per_draft_page"
            ),
        ]

    def __str__(self):
        return f"konsep {self.kind}, halaman {self.page}"
