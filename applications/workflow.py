"""The permit workflow on one screen: the states, then every legal move between them.

Each row of MOVES says from, move, to, by whom, when. The django-fsm transitions are made from it
at the foot of this page; nothing but ``services.perform`` makes a move.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from applications import guards, rules, site_sheet
from applications.rules import ANY, APPLICANT, FIRST, HEAD, LAST, NAMED, NOT_FIRST, NOT_LAST, SISTEM
from imbportal.daerah.vocabulary import GATES


class State(models.TextChoices):
    DRAFT = "DRAFT", "Draf"
    KRK_REQUESTED = "KRK_REQUESTED", "KRK diminta"
    KRK_INCOMPLETE = "KRK_INCOMPLETE", "Permohonan KRK perlu dilengkapi"
    KRK_ISSUED = "KRK_ISSUED", "KRK terbit"
    SUBMITTED = "SUBMITTED", "Pemeriksaan kelengkapan"
    INCOMPLETE = "INCOMPLETE", "Perlu dilengkapi"
    RECORDING = "RECORDING", "Pendataan bangunan"
    ASSESSMENT = "ASSESSMENT", "Penilaian teknis"
    REVISION = "REVISION", "Perlu perbaikan teknis"
    FEE = "FEE", "Penetapan retribusi"
    SKRD_SIGNING = "SKRD_SIGNING", "Penerbitan SKRD"
    AWAITING_PAYMENT = "AWAITING_PAYMENT", "Menunggu pembayaran"
    PAYMENT_REVIEW = "PAYMENT_REVIEW", "Pemeriksaan pembayaran"
    PERMIT_SIGNING = "PERMIT_SIGNING", "Penerbitan izin"
    REJECTION_SIGNING = "REJECTION_SIGNING", "Penandatanganan penolakan"
    ISSUED = "ISSUED", "Izin terbit"
    READY = "READY", "Siap diambil"
    COLLECTED = "COLLECTED", "Sudah diserahkan"
    REJECTED = "REJECTED", "Ditolak"
    WITHDRAWN = "WITHDRAWN", "Dicabut pemohon"
    LAPSED = "LAPSED", "Gugur"


S = State
FINAL = frozenset({S.COLLECTED, S.REJECTED, S.WITHDRAWN, S.LAPSED})
SAME = None
"""Target of a move that stays where it is."""


class Move(NamedTuple):
    source: tuple[State, ...]
    name: str
    target: State | None
    by: rules.Who
    when: guards.Guard
    label: str
    reason: bool = False
    """Whether the move needs a written reason."""
    enters: bool = True
    """Whether a gate that it enters begins anew: turn 0, later acts voided."""
    despite: guards.Guard = guards.always
    """What does not stop the move, but asks whoever makes it why he goes on in spite of it."""

    @property
    def forward(self) -> bool:
        """Return whether the move is the act of its link: with its papers, duty and messages."""
        return bool(self.by.ways & {"last", "not_last"}) and not self.reason


# fmt: off
MOVES = (
    Move((S.DRAFT,), "request_krk", S.KRK_REQUESTED, APPLICANT, guards.krk_form_complete, "Kirim permohonan KRK"),
    Move((S.KRK_REQUESTED,), "return_krk", S.KRK_INCOMPLETE, FIRST, guards.points_given, "Kembalikan untuk dilengkapi"),
    Move((S.KRK_INCOMPLETE,), "resend_krk", S.KRK_REQUESTED, APPLICANT, guards.krk_resendable, "Kirim ulang permohonan KRK"),
    Move((S.KRK_REQUESTED,), "issue_krk", S.KRK_ISSUED, LAST, guards.krk_recorded, "Terbitkan KRK"),
    Move((S.KRK_REQUESTED,), "refuse_krk", S.REJECTED, LAST, guards.always, "Tolak permohonan KRK", reason=True),
    Move((S.DRAFT, S.KRK_ISSUED), "submit", S.SUBMITTED, APPLICANT, guards.ready_to_submit, "Kirim permohonan"),
    Move((S.SUBMITTED,), "return_incomplete", S.INCOMPLETE, FIRST, guards.points_given, "Kembalikan untuk dilengkapi"),
    Move((S.INCOMPLETE,), "resubmit", S.SUBMITTED, APPLICANT, guards.resubmittable, "Kirim perbaikan"),
    Move((S.SUBMITTED,), "accept", S.RECORDING, LAST, guards.documents_in_order, "Nyatakan lengkap"),
    Move((S.RECORDING,), "record_building", S.ASSESSMENT, LAST, guards.always, "Simpan pendataan dan teruskan"),
    Move((S.ASSESSMENT,), "request_revision", S.REVISION, ANY, guards.points_given, "Minta perbaikan teknis"),
    Move((S.REVISION,), "revise", S.ASSESSMENT, APPLICANT, guards.revisable, "Kirim perbaikan teknis", enters=False),
    Move((S.ASSESSMENT,), "approve_technical", S.FEE, LAST, guards.technical_documents_in_order, "Setujui secara teknis", despite=site_sheet.shortcomings),
    Move((S.FEE,), "return_assessment", S.ASSESSMENT, FIRST, guards.always, "Kembalikan ke penilaian teknis", reason=True),
    Move((S.FEE,), "propose_skrd", S.SKRD_SIGNING, LAST, guards.fee_assessed, "Ajukan SKRD"),
    Move((S.SKRD_SIGNING,), "return_skrd", S.FEE, FIRST, guards.always, "Kembalikan ke penetapan retribusi", reason=True),
    Move((S.SKRD_SIGNING,), "issue_skrd", S.AWAITING_PAYMENT, LAST, guards.something_due, "Terbitkan SKRD"),
    Move((S.SKRD_SIGNING,), "issue_nil_skrd", S.PERMIT_SIGNING, LAST, guards.nothing_due, "Terbitkan SKRD nihil"),
    Move((S.AWAITING_PAYMENT,), "void_skrd", S.FEE, HEAD, guards.bill_unpaid, "Batalkan SKRD", reason=True),
    Move((S.AWAITING_PAYMENT,), "report_payment", SAME, APPLICANT | SISTEM, guards.always, "Saya sudah membayar"),
    Move((S.AWAITING_PAYMENT,), "submit_payment", S.PAYMENT_REVIEW, APPLICANT | NAMED, guards.proof_filed, "Kirim bukti pembayaran"),
    Move((S.PAYMENT_REVIEW,), "refuse_payment", S.AWAITING_PAYMENT, FIRST, guards.always, "Tolak bukti pembayaran", reason=True),
    Move((S.PAYMENT_REVIEW, S.AWAITING_PAYMENT), "confirm_payment", S.PERMIT_SIGNING, LAST | SISTEM, guards.paid_exactly, "Terima pembayaran"),
    Move((S.PERMIT_SIGNING,), "return_permit", S.ASSESSMENT, FIRST, guards.always, "Kembalikan ke penilaian teknis", reason=True),
    Move((S.PERMIT_SIGNING,), "issue_permit", S.ISSUED, LAST, guards.permit_signed, "Terbitkan izin"),
    Move((S.ASSESSMENT, S.FEE), "propose_rejection", S.REJECTION_SIGNING, ANY, guards.always, "Usulkan penolakan", reason=True),
    Move((S.REJECTION_SIGNING,), "return_rejection", S.ASSESSMENT, FIRST, guards.always, "Kembalikan ke penilaian teknis", reason=True),
    Move((S.REJECTION_SIGNING,), "reject", S.REJECTED, LAST, guards.refusal_signed, "Tolak permohonan"),
    Move((S.ISSUED,), "update_building", S.READY, LAST, guards.permit_in_force, "Kirim kode pengambilan"),
    Move((S.READY,), "hand_over", S.COLLECTED, LAST, guards.permit_in_force, "Serahkan izin"),
    Move(tuple(s for s in S if s not in FINAL and s not in {S.PAYMENT_REVIEW, S.PERMIT_SIGNING, S.ISSUED, S.READY}), "withdraw", S.WITHDRAWN, APPLICANT, guards.nothing_paid, "Cabut permohonan"),
    Move((S.KRK_INCOMPLETE, S.KRK_ISSUED, S.INCOMPLETE, S.REVISION, S.AWAITING_PAYMENT), "lapse", S.LAPSED, SISTEM, guards.limit_passed, "Nyatakan gugur"),
    Move((S.RECORDING, S.ASSESSMENT), "undo_accept", S.SUBMITTED, HEAD, guards.always, "Batalkan pernyataan lengkap", reason=True),
    Move((S.REJECTED, S.LAPSED), "reopen", S.SUBMITTED, HEAD, guards.had_been_submitted, "Buka kembali", reason=True),
    Move(tuple(S(g) for g in GATES), "endorse", SAME, NOT_LAST, guards.judged_before_passing_on, "Teruskan"),
    Move(tuple(S(g) for g in GATES), "send_back", SAME, NOT_FIRST, guards.always, "Kembalikan satu tingkat", reason=True),
)  # fmt: on

BY_NAME = {move.name: move for move in MOVES}


class Workflow(FSMModelMixin, models.Model):
    """The state of an application; each move of the table is a transition method of its name."""

    state = FSMField("tahap", choices=State.choices, default=State.DRAFT, protected=True)

    if TYPE_CHECKING:
        # The plugin of mypy would ask the model below for it, which asks for this class first.
        _default_manager: models.Manager[Any]

    class Meta:
        abstract = True


def _transition_method(move: Move) -> Callable[[Any], None]:
    def method(self: Any) -> None:
        pass

    def holds(application: Any) -> bool:
        return not move.when(application)

    def may(application: Any, user: Any) -> bool:
        return rules.may(move, application, user)

    method.__name__, method.__doc__ = move.name, move.label
    for source in move.source:
        target = source if move.target is SAME else move.target
        method = transition(
            "state",
            source=source,
            target=target,
            conditions=[holds],
            permission=may,
        )(method)
    return method


for _move in MOVES:
    setattr(Workflow, _move.name, _transition_method(_move))
