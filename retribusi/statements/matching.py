"""Which line of the bank is for which bill, and what is wrong with it; pure, and says why.

By the payment code in the bank's text, else by the reference of a confirmed proof. Amount, day and
name together only propose a bill; nobody takes it but by hand.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from imbportal.indonesia import tanggal
from retribusi.statements import interest_lines
from retribusi.statements.codes import Codes, References
from retribusi.statements.counter import Counters
from retribusi.statements.kinds import MAIN, Kind
from retribusi.statements.known import Bill, Entry, Interest, Terms, Verdict
from retribusi.statements.rows import money

PROPOSED = 3
"""Bills that are proposed for one line."""
NAME = 3
"""Letters of a name that counts; shorter ones stand in many texts."""


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
        self.counters = Counters([*bills, *interest], terms.tolerance)
        self.codes = Codes({bill.code: bill.pk for bill in bills if bill.code})
        self.references = References([(b.reference, b.pk) for b in bills if b.reference])

    def of(self, entries: list[Entry]) -> dict[Any, Verdict]:
        found: dict[Any, Verdict] = {}
        groups: dict[Any, list[Entry]] = {}
        rest = []
        for entry in entries:
            bills, how = self._named(entry)
            strds = [entry.strd] if entry.strd else [] if bills else self.strds.found(entry.said)
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
        if entry.strd is not None:
            return [], ""
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
        verdict = interest_lines.judged(entry, owed, before=owed.pk in self.came)
        if verdict.kind in interest_lines.BRINGS:
            self.came.add(owed.pk)
        return verdict

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
        if near := self._nearly(entry, covered):
            text = f"Kode bayarnya salah satu angka; mungkin untuk {self._listed(near)}."
            return Verdict(Kind.MISTYPED, text, proposals=near)
        if cash := self.counters.deposit(entry, covered, self.came):
            return cash
        owed = (one.key for one in self._owed(entry))
        likely = (*self._proposed(entry, covered), *owed)[:PROPOSED]
        if likely:
            name = self._listed(likely[:1])
            text = f"Tanpa kode bayar; jumlah, hari, dan nama mirip {name}. Periksa dahulu."
            return Verdict(Kind.UNKNOWN, text, proposals=likely)
        return Verdict(Kind.UNKNOWN, "Tidak menyebut kode bayar atau referensi yang dikenal.")

    def _nearly(self, entry: Entry, covered: set[Any]) -> tuple[Any, ...]:
        """Return the bills, of interest too, whose code stands there with one mistake."""
        found = [(self._unlikely(entry, pk, covered), pk) for pk in self.codes.nearly(entry.said)]
        for pk in self.strds.nearly(entry.said):
            owed = self.interest[pk]
            found.append(((owed.due != entry.sen, pk in self.came, owed.void), owed.key))
        return tuple(key for _, key in sorted(found, key=lambda one: one[0]))[:PROPOSED]

    def _listed(self, keys: Sequence[Any]) -> str:
        owed = {one.key: one for one in self.interest.values()}
        skrd = [self.bills[key].number for key in keys if key in self.bills]
        strd = [owed[key].number for key in keys if key in owed]
        words = [f"{name} {', '.join(them)}" for name, them in (("SKRD", skrd), ("STRD", strd))
                 if them]  # fmt: skip
        return " atau ".join(words)

    def _unlikely(self, entry: Entry, pk: Any, covered: set[Any]) -> tuple[bool, ...]:
        """Return a key that sorts the likeliest bill to the front."""
        bill = self.bills[pk]
        return bill.due != entry.sen, pk in covered or bill.had > 0, bill.void

    def _owed(self, entry: Entry) -> Iterable[Interest]:
        """Yield the bills of interest of this sum whose day and name fit."""
        words = set(_words(entry.said))
        for owed in self.interest.values():
            if owed.due == entry.sen and not owed.void and owed.pk not in self.came:
                if self._fits(entry, owed) and words & set(_words(owed.holder)):
                    yield owed

    def _fits(self, entry: Entry, bill: Bill | Interest) -> bool:
        """Return whether money of this day may be for a bill: by its payment or its issue."""
        if bill.paid_on is not None:
            return abs((entry.day - bill.paid_on).days) <= self.terms.tolerance
        return bill.issued is None or entry.day >= bill.issued

    def _proposed(self, entry: Entry, covered: set[Any]) -> Iterable[Any]:
        words = set(_words(entry.said))
        for bill in self._by_sum.get(entry.sen, ()):
            if bill.pk in covered or bill.had or bill.void:
                continue
            if self._fits(entry, bill) and words & set(_words(bill.holder)):
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
        elif verdict.kind == Kind.CASH:
            shown.update(verdict.proposals)
        elif (likely := by_key.get((verdict.proposals or (None,))[0])) and likely.due == sen:
            shown.add(likely.pk)
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
