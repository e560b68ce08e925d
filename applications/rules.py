"""Who may make a move, and when. Guards return what is missing, in words for the user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts import identity, postings
from applications import clock, facts, ports, requirements
from applications.refusals import Barred, Conflict, Missing
from documents import services as documents
from imbportal.daerah import tracks
from imbportal.daerah.vocabulary import GATES

if TYPE_CHECKING:
    from applications.models import Application
    from applications.workflow import Move
    from imbportal.daerah.schema import Daerah, Fact, Link

Guard = Callable[["Application"], list[str]]


# -- Who ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Who:
    """Those who may make a move: any of the named ways."""

    ways: frozenset[str]

    def __or__(self, other: Who) -> Who:
        return Who(self.ways | other.ways)


APPLICANT = Who(frozenset({"applicant"}))
HEAD = Who(frozenset({"head"}))
SISTEM = Who(frozenset({"sistem"}))
NAMED = Who(frozenset({"named"}))
"""The role that the track names for this move (a paying office)."""
FIRST = Who(frozenset({"first"}))
LAST = Who(frozenset({"last"}))
ANY = Who(frozenset({"any"}))
NOT_FIRST = Who(frozenset({"not_first"}))
NOT_LAST = Who(frozenset({"not_last"}))


def _places(who: Who, length: int) -> set[int]:
    """Return the indexes of a chain's links that may make a move."""
    ranges = {
        "first": range(min(1, length)),
        "last": range(max(0, length - 1), length),
        "any": range(length),
        "not_first": range(1, length),
        "not_last": range(max(0, length - 1)),
    }
    return {index for way in who.ways & ranges.keys() for index in ranges[way]}


def nik_of(user: Any) -> str:
    """Return the keyed look-up of the user's NIK, empty where none is known."""
    own = getattr(user, "identity", None)
    return own.nik_lookup if own else ""


def roles_of(application: Application, user: Any) -> set[str]:
    """Return the roles that the user holds for this plot, read once per loaded case."""
    known: dict[Any, set[str]] = application.__dict__.setdefault("_roles", {})
    if user.pk not in known:
        known[user.pk] = {
            posting.role
            for posting in postings.of(user, application.daerah)
            if postings.serves(posting, application.kecamatan)
        }
    return known[user.pk]


def _holds(application: Application, user: Any, role: str | None) -> bool:
    return bool(role) and role in roles_of(application, user)


def is_applicant(application: Application, user: Any) -> bool:
    """Return whether the case is the user's own or that of an owner for whom he still acts."""
    return application.applicant_id == user.pk and acts(application)


def acts(application: Application) -> bool:
    """Return whether who applied may still act: for himself, or by a letter that is in force.

    A new letter of the same owner takes the place of one that ended.
    """
    letter = application.mandate
    if letter is None or letter.is_in_force:
        return True
    newer = type(letter).objects.owners(letter.agent_id).filter(owner=letter.owner_id)
    return bool(newer.exists())


def same_person(application: Application, user: Any) -> bool:
    """Return whether an officer is also the applicant or the holder, by account or by NIK."""
    if application.applicant_id == user.pk:
        return True
    nik = nik_of(user)
    people = [application.holder, getattr(application.applicant, "identity", None)]
    return bool(nik) and nik in {person.nik_lookup for person in people if person}


def duties_of(application: Application, user: Any) -> set[str]:
    """Return the duties that the person (by account or by NIK) holds in the case."""
    nik = nik_of(user)
    rows = application.__dict__.setdefault("_duties", list(application.duties.all()))
    return {row.duty for row in rows if row.person_id == user.pk or (nik and row.nik_lookup == nik)}


def _other_duty(application: Application, user: Any, duty: str | None) -> str | None:
    """Return another duty that the person holds in the case, barring him from ``duty``."""
    if duty is None:
        return None
    return next(iter(sorted(duties_of(application, user) - {duty})), None)


def _links(move: Move, application: Application) -> list[Link]:
    """Return every link of the whole track at which the move could be made."""
    chains = application.rules.chains(application.track) if application.track else {}
    found: list[Link] = []
    for gate in move.source:
        chain = chains.get(gate, ())
        found += [chain[index] for index in sorted(_places(move.by, len(chain)))]
    return found


def _named_role(move: Move, application: Application) -> str | None:
    if "named" not in move.by.ways or not application.track:
        return None
    daerah: Daerah = application.rules
    return daerah.on_move(application.track, move.name).role


def bar(move: Move, application: Application, user: Any) -> None:
    """Raise Barred where the user could never make this move in this case."""
    ways = move.by.ways
    if user.is_system and "sistem" in ways:
        return
    if "applicant" in ways and is_applicant(application, user):
        return
    links = [link for link in _links(move, application) if _holds(application, user, link.role)]
    head = "head" in ways and _holds(application, user, application.rules.head)
    named = _holds(application, user, _named_role(move, application))
    if not (links or head or named):
        raise Barred("Langkah ini bukan wewenang Anda dalam permohonan ini.")
    if same_person(application, user):
        raise Barred("Anda pemohon dalam permohonan ini, jadi tidak boleh ikut memeriksanya.")
    held = [_other_duty(application, user, link.duty) for link in links]
    if links and not (head or named) and all(held):
        raise Barred(
            f"Anda sudah memegang tugas {held[0]} dalam permohonan ini; "
            "empat tugas harus dipegang empat orang yang berbeda."
        )


def turn(move: Move, application: Application, user: Any) -> None:
    """Raise Conflict where the state is another or the turn is another's."""
    if application.state not in move.source:
        raise Conflict(f"Permohonan ini sekarang pada tahap {application.stage_label}.")
    if user.is_system and application.state in GATES:
        raise Conflict("Langkah ini menunggu petugas, bukan sistem.")
    if user.is_system and application.state not in GATES:
        return
    if move.by.ways <= {"applicant", "head", "sistem"}:
        return
    if "applicant" in move.by.ways and is_applicant(application, user):
        return
    if _holds(application, user, _named_role(move, application)):
        return
    link = application.link
    if link is None or application.state not in GATES:
        raise Conflict(f"Permohonan ini sekarang pada tahap {application.stage_label}.")
    if not _holds(application, user, link.role):
        raise Conflict(f"Sekarang giliran {application.rules.role[link.role].title}.")
    if application.turn not in _places(move.by, len(application.chain)):
        raise Conflict(f"Langkah ini belum pada urutannya. Sekarang: {link.label or link.act}.")
    bar_link(application, user, link)


def bar_link(application: Application, user: Any, link: Link) -> None:
    """Raise Barred where another duty keeps the person from the link on turn."""
    if held := _other_duty(application, user, link.duty):
        raise Barred(f"Anda sudah memegang tugas {held} dalam permohonan ini.")


def may(move: Move, application: Application, user: Any) -> bool:
    """Return whether the user may make the move now, its conditions apart."""
    try:
        bar(move, application, user)
        turn(move, application, user)
    except (Barred, Conflict):
        return False
    return True


# -- When -----------------------------------------------------------------------------------
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
        if statement.move == move and statement.code not in application.statements
    ]


def _uploads(application: Application, due: str) -> list[str]:
    missing: list[str] = []
    for slot in requirements.due(application):
        if slot.requirement.due != due:
            continue
        if text := _upload_gap(slot):
            missing.append(Missing(text, "berkas", slot.code))
    return missing


def _upload_gap(slot: requirements.Slot) -> str:
    label = slot.requirement.label
    if not slot.known:
        return f"Belum tahu apakah perlu: {label}. Lengkapi isian."
    if slot.missing:
        return f"Unggah: {label}."
    scan = slot.version.scan if slot.version is not None else "bersih"
    if scan == "berbahaya":
        return f"{label} mengandung virus. Unggah berkas lain."
    if scan != "bersih":
        return f"{label} masih dipindai; coba beberapa menit lagi."
    return ""


def _outside(code: str | None) -> list[str]:
    if code != "di_luar_layanan":
        return []
    return ["Permohonan ini di luar layanan; lihat keterangan pada halaman permohonan."]


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
    )
    return list(dict.fromkeys(lacking))


def ready_to_submit(application: Application) -> list[str]:
    code, missing = chosen_track(application)
    if code and application.state == "DRAFT":
        if application.rules.chains(code).get("KRK_REQUESTED"):
            return ["Mintalah KRK lebih dulu."]
    lacking = (
        _identity(application)
        + _outside(code)
        + _form_complete(application, "krk")
        + _form_complete(application, "izin")
        + missing
        + _statements(application, "submit")
        + _uploads(application, "request_krk")
        + _uploads(application, "submit")
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
        + ([MOVED] if code and code != application.track else [])
    )


def krk_recorded(application: Application) -> list[str]:
    if application.records.filter(kind="krk").exists():
        return []
    return ["Isi data KRK lebih dulu."]


NOT_IN_ORDER = "Belum sesuai:"


def _in_order(application: Application, gate: str) -> list[str]:
    slots = [s for s in requirements.due(application) if s.to_judge(gate)]
    open_ = [s.requirement.label for s in slots if s.known and not s.settled]
    missing = [f"{NOT_IN_ORDER} {label}." for label in open_]
    if application.points.filter(gate=gate, sent_at=None).exists():
        missing.append("Ada catatan yang belum dikirim kepada pemohon.")
    return missing


def documents_in_order(application: Application) -> list[str]:
    return _in_order(application, "SUBMITTED")


def technical_documents_in_order(application: Application) -> list[str]:
    return _in_order(application, "ASSESSMENT")


def fee_assessed(application: Application) -> list[str]:
    return ports.money.ready(application)


def something_due(application: Application) -> list[str]:
    return [] if ports.money.due(application) > 0 else ["Tidak ada retribusi yang harus ditagih."]


def nothing_due(application: Application) -> list[str]:
    return [] if ports.money.due(application) == 0 else ["Masih ada retribusi yang harus ditagih."]


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
    return _signed(application, "izin")


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


def needs(application: Application) -> list[str]:
    """Return the records that the link on turn must fill before it acts."""
    link = application.link
    if link is None:
        return []
    filled, known = written(application), set(application.records.values_list("kind", flat=True))
    lacking = [kind for kind in link.needs if kind not in filled]
    return [
        f"{'Periksa lalu simpan lagi' if kind in known else 'Isi'} {RECORD_LABELS.get(kind, kind)}."
        for kind in lacking
    ]


def written(application: Application) -> set[str]:
    """Return the kinds of record that were written since the case came to its present stage.

    What was written before a return is kept and shown, but is no work of this round.
    """
    entered = application.events.filter(target=application.state)
    entered = entered.exclude(source=application.state).order_by("-seq")
    since = entered.values_list("at", flat=True).first()
    records = application.records.filter(at__gte=since) if since else application.records.all()
    return set(records.values_list("kind", flat=True))


RECORD_LABELS = {
    "krk": "data KRK",
    "pemeriksaan": "hasil pemeriksaan",
    "pendataan": "pendataan bangunan gedung",
    "penilaian": "lembar penilaian teknis",
    "hitungan": "perhitungan retribusi",
    "pemutakhiran": "pemutakhiran data bangunan",
    "kode_ambil": "kode pengambilan",
    "serah_terima": "data serah terima",
}
