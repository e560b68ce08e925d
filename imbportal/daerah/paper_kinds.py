"""What a daerah's file may say of the papers that it issues."""

from __future__ import annotations

from typing import Literal

from imbportal.daerah.rule import Cited, Code, Rule, Text, When
from imbportal.daerah.vocabulary import Seal

DIGEST = "ikhtisar_rantai"
"""The sheet of the daily digest of the chains: it belongs to no case."""


class PaperKind(Rule):
    """A paper that the daerah issues. ``pattern`` takes {n}, {n3}, {n4}, {year}, {month},
    {roman_month}, {date} (DDMMYYYY) and {kecamatan} (six digits)."""

    title: Text
    pattern: Text
    per: Literal["daerah", "kecamatan"] = "daerah"
    reset: Literal["year", "day"] = "year"
    when: When | None = None
    """Condition on the facts of a case without which the paper is not made."""
    like: Code | None = None
    """Kind whose words this one prints under its own title and number."""
    sections: tuple[Code, ...] = ()
    """Sections whose answers an application prints (kinds like ``surat_permohonan``); all where
    none is named."""
    template: str = ""
    """Template below templates/pdf/, without ending; the kind's code where empty."""
    signed_by: Code | None = None
    """Role whose signature block stands on it; None for a paper that the system issues."""
    seal: Seal | None = None
    """Whose electronic seal it bears where it is issued beside the steps (STRD, SKRDLB, decisions):
    its signatory's (``ttd``) or the office's; what a step issues is told at its link."""
    internal: bool = False
    """Stays in the office: neither listed nor given out to the applicant."""
    clauses: tuple[Text, ...] = ()
    """What a decision says beside what every one does, a clause each."""
    basis: tuple[str, ...] = ()
    track_basis: dict[Code, tuple[Text, ...]] = {}
    """What the papers of a track rest on besides."""
    copies: tuple[str, ...] = ()
    cite: str = ""
    contoh: bool = False
    note: str = ""

    def rests_on(self, track: str) -> tuple[str, ...]:
        """Return the legal basis of a paper of this kind in a case of this track."""
        return (*self.basis, *self.track_basis.get(track, ()))


class Original(Cited):
    """What is written down of the permit's original where it is signed wet (``kertas_khusus``)."""

    serial: bool = False
    """The sheet bears a serial number, which no other permit of the daerah has."""
    stamp: bool = False
    scan: bool = False
    """Without a scan of the signed original the link does not act."""
