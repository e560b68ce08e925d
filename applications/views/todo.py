"""The one thing that the applicant must do now, as the top of his page says it."""

from dataclasses import dataclass, replace

from django.urls import reverse

from applications import clock, handing, ports, services
from applications.views import sections
from applications.workflow import BY_NAME
from imbportal.indonesia import rupiah, tanggal

PLACES = ("identitas", "isian", "bangunan", "berkas", "pilah", "perbaikan")
"""Order in which missing things are mended."""


@dataclass(frozen=True)
class Todo:
    """What must be done, by when, and the page where it is done."""

    title: str
    text: str = ""
    button: str = ""
    url: str = ""
    by: str = "Paling lambat"
    """Words before the date."""
    deadline: object = None
    left: int | None = None
    link: str = ""
    link_url: str = ""


SHORT = {
    "DRAFT": "Lanjutkan mengisi",
    "KRK_INCOMPLETE": "Perbaiki permohonan KRK",
    "KRK_ISSUED": "Lengkapi dan kirim",
    "INCOMPLETE": "Perbaiki dan kirim lagi",
    "REVISION": "Perbaiki rencana teknis",
    "AWAITING_PAYMENT": "Bayar retribusi",
    "READY": "Lihat kode pengambilan",
}
"""The same in the list of all applications, on the button."""


def place_url(application, missing):
    """Return the page where a missing thing is mended, or "" where it is mended elsewhere."""
    place, code = getattr(missing, "place", ""), getattr(missing, "code", "")
    if place == "identitas":
        if application.by_counter:
            return reverse("admin:counter_reach", args=[application.pk])
        return reverse("identity")
    if place == "isian":
        return reverse("applications:section", args=[application.pk, code])
    if place == "bangunan":
        return reverse("applications:parts", args=[application.pk])
    if place == "berkas":
        return reverse("applications:documents", args=[application.pk]) + f"#{code}"
    if place == "pilah":
        return reverse("applications:sort", args=[application.pk])
    if place == "perbaikan":
        return reverse("applications:corrections", args=[application.pk]) + f"#catatan-{code}"
    return ""


def missing(application):
    """Return what the sending still lacks, as (text, url); the statements are on its own page."""
    name = sections.sending(application)
    if name is None:
        return []
    return [
        (text, place_url(application, text))
        for text in services.missing_now(BY_NAME[name], application)
        if getattr(text, "place", "") != "pernyataan"
    ]


def of(application):
    """Return what the applicant must do now; None where it is another's turn."""
    builder = BUILDERS.get(application.state)
    return _with_deadline(application, builder(application)) if builder else None


def _with_deadline(application, todo):
    end = todo.deadline or clock.lapse_end(application)
    if end is None:
        return todo
    return replace(todo, deadline=end, left=(end - clock.today(application)).days)


def _fill(application):
    """Draft, or KRK in hand: fill in, upload, send."""
    gaps = missing(application)
    krk = sections.sending(application) == "request_krk"
    what = "layanan atas" if application.is_service else "permohonan"
    goal = "permohonan KRK" if krk else f"{what} {application.rules.service.permit}"
    if not gaps:
        url = reverse("applications:send", args=[application.pk])
        return Todo(f"Kirim {goal}", "Semua sudah lengkap.", "Periksa dan kirim", url)
    linked = [(text, url) for text, url in gaps if url]
    first = min(linked, key=lambda gap: _rank(gap[0]), default=(None, ""))
    return Todo(
        f"Lengkapi {goal}",
        f"Masih {len(gaps)} hal yang harus dilengkapi.",
        BUTTONS.get(getattr(first[0], "place", ""), "Lihat yang kurang"),
        first[1] or reverse("applications:send", args=[application.pk]),
        link="Lihat semua yang kurang",
        link_url=reverse("applications:send", args=[application.pk]),
    )


BUTTONS = {
    "identitas": "Lengkapi data diri",
    "isian": "Lanjut mengisi",
    "bangunan": "Perbaiki bangunan lain",
    "berkas": "Unggah berkas",
    "pilah": "Pilah berkas",
}


def _rank(text):
    place = getattr(text, "place", "")
    return PLACES.index(place) if place in PLACES else len(PLACES)


MENDS = {
    "KRK_INCOMPLETE": "Perbaiki permohonan KRK",
    "INCOMPLETE": "Lengkapi permohonan",
    "REVISION": "Perbaiki rencana teknis",
}


def _mend(application):
    waiting = application.points.filter(closed_at=None).exclude(sent_at=None)
    count, unanswered = len(waiting), sum(point.answered_at is None for point in waiting)
    url = reverse("applications:corrections", args=[application.pk])
    goal = f"{MENDS[application.state]}: {count} catatan"
    if not unanswered:
        return Todo(goal, "Semua catatan sudah dijawab. Tinggal dikirim.", "Kirim perbaikan", url)
    since = tanggal(clock.local_date(application, application.entered_at))
    left = f"{unanswered} dari {count}" if unanswered < count else "Semuanya"
    text = f"Surat tanggal {since} meminta perbaikan. {left} belum dijawab."
    return Todo(goal, text, "Jawab catatan petugas", url)


def _pay(application):
    bill = ports.money.live_bill(application)
    if bill is None:
        return Todo("Bayar retribusi")
    url = reverse("retribusi:pay", args=[application.pk])
    issued = tanggal(clock.local_date(application, bill.issued_at))
    office = handing.paid_through(application)
    through = f" Bayar di {office}; kantor itu meneruskan buktinya." if office else ""
    return Todo(
        f"Bayar retribusi {rupiah(bill.amount)}",
        _refused(bill) or f"SKRD terbit {issued}.{through}",
        "Bayar atau unggah bukti",
        url,
        by="Bayar paling lambat",
        deadline=bill.due_date,
        link="Lihat perhitungan baris demi baris",
        link_url=f"{url}#hitungan",
    )


def _refused(bill):
    """Return why the last proof of a bill was not taken; "" where none was refused."""
    last = bill.proofs.order_by("-filed_at").first()
    refused = last is not None and last.status == "ditolak"
    return f"Bukti yang dikirim belum diterima: {last.reason}" if refused else ""


def _collect(application):
    office, permit = application.rules.office, application.rules.service.permit
    if clock.delivers(application):
        return Todo(f"{permit} Anda diantar", handing.what_next(application))
    usual = f"{office.name}{', ' + office.address if office.address else ''}"
    where = handing.counter_of(application) or usual
    return Todo(
        f"Ambil {application.rules.service.permit} Anda",
        f"Di loket {where}. Bawa {handing.brings(application)}.",
        *_code_page(application),
    )


def _code_page(application):
    """Return button and address of the page with the code, where one is asked for."""
    if "kode" not in application.rules.handover.shows:
        return ()
    return "Lihat kode pengambilan", reverse("applications:pickup", args=[application.pk])


BUILDERS = {
    "DRAFT": _fill,
    "KRK_ISSUED": _fill,
    "KRK_INCOMPLETE": _mend,
    "INCOMPLETE": _mend,
    "REVISION": _mend,
    "AWAITING_PAYMENT": _pay,
    "READY": _collect,
}
