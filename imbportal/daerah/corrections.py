"""What a daerah's file may say of an objection to a bill, and of money that goes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from imbportal.daerah.rule import Cited, Code
from imbportal.daerah.ways import Audience, Channel, Deadline

if TYPE_CHECKING:
    from imbportal.daerah.schema import Daerah

SKRDLB = "skrdlb"
"""Kind of the paper that establishes an overpayment; a file without it issues none."""


class Objection(Cited):
    """Objections to a bill (keberatan) that the portal takes; without it none is taken here."""

    amount: Annotated[int, Field(gt=0)] | None = None
    """Days from the bill within which one may object; None where no term is set."""
    unit: Literal["hari", "hari_kerja"] = "hari"
    decided_by: Code
    forwarded_by: Code | None = None
    """Role that first sends it on to who decides; None where it goes there at once."""
    receipt: Code
    """The receipt with its number."""
    paper: Code
    """The letter with the decision."""
    answer: Deadline | None = None
    """Within which time it is decided, from the day on which it came."""
    stops_due: Literal[False] = False
    """An objection moves no due date: a bill is never edited."""
    notify: dict[Audience, Channel] = {}

    @property
    def term(self) -> Deadline | None:
        """Return the time in which one may object, None where none is set."""
        if self.amount is None:
            return None
        return Deadline(amount=self.amount, unit=self.unit, cite=self.cite, contoh=self.contoh)


class Refund(Cited):
    """Money that goes back (pengembalian); who keeps the daerah's money pays it out."""

    approved_by: Code | None = None
    """Role that approves it; None leaves it to the head."""
    notify: dict[Audience, Channel] = {}


POLICY = Refund(
    cite="Kebijakan portal", note="Dokumen daerah tidak mengatur siapa yang menyetujui."
)
"""What holds where the file says nothing of refunds."""


def problems(daerah: Daerah) -> Iterator[tuple[str, str]]:
    """Yield (key, problem): who decides must exist, and the papers must be his."""
    if daerah.objection is not None:
        yield from _objection(daerah, daerah.objection)
    approver = daerah.refund.approved_by
    if approver is not None and approver not in daerah.role:
        yield "refund.approved_by", f'unknown role "{approver}"'
    paper = daerah.paper.get(SKRDLB)
    if paper is not None and paper.signed_by not in (None, approver or daerah.head):
        who = approver or daerah.head
        yield f"paper.{SKRDLB}.signed_by", f"is signed by who approves the refund: {who}"
    yield from _samples(daerah)


def _objection(daerah: Daerah, rule: Objection) -> Iterator[tuple[str, str]]:
    for field in ("decided_by", "forwarded_by"):
        role = getattr(rule, field)
        if role is not None and role not in daerah.role:
            yield f"objection.{field}", f'unknown role "{role}"'
    if rule.forwarded_by is not None and rule.forwarded_by == rule.decided_by:
        yield "objection.forwarded_by", "decides itself: nobody forwards to himself"
    for field in ("receipt", "paper"):
        if getattr(rule, field) not in daerah.paper:
            yield f"objection.{field}", f'unknown paper "{getattr(rule, field)}"'
    letter = daerah.paper.get(rule.paper)
    if letter is not None and letter.signed_by not in (None, rule.decided_by):
        yield (
            "objection.paper",
            f"is signed by {letter.signed_by}, but {rule.decided_by} decides",
        )
    receipt = daerah.paper.get(rule.receipt)
    if receipt is not None and receipt.signed_by is not None:
        yield "objection.receipt", "is issued as the objection comes: nobody signs it"
    if rule.answer is not None and (rule.answer.start or rule.answer.stop):
        yield "objection.answer", "runs from the day on which it came: no start and no stop"


def _samples(daerah: Daerah) -> Iterator[tuple[str, str]]:
    for name in ("objection", "refund"):
        table = getattr(daerah, name)
        if table is not None and table.contoh:
            if "contoh" not in f"{table.cite} {table.note}".lower():
                yield f"{name}.note", "a sample says so: put the word contoh here"


def letters(daerah: Daerah) -> set[str]:
    """Return the papers that are issued by an objection or a refund alone."""
    rule = daerah.objection
    return {SKRDLB} | ({rule.receipt, rule.paper} if rule is not None else set())
