"""When a move may be made: guards return what is missing, in words for the user."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from accounts import identity
from applications import cards, clock, facts, ports, record_needs, requirements, statements
from applications.refusals import Missing
from documents import services as documents
from imbportal.daerah import tracks
from imbportal.indonesia import tanggal

if TYPE_CHECKING:
    from applications.models import Application
    from imbportal.daerah.schema import Fact

Guard = Callable[["Application"], list[str]]


def always(application: Application) -> list[str]:
    return []


def chosen_track(application: Application) -> tuple[str | None, list[str]]:
    """Return the track by the present answers, and the questions that still decide it."""
    code, missing = tracks.choose(application.rules, facts.of(application))
    known = {fact.code: fact for fact in application.rules.fact}
    return code, [
        _answer(known[name])
        if name in known
        else Missing("Lengkapi data diri pemohon.", "identitas")
        for name in sorted(missing)
    ]


def _answer(fact: Fact) -> Missing:
    return Missing(f"Isi: {fact.label.rstrip('?.')}.", "isian", fact.section)


def _identity(application: Application) -> list[str]:
    lacking = identity.ready(application.applicant) + identity.unscanned(
        application.holder, application.mandate
    )
    return [Missing(text, "identitas") for text in lacking]


def _form_complete(application: Application, form: str) -> list[str]:
    rules, values = application.rules, facts.of(application)
    return [_answer(fact) for fact in facts.unanswered(rules, form, values)]


def _statements(application: Application, move: str) -> list[str]:
    return [
        Missing("Setujui pernyataan pemohon.", "pernyataan", statement.code)
        for statement in application.rules.statement
        if statement.move == move and not statements.accepted(application, statement)
    ]


def _uploads(application: Application, due: str) -> list[str]:
    missing: list[str] = []
    for slot in requirements.due(application):
        if slot.requirement.due != due:
            continue
        if text := _upload_gap(slot, clock.today(application)):
            missing.append(Missing(text, "berkas", slot.code))
    return missing


def _unsorted(application: Application) -> list[str]:
    """Ask to sort what was sent together and found no slot: else it would stay behind."""
    held = application.documents.filter(requirement=requirements.HELD)
    if not held.filter(versions__isnull=False).exists():
        return []
    return [Missing("Pilah dahulu berkas yang menunggu, atau buang.", "pilah")]


def _upload_gap(slot: requirements.Slot, today: datetime.date) -> str:
    """Return what a slot lacks, or why its file will not do any more."""
    label = slot.requirement.label
    if slot.document is not None and slot.document.valid_until is not None:
        if slot.document.valid_until < today:
            ended = tanggal(slot.document.valid_until)
            return f"{label} hanya berlaku sampai {ended}. Minta yang baru, lalu unggah."
    if not slot.known:
        return f"Belum tahu apakah perlu: {label}. Lengkapi isian."
    if slot.missing:
        return f"Unggah: {label}."
    if slot.version is not None and not slot.takes(slot.version):
        return f"{label} sekarang hanya boleh PDF. Unggah berkas PDF."
    scan = slot.version.scan if slot.version is not None else "bersih"
    if scan == "berbahaya":
        return f"{label} mengandung virus. Unggah berkas lain."
    if scan != "bersih":
        return f"{label} masih dipindai; coba beberapa menit lagi."
    return ""


def _parent(application: Application, at_office: bool = False) -> list[str]:
    """Return why the permit on which a service is asked for will not do."""
    from applications import parents

    return (parents.lacking_at_office if at_office else parents.lacking)(application)


def _outside(code: str | None) -> list[str]:
    if code != "di_luar_layanan":
        return []
    return ["Permohonan ini di luar layanan; lihat keterangan pada halaman permohonan."]


def _parts(application: Application) -> list[str]:
    """Ask anew for the function of a further building that the file does not offer any more."""
    asked = next((fact for fact in application.rules.fact if fact.code == "function"), None)
    offered = {choice.value for choice in asked.choices} if asked else set()
    if not offered:
        return []
    gone = [part.name for part in application.parts.all() if part.function not in offered]
    if not gone:
        return []
    return [Missing(f"Pilih lagi fungsi bangunan: {', '.join(gone)}.", "bangunan")]


def krk_form_complete(application: Application) -> list[str]:
    code, missing = chosen_track(application)
    if code and not application.rules.chains(code).get("KRK_REQUESTED"):
        return ["Jalur ini tidak memerlukan KRK; lanjutkan ke permohonan izin."]
    lacking = (
        _identity(application)
        + _outside(code)
        + _form_complete(application, "krk")
        + missing
        + _statements(application, "request_krk")
        + _uploads(application, "request_krk")
        + _unsorted(application)
    )
    return list(dict.fromkeys(lacking))


def ready_to_submit(application: Application) -> list[str]:
    code, missing = chosen_track(application)
    if code and application.state == "DRAFT":
        if application.rules.chains(code).get("KRK_REQUESTED"):
            return ["Mintalah KRK lebih dulu."]
    lacking = (
        _identity(application)
        + _parent(application)
        + _outside(code)
        + _form_complete(application, "krk")
        + _form_complete(application, "izin")
        + _parts(application)
        + missing
        + _statements(application, "submit")
        + _uploads(application, "request_krk")
        + _uploads(application, "submit")
        + _unsorted(application)
    )
    return list(dict.fromkeys(lacking))


def points_given(application: Application) -> list[str]:
    if application.points.filter(gate=application.state, sent_at=None).exists():
        return []
    return ["Tulis dulu apa yang harus diperbaiki."]


def points_answered(application: Application) -> list[str]:
    waiting = application.points.filter(closed_at=None, answered_at=None).exclude(sent_at=None)
    return [
        Missing(f"Jawab catatan: {point.text}", "perbaikan", str(point.pk)) for point in waiting
    ]


def krk_resendable(application: Application) -> list[str]:
    code, missing = chosen_track(application)
    return (
        points_answered(application)
        + _outside(code)
        + _form_complete(application, "krk")
        + missing
        + _uploads(application, "request_krk")
        + _unsorted(application)
    )


def resubmittable(application: Application) -> list[str]:
    return points_answered(application) + _krk_now_due(application) + ready_to_submit(application)


def _krk_now_due(application: Application) -> list[str]:
    """Refuse the way into a track with a KRK stage past that stage."""
    code, _ = chosen_track(application)
    if not code or code == application.track:
        return []
    if not application.rules.chains(code).get("KRK_REQUESTED"):
        return []
    return [] if application.records.filter(kind="krk").exists() else [MOVED]


MOVED = (
    "Perubahan ini memindahkan permohonan ke jalur lain. "
    "Kembalikan isian semula, atau ajukan permohonan baru."
)


def revisable(application: Application) -> list[str]:
    code, missing = chosen_track(application)
    return (
        points_answered(application)
        + _form_complete(application, "krk")
        + _form_complete(application, "izin")
        + missing
        + _uploads(application, "submit")
        + _unsorted(application)
        + ([MOVED] if code and code != application.track else [])
    )


def krk_recorded(application: Application) -> list[str]:
    if application.records.filter(kind="krk").exists():
        return []
    return [f"Isi {record_needs.LABELS['krk']}."]


NOT_IN_ORDER = "Belum sesuai:"


def _in_order(application: Application, gate: str) -> list[str]:
    slots = [s for s in requirements.due(application) if s.to_judge(gate)]
    open_ = [s.requirement.label for s in slots if s.known and not s.settled]
    missing = [f"{NOT_IN_ORDER} {label}." for label in cards.open_at(application, gate) + open_]
    if application.points.filter(gate=gate, sent_at=None).exists():
        missing.append("Ada catatan yang belum dikirim kepada pemohon.")
    return missing


def documents_in_order(application: Application) -> list[str]:
    return _in_order(application, "SUBMITTED")


def technical_documents_in_order(application: Application) -> list[str]:
    return _in_order(application, "ASSESSMENT")


JUDGING = frozenset({"verifikasi", "teknis"})
"""Duties whose holder answers for the documents of his gate, though others may follow him there."""


def judged_before_passing_on(application: Application) -> list[str]:
    """Ask a link that judges to have judged before the next hand has the case."""
    link = application.link
    if link is None or link.duty not in JUDGING:
        return []
    return _in_order(application, application.state)


def fee_assessed(application: Application) -> list[str]:
    return _parent(application, at_office=True) + ports.money.ready(application)


def something_due(application: Application) -> list[str]:
    if ports.money.due(application) > 0:
        return ports.money.outdated(application)
    return ["Tidak ada retribusi yang harus ditagih."]


def nothing_due(application: Application) -> list[str]:
    if ports.money.due(application) == 0:
        return ports.money.outdated(application)
    return ["Masih ada retribusi yang harus ditagih."]


def bill_unpaid(application: Application) -> list[str]:
    bill = ports.money.live_bill(application)
    return [] if bill is not None and bill.settled_at is None else ["SKRD ini sudah dibayar."]


def nothing_paid(application: Application) -> list[str]:
    if ports.money.nothing_paid(application):
        return []
    return ["Retribusi sudah dibayar; hubungi kantor untuk mencabut permohonan."]


def proof_filed(application: Application) -> list[str]:
    if ports.money.proof_waiting(application) is not None:
        return []
    return ["Unggah bukti pembayaran lebih dulu."]


def paid_exactly(application: Application) -> list[str]:
    return ports.money.exact(application)


def _signed(application: Application, kind: str) -> list[str]:
    """Return the signatures that still lack on the paper, the present link's own left aside."""
    paper = documents.standing(application.pk, kind)
    standing = set(
        application.acts.filter(voided_at=None, papers=paper).values_list("gate", "link")
        if paper is not None
        else ()
    )
    here = (application.state, application.turn)
    return [
        f"Belum ada {link.act} {application.rules.role[link.role].title}."
        for gate, chain in application.rules.chains(application.track).items()
        for index, link in enumerate(chain)
        if kind in link.papers
        and link.act in ("paraf", "ttd")
        and (gate, index) not in standing | {here}
    ]


def permit_signed(application: Application) -> list[str]:
    """Hold the permit, and what takes its number with it, against the signatures they need."""
    products = {kind for link in application.chain for kind in link.issue} | {"izin"}
    found = (_signed(application, kind) for kind in requirements.made(application, products))
    missing = [text for texts in found for text in texts]
    missing += ports.money.unsettled(application)
    return list(dict.fromkeys(_parent(application, at_office=True) + missing))


def permit_in_force(application: Application) -> list[str]:
    """Return why a permit may not be handed over that was frozen after its issue."""
    if not application.permit_status:
        return []
    return [f"{application.stage_label}. Tunggu sampai pembekuannya dicairkan."]


def refusal_signed(application: Application) -> list[str]:
    return _signed(application, "penolakan")


def limit_passed(application: Application) -> list[str]:
    end = clock.lapse_end(application)
    if end is None:
        return ["Tidak ada batas waktu untuk tahap ini."]
    return [] if clock.today(application) > end else ["Batas waktu belum lewat."]


def had_been_submitted(application: Application) -> list[str]:
    if application.submitted_at is not None:
        return []
    return ["Permohonan ini belum pernah diajukan lengkap."]
