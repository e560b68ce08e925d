"""The daily digest over all chains of a daerah; it stands on paper and in mailboxes, too."""

import uuid

from django.db import models


class ChainDigest(models.Model):
    """The heads of all chains of a daerah in one hash, and the digest before; append-only.

    Only ``applications.chains.digests`` writes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    daerah = models.CharField("daerah", max_length=40)
    number = models.PositiveIntegerField("nomor urut")
    first = models.DateField("dari tanggal")
    day = models.DateField("sampai tanggal")
    """The last day that was over; days without a digest (an outage) are in the next one."""
    made_at = models.DateTimeField("dibuat pada")
    chains = models.PositiveIntegerField("rantai")
    links = models.PositiveBigIntegerField("mata rantai")
    changed = models.PositiveIntegerField("rantai yang bertambah")
    """Heads that this digest keeps; those of the other chains stand in an earlier one."""
    root = models.CharField("sidik ujung rantai", max_length=64)
    """Hash over the heads that this digest keeps."""
    faults = models.JSONField("rantai yang tidak cocok lagi", default=list)
    """What did not fit the digests before, as it was made; the first ones in words."""
    previous_hash = models.CharField("sidik ikhtisar sebelumnya", max_length=64)
    hash = models.CharField("sidik", max_length=64)

    class Meta:
        verbose_name = "ikhtisar rantai"
        verbose_name_plural = "ikhtisar rantai"
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["daerah", "number"], name="one_digest_of_a_number"),
            models.UniqueConstraint(fields=["daerah", "day"], name="one_digest_of_a_day"),
        ]
        indexes = [models.Index(fields=["hash"], name="digest_by_hash")]

    def __str__(self):
        return f"ikhtisar rantai {self.daerah} nomor {self.number}"

    @property
    def grouped(self) -> str:
        """The hash as people read it aloud: in groups of four."""
        return " ".join(self.hash[at : at + 4] for at in range(0, len(self.hash), 4))


class ChainHead(models.Model):
    """Where one chain ended when a digest was made and it had grown since; append-only."""

    digest = models.ForeignKey(ChainDigest, on_delete=models.PROTECT, related_name="heads")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "kind", "key"], name="one_head_of_a_chain"),
        ]
        indexes = [models.Index(fields=["kind", "key", "length"], name="heads_of_chain")]

    def __str__(self):
        return f"{self.kind} {self.key} {self.length}"
