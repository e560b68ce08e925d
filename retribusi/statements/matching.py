"""Which line of the bank is for which bill, and what is wrong with it; pure, and says why.

By the payment code in the bank's text, else by the reference of a confirmed proof. Amount, day and
name together only propose a bill; nobody takes it but by hand.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from imbportal.indonesia import tanggal
from retribusi.statements.codes import Codes, References
from retribusi.statements.kinds import MAIN, Kind
from retribusi.statements.rows import money

PROPOSED = 3
"""Bills that are proposed for one line."""
NAME = 3
"""Letters of a name that counts; shorter ones stand in many texts."""


class Entry(NamedTuple):
    """A line of the bank."""

    key: Any
    day: datetime.date
    sen: int
    text: str = ""
    reference: str = ""
    bill: Any = None
    """Key of the bill that somebody chose."""

    @property
    def said(self) -> str:
        return f"{self.text} {self.reference}"


class Bill(NamedTuple):
    """A bill with what became of it."""

    pk: Any
    code: str
    number: str
    amount: int
    """Whole rupiah."""
    issued: datetime.date
    holder: str = ""
    void: bool = False
    filed: bool = False
    """Whether a proof waits for the cashier."""
    payment: Any = None
    paid_on: datetime.date | None = None
    reference: str = ""
    """Of the confirmed proof."""
    had: int = 0
    """Sen that earlier lines brought for it."""

    @property
    def due(self) -> int:
        return self.amount * 100


class Interest(NamedTuple):
    """A bill of interest (STRD)."""

    pk: Any
    code: str
    number: str
    amount: int
    """Whole rupiah."""
    paid: bool = False
    void: bool = False
    had: bool = False
    """Whether an earlier line brought its money."""


class Terms(NamedTuple):
    """What the format of a bank says about matching."""

    out: Sequence[str] = ()
    into: Sequence[str] = ()
    tolerance: int = 3


class Verdict(NamedTuple):
    kind: Kind
    why: str
    bill: Any = None
    """Key of the bill."""
    proposals: tuple[Any, ...] = ()
    strd: Any = None
    """Key of the bill of interest."""


def match(
    entries: Iterable[Entry], bills: Iterable[Bill], terms: Terms,
    interest: Iterable[Interest] = (),
) -> dict[Any, Verdict]:  # fmt: skip
    """Return the verdict on each line by its key."""
    return _Match(list(bills), terms, list(interest)).of(list(entries))


class _Match:
    def __init__(self, bills: list[Bill], terms: Terms, interest: list[Interest]):
        self.bills, self.terms = {bill.pk: bill for bill in bills}, terms
        self.interest = {one.pk: one for one in interest}
        self.strds = Codes({one.code: one.pk for one in interest})
        self.came = {one.pk for one in interest if one.had}
        self.codes = Codes({bill.code: bill.pk for bill in bills if bill.code})
        self.references = References([(b.reference, b.pk) for b in bills if b.reference])

    def of(self, entries: list[Entry]) -> dict[Any, Verdict]:
        found: dict[Any, Verdict] = {}
        groups: dict[Any, list[Entry]] = {}
        rest = []
        for entry in entries:
            bills, how = self._named(entry)
            strds = [] if bills else self.strds.found(entry.said)
            if entry.sen > 0 and len(strds) == 1:
                found[entry.key] = self._interest(entry, self.interest[strds[0]])
            elif entry.sen < 0:
                found[entry.key] = self._debit(entry, bills)
            elif len(bills) == 1:
                groups.setdefault(bills[0], []).append(entry)
            elif bills:
                found[entry.key] = self._several(bills, how)
            elif self._begins(entry, self.terms.into):
                found[entry.key] = Verdict(Kind.ASIDE, "Awal keterangannya dikenal: bukan setoran.")
            else:
                rest.append(entry)
        for pk, group in groups.items():
            found |= self._group(self.bills[pk], sorted(group, key=lambda entry: entry.day))
        covered = {verdict.bill for verdict in found.values() if verdict.kind in MAIN}
        for entry in rest:
            found[entry.key] = self._unnamed(entry, covered)
        return found

    def _named(self, entry: Entry) -> tuple[list[Any], str]:
        if entry.bill is not None:
            return [entry.bill], "ditetapkan petugas"
        if found := self.codes.found(entry.said):
            return found, "kode bayar"
        return self.references.found(entry.said), "nomor referensi bukti"

    @staticmethod
    def _begins(entry: Entry, words: Sequence[str]) -> bool:
        text = " ".join(entry.text.upper().split())
        return any(text.startswith(" ".join(word.upper().split())) for word in words if word)

    def _debit(self, entry: Entry, bills: list[Any]) -> Verdict:
        if not bills and self._begins(entry, self.terms.out):
            return Verdict(Kind.ASIDE, "Awal keterangannya dikenal: biaya atau pelimpahan kas.")
        if len(bills) == 1:
            number = self.bills[bills[0]].number
            text = f"Bank menarik kembali {money(-entry.sen)} dengan menyebut SKRD {number}."
            return Verdict(Kind.REVERSED, text, bills[0])
        return Verdict(
            Kind.REVERSED,
            f"Bank mendebet {money(-entry.sen)}; bukan biaya atau pelimpahan yang dikenal.",
        )

    def _several(self, bills: list[Any], how: str) -> Verdict:
        numbers = ", ".join(self.bills[pk].number for pk in bills)
        text = f"Keterangannya menyebut beberapa {how}: SKRD {numbers}."
        return Verdict(Kind.UNKNOWN, text, proposals=tuple(bills[:PROPOSED]))

    def _interest(self, entry: Entry, owed: Interest) -> Verdict:
        """Judge money that names a bill of interest."""
        asked = f"STRD {owed.number} sebesar {money(owed.amount * 100)}"
        if owed.void or owed.pk in self.came or entry.sen != owed.amount * 100:
            why = "sudah dibatalkan" if owed.void else "uangnya sudah masuk sebelumnya"
            why = why if owed.void or owed.pk in self.came else "jumlahnya berbeda"
            return Verdict(Kind.UNKNOWN, f"Menyebut kode bayar {asked}, tetapi {why}.")
        self.came.add(owed.pk)
        if owed.paid:
            text = f"Bunga menurut {asked}, sudah diterima dan dibukukan."
            return Verdict(Kind.INTEREST, text, strd=owed.pk)
        text = f"Bunga menurut {asked}. Terima pembayarannya pada halaman SKRD-nya."
        return Verdict(Kind.IN_REVIEW, text, strd=owed.pk)

    # -- Money whose bill is known ------------------------------------------------------------
    def _group(self, bill: Bill, entries: list[Entry]) -> dict[Any, Verdict]:
        """Judge all money for one bill: one line is its payment, what comes beside it a second."""
        if bill.void:
            text = f"SKRD {bill.number} sudah dibatalkan sebelum uang ini datang."
            return {entry.key: Verdict(Kind.VOIDED, text, bill.pk) for entry in entries}
        found, total = {}, bill.had
        main = self._main(bill, entries)
        if main is not None:
            found[main.key] = self._exact(bill, main)
            total = bill.due
        for entry in entries:
            if entry is not main:
                found[entry.key] = self._inexact(bill, entry, total)
                total += entry.sen
        return found

    @staticmethod
    def _main(bill: Bill, entries: list[Entry]) -> Entry | None:
        """Return the line that is the bill's payment to the rupiah, the nearest to its day."""
        exact = [entry for entry in entries if entry.sen == bill.due and not bill.had]
        day = bill.paid_on or bill.issued
        return min(exact, key=lambda entry: abs((entry.day - day).days), default=None)

    def _exact(self, bill: Bill, entry: Entry) -> Verdict:
        if bill.payment is None:
            if bill.filed:
                text = f"Jumlah sama dengan SKRD {bill.number}; buktinya sedang diperiksa."
                return Verdict(Kind.IN_REVIEW, text, bill.pk)
            text = f"Jumlah sama dengan SKRD {bill.number}, tetapi pemohon belum mengirim bukti."
            return Verdict(Kind.UNPROVEN, text, bill.pk)
        apart = abs((entry.day - bill.paid_on).days) if bill.paid_on else 0
        if apart > self.terms.tolerance:
            text = (
                f"Jumlah cocok dengan SKRD {bill.number}, tetapi bukti bertanggal "
                f"{tanggal(bill.paid_on)}, berselisih {apart} hari dari rekening."
            )
            return Verdict(Kind.OTHER_DAY, text, bill.pk)
        return Verdict(Kind.MATCHED, f"Sama dengan pembayaran SKRD {bill.number}.", bill.pk)

    def _inexact(self, bill: Bill, entry: Entry, total: int) -> Verdict:
        """Judge money that is not the bill's sum, after ``total`` sen came before it."""
        asked = f"tagihan SKRD {bill.number} {money(bill.due)}"
        if total >= bill.due:
            return Verdict(Kind.DOUBLE, f"Uang untuk {asked} sudah masuk sebelumnya.", bill.pk)
        lacks = bill.due - total - entry.sen
        before = f" Bersama {money(total)} sebelumnya" if total else ""
        if lacks < 0:
            return Verdict(Kind.OVER, f"Lebih {money(-lacks)} dari {asked}.{before}.", bill.pk)
        text = f"Kurang {money(lacks)} dari {asked}." if lacks else f"Melengkapi {asked}."
        return Verdict(Kind.SHORT, f"{text}{before}{'.' if before else ''}", bill.pk)

    # -- Money that names no bill -------------------------------------------------------------
    def _unnamed(self, entry: Entry, covered: set[Any]) -> Verdict:
        if near := self.codes.nearly(entry.said):
            likely = tuple(sorted(near, key=lambda pk: self._unlikely(entry, pk, covered)))
            numbers = ", ".join(self.bills[pk].number for pk in likely[:PROPOSED])
            text = f"Kode bayarnya salah satu angka; mungkin untuk SKRD {numbers}."
            return Verdict(Kind.MISTYPED, text, proposals=likely[:PROPOSED])
        likely = tuple(self._proposed(entry, covered))[:PROPOSED]
        if likely:
            number = self.bills[likely[0]].number
            text = f"Tanpa kode bayar; jumlah, hari, dan nama mirip SKRD {number}. Periksa dahulu."
            return Verdict(Kind.UNKNOWN, text, proposals=likely)
        return Verdict(Kind.UNKNOWN, "Tidak menyebut kode bayar atau referensi yang dikenal.")

    def _unlikely(self, entry: Entry, pk: Any, covered: set[Any]) -> tuple[bool, ...]:
        """Return a key that sorts the likeliest bill to the front."""
        bill = self.bills[pk]
        return bill.due != entry.sen, pk in covered or bill.had > 0, bill.void

    def _proposed(self, entry: Entry, covered: set[Any]) -> Iterable[Any]:
        words = set(_words(entry.said))
        for bill in self._by_sum.get(entry.sen, ()):
            if bill.pk in covered or bill.had or bill.void:
                continue
            day = bill.paid_on
            if day is None and entry.day < bill.issued:
                continue
            if day and abs((entry.day - day).days) > self.terms.tolerance:
                continue
            if words & set(_words(bill.holder)):
                yield bill.pk

    @property
    def _by_sum(self) -> dict[int, list[Bill]]:
        if "sums" not in self.__dict__:
            self.sums: dict[int, list[Bill]] = {}
            for bill in self.bills.values():
                self.sums.setdefault(bill.due, []).append(bill)
        return self.sums


def missing(
    verdicts: Iterable[tuple[int, Verdict]], bills: Iterable[Bill],
    begins: datetime.date, ends: datetime.date,
) -> list[Bill]:  # fmt: skip
    """Return the bills whose confirmed payment from these days no line of the bank shows.

    A line that can only be for one of them, by a mistyped code or by amount, day and name, is one
    trouble, not two: ``verdicts`` stand with the sen of their line.
    """
    shown: set[Any] = set()
    by_key = {bill.pk: bill for bill in bills}
    for sen, verdict in verdicts:
        if verdict.kind in MAIN:
            shown.add(verdict.bill)
        elif verdict.proposals and by_key[verdict.proposals[0]].due == sen:
            shown.add(verdict.proposals[0])
    return [
        bill
        for bill in by_key.values()
        if bill.payment is not None
        and bill.paid_on is not None
        and begins <= bill.paid_on <= ends
        and not bill.had
        and bill.pk not in shown
    ]


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[A-Z]+", text.upper()) if len(word) >= NAME]
