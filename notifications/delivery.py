"""What the job ``kirim_pesan`` does: carry one message out, at least once, and record it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from imbportal.indonesia import telepon
from notifications import channels, jobs, outbox
from notifications.jobs import GiveUp
from notifications.models import Job, Message

KIND = "kirim_pesan"
CODE_LIFE = timedelta(minutes=15)
"""After this a one-time code is of no use to anybody and is no longer sent."""

KEPT, LISTED = timedelta(days=90), 500
"""For how long a message that was given up is shown, and how many at most."""


def deliver(ref: str) -> None:
    """Send the message unless it was sent; blank a code's text once it is out."""
    message = Message.objects.get(pk=ref)
    if message.sent_at:
        return
    if message.secret and message.created_at < timezone.now() - CODE_LIFE:
        raise GiveUp("the code is out of date")
    reference = channels.SENDERS[Message.Channel(message.channel)](message)
    _record(message, sent_at=timezone.now(), provider_ref=reference)


def _record(message: Message, **values) -> None:
    if message.secret and not settings.DEMO:
        values["body"] = ""
    Message.objects.filter(pk=message.pk).update(**values)


@transaction.atomic
def tell_undelivered(ref: str) -> None:
    """Say in the inbox that a message never arrived, so that the address gets corrected."""
    message = Message.objects.select_related("user").get(pk=ref)
    _record(message)
    if message.user is None or message.secret:
        return
    outbox.send(
        template="tidak_sampai",
        key=f"{message.key}:gagal",
        user=message.user,
        channels=[],
        context={
            "subject": message.subject,
            "channel_name": message.get_channel_display(),
            "address": telepon(message.address),
        },
        daerah=message.daerah,
        case=message.case,
        url=message.url,
    )


def given_up() -> dict[uuid.UUID, Job]:
    """Return the jobs of messages that no further try is made for, by message, newest first."""
    failed = Job.objects.filter(
        kind=KIND, status=Job.Status.FAILED, due_at__gte=timezone.now() - KEPT
    )
    return {uuid.UUID(job.ref): job for job in failed.order_by("-due_at")[:LISTED]}


@transaction.atomic
def send_again(message: Message, address: str) -> bool:
    """Let a message go out after all, to this address; False where it was not given up."""
    if not jobs.again(Job.objects.filter(key=f"kirim:{message.pk}")):
        return False
    Message.objects.filter(pk=message.pk).update(address=address)
    return True
