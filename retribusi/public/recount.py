"""A bill calculated once more: by the engine, from its snapshot, with the rules it was made by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from documents import snapshot
from imbportal.daerah import registry
from imbportal.daerah.loader import DaerahError
from imbportal.daerah.models import DaerahVersion
from imbportal.daerah.tariffs import Tariff
from imbportal.indonesia import rupiah, terbilang
from retribusi import assessment, engine, fee_day
from retribusi.inputs import Refused
from retribusi.models import Skrd
from retribusi.public.lines import WRITTEN, Pair, Step, pairs

RULES_GONE = "berkas aturan yang dipakai waktu itu tidak dapat dibaca oleh portal versi ini."
BLANK = dict.fromkeys(("jenis", "label", "ekspresi", "nilai", "tercetak", "cite", "contoh"), "")
TOO_FAR = "hitungannya memakai tabel atau angka yang tidak dikenal portal versi ini."


@dataclass(frozen=True)
class Recount:
    """What a bill says and what comes out now."""

    bill: Skrd
    result: engine.Result | None = None
    """None where this release can no longer calculate it."""
    refusal: str = ""
    """Why not, in one line for the reader."""
    paid: int = 0
    """Whole rupiah that had been paid in the case before this bill was made."""

    @cached_property
    def said(self) -> dict[str, Any]:
        """Return the calculation that the bill keeps, with nothing where it lacks something."""
        kept = self.bill.snapshot.get("result") or {}
        lines = [BLANK | _texts(line) for line in kept.get("rincian", ())]
        return {"total": 0, "rekening": [], "tarif": {}} | kept | {"rincian": lines}

    @cached_property
    def now(self) -> dict[str, Any]:
        return self.result.as_json() if self.result else {}

    @cached_property
    def lines(self) -> list[Pair]:
        """Return each line of the bill beside the one that came out now."""
        return pairs(self.said["rincian"], self.now.get("rincian", ()))

    @property
    def amount(self) -> int | None:
        """Return what the bill should ask for, None where that cannot be said."""
        return max(0, self.result.total - self.paid) if self.result else None

    @cached_property
    def accounts(self) -> list[tuple[str, str, int | None, int | None]]:
        """Return (code, line, what the bill says, what comes out) for each account."""
        said, now = (_by_account(result) for result in (self.said, self.now))
        rows = dict.fromkeys((*said, *now))
        return [(code, line, said.get((code, line)), now.get((code, line))) for code, line in rows]

    @cached_property
    def faults(self) -> list[str]:
        """Return all in which bill and calculation, or bill and paper, do not agree."""
        return [*self._miscounted(), *self._misprinted(), *self._misplaced()]

    def _miscounted(self) -> Iterator[str]:
        if self.result is None:
            return
        wrong = [pair for pair in self.lines if not pair.agrees]
        if wrong:
            yield f"{len(wrong)} baris hitungan berbeda; lihat yang bertanda beda di bawah."
        if self.said["tarif"].get("id") != self.result.tariff.id:
            yield "Tarif yang tertulis bukan tarif yang berlaku pada tanggal hitungan."
        if self.said["total"] != self.result.total:
            yield (
                f"Jumlah retribusi tertulis {rupiah(self.said['total'])}, menurut hitungan ulang "
                f"{rupiah(self.result.total)}."
            )
        if self.bill.amount != self.amount:
            yield (
                f"SKRD menagih {rupiah(self.bill.amount)}, menurut hitungan ulang "
                f"{rupiah(self.amount or 0)}."
            )
        if any(one != other for _, _, one, other in self.accounts):
            yield "Pembagian menurut kode rekening berbeda."
        if self.result.simulation:
            yield "Data hitungan memuat angka tarif yang diisi sendiri, bukan dari tarif daerah."

    def _misprinted(self) -> Iterator[str]:
        """Tell where the printed paper is not the one that was frozen, or not this bill's."""
        bill, paper = self.bill, self.bill.paper
        printed = paper.content.get("extra", {})
        if snapshot.sha256(paper.content) != paper.content_sha256:
            yield "Isi surat SKRD tidak sama lagi dengan yang dikunci waktu terbit."
        if paper.number != bill.number:
            yield "Nomor pada surat bukan nomor SKRD ini."
        if printed.get("amount") != bill.amount:
            yield "Jumlah yang tercetak pada surat bukan jumlah SKRD ini."
        words = f"{terbilang(bill.amount)} rupiah"
        if printed.get("terbilang", words) != words:
            yield "Jumlah dengan huruf pada surat tidak sama dengan angkanya."
        rows = _rows(paper.content)
        if not all(_stands(line, rows) for line in self.said["rincian"]):
            yield "Hitungan yang tercetak pada surat tidak sama dengan hitungan yang tersimpan."

    def _misplaced(self) -> Iterator[str]:
        """Tell where what the bill rests on is not what it was when it was issued."""
        kept, made = self.bill.snapshot, self.bill.assessment
        if (kept.get("input"), kept.get("result")) != (made.input, made.result):
            yield "Hitungan pada SKRD tidak sama lagi dengan penetapan yang mendasarinya."
        rules = DaerahVersion.objects.filter(pk__in=_versions(self.bill))
        if any(hashlib.sha256(row.content.encode()).hexdigest() != row.sha256 for row in rules):
            yield "Berkas aturan yang dipakai SKRD ini tidak sama lagi dengan yang dikunci."

    @property
    def agrees(self) -> bool:
        return self.result is not None and not self.faults


def recount(bill: Skrd) -> Recount:
    """Calculate a bill anew; never raises for what the bill itself holds."""
    paid = assessment.paid(bill.application, before=bill)
    try:
        tariffs = _tariffs(bill)
    except DaerahError:
        return Recount(bill, refusal=RULES_GONE, paid=paid)
    try:
        result = engine.calculate(tariffs, bill.snapshot.get("input"))
    except Refused as refused:
        return Recount(bill, refusal=str(refused), paid=paid)
    except (KeyError, ArithmeticError):
        return Recount(bill, refusal=TOO_FAR, paid=paid)
    return Recount(bill, result=result, paid=paid)


def _versions(bill: Skrd) -> list[str]:
    """Return the rules of the bill's case, and those that brought the tariff if it came later."""
    return [bill.paper.version_id, *filter(None, [bill.snapshot.get("rules")])]


def _tariffs(bill: Skrd) -> tuple[Tariff, ...]:
    known, *later = (registry.version(pk).tariff for pk in _versions(bill))
    return fee_day.followed(known, later[0]) if later else known


def _texts(line: dict[str, Any]) -> Step:
    return {key: value if key == "contoh" else str(value) for key, value in line.items()}


def _by_account(result: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {(item["kode"], item["baris"]): item["jumlah"] for item in result.get("rekening", ())}


def _rows(content: dict[str, Any]) -> list[set[str]]:
    """Return the cells of each printed row."""
    sections = [*content.get("sections", ()), *content.get("extra", {}).get("annex", ())]
    tables = (section.get("table") for section in sections)
    return [set(row) for table in tables if table for row in table["rows"]]


def _stands(line: Step, rows: list[set[str]]) -> bool:
    """Return whether a line is printed, without what no paper prints."""
    wanted = {snapshot.UNPRINTABLE.sub("", line[key]) for key in WRITTEN}
    return any(wanted <= row for row in rows)
