"""What the office does while the applicant waits, as the top of his page says it."""

from applications import clock, ports
from applications.views.progress import holder

DOES = {
    "KRK_REQUESTED": "{who} menyiapkan Keterangan Rencana Kota",
    "SUBMITTED": "{who} memeriksa kelengkapan dokumen",
    "RECORDING": "{who} mendata bangunan",
    "ASSESSMENT": "{who} menilai rencana teknis",
    "FEE": "{who} menghitung retribusi",
    "SKRD_SIGNING": "{who} menyiapkan tagihan (SKRD)",
    "PAYMENT_REVIEW": "{who} memeriksa pembayaran Anda",
    "PERMIT_SIGNING": "{who} menyiapkan {permit}",
    "REJECTION_SIGNING": "{who} menyiapkan surat keputusan",
    "ISSUED": "{permit} sudah terbit; {who} memperbarui data bangunan",
}
OF_SERVICE = {"ASSESSMENT": "{who} mencocokkan permohonan dengan izin yang sudah terbit"}
"""Where a service on a permit differs: no drawings are assessed."""


def of(application, events):
    """Return whose turn it is, what is done, and the day by which; None where nobody acts."""
    who = holder(application)
    if not who or application.state not in DOES:
        return None
    pending = ports.money.pending_reliefs([application]).get(application.pk)
    if pending is not None:
        kind = f"permohonan {pending.kind} retribusi"
        title = f"{who} memeriksa {kind}"
        return {"who": who, "title": title, "end": None, "left": None, "late": "", "ours": False}
    limit = clock.of_link(application, events)
    does = DOES | OF_SERVICE if application.is_service else DOES
    words = does[application.state].format(who=who, permit=application.rules.service.permit)
    left = (limit.end - clock.today(application)).days if limit else None
    return {
        "who": who,
        "title": words,
        "end": limit.end if limit else None,
        "left": left,
        "late": _late(application, who) if left is not None and left < 0 else "",
        "ours": bool(limit and limit.deadline.ours),
    }


def _late(application, who):
    """Return with whom a late case lies, and who above him was told."""
    head = application.rules.head
    told = application.rules.role[head].title if application.turn_role != head else ""
    lies = f"Batas ini terlewat. Berkas Anda masih ada pada {who}"
    return f"{lies}; {told} sudah kami beri tahu." if told else f"{lies}."
