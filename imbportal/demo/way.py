"""The steps of a demo case, known before it is driven: who acts, and what the driver does."""

from __future__ import annotations

from typing import NamedTuple

from applications.rules import APPLICANT, SISTEM
from applications.workflow import BY_NAME
from imbportal.daerah.schema import Daerah
from imbportal.daerah.ways import Link

ORDER = (
    "DRAFT", "KRK_REQUESTED", "KRK_ISSUED", "SUBMITTED", "RECORDING", "ASSESSMENT", "FEE",
    "SKRD_SIGNING", "AWAITING_PAYMENT", "PAYMENT_REVIEW", "PERMIT_SIGNING", "ISSUED", "READY",
    "COLLECTED",
)  # fmt: skip
"""The straight way."""
ASKS_APPLICANT = frozenset({"DRAFT", "KRK_ISSUED", "AWAITING_PAYMENT"})
MONEY = frozenset({"AWAITING_PAYMENT", "PAYMENT_REVIEW"})


class Step(NamedTuple):
    """One sitting: the state in which it finds the case, and a method of the driver."""

    hand: str
    """pemohon, kantor, bendahara or sistem: it sets how long the step lets itself be waited for."""
    state: str
    method: str
    args: tuple[str, ...] = ()


class Way:
    """Writes down the steps of one case while following its state and turn.

    ValueError where a daerah knows no such way.
    """

    def __init__(self, rules: Daerah, track: str):
        if track not in rules.track or rules.track[track].refuse:
            raise ValueError("this building is not served here")
        self.chains: dict[str, tuple[Link, ...]] = rules.chains(track)
        self.fee = rules.track[track].fee
        self.state, self.turn, self.resume = "DRAFT", 0, 0
        self.steps = [Step("pemohon", "", "open")]

    @property
    def link(self) -> Link | None:
        """Return the link whose turn it is at the end, None where no officer's."""
        chain = self.chains.get(self.state, ())
        return chain[self.turn] if self.turn < len(chain) else None

    # -- Words of a story -------------------------------------------------------------------
    def to(self, target: str, turn: int = 0) -> None:
        """Go the straight way."""
        while (self.state, self.turn) != (target, turn):
            self._next(target)

    def move(self, name: str) -> None:
        """Make a move beside the straight way."""
        by = BY_NAME[name].by
        if self.state not in BY_NAME[name].source:
            raise ValueError(f"{name} is no move of {self.state}")
        hand = "pemohon" if by == APPLICANT else "sistem" if by == SISTEM else "kantor"
        self._add(hand, "sideways", name)
        if name == "send_back":
            self.turn -= 1
            return
        if name == "request_revision":
            self.resume = self.turn
        self.state, self.turn = str(BY_NAME[name].target), self.resume if name == "revise" else 0

    def pay_short(self) -> None:
        """Pay too little, which the cashier then refuses."""
        self._add("pemohon", "pay_short")
        self.state = "PAYMENT_REVIEW"
        self.move("refuse_payment")

    def ask_relief(self, code: str) -> None:
        """Ask for relief from the fee that has been calculated."""
        self._add("pemohon", "ask_relief", code)

    def grant_relief(self) -> None:
        self._add("kantor", "grant_relief")

    def bill_interest(self) -> None:
        """Draw up and sign the bill of interest on a principal that is overdue."""
        self._add("bendahara", "bill_interest")

    def object(self) -> None:
        """Object to the bill that has come."""
        self._add("pemohon", "object")

    def file_account(self) -> None:
        """Say to which account the money goes back."""
        self._add("pemohon", "file_account")

    def find_begun(self) -> None:
        """Go to see a site on which the work has begun."""
        self._add("kantor", "find_begun")

    def half(self) -> None:
        self._add("pemohon", "half")

    def note(self) -> None:
        self._add("kantor", "note")

    def judge(self) -> None:
        """Answer the survey, some days after the case is over."""
        self._add("pemohon", "judge")

    # -- Within -----------------------------------------------------------------------------
    def _add(self, hand: str, method: str, *args: str) -> None:
        self.steps.append(Step(hand, self.state, method, args))

    def _next(self, target: str) -> None:
        if self.state not in (*ASKS_APPLICANT, *self.chains):
            raise ValueError(f"no straight way leads from {self.state} to {target}")
        if self.state in ASKS_APPLICANT:
            self._add("pemohon", "step")
            self._forward()
            return
        self._add("kantor", "step")
        self.turn += 1
        if self.turn >= len(self.chains[self.state]):
            self._forward()

    def _forward(self) -> None:
        self.turn = 0
        if self.state == "REJECTION_SIGNING":
            self.state = "REJECTED"
            return
        later = ORDER[ORDER.index(self.state) + 1 :]
        self.state = next(state for state in later if self._exists(state))

    def _exists(self, state: str) -> bool:
        """Return whether the track stops in a state: it has a chain, or the applicant acts."""
        if state == "KRK_ISSUED":
            return "KRK_REQUESTED" in self.chains
        if state in MONEY:
            return self.fee
        return state == "COLLECTED" or state in self.chains
