from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from notifications import delivery, jobs
from notifications.models import Job, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """A kind of job that notes what it did; refs beginning with ! fail."""
    seen = []

    def handler(ref):
        seen.append(ref)
        if ref.startswith("!"):
            raise OSError("tidak tersambung")

    kind = jobs.Kind(handler, lambda ref: seen.append(f"gagal {ref}"), 3, urgent=False)
    monkeypatch.setitem(jobs.KINDS, "coba", kind)
    return seen


def again(job, **values):
    """Let the time of waiting pass, then try once more."""
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now(), **values)
    jobs.run(job.pk)
    job.refresh_from_db()


def test_a_job_is_done_once(done):
    job = jobs.enqueue("coba", "k", "a")
    assert jobs.enqueue("coba", "k", "a") == job
    assert jobs.run(job.pk) and not jobs.run(job.pk)
    job.refresh_from_db()
    assert done == ["a"] and job.status == "selesai" and job.done_at


def test_a_claimed_job_is_nobody_elses(done):
    job = jobs.enqueue("coba", "k", "a")
    assert jobs.claim(job.pk) and not jobs.claim(job.pk) and not jobs.run_one()


def test_a_failure_is_tried_again_later_and_keeps_its_reason(done):
    job = jobs.enqueue("coba", "k", "!a")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == "menunggu" and job.due_at > timezone.now() and "OSError" in job.error
    assert not jobs.run_one()


def test_the_last_try_fails_for_good_and_says_so_once(done):
    job = jobs.enqueue("coba", "k", "!a")
    for _ in range(5):
        again(job)
    assert done == ["!a"] * 3 + ["gagal !a"] and job.status == "gagal"


def test_a_job_that_kills_every_worker_is_given_up(done):
    job = jobs.enqueue("coba", "k", "a")
    again(job, attempts=3)
    assert done == ["gagal a"] and job.status == "gagal"


def test_failed_jobs_can_be_started_anew(done):
    job = jobs.enqueue("coba", "k", "a")
    again(job, attempts=3)
    assert jobs.again(Job.objects.all()) == 1
    again(job)
    assert job.status == "selesai"


def test_what_a_dead_worker_held_is_given_back(done):
    job = jobs.enqueue("coba", "k", "a")
    jobs.claim(job.pk)
    assert jobs.sweep() == 0
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert jobs.sweep() == 1 and jobs.run_one() and done == ["a"]


def test_a_worker_that_outlived_its_lease_changes_nothing(done, monkeypatch):
    job = jobs.enqueue("coba", "k", "a")

    def swept_meanwhile(ref):
        Job.objects.update(status="menunggu", lease=None, leased_until=None)

    kind = jobs.Kind(swept_meanwhile, print, 3, urgent=False)
    monkeypatch.setitem(jobs.KINDS, "coba", kind)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == "menunggu"


def test_pauses_double_to_five_minutes_and_last_four_hours_in_all():
    waits = [jobs.pause(n).total_seconds() for n in range(1, jobs.TRIES)]
    assert 24 <= waits[0] <= 36 and 48 <= waits[1] <= 72 and max(waits) <= 360
    assert 3 * 3600 < sum(waits) < 4.5 * 3600


def test_messages_go_before_papers_and_fresh_jobs_before_failed_ones(done):
    failed = jobs.enqueue("coba", "1", "a")
    Job.objects.update(attempts=2, due_at=timezone.now() - timedelta(hours=1))
    fresh, urgent = jobs.enqueue("coba", "2", "b"), jobs.enqueue("kirim_pesan", "3", "c")
    assert jobs.due() == [urgent.pk, fresh.pk, failed.pk]


def test_a_bad_address_does_not_delay_the_others(done):
    for n, ref in enumerate(["!x", "a", "!y", "b"]):
        jobs.enqueue("coba", str(n), ref)
    call_command("pekerja", "--once")
    assert set(done) == {"!x", "!y", "a", "b"} and len(done) == 4


def test_only_forgotten_jobs_are_stale(done):
    late = jobs.enqueue("coba", "1", "a")
    Job.objects.update(due_at=timezone.now() - timedelta(minutes=11))
    jobs.enqueue("coba", "2", "b")
    assert list(jobs.stale()) == [late]
    call_command("pekerja", "--once")
    assert not jobs.stale().exists()


def test_a_message_that_never_arrives_is_told_in_the_inbox(send):
    email, _, _ = send()
    delivery.tell_undelivered(email.pk)
    notice = Message.objects.get(template="tidak_sampai")
    assert notice.channel == "kotak" and email.address in notice.body


def test_a_code_out_of_date_is_not_sent(send):
    code = {"code": "12345678", "minutes": 10, "purpose": "masuk"}
    email, _ = send(template="kode", says=code, secret=True)
    Message.objects.update(created_at=timezone.now() - timedelta(hours=1))
    call_command("pekerja", "--once")
    email.refresh_from_db()
    job = Job.objects.get(ref=str(email.pk))
    assert job.status == "gagal" and not email.sent_at and not email.body
