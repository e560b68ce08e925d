"""A driver whose officers change, and who knows every way beside the straight one."""

import datetime

from machine_watch import row

from accounts.models import User
from applications import casework, clock, requirements
from applications.rules import HEAD, SISTEM
from applications.workflow import BY_NAME, MOVES
from imbportal.demo import buildings, drawings
from imbportal.demo.driver import POINTS, REASONS, Driver
from retribusi import services as money

SEEN = "SELECT version, state, turn, claimed_by_id FROM applications_application WHERE id = %s"
ANSWERS = {"KRK_INCOMPLETE": "resend_krk", "INCOMPLETE": "resubmit", "REVISION": "revise"}
LETTERS = {
    "KRK_REQUESTED": "return_krk",
    "SUBMITTED": "return_incomplete",
    "ASSESSMENT": "request_revision",
}
AGAIN = {"REJECTED", "LAPSED"}
STRAIGHT = frozenset(
    """request_krk issue_krk submit accept record_building approve_technical propose_skrd issue_skrd
    issue_nil_skrd submit_payment confirm_payment issue_permit reject update_building hand_over
    endorse resend_krk resubmit revise reopen""".split()
)
"""Moves that ``go_on`` makes."""


class Hand(Driver):
    """Does with one case what somebody does who knows what the case waits for."""

    def __init__(self, cast, case, building=buildings.HOUSE, number=0):
        self.cast, self.dice = cast, None
        super().__init__(cast.slug, case.applicant, building, number=number, mandate=case.mandate)
        self.case = case

    def _staff(self):
        """Return nobody: who acts is one of the cast's holders."""
        return {}

    def fresh(self):
        """Read the case again, unless its row is as it is in the hand."""
        case = self.case
        if row(SEEN, case.pk) != (case.version, case.state, case.turn, case.claimed_by_id):
            super().fresh()
        return self.case

    def actor(self):
        """Return one of those who hold the role on turn: mostly the first, sometimes another."""
        holders = self.cast.holders[self.case.turn_role]
        if self.dice is None or self.dice.random() < 0.6:
            return holders[0]
        return self.dice.choice(holders)

    def go_on(self):
        """Make the next step towards the end, whatever the state."""
        state = self.fresh().state
        if state in ANSWERS:
            self.mend()
            self.aside(ANSWERS[state])
        elif state in AGAIN:
            self.aside("reopen")
        elif state in LETTERS and self.case.points.filter(gate=state, sent_at=None).exists():
            self.send_or_drop(LETTERS[state])
        elif state not in ("COLLECTED", "WITHDRAWN"):
            if state in ("DRAFT", "KRK_ISSUED") and self.dice.random() < 0.3:
                self.mend()
            self.step()

    def send_or_drop(self, letter):
        """Send what was noted, or take it back."""
        if self.case.turn == 0 and self.dice.random() < 0.5:
            self.perform(letter, self.actor())
            return
        actor = self.actor()
        for point in self.case.points.filter(gate=self.case.state, sent_at=None).order_by("pk"):
            casework.drop_point(self.case, point, by=actor)

    def act(self):
        """Let one officer do all that the link asks: two would often bar each other."""
        self.fresh()
        chosen, self.actor = self.actor(), lambda: chosen
        try:
            super().act()
        finally:
            del self.actor

    def mend(self):
        """Put back the answers that lead on, and fill what is lacking."""
        for form in ("krk", "izin"):
            if casework.form_open(self.case, form):
                codes = {s.code for s in self.case.rules.section if s.form == form}
                given = {
                    fact.code: self.answers[fact.code]
                    for fact in self.case.rules.fact if fact.section in codes
                }  # fmt: skip
                casework.save_answers(self.case, form, given, by=self.applicant)
        self.upload("request_krk", "submit")

    def sides(self):
        """Return the moves beside the straight way that start here."""
        self.fresh()
        return [
            move.name
            for move in MOVES
            if self.case.state in move.source and move.name not in STRAIGHT | {"lapse"}
        ]

    def aside(self, move):
        """Make a move beside the straight way with all that it needs."""
        self.fresh()
        by = self._mover(move)
        if move in POINTS:
            self._points(move, by)
        elif move in ANSWERS.values():
            self.answer_points()
        elif move == "refuse_payment" and money.proof_waiting(self.case) is None:
            return
        note = REASONS.get(move, "Perlu diperiksa kembali.") if BY_NAME[move].reason else ""
        self.perform(move, by, note)

    def fit(self, move):
        """Return who may make the move; None where it is nobody's now."""
        ways = BY_NAME[move].by.ways
        return self._mover(move) if self.case.turn_role or ways & {"applicant", "head"} else None

    def _mover(self, move):
        ways = BY_NAME[move].by
        if "applicant" in ways.ways:
            return self.applicant
        if ways == SISTEM:
            return User.objects.sistem()
        if ways == HEAD:
            return self.dice.choice(self.cast.holders[self.case.rules.head])
        return self.actor()

    def file_slip(self, by, less=0, late=0):
        """File a slip for the open bill; a wrong sum or day is the cashier's to see."""
        bill = money.live_bill(self.fresh())
        amount, code = (bill.amount, bill.payment_code) if bill else (1, "0")
        money.file_proof(
            self.case, file=drawings.slip(code, amount), amount=amount - less,
            paid_on=clock.today(self.case) + datetime.timedelta(days=late),
            bank="Bank daerah", reference=f"NTB{code}", by=by,
        )  # fmt: skip

    def slots(self):
        return requirements.due(self.fresh())
