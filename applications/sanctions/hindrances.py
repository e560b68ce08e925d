"""What stands in the way of a decision on a paper, in words for whoever would make it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from applications import clock
from applications.models import Application, SanctionAct
from applications.sanctions import papers
from documents.models import Paper
from imbportal.indonesia import tanggal

Kind, Status = SanctionAct.Kind, Paper.Status
NEEDS = {
    Kind.WARN: (Status.VALID, Status.FROZEN), Kind.FREEZE: (Status.VALID,),
    Kind.LIFT: (Status.FROZEN,), Kind.REVOKE: (Status.VALID, Status.FROZEN),
    Kind.REPLACE: (Status.VALID,),
}  # fmt: skip
"""In which state a paper must be for each decision."""


@dataclass(frozen=True)
class Words:
    """What the office writes of a decision."""

    reason: str = ""
    basis: str = ""
    todo: str = ""
    until: datetime.date | None = None


def hindrance(kind: str, case: Application, paper: Paper) -> str:
    """Return why a decision does not fit the paper as it stands, "" where it does."""
    if not papers.decides(case, paper) and not (
        kind == Kind.REPLACE and papers.reissued(case, paper)
    ):
        return NOT_DECIDED
    if kind == Kind.WARN and papers.rules_of(case).sanction.warning is None:  # type: ignore[union-attr]
        return "Berkas daerah tidak meminta peringatan, jadi tidak ada surat peringatan."
    if kind == Kind.LIFT and (original := papers.original(case)) is not None:
        if original.status != Status.VALID:
            return FIRST_OTHER if original.status == Status.FROZEN else NOT_LIFTED
    if paper.status in NEEDS[Kind(kind)]:
        return ""
    since = f" sejak {tanggal(clock.local_date(case, paper.status_at))}" if paper.status_at else ""
    if kind == Kind.LIFT and paper.status == Status.VALID:
        return "Surat ini berlaku; tidak ada pembekuan yang dapat dicairkan."
    return f"Surat ini {paper.get_status_display().lower()}{since}. Muat ulang halaman."


FIRST_OTHER = "Surat aslinya dibekukan; cairkan yang asli dulu."
NOT_LIFTED = "Surat aslinya tidak berlaku lagi, jadi salinannya tidak dapat dicairkan."
NOT_DECIDED = (
    "Surat ini tidak dibekukan, dicabut, atau diganti di sini: berkas daerah tidak menyebutnya, "
    "atau permohonannya belum sampai pada izin yang terbit."
)


def lacking(kind: str, case: Application, paper: Paper, words: Words) -> list[str]:
    """Return what is still missing before a decision may go out."""
    missing = [] if words.reason else ["Tulis alasannya; pemegang surat membacanya."]
    if kind == Kind.REVOKE and not words.basis:
        missing.append("Tulis dasar pencabutannya.")
    if words.until is not None and words.until < clock.today(case):
        missing.append("Batas waktu bagi pemegang sudah lewat. Pilih hari ini atau sesudahnya.")
    if kind == Kind.REVOKE:
        missing += unwarned(case, paper)
    return missing


def unwarned(case: Application, paper: Paper) -> list[str]:
    """Return what lacks of the warning that the file demands before a paper is revoked."""
    rule = papers.rule_of(case)
    if rule is None or rule.warning is None:
        return []
    warned = papers.warning(paper)
    if warned is None:
        return ["Sampaikan surat peringatan dulu; berkas daerah memintanya sebelum pencabutan."]
    if warned.until is not None and clock.today(case) <= warned.until:
        return [f"Waktu dalam surat peringatan belum lewat: sampai {tanggal(warned.until)}."]
    return []
