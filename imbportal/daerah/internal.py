"""Papers that stay in the office: what the applicant must get can be none of them.

The function yields (key, problem) in plain English.
"""

from __future__ import annotations

from collections.abc import Iterator

from imbportal.daerah import complaints, corrections, interest, sanctions
from imbportal.daerah.schema import Daerah

APPLICANTS = {
    "tanda_terima", "krk", "penolakan_krk", "surat_kekurangan", "surat_perbaikan", "skrd", "ssrd",
    "pembatalan_skrd", "izin", "penolakan", "kode_ambil", "serah_terima",
}  # fmt: skip
"""Kinds that tell the applicant what he is to do, owes, paid, or got."""


def given(daerah: Daerah) -> set[str]:
    """Return the kinds that the applicant is given, whatever the file says."""
    kinds = APPLICANTS | {interest.PAPER, complaints.ANSWER}
    kinds |= corrections.letters(daerah) | sanctions.letters(daerah)
    kinds |= {relief.paper for relief in daerah.relief if relief.paper}
    if daerah.sanction is not None:
        kinds |= {*daerah.sanction.kinds, *daerah.sanction.along}
    if daerah.late is not None and daerah.late.paper:
        kinds.add(daerah.late.paper)
    return kinds


def problems(daerah: Daerah) -> Iterator[tuple[str, str]]:
    known = given(daerah)
    for code, paper in daerah.paper.items():
        if paper.internal and known & {code, paper.like}:
            yield f"paper.{code}.internal", "the applicant is given it: it cannot stay inside"
