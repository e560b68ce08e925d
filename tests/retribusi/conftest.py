"""One case of the demo's daerah whose building is recorded, its applicant, officer and bill."""

import billed
import pytest
import recorded

from accounts.models import User
from retribusi import services


@pytest.fixture
def budi():
    return billed.person()


@pytest.fixture
def sari():
    return User.objects.create_user("sari@contoh.test", name="Sari")


@pytest.fixture
def case(budi):
    """A case that waits for its payment, with the building recorded and nothing billed yet."""
    return recorded.recorded(budi)


@pytest.fixture
def bill(case, sari):
    services.assess(case, by=sari)
    return recorded.issue(case)
