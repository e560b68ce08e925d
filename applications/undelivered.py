"""Messages that never arrived: who waits for which, why, and what an officer does about it."""

import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import contacts, office, postings, walk_ins
from applications import inviting
from applications.models import Application
from imbportal.indonesia import telepon
from notifications import delivery
from notifications.models import Message

WHY = {
    "knows no such address": "Server surel tidak mengenal alamat ini.",
    "gateway answered": "Penyedia SMS menolak nomor ini.",
    "SMS_GATEWAY is not set": "Penyedia SMS belum dipasang. Beri tahu pengelola portal.",
}
"""What it means that a job was given up at once, by words of its error."""
SILENCE = "Penyedia surel atau SMS tidak menerimanya selama empat jam, sesudah banyak percobaan."
WHAT = {
    "langkah": "Kabar permohonan",
    "pengingat": "Pengingat batas waktu",
    "kantor": "Tugas petugas",
    "tenggat_kantor": "Tenggat petugas",
    "loket": "Kabar dari loket",
    "klaim_loket": "Klaim permohonan dari loket",
    "survei": "Undangan survei",
    "hari_perkiraan": "Hari libur perkiraan",
    inviting.TEMPLATE: "Undangan janji temu",
    "pengaduan_terima": "Tanda terima pengaduan",
    "pengaduan_jawab": "Jawaban pengaduan",
    "pengaduan_kantor": "Tugas petugas",
}
"""What a message is, by its template: its words are for its reader alone."""
NOBODY = "Alamat yang ditulis pelapor tidak menerimanya. Pelapor membaca jawabannya dengan kodenya."
"""What to do where the message went to somebody without an account."""
INVITED = "Sampaikan undangan ini langsung kepada orangnya, sebelum hari pertemuan."
ADDRESS = {Message.Channel.EMAIL: "alamat surel", Message.Channel.SMS: "nomor HP"}


class Row(NamedTuple):
    """One message that was given up."""

    message: Message
    case: Application | None
    what: str
    failed_at: str
    """The address that failed; an officer's is shown to his admin alone."""
    address: str
    """Where it would go now: the person may have corrected it meanwhile."""
    why: str
    to_do: str
    last_try: datetime.datetime
    may_send: bool


def of(user) -> list[Row]:
    """Return what the user may know of, newest first."""
    failed = delivery.given_up()
    found = visible_to(user).in_bulk(list(failed))
    cases = Application.objects.in_bulk({message.case for message in found.values()} - {None})
    return [
        _row(user, found[pk], job, cases.get(found[pk].case))
        for pk, job in failed.items()
        if pk in found
    ]


def count(user) -> int:
    """Return how many there are, asking little where nothing ever failed."""
    failed = delivery.given_up()
    return visible_to(user).filter(pk__in=failed).count() if failed else 0


def visible_to(user) -> QuerySet[Message]:
    """Return the messages about cases that an officer may see; without a case, those to officers
    whom the user looks after."""
    cases = Application.objects.visible_to(user).exclude(applicant=user)
    about = Q(case__in=cases.values("pk")) | Q(case=None, daerah__in=office.administered(user))
    slugs = postings.of(user).values("daerah")
    sent = Message.objects.exclude(channel=Message.Channel.INBOX).filter(secret=False)
    return sent.filter(about, daerah__in=slugs).select_related("user")


def may_send(user, daerah: str) -> bool:
    """Return whether the user may send again; auditors only read."""
    return postings.of(user, daerah).exclude(role=postings.AUDITOR).exists()


def address_now(message: Message) -> str:
    """Return where news go to the person by this channel now, else the address that failed."""
    if message.user is None:
        return message.address
    return contacts.reached(message.user, message.channel) or message.address


def _row(user, message, job, case):
    known = _knows_address(user, message, case)
    address = address_now(message)
    at_once = job.error.startswith("GiveUp")
    return Row(
        message=message,
        case=case,
        what=WHAT.get(message.template, "Pesan"),
        failed_at=telepon(message.address) if known else "",
        address=telepon(address) if known else "",
        why=next((text for words, text in WHY.items() if at_once and words in job.error), SILENCE),
        to_do=_to_do(message, case, address if known else message.address),
        last_try=timezone.localtime(job.due_at),
        may_send=may_send(user, message.daerah),
    )


def _knows_address(user, message, case):
    """Applicants' addresses are the office's business; officers' their own and their admin's."""
    if case is not None and message.user_id == case.applicant_id:
        return True
    if message.template == inviting.TEMPLATE:  # the office wrote it down itself
        return True
    return message.user_id == user.pk or message.daerah in office.administered(user)


def _to_do(message, case, address):
    what = ADDRESS[message.channel]
    if message.user is None:
        return INVITED if message.template == inviting.TEMPLATE else NOBODY
    if address != message.address:
        return f"Sudah diperbaiki menjadi {telepon(address)}. Kirim lagi ke sana."
    if case is not None and message.user_id == case.applicant_id:
        if walk_ins.standing(message.user):
            return (
                f"Buka permohonannya di halaman Loket, lalu ubah {what} pada Ubah kontak. "
                "Sesudah itu kirim lagi."
            )
        return (
            f"Hubungi pemohon dengan cara lain dan mintalah ia memperbaiki {what} di halaman "
            "akunnya. Sesudah itu kirim lagi."
        )
    return f"Mintalah petugas ini memperbaiki {what} di halaman akunnya. Sesudah itu kirim lagi."
