"""Drives one case through the real services to a state, as its applicant and each officer would."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from applications import casework, facts, requirements, rules, services
from applications.models import Application
from applications.workflow import BY_NAME
from imbportal import areas
from imbportal.daerah.schema import Fact
from imbportal.daerah.vocabulary import GATES
from imbportal.demo import drawings, people
from retribusi import services as money

FORWARD = {
    "KRK_REQUESTED": "issue_krk", "SUBMITTED": "accept", "RECORDING": "record_building",
    "ASSESSMENT": "approve_technical", "FEE": "propose_skrd", "SKRD_SIGNING": "issue_skrd",
    "PAYMENT_REVIEW": "confirm_payment", "PERMIT_SIGNING": "issue_permit",
    "REJECTION_SIGNING": "reject", "ISSUED": "update_building", "READY": "hand_over",
}  # fmt: skip
"""The last link's move at each gate on the straight way."""
SIDEWAYS = {
    "KRK_INCOMPLETE": ("KRK_REQUESTED", "return_krk"),
    "INCOMPLETE": ("SUBMITTED", "return_incomplete"),
    "REVISION": ("ASSESSMENT", "request_revision"),
    "REJECTION_SIGNING": ("ASSESSMENT", "propose_rejection"),
    "WITHDRAWN": ("SUBMITTED", "withdraw"),
}
"""States beside the straight way: from which state, by which move."""
KRK = {
    "zone": "Permukiman", "allowed_use": "Rumah tinggal, usaha kecil, sosial", "kdb_max": "60",
    "klb_max": "180", "kdh_min": "20", "gsb_min": "5", "floors_max": 4,
}  # fmt: skip
SHEET = {
    "architecture": "Denah, tampak, dan potongan lengkap dan sesuai.",
    "structure": "Pondasi dan rangka memadai.",
    "utilities": "Air bersih, limbah, dan listrik tergambar.",
    "conclusion": "Rencana teknis dapat disetujui.",
}
POINT = "Jarak bangunan ke as jalan belum tertulis pada gambar situasi."


class Driver:
    """One case of one applicant in one daerah."""

    def __init__(self, slug: str, applicant: User, answers: dict[str, Any] | None = None):
        self.slug, self.applicant = slug, applicant
        self.answers = answers or {}
        self.officers = people.officers(slug)
        self.case = casework.create(applicant, slug)

    # -- Applicant --------------------------------------------------------------------------
    def fill(self, form: str) -> None:
        """Answer every question of a form that is asked, round by round as conditions open."""
        for _ in range(5):
            case = self.fresh()
            open_now = facts.unanswered(case.rules, form, facts.of(case))
            if not open_now:
                return
            answers = {fact.code: self.answer(fact) for fact in open_now}
            casework.save_answers(case, form, answers, by=self.applicant)

    def answer(self, fact: Fact) -> Any:
        """Return this case's answer, else a plausible one of the fact's type."""
        if fact.code in self.answers:
            return self.answers[fact.code]
        if fact.code == "kecamatan":
            return areas.kecamatan(self.fresh().rules.region_code)[0][0]
        if fact.code == "village":
            return areas.villages(self.fresh().kecamatan or self._first_kecamatan())[0][1]
        return PLAUSIBLE.get(fact.code) or _by_type(fact)

    def _first_kecamatan(self) -> str:
        return areas.kecamatan(self.fresh().rules.region_code)[0][0]

    def accept_statements(self, move: str) -> None:
        for statement in self.fresh().rules.statement:
            if statement.move == move:
                casework.accept_statement(self.case, statement.code, by=self.applicant)

    def upload(self, due: str) -> None:
        """Upload a drawing for every due slot of this moment that has none."""
        for slot in requirements.due(self.fresh()):
            if slot.requirement.due == due and slot.known and slot.missing:
                file = drawings.pdf(slot.requirement.label, (self.case.building_name,))
                casework.upload(self.fresh(), slot.code, file, by=self.applicant)

    def send(self) -> None:
        """Take a draft, or a case with its KRK, to the office."""
        self.fill("krk")
        code, _ = rules.chosen_track(self.fresh())
        has_krk = code and self.fresh().rules.chains(code).get("KRK_REQUESTED")
        if self.fresh().state == "DRAFT" and has_krk:
            self.accept_statements("request_krk")
            self.upload("request_krk")
            self.perform("request_krk", self.applicant)
            return
        self.fill("izin")
        self.accept_statements("submit")
        self.upload("request_krk")
        self.upload("submit")
        self.perform("submit", self.applicant)

    def pay(self) -> None:
        bill = money.live_bill(self.fresh())
        money.file_proof(
            self.fresh(), file=drawings.pdf(f"Bukti bayar {bill.payment_code}", pages=1),
            amount=bill.amount, paid_on=_today(), bank="Bank contoh",
            reference=f"NTB{bill.payment_code}", by=self.applicant,
        )  # fmt: skip

    def answer_points(self) -> None:
        case = self.fresh()
        for point in case.points.filter(answered_at=None, closed_at=None).exclude(sent_at=None):
            casework.answer_point(case, point, "Sudah kami perbaiki.", by=self.applicant)

    # -- Office -----------------------------------------------------------------------------
    def actor(self) -> User:
        """Return the officer whose turn it is."""
        return self.officers[self.fresh().turn_role]

    def write_records(self) -> None:
        case = self.fresh()
        for kind in case.link.needs if case.link else ():
            casework.record(case, kind, self.record(kind), by=self.actor())

    def record(self, kind: str) -> dict[str, Any]:
        if kind == "pendataan":
            return self.building()
        if kind == "serah_terima":
            return {"receiver": str(self.applicant), "relation": "pemohon"}
        plain = {"register": "BG-2026-001", "note": "Data disesuaikan dengan izin."}
        return {"krk": KRK, "penilaian": SHEET}.get(kind, plain)

    def building(self) -> dict[str, Any]:
        """Return the record of the building as the officer's form gives it."""
        form = money.building_form(self.fresh())
        part = form.parts[0]
        known = {**(part.initial or {})}
        values = {
            name: known.get(name) if known.get(name) not in (None, "") else _first_choice(field)
            for name, field in part.fields.items()
        }
        plain = {k: str(v) if isinstance(v, Decimal) else v for k, v in values.items()
                 if v not in (None, "", False)}  # fmt: skip
        return {"kegiatan": self.fresh().work or "baru", "bangunan": [plain], "prasarana": [], "biaya": []}

    def judge_all(self) -> None:
        case = self.fresh()
        for slot in requirements.due(case):
            if slot.version and slot.requirement.checked_at == case.state and not slot.good:
                casework.judge(self.fresh(), slot.version, True, by=self.actor())

    def act(self) -> None:
        """Let the link on turn do its part: records, verdicts, fee, then the forward move."""
        case = self.fresh()
        actor = self.actor()
        self.judge_all()
        self.write_records()
        if case.state == "FEE" and case.turn == 0:
            casework.assess(self.fresh(), by=actor)
        case = self.fresh()
        last = case.turn == len(case.chain) - 1
        self.perform(FORWARD[case.state] if last else "endorse", actor)

    def sideways(self, move: str) -> None:
        """Leave the straight way: points for a return, a reason for a refusal."""
        actor = self.applicant if move == "withdraw" else self.actor()
        if move in ("return_krk", "return_incomplete", "request_revision"):
            casework.add_point(self.fresh(), POINT, by=actor)
        self.perform(move, actor, note="Letak bangunan tidak sesuai dengan rencana kota.")

    # -- The way ----------------------------------------------------------------------------
    def fresh(self) -> Application:
        self.case = Application.objects.get(pk=self.case.pk)
        return self.case

    def perform(self, move: str, by: User, note: str = "") -> None:
        reason = note if BY_NAME[move].reason or note else ""
        services.perform(move, self.fresh(), by=by, note=reason)

    def step(self) -> None:
        """Make the next step of the straight way."""
        state = self.fresh().state
        if state in ("DRAFT", "KRK_ISSUED"):
            self.send()
        elif state == "AWAITING_PAYMENT":
            self.perform("report_payment", self.applicant)
            self.pay()
            self.perform("submit_payment", self.applicant)
        elif state in GATES:
            self.act()
        else:
            raise ValueError(f"no straight way leads on from {state}")

    def to(self, target: str) -> Application:
        """Drive the case to a state; ValueError where the daerah has no way there."""
        if target == "REJECTED":
            self.to("REJECTION_SIGNING")
        elif target in SIDEWAYS:
            start, move = SIDEWAYS[target]
            self.to(start)
            self.sideways(move)
            return self.fresh()
        for _ in range(60):
            if self.fresh().state == target:
                return self.case
            self.step()
        raise ValueError(f"{target} was not reached")


def _today() -> datetime.date:
    from django.utils import timezone

    return timezone.localdate()


def _first_choice(field: Any) -> Any:
    """Return the first choice of a field, 1 for a required number, nothing else."""
    if getattr(field, "choices", None):
        return field.choices[0][0]
    return 1 if field.required else None


PLAUSIBLE: dict[str, Any] = {
    "address": "Jl. Stadion 12", "building_name": "Rumah tinggal", "work": "baru",
    "function": "hunian", "ownership": "perorangan", "land_owned": True,
    "land_document": "Sertifikat hak milik nomor 01234", "land_area": Decimal(240),
    "footprint": Decimal(120), "floor_area": Decimal(120), "green_area": Decimal(72),
    "floors": 1, "height": Decimal("4.5"), "front_setback": Decimal(6),
    "wall_material": "Bata merah", "roof_material": "Genteng tanah liat",
}  # fmt: skip


def _by_type(fact: Fact) -> Any:
    if fact.type == "choice":
        return fact.choices[0].value
    if fact.type == "boolean":
        return False
    if fact.type == "integer":
        return int(fact.min or 0)
    if fact.type == "decimal":
        return Decimal(fact.min or 1)
    return _today().isoformat() if fact.type == "date" else "Sesuai gambar"
