import time

import pytest

from notifications import bell, jobs
from notifications.models import Job


@pytest.fixture
def dead_broker(settings, monkeypatch):
    """Redis is wished for, but nobody listens."""
    from imbportal.celery import app

    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    monkeypatch.setattr(app.conf, "broker_url", settings.REDIS_URL)
    monkeypatch.setattr(bell, "_quiet_until", 0.0)


@pytest.mark.django_db
def test_a_broker_that_is_away_costs_a_second_and_no_job(
    dead_broker, django_capture_on_commit_callbacks
):
    start = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True) as rings:
        for n in range(20):
            jobs.enqueue("coba", str(n), "a")
    assert len(rings) == 20
    assert time.monotonic() - start < 8 and Job.objects.count() == 20


def test_without_redis_nothing_rings(settings):
    settings.REDIS_URL = ""
    assert not bell.ring(1)
