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
        return {"who": who, "title": f"{who} memeriksa {kind}", "end": None, "left": None}
    limit = clock.of_link(application, events)
    does = DOES | OF_SERVICE if application.is_service else DOES
    words = does[application.state].format(who=who, permit=application.rules.service.permit)
    return {
        "who": who,
        "title": words,
        "end": limit.end if limit else None,
        "left": (limit.end - clock.today(application)).days if limit else None,
    }
