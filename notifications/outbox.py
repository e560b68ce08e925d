"""Sending a message: rows written with the move that causes it, carried out by the worker.

Templates and the context that each reads (strings; empty or absent leaves the sentence out).
Beside these every template has ``channel``, ``link`` (SITE_URL and the message's path) and
``site`` (host alone).

langkah            permit ("IMB"), number, place, headline ("Dokumen lengkap"), detail (what
                   happened, may have lines), next (what the reader must do; empty: nothing
                   more), by_when ("20 November 2026"), office
kantor             permit, number, place, headline, detail, task (the officer's; empty: for
                   information), by_when of the task
janji_temu         name, what ("Tinjau lokasi"), when (day, time and place), permit, number, plan,
                   place, office, phone: to somebody invited who may have no account
pengingat          permit, number, place, next, by_when, days (int, days left), office
pengingat_skrd     permit, number, place, bill (number), amount, code, by_when, left (int, days),
                   next, late (what follows; empty before the due date), office
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
survei             permit, number, office, page (address of the questionnaire), until
rekening_koran     headline, office, number (of the bill; empty: none), detail
kas                headline ("Buku penerimaan dikoreksi"), office, number of the bill, detail
ikhtisar_rantai    office, number, days, counted, mark (the hash), faults (int), detail
hari_perkiraan     office, name and day of a holiday, left (int, days)
berkas_berbahaya   file ("foto KTP"), next; of a case also permit, number, place, office
"""

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from notifications import jobs, texts
from notifications.models import Message

Channel = Message.Channel
INBOX = Channel.INBOX, ""
PERSONAL = ("/pengaduan/", "/survei/")
"""Pages that open by their address alone: a message that leads to one is shown to no officer."""


def send(*, key, user, channels, **about) -> list[Message]:
    """Write one row per (channel, address) and, unless secret, one for the user's inbox.

    ``key`` names the wish for this person: repeats are absorbed, so it must differ from person
    to person. ``about`` is what ``send_each`` takes. Raises as it does.
    """
    return send_each([(key, user, channels)], **about)


def send_each(
    people, *, template, context, daerah="", case=None, step=None, url="", secret=False
) -> list[Message]:
    """Write the same news for several ``people``: (key, user, channels) each, as ``send`` has them.

    ``url`` is a path of the portal. Nothing leaves before the transaction commits.
    Raises TransactionManagementError outside a transaction, ValueError on a foreign url or on
    a key that another person's message has.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("outbox.send belongs in the transaction of its cause")
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"not a path of the portal: {url}")
    about = {
        "template": template,
        "url": url,
        "daerah": daerah,
        "case": case,
        "step": step,
        "secret": secret,
    }
    words, rows = {}, {}
    for key, user, channels in people:
        for channel, address in [*channels, *([INBOX] if user and not secret else [])]:
            if channel not in words:
                words[channel] = texts.render(template, channel, context, url)._asdict()
            row = Message(
                key=f"{key}:{channel}", user=user, channel=channel, address=address,
                **about, **words[channel],
            )  # fmt: skip
            rows.setdefault(row.key, row)
    return _write(rows)


def _write(rows: dict[str, Message]) -> list[Message]:
    """Write the rows by their keys, those that stand already excepted; let them go out."""
    now = timezone.now()
    for row in rows.values():
        row.sent_at = now if row.channel == Channel.INBOX else None
    Message.objects.bulk_create(rows.values(), ignore_conflicts=True)
    stored = {row.key: row for row in Message.objects.filter(key__in=list(rows))}
    for key, row in rows.items():
        if stored[key].user_id != row.user_id:
            raise ValueError(f"the key {key} belongs to another person's message")
        if row.channel != Channel.INBOX:
            pk = stored[key].pk
            jobs.enqueue("kirim_pesan", f"kirim:{pk}", str(pk), lane=row.channel)
    return [stored[key] for key in rows]
