"""The table of a bill by the field's form: one line per kode rekening, its arithmetic below it.

Lines are whole rupiah that add up to what is asked; what stands below a line has two decimals and
adds up to that line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

from documents.content import Table
from imbportal.indonesia import angka
from retribusi import sheets
from retribusi.engine import ACCOUNTS
from retribusi.ledger import Line
from retribusi.sheets import UNSET

HEAD = ("No.", "Kode rekening", "Uraian", "Rincian (Rp)", "Jumlah (Rp)")
WIDTHS = (6, 22, 40, 16, 16)
LOWERED = ("bangunan", "prasarana")
"""Lines that a relief lowers."""
CENT, WIDE = Decimal("0.01"), Context(prec=60)


class Row(NamedTuple):
    style: str
    cells: tuple[str, str, str, str, str]
    note: str = ""


def table(
    result: Mapping[str, Any], rest: list[Line], amount: int, codes: Mapping[str, str]
) -> Table:
    """Return the table of a bill over ``amount``: what is asked of each account is ``rest``.

    ``codes`` are the tariff's kode rekening by line, for lines of nothing, which no account has.
    """
    rows = [*_lines(result, rest, codes)]
    if over := sum(asked for _, _, asked in rest) - amount:
        label = "Kelebihan pembayaran terdahulu, diselesaikan tersendiri"
        rows.append(Row("main", ("", "", label, "", angka(-over))))
    rows += [
        Row("sum", ("", "", label, "", text))
        for label, text in (
            ("Jumlah ketetapan pokok", angka(amount)),
            ("Jumlah sanksi: a. bunga", "0"),
            ("b. kenaikan", "0"),
        )
    ]
    return Table(
        head=HEAD,
        rows=tuple(row.cells for row in rows),
        align="lllrr",
        foot=("Jumlah keseluruhan", "", "", "", angka(amount)),
        cites=tuple(row.note for row in rows),
        styles=tuple(row.style for row in rows),
        widths=WIDTHS,
    )


def _lines(result: Mapping[str, Any], rest: list[Line], codes: Mapping[str, str]) -> Iterator[Row]:
    """Yield each account with what stands below it; last those that are no longer charged."""
    asked = {(code, label): amount for code, label, amount in rest}
    charged = {step["jenis"] for step in result["rincian"]}
    whole = {item["jenis"]: item["jumlah"] for item in result["rekening"]}
    number = 0
    for kind, label in ACCOUNTS.items():
        if kind not in charged:
            continue
        number += 1
        code = codes.get(kind, "")
        due = asked.pop((code, label), whole.get(kind, 0))
        yield Row("main", (f"{number}.", code or UNSET, label, "", angka(due)))
        yield from _below(result, kind, whole.get(kind, 0), due)
    for (code, label), due in asked.items():
        if due:
            number += 1
            yield Row("main", (f"{number}.", code or UNSET, label, "", angka(due)))
            yield _sub("Telah dibayar, kini tidak dikenakan lagi", Decimal(due))


def _below(result: Mapping[str, Any], kind: str, whole: int, due: int) -> Iterator[Row]:
    """Yield what a line is made of: buildings or items, relief, rounding, what was paid before."""
    printed = Decimal(0)
    for number, step in enumerate(result["rincian"], start=1):
        if step["jenis"] == kind:
            amount = _cents(Decimal(step["nilai"]))
            printed += amount
            yield _sub(step["label"], amount, _note(result, number, step))
    if kind in LOWERED:
        relief, off = _relief(result, kind)
        printed += off
        if relief:
            yield _sub(relief["label"], off, relief["cite"])
        elif kind == _last_lowered(result):
            yield _sub("Keringanan: tidak ada", off)
    if printed != whole:
        yield _sub("Pembulatan ke rupiah penuh", whole - printed)
    if due != whole:
        yield _sub("Telah dibayar", Decimal(due - whole))


def _note(result: Mapping[str, Any], number: int, step: Mapping[str, Any]) -> str:
    """Return a step's arithmetic, and where its index comes from; of a fee its basis."""
    basis = sheets.basis(result, number) or (step["cite"] if step["jenis"] == "biaya" else "")
    return "; ".join(filter(None, (step["ekspresi"], basis)))


def _relief(result: Mapping[str, Any], kind: str) -> tuple[Mapping[str, Any] | None, Decimal]:
    """Return the relief and what it takes off one line: its percentage is the same for all."""
    steps = result["rincian"]
    relief = next((step for step in steps if step["jenis"] == "keringanan"), None)
    gross = {
        line: sum((Decimal(s["nilai"]) for s in steps if s["jenis"] == line), Decimal(0))
        for line in LOWERED
    }
    together = sum(gross.values())
    if relief is None or not together:
        return relief, Decimal(0)
    share = WIDE.divide(WIDE.multiply(Decimal(relief["nilai"]), gross[kind]), together)
    return relief, _cents(share)


def _last_lowered(result: Mapping[str, Any]) -> str:
    kinds = {step["jenis"] for step in result["rincian"]}
    return [kind for kind in LOWERED if kind in kinds][-1]


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP, WIDE)


def _sub(label: str, amount: Decimal, note: str = "") -> Row:
    return Row("sub", ("", "", label, angka(amount, 2), ""), note)
