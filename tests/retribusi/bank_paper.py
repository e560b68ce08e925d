"""A bank that invents statements: lines with planted errors, written as CSV or as MT940."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from typing import NamedTuple

DAY = datetime.timedelta(days=1)
PLAN = {
    "kurang": 3, "lebih": 3, "ganda": 3, "tidak_dikenal": 3, "salah_ketik": 2, "skrd_batal": 2,
    "pembalikan": 2, "hilang": 2,
}  # fmt: skip
"""Twenty errors of eight kinds."""
QUIET = ("BIAYA ADM", "PAJAK JASA GIRO", "PELIMPAHAN KE RKUD", "BIAYA TRANSAKSI BIFAST")
STRANGERS = ("TOKO MAJU", "CV SENTOSA", "PT BANGUN JAYA", "YAYASAN HARAPAN", "KOPERASI TANI")
SEPARATORS = ("", " ", ".", "-")
HEADING = ["Tanggal", "Keterangan", "No Ref", "Debet", "Kredit", "Saldo"]
MAPPING = {
    "delimiter": ";", "skip": 3, "header": True, "heading": HEADING, "day": 1,
    "date_format": "%d/%m/%Y", "texts": [2], "reference": 3, "amounts": "dua", "debit": 4,
    "credit": 5, "balance": 6, "decimal": ",",
}  # fmt: skip


class Known(NamedTuple):
    """A bill as its test knows it: amount in rupiah, ``paid_on`` None where nobody paid."""

    number: str
    code: str
    amount: int
    holder: str
    paid_on: datetime.date | None
    reference: str
    void: bool


class Line(NamedTuple):
    day: datetime.date
    sen: int
    text: str
    reference: str


class Made(NamedTuple):
    lines: list[Line]
    planted: dict[str, str]
    """Kind by the bank's reference of a line, or by the number of a bill that is missing."""


def made(
    bills: list[Known], count: int, rng: random.Random, ends: datetime.date, plan=PLAN
) -> Made:
    """Return so many lines: all payments, the planted errors, and what is no deposit."""
    paid = [bill for bill in bills if bill.paid_on and bill.paid_on <= ends - 4 * DAY]
    voided = [bill for bill in bills if bill.void]
    chosen = rng.sample(paid, len(paid))
    bank = _Bank(rng, ends)
    planted: dict[str, str] = {}
    for kind in ("kurang", "lebih", "salah_ketik", "hilang"):
        for bill in [chosen.pop() for _ in range(plan[kind])]:
            planted[bill.number if kind == "hilang" else bank.wrong(kind, bill)] = kind
    for bill in chosen:
        bank.usual(bill)
    for bill in rng.sample(chosen, plan["ganda"]):
        planted[bank.again(bill)] = "ganda"
    for bill in rng.sample(voided, plan["skrd_batal"]):
        planted[bank.usual(bill, ends - 6 * DAY)] = "skrd_batal"
    for bill in rng.sample(chosen, plan["pembalikan"]):
        planted[bank.add(bill.paid_on + DAY, -bill.amount * 100, f"KOREKSI {bill.code}")] = (
            "pembalikan"
        )
    known = {bill.amount for bill in bills}
    for _ in range(plan["tidak_dikenal"]):
        planted[bank.stranger(known)] = "tidak_dikenal"
    bank.quiet(ends - 30 * DAY)
    bank.quiet(ends)
    while len(bank.lines) < count:
        bank.quiet(ends - rng.randrange(25) * DAY)
    return Made(sorted(bank.lines, key=lambda line: line.day), planted)


class _Bank:
    def __init__(self, rng: random.Random, ends: datetime.date):
        self.rng, self.ends, self.lines, self.last = rng, ends, [], 0

    def add(self, day: datetime.date, sen: int, text: str) -> str:
        self.last += self.rng.randrange(1, 99)
        reference = f"FT{self.last:09d}"
        self.lines.append(Line(min(day, self.ends), sen, text, reference))
        return reference

    def usual(self, bill: Known, day: datetime.date | None = None) -> str:
        day = day or bill.paid_on + self.rng.randrange(3) * DAY
        return self.add(day, bill.amount * 100, self.said(bill))

    def said(self, bill: Known) -> str:
        """Return how banks repeat a payer's words: the code whole or split, or only his slip."""
        rng, step = self.rng, self.rng.choice((3, 4, 5))
        pieces = [bill.code[at : at + step] for at in range(0, len(bill.code), step)]
        code = rng.choice(SEPARATORS).join(pieces)
        name = bill.holder.upper()
        forms = [f"TRSF E-BANKING CR {code} {name}", f"SETORAN TUNAI {code}/{name}",
                 f"BIFAST CR 014 {rng.randrange(10**9, 10**10)} {code} RETRIBUSI PBG",
                 f"{name} 08{rng.randrange(10**9, 10**10)} BAYAR {code}"]  # fmt: skip
        if bill.reference and rng.random() < 0.1:
            forms = [f"TRSF IDM {bill.reference} {name}"]
        return rng.choice(forms)

    def wrong(self, kind: str, bill: Known) -> str:
        rng, sen, text = self.rng, bill.amount * 100, f"TRSF {bill.code} {bill.holder.upper()}"
        if kind == "kurang":
            sen -= rng.randrange(1, bill.amount) * 100
        elif kind == "lebih":
            sen += rng.randrange(1, 900_000) * 100
        else:
            at = rng.randrange(15)
            digit = str((int(bill.code[at]) + rng.randrange(1, 10)) % 10)
            text = f"TRSF {bill.code[:at]}{digit}{bill.code[at + 1 :]} PEMBAYARAN"
        return self.add(bill.paid_on + rng.randrange(3) * DAY, sen, text)

    def again(self, bill: Known) -> str:
        more = self.rng.choice((0, 0, -1000, 2500))
        return self.add(bill.paid_on + 3 * DAY, (bill.amount + more) * 100, self.said(bill))

    def stranger(self, known: set[int]) -> str:
        rng = self.rng
        amount = next(a for a in iter(lambda: rng.randrange(10_000, 9_999_999), 0)
                      if a not in known)  # fmt: skip
        text = f"TRSF {rng.choice(STRANGERS)} INV {rng.randrange(10**14, 10**15)}"
        return self.add(self.ends - rng.randrange(20) * DAY, amount * 100, text)

    def quiet(self, day: datetime.date) -> None:
        rng = self.rng
        if rng.random() < 0.2:
            self.add(day, rng.randrange(100, 99_999), "JASA GIRO")
        else:
            self.add(day, -rng.randrange(2_500_00, 9_000_000_00), rng.choice(QUIET))


# -- As a file ------------------------------------------------------------------------------------
def figure(sen: int, decimal: str = ",") -> str:
    text = f"{abs(sen) // 100:,}.{abs(sen) % 100:02d}"
    text = text if decimal == "." else text.translate(str.maketrans(",.", ".,"))
    return f"-{text}" if sen < 0 else text


def as_csv(lines: Iterable[Line], opening: int = 1_000_000_00) -> bytes:
    """Return the file of a bank whose lines the mapping above reads."""
    rows = ["REKENING KORAN;;;;;", "Bank Daerah Contoh;;;;;", ";;;;;", ";".join(HEADING)]
    balance = opening
    for line in lines:
        balance += line.sen
        out, into = (figure(-line.sen), "") if line.sen < 0 else ("", figure(line.sen))
        day = f"{line.day:%d/%m/%Y}"
        rows.append(f'{day};"{line.text}";{line.reference};{out};{into};{figure(balance)}')
    return "\r\n".join([*rows, ""]).encode("cp1252")


def as_mt940(lines: list[Line], account: str, opening: int = 1_000_000_00) -> bytes:
    """Return a file of several statements, as banks cut long ones, with their balances."""
    out, balance = [], opening
    pieces = [lines[at : at + 200] for at in range(0, len(lines), 200)]
    for number, piece in enumerate(pieces, start=1):
        first, last = "F" if number == 1 else "M", "F" if number == len(pieces) else "M"
        out += [f":20:KORAN{number:05d}", f":25:{account}", f":28C:1/{number}",
                f":60{first}:{_balance(piece[0].day, balance)}"]  # fmt: skip
        for line in piece:
            balance += line.sen
            mark = "D" if line.sen < 0 else "C"
            sum_ = f"{abs(line.sen) // 100},{abs(line.sen) % 100:02d}"
            out.append(
                f":61:{line.day:%y%m%d}{line.day:%m%d}{mark}{sum_}NTRFNONREF//{line.reference}"
            )
            out += [f":86:{line.text[:65]}", *([line.text[65:130]] if line.text[65:] else [])]
        out += [f":62{last}:{_balance(piece[-1].day, balance)}", "-"]
    return "\r\n".join([*out, ""]).encode()


def _balance(day: datetime.date, sen: int) -> str:
    mark = "D" if sen < 0 else "C"
    return f"{mark}{day:%y%m%d}IDR{abs(sen) // 100},{abs(sen) % 100:02d}"
