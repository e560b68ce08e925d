"""The printed tables of a calculation, from its stored result: the same lines everywhere."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from documents.content import Section, Table
from imbportal.indonesia import angka, rupiah

Rows = list[tuple[str, str, str, str]]
UNSET = "belum ditetapkan"
"""In place of a kode rekening that the daerah's file does not give."""


class Lowered(NamedTuple):
    """What a relief does to a fee, in whole rupiah that add up, and by what."""

    label: str
    before: int
    off: int
    after: int
    cite: str

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return it as label and value rows."""
        return (
            ("Retribusi sebelum keringanan", rupiah(self.before)),
            (self.label, f"-{rupiah(self.off)}"),
            ("Retribusi sesudah keringanan", rupiah(self.after)),
            ("Dasar", self.cite),
        )


def lowered(result: dict[str, Any]) -> Lowered | None:
    """Return what the relief in a calculation does; None where there is none."""
    relief = next((step for step in result["rincian"] if step["jenis"] == "keringanan"), None)
    if relief is None:
        return None
    money = ("bangunan", "prasarana", "biaya")
    exact = sum(
        (Decimal(step["nilai"]) for step in result["rincian"] if step["jenis"] in money),
        Decimal(0),
    )
    before, after = int(exact.quantize(Decimal(1), ROUND_HALF_UP)), result["total"]
    return Lowered(relief["label"], before, before - after, after, relief["cite"])


def relief_section(result: dict[str, Any]) -> tuple[Section, ...]:
    """Return the fee before and after relief with its basis; nothing where there is none."""
    found = lowered(result)
    if found is None:
        return ()
    table = Table(head=("", ""), rows=found.facts[:3], align="lr", cites=("", found.cite, ""))
    return (Section(title="Keringanan retribusi", table=table),)


def bill_table(result: dict[str, Any], paid: int) -> Table:
    """Return the lines of a bill, two decimals each, that add up to the whole rupiah due."""
    codes = {item["jenis"]: item["kode"] for item in result["rekening"]}
    rows: Rows = []
    cites = []
    for number, step in enumerate(result["rincian"], start=1):
        if step["jenis"] in ("indeks", "it"):
            continue
        charged = step["jenis"] in codes
        code = (codes[step["jenis"]] or UNSET) if charged else ""
        rows.append((code, step["label"], step["ekspresi"], step["tercetak"]))
        cites.append("; ".join(filter(None, (basis(result, number), step["cite"]))))
    _insert_relief(rows, cites, result)
    if paid:
        rows.append(("", "Telah dibayar", "pembayaran terdahulu", f"-{angka(paid, 2)}"))
        cites.append("")
    return Table(
        head=("Kode rekening", "Uraian", "Dasar dan hitungan", "Rupiah"),
        rows=tuple(rows),
        align="lllr",
        foot=("Jumlah", "", "", angka(max(0, result["total"] - paid))),
        cites=tuple(cites),
    )


def labelled(table: Table) -> dict[str, Any]:
    """Return a paper's table with each cell's heading beside it, for the blocks of a phone."""
    rows = [list(zip(table.head, row, strict=True)) for row in table.rows]
    return {"head": table.head, "rows": rows, "total": table.foot[-1]}


def _insert_relief(rows: Rows, cites: list[str], result: dict[str, Any]) -> None:
    """Say so where no relief was given, before the fees and the rounding."""
    kinds = [step["jenis"] for step in result["rincian"] if step["jenis"] not in ("indeks", "it")]
    if "keringanan" in kinds:
        return
    place = sum(kind in ("bangunan", "prasarana") for kind in kinds)
    if not place:  # nothing but fees, which no relief lowers
        return
    rows.insert(place, ("", "Keringanan", "tidak ada", "0,00"))
    cites.insert(place, "")


def basis(result: Mapping[str, Any], number: int) -> str:
    """Return where the index of a building's line comes from, with the lines of the annex."""
    steps = result["rincian"]
    first = last = number - 1
    while first and steps[first - 1]["jenis"] in ("indeks", "it"):
        first -= 1
    if first == last:
        return ""
    integrated = next((s for s in steps[first:last] if s["jenis"] == "it"), None)
    words = f"It = {integrated['ekspresi']}; " if integrated else ""
    return f"{words}lampiran baris {first + 1} sampai {last}"


def annex(result: dict[str, Any]) -> Section:
    """Return every step of the calculation, numbered."""
    steps = result["rincian"]
    return Section(
        title="Lampiran perhitungan",
        paragraphs=(f"Dasar tarif: {result['tarif']['cite']}.",),
        table=Table(
            head=("No.", "Uraian", "Hitungan", "Nilai"),
            rows=tuple(
                (str(number), step["label"], step["ekspresi"], step["tercetak"])
                for number, step in enumerate(steps, start=1)
            ),
            align="lllr",
            foot=("", "Jumlah (Rp)", "", angka(result["total"])),
            cites=tuple(step["cite"] + " (contoh)" * step["contoh"] for step in steps),
        ),
    )
