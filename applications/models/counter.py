"""What happens to a case that was taken at the counter."""

from django.conf import settings
from django.db import models

from applications.models.application import Application

USER = settings.AUTH_USER_MODEL


class Takeover(models.Model):
    """A counter case that its applicant took into his own hands; append-only by trigger."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="takeovers")
    giver = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    """Account for which the counter had filed."""
    receiver = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    """Account that has the case now; the same one where the person had a login already."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application"], name="one_takeover")]

    def __str__(self):
        return f"{self.application} diambil alih {self.receiver}"
