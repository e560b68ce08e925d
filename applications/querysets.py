"""Which cases a user may see, and which wait for a posting."""

from django.db import models
from django.db.models import Q

from accounts import postings
from accounts.models import Mandate
from imbportal.daerah import registry


def _of_posting(posting):
    """Return the condition for the cases that one posting covers."""
    covered = Q(daerah=posting.daerah)
    unit = registry.current(posting.daerah).unit.get(posting.unit)
    if unit is not None and unit.kecamatan:
        covered &= Q(kecamatan=unit.kecamatan)
    return covered


def _applied_for(user):
    """Return the condition for the user's own cases, and those of owners for whom he still acts."""
    acting = Q(mandate=None) | Q(holder__in=Mandate.objects.owners(user))
    return Q(applicant=user) & acting


class ApplicationQuerySet(models.QuerySet):
    def applied_for_by(self, user):
        """Return the cases that the user applied for and may still look after."""
        return self.filter(_applied_for(user))

    def shut_to(self, user):
        """Return the cases that the user applied for by a letter of attorney that has ended."""
        return self.filter(applicant=user).exclude(_applied_for(user))

    def visible_to(self, user):
        """Return the user's own cases, and for officers their daerah's but for drafts."""
        if not user.is_authenticated:
            return self.none()
        if user.is_system:
            return self
        seen = _applied_for(user)
        for posting in postings.of(user):
            seen |= _of_posting(posting) & ~Q(state="DRAFT")
        return self.filter(seen)

    def waiting_for(self, posting):
        """Return the cases whose turn is this posting's, the nearest deadline first."""
        return self.filter(_of_posting(posting), turn_role=posting.role).order_by(
            models.F("due_at").asc(nulls_last=True), "id"
        )
