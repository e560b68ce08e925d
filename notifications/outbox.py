"""Sending a message: rows written with the move that causes it, carried out by the worker.

Templates and the context that each reads (strings; empty or absent leaves the sentence out).
Beside these every template has ``channel``, ``link`` (SITE_URL and the message's path) and
``site`` (host alone).

langkah            permit ("IMB"), number, place, headline ("Dokumen lengkap"), detail (what
                   happened, may have lines), next (what the reader must do; empty: nothing
                   more), by_when ("20 November 2026"), office
kantor             permit, number, place, headline, detail, task (the officer's; empty: for
                   information), by_when of the task
pengingat          permit, number, place, next, by_when, days (int, days left), office
tenggat_kantor     permit, number, place, task, by_when, late (bool)
kode               code, minutes (int), purpose: daftar | masuk | ganti | sandi
identitas_diterima name, office
akun_ada           (none): somebody tried to register with this address
akun_diubah        change ("Kata sandi akun Anda diganti.")
nomor_hilang       ending (last digits of the number that was given up)
loket              permit, office, received (day of a paper receipt), login ("": has none yet)
klaim_loket        numbers, office: the cases of the counter went to their applicant's login
berkas_kertas      permit, number, received, paper (number of its receipt), reason, officer
tidak_sampai       subject, channel_name, address
berkas_berbahaya   file ("foto KTP"), next; of a case also permit, number, place, office
"""

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from notifications import jobs, texts
from notifications.models import Message

Channel = Message.Channel


def send(
    *,
    template,
    key,
    user,
    channels,
    context,
    daerah="",
    case=None,
    step=None,
    url="",
    secret=False,
) -> list[Message]:
    """Write one row per (channel, address) and, unless secret, one for the user's inbox.

    ``key`` names the wish for this person: repeats are absorbed, so it must differ from person
    to person. ``url`` is a path of the portal. Nothing leaves before the transaction commits.
    Raises TransactionManagementError outside a transaction, ValueError on a foreign url or on
    a key that another person's message has.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("outbox.send belongs in the transaction of its cause")
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"not a path of the portal: {url}")
    ways = [*channels, (Channel.INBOX, "")] if user and not secret else list(channels)
    about = {
        "template": template,
        "user": user,
        "url": url,
        "daerah": daerah,
        "case": case,
        "step": step,
        "secret": secret,
    }
    return [_write(key, way, address, about, context) for way, address in ways]


def _write(key: str, channel: str, address: str, about: dict, context: dict) -> Message:
    text = texts.render(about["template"], channel, context, about["url"])
    defaults = {**about, "channel": channel, "address": address, **text._asdict()}
    if channel == Channel.INBOX:
        defaults["sent_at"] = timezone.now()
    message, _ = Message.objects.get_or_create(key=f"{key}:{channel}", defaults=defaults)
    if message.user_id != getattr(about["user"], "pk", None):
        raise ValueError(f"the key {key} belongs to another person's message")
    if channel != Channel.INBOX:
        jobs.enqueue("kirim_pesan", f"kirim:{message.pk}", str(message.pk), lane=channel)
    return message
