"""Who may open the private files that belong to a case."""

from typing import Any

from accounts import postings
from applications.models import Application


def may_see_identity(user: Any, identity: Any, case: Any) -> bool:
    """Return whether an officer may see an identity because of a case that he may see."""
    application = Application.objects.visible_to(user).one(case)
    if application is None or not postings.of(user, application.daerah):
        return False
    people = {application.holder_id, getattr(application.applicant, "identity", None)}
    return identity.pk in people or identity in people
