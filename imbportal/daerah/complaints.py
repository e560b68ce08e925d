"""What a daerah's file may say of complaints: channels, the time for an answer, numbers, hands."""

from __future__ import annotations

from typing import Literal

from imbportal.daerah.paper_kinds import PaperKind
from imbportal.daerah.rule import Cited, Code


class AnswerTerm(Cited):
    """Within which time the portal has complaints answered where the document gives none."""

    amount: int
    unit: Literal["hari", "hari_kerja"] = "hari"


COMPLAINT = "pengaduan"
"""Kind of the numbers of complaints; no paper of a file can be called so."""
ANSWER = "jawaban_pengaduan"
"""Kind of the letter with an answer: a paper of its complaint, and of no case."""
COMPLAINT_NUMBER = PaperKind(
    title="Tanda Terima Pengaduan", pattern="{n4}/ADU/{year}", contoh=True,
    note="Contoh pola nomor; dokumen tidak memuatnya",
)  # fmt: skip


class Complaint(Cited):
    channels: tuple[str, ...]
    amount: int | None = None
    """Days within which the document promises an answer; None where it is silent."""
    unit: Literal["hari", "hari_kerja"] = "hari"
    policy: AnswerTerm | None = None
    """The portal's own term in place of a silent document's."""
    roles: tuple[Code, ...] = ()
    """Roles that answer; empty lets every role do so, and the daerah's admin."""
    number: PaperKind = COMPLAINT_NUMBER
    """How complaints are numbered: one series for the daerah."""

    @property
    def term(self) -> AnswerTerm | None:
        """Return the term that runs: the document's, else the portal's."""
        if self.amount is None:
            return self.policy
        own = {"amount": self.amount, "unit": self.unit}
        return AnswerTerm(**own, cite=self.cite, contoh=self.contoh, note=self.note)
