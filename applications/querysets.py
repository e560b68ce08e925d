"""Which cases a user may see, and which wait for a posting."""

from django.db import models
from django.db.models import Q

from accounts import postings
from imbportal.daerah import registry


def _of_posting(posting):
    """Return the condition for the cases that one posting covers."""
    covered = Q(daerah=posting.daerah)
    unit = registry.current(posting.daerah).unit.get(posting.unit)
    if unit is not None and unit.kecamatan:
        covered &= Q(kecamatan=unit.kecamatan)
    return covered


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return the user's own cases, and for officers their daerah's but for drafts."""
        if not user.is_authenticated:
            return self.none()
        if user.is_system:
            return self
        seen = Q(applicant=user)
        for posting in postings.of(user):
            seen |= _of_posting(posting) & ~Q(state="DRAFT")
        return self.filter(seen)

    def waiting_for(self, posting):
        """Return the cases whose turn is this posting's, the nearest deadline first."""
        return self.filter(_of_posting(posting), turn_role=posting.role).order_by(
            models.F("due_at").asc(nulls_last=True), "id"
        )
