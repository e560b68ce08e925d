import pytest
import time_machine
from django.core.management import call_command

from notifications import periodic
from notifications.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(monkeypatch):
    """A task of every hour, alone, and its runs."""
    seen = []
    monkeypatch.setattr(periodic, "TASKS", {})
    periodic.register("coba", 3600, lambda: seen.append(1))
    return seen


def work():
    periodic.tick()
    periodic.tick()
    call_command("pekerja", "--once")


def test_two_beats_make_one_run_per_slot(runs):
    with time_machine.travel("2026-11-16 03:10Z") as clock:
        work()
        work()
        assert len(runs) == 1
        clock.shift(3600)
        work()
    assert len(runs) == 2


def test_rows_of_old_runs_are_removed_and_nothing_else(runs):
    with time_machine.travel("2026-11-01 03:10Z"):
        work()
        Job.objects.create(kind="kirim_pesan", key="k", ref="1", status="selesai")
    periodic.tidy()
    assert [job.kind for job in Job.objects.all()] == ["kirim_pesan"]
