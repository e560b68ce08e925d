"""A second calculator: the formulas once more, in fractions, with nothing of the portal's.

It takes what ``hitung_retribusi`` takes, already known to be well formed.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

TOO_MUCH = 10**12


class No(Exception):
    """Nothing can be calculated; ``text`` is what a refusal must say of it."""

    def __init__(self, table, key="", text=""):
        super().__init__(f"{table} {key}")
        self.row = (table, str(key))
        self.text = text or f'{table}: "{key}"'


@dataclass
class Sum:
    total: int
    it: list
    accounts: dict
    used: set = field(default_factory=set)
    """Rows that were looked up, as (table, key)."""


class Reading:
    """A book, what is tried instead of its figures, and the rows that were looked up."""

    def __init__(self, book, tried):
        self.book, self.tried, self.used = book, tried, set()

    def row(self, table, key):
        found = self.book.table.get(table, {})
        if str(key) not in found:
            raise No(table, key)
        self.used.add((table, str(key)))
        return found[str(key)]

    def figure(self, name):
        if name in self.tried:
            return Fraction(str(self.tried[name]))
        self.used.add(("figure", name))
        return self.book.figure[name]

    def price(self, kind, code):
        if code in self.tried.get(kind, {}):
            return Fraction(str(self.tried[kind][code]))
        if kind == "prasarana" and code in self.book.unpriced:
            raise No(kind, code, f"prasarana {code} (")
        found = getattr(self.book, kind)
        if code not in found:
            raise No(kind, code)
        self.used.add((kind, code))
        return found[code]


def calculate(book, raw):
    """Return the sum that must come out. Raises No."""
    read = Reading(book, raw.get("tarif", {}))
    work, stage = raw.get("kegiatan"), raw.get("kondisi")
    if work:
        read.row("kegiatan", work)
    if stage:
        read.row("kondisi", stage)
    buildings = [BUILDING[book.formula](read, part, work, stage) for part in raw["bangunan"]]
    gross = {
        "bangunan": sum((amount for amount, _ in buildings), Fraction(0)),
        "prasarana": sum((structure(read, item, work) for item in raw["prasarana"]), Fraction(0)),
    }
    kept = Fraction(1)
    if "keringanan" in raw:
        kept -= read.price("keringanan", raw["keringanan"]) / 100
    exact = {line: amount * kept for line, amount in gross.items()}
    exact["biaya"] = sum((read.price("biaya", code) for code in raw["biaya"]), Fraction(0))
    total = half_up(sum(exact.values()))
    if total >= TOO_MUCH:
        raise No("total", total, "terlalu besar")
    it = [index for _, index in buildings if index is not None]
    return Sum(total, it, shared(total, exact), read.used)


def half_up(value):
    return floor(value + Fraction(1, 2))


def shared(total, exact):
    """Return whole rupiah by line: one more for the largest remainder, until all is given away."""
    whole = {line: floor(amount) for line, amount in exact.items() if amount}
    for _ in range(total - sum(whole.values())):
        most = max(exact[line] - whole[line] for line in whole)
        line = next(line for line in whole if exact[line] - whole[line] == most)
        whole[line] += 1
    return whole


def structure(read, item, work):
    """V x I x 1,00 or Tk x HSpbg."""
    own = item["kode"] in read.book.table["indeks_prasarana"]
    price = read.price("prasarana", item["kode"])
    scope = read.row("kegiatan_prasarana", item.get("kegiatan") or work)
    return (
        Fraction(str(item["volume"]))
        * read.row("indeks_prasarana", item["kode"] if own else "umum")
        * scope
        * price
    )


CLASSES = (
    "kompleksitas permanensi risiko_kebakaran zona_gempa kepadatan ketinggian kepemilikan"
).split()


def by_indices(read, part, work, stage):
    """L x It x 1,00 or Tk x HSbg; It = function x sum of weight x index x time of use."""
    it = read.row("fungsi", part["fungsi"])
    it *= sum(read.row("bobot", name) * read.row(name, part[name]) for name in CLASSES)
    it *= read.row("waktu_penggunaan", part["waktu_penggunaan"])
    if part.get("di_bawah_tanah_atau_air"):
        it *= read.row("pengali", "di_bawah_tanah_atau_air")
    amount = Fraction(str(part["luas"])) * it * read.row("kegiatan", work) * read.figure("hsbg")
    if stage:
        begun = read.row("kondisi", stage)
        if begun != 1 and work != "baru":
            raise No("kondisi", stage, "kondisi: hanya untuk kegiatan baru")
        amount *= begun
    return amount, it


def by_regulation(read, part, work, stage):
    """LLt x Ilo x SHST x It x Ibg; It = If x sum of weight x parameter x Fm."""
    area, below = Fraction(str(part["luas"])), Fraction(str(part.get("luas_basemen", 0)))
    spread = Fraction(0)
    if area > below:
        spread += (area - below) * read.row("lantai", part["lantai"])
    if below:
        spread += below * read.row("basemen", part["lapis_basemen"])
    use = part["fungsi"]
    it = read.row("fungsi", use)
    if use in ("hunian", "campuran"):
        small = area <= read.row("batas_luas", use)
        if not (part["lantai"] <= read.row("batas_lantai", use) and small):
            it = read.row("fungsi_besar", use)
    it *= (
        read.row("bobot", "kompleksitas") * read.row("kompleksitas", part["kompleksitas"])
        + read.row("bobot", "permanensi") * read.row("permanensi", part["permanensi"])
        + read.row("bobot", "ketinggian") * spread / area
    )
    it *= read.row("kepemilikan", part["kepemilikan"])
    price = read.figure("ilo") / 100 * read.figure("shst")
    return area * price * it * read.row("kegiatan", work), it


def flat(read, part, work, stage):
    """L x scope x the rate."""
    return Fraction(str(part["luas"])) * read.row("kegiatan", work) * read.figure("rate"), None


BUILDING = {"permen24": by_indices, "pp16": by_regulation, "datar": flat}
