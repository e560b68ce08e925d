"""Drives one case through the real services to a state, as its applicant and each officer would."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings

from accounts.models import User
from applications import (
    attachments,
    card_verdicts,
    cards,
    casework,
    clock,
    evidence,
    facts,
    guards,
    originals,
    parents,
    requirements,
    sealing,
    services,
    signing,
)
from applications.models import Application, DocumentVersion
from applications.rules import APPLICANT, HEAD, SISTEM
from applications.sanctions import deciding
from applications.sanctions.hindrances import Words
from applications.workflow import BY_NAME
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.daerah.vocabulary import GATES
from imbportal.demo import buildings, certificates, drawings, opinions, people, records
from imbportal.demo.buildings import Building
from retribusi import relief, relief_decision, reliefs, treasurers
from retribusi import services as money
from retribusi.arrears import owed, steps, strd
from retribusi.corrections import objecting, paying_back

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
POINTS = {
    "return_krk": "Nomor sertifikat belum sama dengan berkasnya. Mohon diperiksa kembali.",
    "return_incomplete": "Alamat lokasi belum memuat RT dan RW. Mohon dilengkapi.",
    "request_revision": "Jarak bangunan ke as jalan belum tertulis pada gambar situasi.",
}
REASONS = {
    "refuse_krk": "Tanah berada di luar kawasan permukiman menurut rencana tata ruang.",
    "propose_rejection": "Letak bangunan tidak sesuai dengan rencana tata ruang.",
    "refuse_payment": "Jumlah pada bukti tidak sama dengan tagihan. Mohon kirim bukti yang benar.",
    "return_permit": "Hasil pemeriksaan lapangan berbeda dengan gambar yang disetujui.",
    "undo_accept": "Bukti hak perlu diperiksa kembali karena ada laporan dari pemilik tanah.",
    "send_back": "Tanggal pada konsep perlu diperiksa kembali.",
    "withdraw": "Rencana pembangunan ditunda.",
}
DESPITE = "Selisihnya kecil dan tidak mengubah bangunan; pemilik tanah sebelah menyetujui."
"""What an officer writes who approves what a check finds wanting."""
WISH = "Mohon retribusinya diringankan menurut peraturan."
OBJECTS = (
    "Luas lantai pada SKRD termasuk teras yang tidak beratap. Menurut gambar ukur ulang luasnya "
    "lebih kecil."
)
ACCOUNT = "0012003004005"
GRANTED = "Memenuhi syarat menurut peraturan."
ORIGINAL = "Pindaian lembar asli"
PROOF = "Foto pekerjaan yang sudah dimulai"
UNREADABLE = "Lembar kedua tidak terbaca. Mohon pindai ulang lalu unggah lagi."
SHORT_BY = 10_000
"""Rupiah that a slip lacks which the cashier has to refuse."""


class Driver:
    """One case of one applicant in one daerah."""

    def __init__(
        self, slug: str, applicant: User, building: Building = buildings.HOUSE, *,
        number: int = 0, mandate: Any = None, deputies: dict[str, User] | None = None,
        service: str = "", on: Driver | None = None,
    ):  # fmt: skip
        """``service`` is asked for on the permit of the case that another driver (``on``) drove."""
        self.slug, self.applicant, self.mandate = slug, applicant, mandate
        self.building, self.on, self.begun = building, on, False
        rules = registry.current(slug)
        if service:
            self.answers = buildings.asked_of(rules, service)
        else:
            self.answers = buildings.answers(rules, building, number)
        self.officers = self._staff() | (deputies or {})
        self.case = Application(daerah=slug, applicant=applicant)

    def _staff(self) -> dict[str, User]:
        """Return who acts in the office, by role."""
        return people.officers(self.slug)

    # -- Applicant --------------------------------------------------------------------------
    def open(self) -> None:
        mandate, parent = self.mandate, None
        if self.on is not None:
            parent, mandate = parents.for_case(self.on.fresh(), self.applicant)
        self.case = casework.create(self.applicant, self.slug, mandate=mandate, parent=parent)

    def half(self) -> None:
        """Answer the first section only, as somebody does who goes on later."""
        case = self.fresh()
        first = case.rules.section[0]
        asked = facts.unanswered(case.rules, first.form, facts.of(case))
        codes = [fact.code for fact in asked if fact.section == first.code]
        answers = {code: self.answers[code] for code in codes}
        casework.save_answers(case, first.form, answers, by=self.applicant)

    def fill(self, form: str) -> None:
        """Answer every question of a form that is asked, round by round as conditions open."""
        while open_now := facts.unanswered(self.fresh().rules, form, facts.of(self.case)):
            answers = {fact.code: self.answers[fact.code] for fact in open_now}
            casework.save_answers(self.case, form, answers, by=self.applicant)
        if form == "izin" and self.building.parts and self.on is None:
            parts = [
                {"name": name, "function": self.case.function, "floor_area": area, "floors": 1}
                for name, area in self.building.parts
            ]
            casework.save_parts(self.fresh(), parts, by=self.applicant)

    def accept_statements(self, move: str) -> None:
        for statement in self.case.rules.statement:
            if statement.move == move:
                casework.accept_statement(self.case, statement.code, by=self.applicant)

    def upload(self, *due: str) -> None:
        """Upload a drawing for every slot of these moments that lacks one."""
        for slot in requirements.due(self.fresh()):
            if slot.requirement.due in due and slot.known and slot.missing:
                self.replace(slot)

    def replace(self, slot: Any) -> None:
        file = drawings.pdf(slot.requirement.label)
        casework.upload(self.case, slot.code, file, by=self.applicant)

    def send(self) -> None:
        """Take a draft, or a case with its KRK, to the office."""
        self.fill("krk")
        code, _ = guards.chosen_track(self.fresh())
        has_krk = code and self.case.rules.chains(code).get("KRK_REQUESTED")
        if self.case.state == "DRAFT" and has_krk:
            self.accept_statements("request_krk")
            self.upload("request_krk")
            self.perform("request_krk", self.applicant)
            return
        self.fill("izin")
        self.accept_statements("submit")
        self.upload("request_krk", "submit")
        self.perform("submit", self.applicant)

    def pay(self, less: int = 0) -> None:
        """Report the payment, file its slip and send it; ``less`` rupiah make it a wrong one."""
        self.perform("report_payment", self.applicant)
        bill = money.live_bill(self.fresh())
        amount = bill.amount - less
        money.file_proof(
            self.case, file=drawings.slip(f"Kode bayar {bill.payment_code}", amount),
            amount=amount, paid_on=clock.today(self.case), bank="Bank daerah",
            reference=f"NTB{bill.payment_code}{'A' if less else ''}", by=self.applicant,
        )  # fmt: skip
        self.perform("submit_payment", self.applicant)

    def pay_short(self) -> None:
        self.pay(less=SHORT_BY)

    def ask_relief(self, code: str) -> None:
        """Have the fee calculated, and ask for a relief from it with its documents."""
        self.fresh()
        self.write_records()
        case = self.fresh()
        casework.assess(case, by=self.actor())
        rule = relief.rule_for(case, code)
        for item in reliefs.attached(case, rule):
            if item.missing:
                file = drawings.pdf(item.document.label)
                relief.upload(case, code, item.document.code, file, by=self.applicant)
        relief.ask(self.fresh(), code, WISH, by=self.applicant)

    def object(self) -> None:
        """Object to the bill that has come, with a drawing that shows why."""
        file = drawings.pdf("Gambar ukur ulang")
        objecting.ask(self.fresh(), OBJECTS, file, by=self.applicant)

    def file_account(self) -> None:
        """Say to which account the money goes back."""
        refund = self.fresh().refunds.latest("pk")
        paying_back.file_account(
            refund, bank="Bank Contoh", account=ACCOUNT, holder=str(self.applicant),
            by=self.applicant,
        )  # fmt: skip

    def answer_points(self) -> None:
        """Answer each point: a document is replaced, the rest gets words."""
        case = self.fresh()
        slots = {slot.code: slot for slot in requirements.due(case)}
        waiting = case.points.filter(answered_at=None, closed_at=None).exclude(sent_at=None)
        for point in waiting:
            if point.requirement in slots:
                self.replace(slots[point.requirement])
            else:
                casework.answer_point(case, point, "Sudah kami perbaiki.", by=self.applicant)

    def judge(self) -> None:
        """Answer the survey to which the end of the case invited."""
        opinions.give(self.fresh())

    # -- Office -----------------------------------------------------------------------------
    def actor(self) -> User:
        """Return the officer whose turn it is."""
        return self.officers[self.case.turn_role]

    def judge_all(self) -> None:
        self.judge_documents()
        for card in cards.of(self.case) if self.case.state == cards.GATE else ():
            if card.verdict != cards.GOOD:
                card_verdicts.judge(self.case, card.rule.of, True, by=self.actor())

    def judge_documents(self) -> None:
        files = DocumentVersion.objects.filter(document__application=self.case)
        if not files.exclude(verdict=DocumentVersion.Verdict.GOOD).exists():
            return
        for slot in requirements.due(self.case):
            if slot.version and slot.to_judge(self.case.state) and not slot.good:
                casework.judge(self.case, slot.version, True, by=self.actor())

    def write_records(self) -> None:
        for kind in self.case.link.needs:
            data = records.write(self.case, kind, self.begun)
            casework.record(self.case, kind, data, by=self.actor())

    def attach(self) -> None:
        """Lay beside the records what must lie there: the scan of an original, a photo as proof."""
        for kind in self.case.link.needs:
            scanned = kind == originals.RECORD and originals.rule(self.case).scan
            proves = self.begun and kind in evidence.MINUTES
            if (proves or scanned) and not attachments.of(self.case, kind):
                file = drawings.pdf(PROOF if proves else ORIGINAL, pages=1)
                attachments.add(self.case, kind, file, by=self.actor())

    def find_begun(self) -> None:
        """Let the visit that is to come find that the work has begun."""
        self.begun = True

    def act(self) -> None:
        """Let the link on turn do its part: verdicts, records, fee, then the forward move."""
        case = self.fresh()
        self.judge_all()
        self.write_records()
        self.attach()
        if case.state == "FEE" and case.turn == 0:
            casework.assess(case, by=self.actor())
        last = case.turn == len(case.chain) - 1
        self.perform(self._forward() if last else "endorse", self.actor())

    def _forward(self) -> str:
        """Return the move on: a bill of nothing needs no payment."""
        move = FORWARD[self.case.state]
        return "issue_nil_skrd" if move == "issue_skrd" and not money.due(self.case) else move

    def grant_relief(self) -> None:
        """Let a request for relief go through the hands of its file, and be granted."""
        asked = reliefs.open_of(self.fresh())
        rule = reliefs.rule_of(asked)
        if rule.forwarded_by:
            relief_decision.forward(asked, by=self.officers[rule.forwarded_by])
        self.beside(relief_decision.grant, asked, GRANTED, by=self.officers[rule.decided_by])

    def bill_interest(self) -> None:
        """Let the treasurer draw up the bill of interest, and whoever signs it sign."""
        bill, rules = money.live_bill(self.fresh()), owed.rules_of(self.case)
        strd.warn(bill, by=self.officers[min(treasurers.roles(rules))])
        drawn = strd.propose(bill, by=self.officers[min(treasurers.roles(rules))])
        self.beside(strd.issue, bill, drawn.pk, by=self.officers[steps.signing_role(self.case)])

    def decide(self, kind: str, paper: Paper, words: Words, by: User) -> None:
        """Decide about an issued permit, by a letter."""
        self.beside(deciding.decide, kind, paper, words, by=by)

    def beside(self, act: Callable[..., Any], *args: Any, by: User) -> None:
        """Do an act beside the moves, whose letter its maker seals where seals are used."""
        if not settings.SEAL:
            act(*args, by=by)
            return
        certificates.hold(by)
        signing.sign_beside(partial(act, *args, by=by), self.case, by=by,
                            secret=certificates.secret())  # fmt: skip

    def note(self) -> None:
        """Write an internal note, as colleagues do."""
        text = "Pemohon menelepon; dijanjikan kabar minggu ini."
        casework.add_note(self.fresh(), text, by=self.actor())

    # -- Moves ------------------------------------------------------------------------------
    def fresh(self) -> Application:
        self.case = Application.objects.get(pk=self.case.pk)
        return self.case

    def perform(self, move: str, by: User, note: str = "") -> None:
        """Make a move; a cashier ticks that he looked at a slip that was filed before."""
        if move == "confirm_payment":
            note = note or money.tick(self.case)
        if BY_NAME[move].despite(self.case):
            note = note or DESPITE
        if sealing.kinds(self.case, BY_NAME[move]):
            certificates.hold(by)
            signing.sign(move, self.case, by=by, secret=certificates.secret(), note=note)
        else:
            services.perform(move, self.case, by=by, note=note)

    def sideways(self, move: str) -> None:
        """Make a move beside the straight way, with the points, answers or words that it needs."""
        self.fresh()
        by = self._mover(move)
        if move in POINTS:
            self._points(move, by)
        elif move in ("resend_krk", "resubmit", "revise"):
            self.answer_points()
        self.perform(move, by, REASONS[move] if BY_NAME[move].reason else "")

    def _mover(self, move: str) -> User:
        ways = BY_NAME[move].by
        if ways == SISTEM:
            return User.objects.sistem()
        if ways == APPLICANT:
            return self.applicant
        return self.officers[self.case.rules.head] if ways == HEAD else self.actor()

    def _points(self, move: str, by: User) -> None:
        """Find one document unreadable, where this gate has one, and write a point on the form."""
        for slot in requirements.due(self.case):
            if slot.version and slot.to_judge(self.case.state):
                casework.judge(self.case, slot.version, False, UNREADABLE, by=by)
                break
        casework.add_point(self.case, POINTS[move], by=by)

    # -- The way ----------------------------------------------------------------------------
    def step(self) -> None:
        """Make the next step of the straight way."""
        self.fresh()
        self._step()

    def _step(self) -> None:
        """Make the next step of a case that was just read."""
        state = self.case.state
        if state in ("DRAFT", "KRK_ISSUED"):
            self.send()
        elif state == "AWAITING_PAYMENT":
            self.pay()
        elif state in GATES:
            self.act()
        else:
            raise ValueError(f"no straight way leads on from {state}")

    def to(self, target: str) -> Application:
        """Drive the case to a state; ValueError where the daerah has no way there."""
        if self.case._state.adding:
            self.open()
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
            self._step()
        raise ValueError(f"{target} was not reached")
