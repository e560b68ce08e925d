"""What honest people send: a form of each kind, and the columns that it may change."""

import io
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Posting, User
from applications.models import DocumentVersion


class Sent(NamedTuple):
    what: str
    actor: str
    url: str
    data: dict
    may: set
    """Columns that may change, as ``Model.column``."""


MOVES = {f"Application.{name}" for name in ("state", "due_at", "due_key", "entered_at")}
ANSWERS = {"Point.answer", "Point.answered_at"}
IDENTITY = {
    f"Identity.{name}"
    for name in ("name", "address", "checked_at", "ktp", "ktp_sha256", "ktp_scan")
}
PERSON = {"name": "Budi", "address": "Jl. Baru 1", "nik": "", "jenis": "perorangan"}


def forms(world) -> list[Sent]:
    """Return one form of each kind, by the rows as they stand now."""
    for case in world.cases:
        case.refresh_from_db()
    parts = (_of_person, _of_draft, _of_round, _of_counter, _of_desk, _of_complaints, _of_admin)
    return [sent for part in parts for sent in part(world)]


def photo():
    out = io.BytesIO()
    Image.effect_noise((640, 400), 60).convert("RGB").save(out, "JPEG")
    return SimpleUploadedFile("ktp.jpg", out.getvalue(), "image/jpeg")


def _kin(nik):
    """Return whom somebody acts for, with the letter that says so."""
    return {
        "name": "Ibu", "address": "Jl. Ibu", "nik": nik, "ktp": photo(), "jenis": "perorangan",
        "letter": photo(), "valid_from": "2026-01-01", "valid_until": "2030-01-01",
    }  # fmt: skip


def _of_person(world):
    profile = {"name": "Budi", "notice": "sms"}
    yield Sent("profile", "owner", "/akun/", profile, {"User.name", "User.notice"})
    yield Sent("identity", "owner", "/identitas/", PERSON | {"ktp": photo()}, IDENTITY)
    yield Sent("mandate", "owner", "/kuasa/tambah/", _kin("3528014507900001"), set())


def _of_draft(world):
    draft = world.case("DRAFT")
    new = {"daerah": "pamekasan", "holder": ""}
    yield Sent("new case", "owner", "/permohonan/baru/", new, set())
    section, facts = draft.rules.section[0], draft.rules.fact
    empty = dict.fromkeys((fact.code for fact in facts), "") | {"version": draft.version}
    columns = {f"Application.{fact.code}" for fact in facts if fact.section == section.code}
    url = f"/permohonan/{draft.pk}/isian/{section.code}/"
    yield Sent("section", "owner", url, empty, columns | {"Application.facts"})


def _of_round(world):
    """Yield what an applicant sends in a case that came back, and in one that waits for money."""
    back, due = world.case("REVISION"), world.case("AWAITING_PAYMENT")
    point = back.points.exclude(sent_at=None).first()
    slot = DocumentVersion.objects.filter(document__application=back).first().document.requirement
    own = f"/permohonan/{back.pk}/"
    yield Sent("upload", "owner", f"{own}berkas/{slot}/", {"file": photo()}, ANSWERS)
    said = {f"{point.pk}-text": "Sudah."}
    yield Sent("answer", "owner", f"{own}perbaikan/{point.pk}/", said, ANSWERS)
    slip = {
        "file": photo(), "amount": "1000", "paid_on": "2026-11-20", "bank": "B", "reference": "R",
    }  # fmt: skip
    paid = MOVES | {"Application.turn_role"}
    yield Sent("payment", "owner", f"/permohonan/{due.pk}/bayar/", slip, paid)
    left = {"note": "x", "version": back.version}
    yield Sent("withdraw", "owner", f"{own}langkah/withdraw/", left, MOVES)


def _of_counter(world):
    stood = _kin("3528014507900002") | {
        "phone": "", "email": "", "daerah": "pamekasan", "cara": "loket", "simpan": "1", "key": "",
    }  # fmt: skip
    yield Sent("counter", "away", "/admin/loket/terima/", stood, set())


def _of_desk(world):
    mine = world.case("ASSESSMENT")
    desk, version = f"/admin/permohonan/{mine.pk}/", {"version": mine.version}
    yield Sent("note", "turn", f"{desk}catatan/", {"text": "Catatan"}, set())
    point = {"text": "Perbaiki", "requirement": ""} | version
    yield Sent("point", "turn", f"{desk}butir/", point, set())
    yield Sent("claim", "turn", f"{desk}ambil/", {}, {"Application.claimed_by_id"})
    record = {"architecture": "a", "structure": "b", "utilities": "c", "conclusion": "d"}
    yield Sent("record", "turn", f"{desk}isian/penilaian/", record | version, set())


def _of_complaints(world):
    words = {
        "topic": "lain", "text": "Terlalu lama.", "case_number": "", "name": "Budi",
        "email": "budi@contoh.test", "phone": "",
    }  # fmt: skip
    yield Sent("complaint", "owner", "/contoh/pengaduan/", words, {"Counter.value"})
    url = f"/admin/pengaduan/{world.complaint.pk}/langkah/take/"
    taken = {f"Complaint.{name}" for name in ("state", "handler_id", "moved_at")}
    yield Sent("take", "role", url, {"version": world.complaint.version}, taken)


def _of_admin(world):
    users, plain = "/admin/accounts/user/", User.objects.filter(
        postings__daerah="contoh", postings__role="kasi"
    ).get()  # fmt: skip
    new = {"name": "Baru", "email": "baru@demo.test", "nip": "1"}
    yield Sent("officer", "admin", f"{users}add/", new, set())
    other = {"name": "Lain", "email": "lain@demo.test", "nip": "2", "is_active": "on"}
    url = f"{users}{plain.pk}/change/"
    yield Sent("officer's page", "admin", url, other, {"User.name", "User.nip"})
    url = f"/admin/accounts/posting/{Posting.objects.get(user=plain).pk}/change/"
    until = {"valid_until": "2030-01-01"}
    yield Sent("posting's page", "admin", url, until, {"Posting.valid_until"})
