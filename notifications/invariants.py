"""What must hold of the outbox: every wish is carried out, given up, or young."""

from collections.abc import Iterator

from django.utils import timezone

from imbportal.invariants import Fault
from notifications import delivery, jobs
from notifications.models import Job, Message


def work() -> Iterator[Fault]:
    """Find jobs that no worker takes up."""
    for job in jobs.stale():
        yield Fault("pekerjaan", None, f"pekerjaan {job.pk} ({job.kind}) tertahan lewat 10 menit")


def messages() -> Iterator[Fault]:
    """Find messages that were neither sent nor given up, and for which nobody works any more."""
    before = timezone.now() - jobs.FORGOTTEN
    waiting = Message.objects.filter(sent_at=None, created_at__lt=before)
    known = set(
        Job.objects.filter(kind=delivery.KIND)
        .exclude(status=Job.Status.DONE)
        .values_list("ref", flat=True)
    )
    for message in waiting:
        if str(message.pk) not in known:
            yield Fault("pesan", message.case, f"pesan {message.pk} tidak terkirim tanpa pekerjaan")


CHECKS = (work, messages)
