import pytest

from accounts.models import User
from notifications import outbox
from tests.notifications.words import STEP


@pytest.fixture
def ana(db):
    """An applicant with both an e-mail address and a mobile number."""
    return User.objects.create(name="Ana", email="ana@contoh.test", phone="+6281200000001")


@pytest.fixture
def send(ana):
    """Send a step's message to Ana; what is named differs from the usual."""

    def send(**changes):
        usual = {
            "template": "langkah",
            "key": "kasus:1",
            "user": ana,
            "channels": [("email", ana.email), ("sms", ana.phone)],
            "context": STEP | changes.pop("says", {}),
        }
        return outbox.send(**usual | changes)

    return send


@pytest.fixture
def outside(settings):
    """Send for real: neither demo nor production."""
    settings.DEMO = False
    return settings
