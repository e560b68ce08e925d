from contextlib import ExitStack

import pytest
from django.db import connection

from accounts.models import User
from notifications import outbox
from tests.notifications.processes import Portal, postgresql_copies, sqlite_copies
from tests.notifications.redis_server import RedisServer
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


@pytest.fixture(scope="package")
def database(tmp_path_factory):
    """A maker of databases that processes share."""
    copies = postgresql_copies if connection.vendor == "postgresql" else sqlite_copies
    with copies(tmp_path_factory.mktemp("pekerja")) as make:
        yield make


@pytest.fixture(params=["pekerja", pytest.param("celery", marks=pytest.mark.services)])
def start(request, database, tmp_path):
    """Start a portal, with ``pekerja`` or Celery for its work."""
    with ExitStack() as open_until_the_end:
        enter = open_until_the_end.enter_context

        def start(**options):
            if request.param == "celery":
                options["redis"] = enter(RedisServer(tmp_path))
            return enter(Portal(database(request.node.name), tmp_path, **options))

        yield start
